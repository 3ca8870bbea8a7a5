import Atlas
import Messages
import Spatial

/// One line of an answer: a place with what the verb says of it.
struct AnswerRow {
    /// The record; its geometry goes into map formats.
    let place: StoredFeature?
    /// What the verb adds, in order.
    let fields: [Field]
    /// The geometry for map formats, as WKB.
    let wkb: [UInt8]

    /// One value with its JSON key and its heading.
    struct Field {
        let key: String
        let title: Text
        let value: JSONValue
        /// The value as people read it, where that is another word or unit.
        let shown: String?
        /// Whether what people read is a number.
        let isNumeric: Bool

        init(_ key: String, _ title: Text, _ value: JSONValue, shown: String? = nil) {
            self.key = key
            self.title = title
            self.value = value
            self.shown = shown
            isNumeric = value.isNumeric && shown == nil
        }

        /// A time: seconds for programs, minutes for people.
        init(seconds key: String, _ title: Text, _ seconds: Double?) {
            self.key = key
            self.title = title
            value = seconds.map { .number($0, decimals: 1) } ?? .null
            shown = seconds.map { JSONValue.digits($0 / 60, decimals: 1) }
            isNumeric = true
        }
    }

    init(_ place: StoredFeature?, _ fields: [Field] = [], at position: LonLat? = nil) {
        self.place = place
        self.fields = fields
        wkb = place?.wkb ?? position.map { Geometry.point(Point($0)).wkb } ?? []
    }

    /// A line that is no place, with a geometry of its own.
    init(fields: [Field], geometry: Geometry) {
        place = nil
        self.fields = fields
        wkb = geometry.wkb
    }

    /// The row without some of the verb's own members.
    func leaving(out keys: Set<String>) -> AnswerRow {
        AnswerRow(place: place, fields: fields.filter { !keys.contains($0.key) }, wkb: wkb)
    }

    /// The row with one more of the verb's own members.
    func adding(_ field: Field) -> AnswerRow { AnswerRow(place: place, fields: fields + [field], wkb: wkb) }

    /// The row with the names of the places that its members are.
    var withNamesForObjects: AnswerRow {
        let fields = fields.map { field in
            guard case .object = field.value, let shown = field.shown else { return field }
            return Field(field.key, field.title, .text(shown), shown: shown)
        }
        return AnswerRow(place: place, fields: fields, wkb: wkb)
    }

    private init(place: StoredFeature?, fields: [Field], wkb: [UInt8]) {
        self.place = place
        self.fields = fields
        self.wkb = wkb
    }

    /// All members: the six of a place, then the verb's own. No two have one
    /// key: a column called `layer` comes as `layer_2`; one that only says
    /// again what the place says is left out.
    var members: [Field] {
        guard place != nil else { return fields }
        var members = placeFields
        let own = members.indices
        for field in fields {
            var key = field.key
            if let same = members[own].first(where: { $0.key == key }), same.value.json == field.value.json { continue }
            var ordinal = 1
            while members.contains(where: { $0.key == key }) {
                ordinal += 1
                key = "\(field.key)_\(ordinal)"
            }
            members.append(Field(key, field.title, field.value, shown: field.shown))
        }
        return members
    }

    /// The members as a JSON object.
    var json: JSONValue { .object(members.map { ($0.key, $0.value) }) }

    /// The members as a person reads them: what the place is called, what the
    /// verb says, then where.
    var tableFields: [Field] {
        guard let place else { return fields }
        let name = place.name ?? ""
        var all: [Field] = []
        all.reserveCapacity(fields.count + 4)
        all.append(Field("name", .name, .optional(place.name), shown: name.isEmpty ? place.label : nil))
        for field in fields where field.key != "name" { all.append(field) }
        let position = place.position
        all.append(Self.longitude(position))
        all.append(Self.latitude(position))
        all.append(Field("id", .id, .text(place.id)))
        return all
    }

    /// The columns that say what a place is called.
    static let labelColumns = ["name", "address"]

    /// The keys of the six.
    static let placeKeys = ["id", "ref", "layer", "name", "lon", "lat"]

    /// The six of every place.
    private var placeFields: [Field] {
        guard let place else { return [] }
        let position = place.position
        return [
            Field("id", .id, .text(place.id)), Field("ref", .ref, .text(place.ref)),
            Field("layer", .layer, .text(place.layer.name)), Field("name", .name, .optional(place.name)),
            Self.longitude(position), Self.latitude(position),
        ]
    }

    private static func longitude(_ position: LonLat?) -> Field {
        Field("lon", .longitude, position.map { .degrees($0.longitude) } ?? .null)
    }

    private static func latitude(_ position: LonLat?) -> Field {
        Field("lat", .latitude, position.map { .degrees($0.latitude) } ?? .null)
    }
}

extension StoredFeature {
    /// What a place is called where people read it: its name, else its
    /// address, else its ref.
    var label: String {
        if let name, !name.isEmpty { return name }
        if let address = text("address"), !address.isEmpty { return address }
        return ref
    }
}

extension [AnswerRow] {
    /// The rows as a table.
    func table(in language: Language) -> String {
        guard let first else { return "" }
        let headings = first.tableFields.map { $0.title[language] }
        var isNumeric = headings.map { _ in true }
        let cells = map { row in
            var cells: [String] = []
            cells.reserveCapacity(headings.count)
            for field in row.tableFields {
                if !field.isNumeric { isNumeric[cells.count] = false }
                cells.append(field.shown ?? field.value.cell)
            }
            return cells
        }
        return TextTable(headings: headings, isNumeric: isNumeric, rows: cells).text
    }

    /// The rows as features: geometry, and all members as properties.
    var batch: FeatureBatch {
        var batch = FeatureBatch()
        for row in self {
            let start = batch.bytes.count
            batch.bytes.append(contentsOf: row.wkb)
            let geometry = start..<batch.bytes.count
            let box = (try? Geometry(wkb: row.wkb))?.box ?? .empty
            let first = batch.fields.count
            for member in row.members {
                batch.fields.append(.init(key: batch.key(member.key), value: batch.store(member.value)))
            }
            let id = row.place.map { FieldValue.text(batch.store($0.ref)) } ?? .null
            batch.records.append(
                .init(
                    position: .record(batch.records.count + 1), geometry: geometry, box: box,
                    fields: first..<batch.fields.count, id: id))
        }
        return batch
    }
}

extension FeatureBatch {
    fileprivate mutating func store(_ value: JSONValue) -> FieldValue {
        switch value {
        case .null: .null
        case .boolean(let value): .boolean(value)
        case .integer(let value): .integer(value)
        case .number(let value, let decimals):
            Double(JSONValue.digits(value, decimals: decimals)).map { .real($0) } ?? .null
        case .text(let text): .text(store(text))
        case .raw(let text): Double(text).map { .real($0) } ?? .json(store(text))
        case .array, .object: .json(store(value.json))
        }
    }
}

extension AnswerRow.Field {
    /// The level of a boundary: its word in JSON, its name in a table.
    static func level(_ boundary: StoredFeature) -> AnswerRow.Field {
        AnswerRow.Field("level", .level, .optional(boundary.text("level")), shown: boundary.level?.title.spoken)
    }
}
