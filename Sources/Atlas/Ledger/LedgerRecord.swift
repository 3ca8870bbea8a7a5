import Messages
import Spatial
import Store

/// What one row changes of its record.
public struct LedgerChange: Hashable, Sendable {
    /// The column or attribute; `geom` for the position.
    public let column: String
    /// The cell that says so: `D5`.
    public let cell: String
    /// What stood in the atlas.
    public let from: Attribute
    /// What the cell says.
    public let to: Attribute

    /// Makes a change.
    public init(column: String, cell: String, from: Attribute, to: Attribute) {
        (self.column, self.cell, self.from, self.to) = (column, cell, from, to)
    }
}

/// A record on its way back into its layer.
struct LedgerRecord {
    /// The ref.
    let ref: String
    /// The geometry.
    var wkb: [UInt8]
    /// Columns of the layer by name, nulls left out.
    private(set) var columns: [String: Attribute]
    /// Members of `attributes`, in order.
    private(set) var members: [(key: String, value: Attribute)]

    /// A record as it stands in the atlas, its members told from the layer's
    /// columns by the columns' names.
    init(_ feature: StoredFeature, columns names: Set<String>) {
        ref = feature.ref
        wkb = feature.wkb
        columns = [:]
        members = []
        for (key, value) in feature.attributes where key != "ref" && key != "attributes" {
            if names.contains(key) { columns[key] = value } else { members.append((key, value)) }
        }
        columns["ended_at"] = nil
    }

    /// A record that is new.
    init(ref: String, at position: LonLat?) {
        self.ref = ref
        wkb = position.map { Geometry.point(Point($0)).wkb } ?? []
        (columns, members) = ([:], [])
    }

    /// The value of a column or member; `.null` where there is none.
    subscript(_ name: String, isColumn isColumn: Bool) -> Attribute {
        if isColumn { return columns[name] ?? .null }
        return members.first { $0.key == name }?.value ?? .null
    }

    /// Sets a column or member; `.null` takes it away.
    mutating func set(_ name: String, isColumn: Bool, to value: Attribute) {
        if isColumn {
            columns[name] = value == .null ? nil : value
        } else if let index = members.firstIndex(where: { $0.key == name }) {
            if value == .null { members.remove(at: index) } else { members[index].value = value }
        } else if value != .null {
            members.append((name, value))
        }
    }

    /// A member that holds several texts, with one more.
    func adding(_ text: String, to member: String) -> Attribute {
        let text = text.replacing(";", with: " ").replacing("；", with: " ")
        guard case .text(let texts) = self[member, isColumn: false] else { return .text(text) }
        return .text(texts + ";" + text)
    }

    /// Whether two values say the same: whole numbers and others are one kind.
    static func says(_ a: Attribute, same b: Attribute) -> Bool {
        switch (a, b) {
        case (.integer(let whole), .real(let number)), (.real(let number), .integer(let whole)): Double(whole) == number
        case (.boolean(let truth), .integer(let whole)), (.integer(let whole), .boolean(let truth)):
            whole == (truth ? 1 : 0)
        default: a == b
        }
    }

    /// Appends the record to a batch whose fields count into a layer's columns.
    func append(to batch: inout FeatureBatch, columns names: [String], row: Int) {
        let start = batch.bytes.count
        batch.bytes.append(contentsOf: wkb)
        let geometry = start..<batch.bytes.count
        let first = batch.fields.count
        batch.fields.append(FeatureBatch.Field(key: 0, value: .text(batch.store(ref))))
        for (index, name) in names.enumerated() where index > 0 {
            if name == "attributes" {
                guard let json = json(&batch) else { continue }
                batch.fields.append(FeatureBatch.Field(key: index, value: .text(json)))
            } else if let value = columns[name] {
                batch.fields.append(FeatureBatch.Field(key: index, value: batch.store(value)))
            }
        }
        batch.records.append(
            FeatureBatch.Record(
                position: .row(row), geometry: geometry, box: (try? Geometry(wkb: wkb))?.box ?? .empty,
                fields: first..<batch.fields.count))
    }

    private func json(_ batch: inout FeatureBatch) -> Range<Int>? {
        guard !members.isEmpty else { return nil }
        var json: [UInt8] = [UInt8(ascii: "{")]
        for (key, value) in members {
            let field = batch.store(value)
            RecordText.appendMember(key, field, of: batch, to: &json)
        }
        json.append(UInt8(ascii: "}"))
        let start = batch.bytes.count
        batch.bytes.append(contentsOf: json)
        return start..<batch.bytes.count
    }
}
