import Foundation
import GRDB
public import Messages
import Spatial
import Synchronization

/// What of an atlas may be told outside of the office: the columns that are
/// public, numbers of persons masked in their texts; and what was left out.
public final class Disclosure: Sendable {
    /// The classes of the columns.
    public let classes: ColumnClasses
    private let state = Mutex(State())

    private struct State {
        var leftOut: Set<String> = []
        var maskedValues = 0
        /// Columns of a layer whose values are mostly numbers of persons.
        var numberColumns: [String: Set<String>] = [:]
    }

    /// Makes a disclosure that has left out nothing so far.
    public init(classes: ColumnClasses) { self.classes = classes }

    /// The columns that were left out of rows that had them, as `layer.column`, by name.
    public var leftOut: [String] { state.withLock { $0.leftOut.sorted() } }

    /// How many numbers of persons were masked in texts of public columns.
    public var maskedValues: Int { state.withLock { $0.maskedValues } }

    /// Whether the values of a column or attribute of any class are mostly
    /// numbers of persons, and nobody said that they may be told.
    func holdsNumbers(_ column: String, in layer: Layer, isColumn: Bool, _ db: Database) throws -> Bool {
        guard column != "name", !Concealment.codes.contains(column), !classes.opensNumbers(column, in: layer),
            layer.columns.first(where: { $0.name == column })?.kind ?? .text == .text
        else { return false }
        let property = isColumn ? Property.column(column) : .attribute(column)
        return try !Self.mostlyNumbers([property], of: layer, db).isEmpty
    }

    /// What the rows of a layer may tell.
    func concealment(of layer: Layer, in db: Database) throws -> Concealment {
        let known = state.withLock { $0.numberColumns[layer.name] }
        let columns = try known ?? Self.numberColumns(of: layer, classes, db)
        if known == nil { state.withLock { $0.numberColumns[layer.name] = columns } }
        return Concealment(layer: layer, numberColumns: columns, disclosure: self)
    }

    func tell(leftOut column: String, of layer: Layer) {
        state.withLock { _ = $0.leftOut.insert("\(layer.name).\(column)") }
    }

    func tellMasked() { state.withLock { $0.maskedValues += 1 } }

    /// The text columns that every atlas has and whose values, half of them
    /// or more, are numbers of persons, whatever the column is called.
    private static func numberColumns(
        of layer: Layer, _ classes: ColumnClasses, _ db: Database
    ) throws -> Set<String> {
        let names = layer.columns.filter {
            $0.kind == .text && $0.name != "name" && !Concealment.codes.contains($0.name)
                && classes.configured[layer.name]?[$0.name] == nil
        }.map(\.name)
        return names.isEmpty ? [] : try mostlyNumbers(names.map { .column($0) }, of: layer, db)
    }

    /// Those properties half of whose values or more are numbers of persons, by name.
    private static func mostlyNumbers(
        _ properties: [Property], of layer: Layer, _ db: Database
    ) throws -> Set<String> {
        let rows = try RawStatement(
            db,
            "SELECT \(properties.map(\.sql).joined(separator: ", ")) FROM \"\(layer.name)\" WHERE ended_at IS NULL")
        var filled = properties.map { _ in 0 }
        var numbers = filled
        while try rows.step() {
            for index in properties.indices where !rows.isNull(index) {
                filled[index] += 1
                if PersonalNumber.isAll(of: rows.string(index)) { numbers[index] += 1 }
            }
        }
        return Set(
            properties.indices.filter { numbers[$0] > 0 && numbers[$0] * 2 >= filled[$0] }.map { properties[$0].name })
    }
}

extension AtlasFile {
    /// The public columns of a layer whose values are mostly numbers of
    /// persons; none where the office itself asks.
    ///
    /// - Throws: `Failure`.
    public func numberColumns(of layer: Layer) throws(Failure) -> Set<String> {
        guard let disclosed else { return [] }
        return try ask { db in try disclosed.concealment(of: layer, in: db).numberColumns }
    }

    /// Whether an answer that goes by a column or attribute would tell numbers
    /// of persons: they are masked one by one, or left out as a whole.
    ///
    /// - Returns: no where the office itself asks.
    /// - Throws: `Failure`.
    /// - Complexity: O(rows).
    public func holdsNumbersOfPersons(_ column: String, in layer: Layer) throws(Failure) -> Bool {
        guard let disclosed else { return false }
        return try ask { db in
            let isColumn = try Self.columns(db, layer).contains(column)
            guard isColumn || layer.columns.allSatisfy({ $0.name != column }) else { return false }
            return try disclosed.holdsNumbers(column, in: layer, isColumn: isColumn, db)
        }
    }
}

/// What the rows of one layer may tell.
struct Concealment {
    let layer: Layer
    let numberColumns: Set<String>
    let disclosure: Disclosure

    /// Whether a column may be told at all.
    func isOpen(_ column: String) -> Bool {
        disclosure.classes.of(column, in: layer) == .public && !numberColumns.contains(column)
    }

    /// Whether a column is withheld of a row because too few enterprises stand
    /// behind it; a row that does not say how many has no such totals.
    func isOfFew(_ column: String, enterprises: Double?) -> Bool {
        layer == .building && RegisterTotals.isTotal(column)
            && (enterprises.map { $0 > 0 && $0 < Double(RegisterTotals.fewest) } ?? false)
    }

    /// A value of a public column as it may be told; `nil` for none at all.
    func told(_ value: Attribute, of column: String) -> Attribute? {
        switch value {
        case .null, .boolean: value
        case .integer(let number): isOpen(number, of: column) ? value : nil
        case .real(let number):
            Int64(exactly: number).map { isOpen($0, of: column) } ?? true ? value : nil
        case .text(let text): told(text, of: column).map { .text($0) }
        case .json(let text): told(json: text, of: column).map { .json($0) }
        }
    }

    /// A record as it may be told.
    func told(_ feature: StoredFeature) -> StoredFeature {
        let enterprises = feature[RegisterTotals.count]?.enterprises
        var hidden: [String] = []
        var attributes = feature.attributes.compactMap { column, value -> (key: String, value: Attribute)? in
            guard isOpen(column), !isOfFew(column, enterprises: enterprises) else {
                if value != .null { disclosure.tell(leftOut: column, of: layer) }
                hidden += value.keyTexts
                return nil
            }
            return told(value, of: column).map { (column, $0) }
        }
        if let ref = feature.text("ref"), RefSecrets.holds(ref, oneOf: hidden) {
            disclosure.tell(leftOut: "ref", of: layer)
            attributes.removeAll { $0.key == "ref" }
        }
        return StoredFeature(layer: layer, fid: feature.fid, wkb: feature.wkb, attributes: attributes)
    }

    /// A text of a public column as it may be told; `nil` for none at all.
    func told(_ text: String, of column: String) -> String? {
        if Self.codes.contains(column), RefSecrets.isDigest(text) {
            disclosure.tell(leftOut: column, of: layer)
            return nil
        }
        guard !disclosure.classes.opensNumbers(column, in: layer) else { return text }
        if layer == .boundary && Self.codes.contains(column) { return text }
        if column == "ref" {
            guard !Self.isMapID(text), PersonalNumber.masked(text) != nil else { return text }
            disclosure.tellMasked()
            return nil
        }
        guard let masked = PersonalNumber.masked(text) else { return text }
        disclosure.tellMasked()
        return masked
    }

    /// Whether a whole number may be told: in columns that hold numbers by
    /// their nature any may.
    func isOpen(_ number: Int64, of column: String) -> Bool {
        if let kind = layer.columns.first(where: { $0.name == column })?.kind, kind != .text { return true }
        guard PersonalNumber.isPersonal(number), !disclosure.classes.opensNumbers(column, in: layer) else {
            return true
        }
        disclosure.tellMasked()
        return false
    }

    /// JSON of a public column without the members whose names say that they
    /// are not public.
    func told(json: String, of column: String) -> String? {
        guard !disclosure.classes.opensNumbers(column, in: layer) else { return json }
        guard let value = try? JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed),
            let open = told(value, of: column),
            let text = try? JSONSerialization.data(
                withJSONObject: open, options: [.sortedKeys, .fragmentsAllowed, .withoutEscapingSlashes])
        else { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    private func told(_ value: Any, of column: String) -> Any? {
        switch value {
        case let members as [String: Any]:
            var open: [String: Any] = [:]
            for (key, member) in members {
                guard ColumnClass.suggested(by: key) == nil else {
                    disclosure.tell(leftOut: "\(column).\(key)", of: layer)
                    continue
                }
                open[key] = told(member, of: column)
            }
            return open
        case let elements as [Any]: return elements.compactMap { told($0, of: column) }
        case let text as String: return told(text, of: column)
        case let number as NSNumber:
            return Int64(exactly: number.doubleValue).map { isOpen($0, of: column) } ?? true ? number : nil
        default: return value
        }
    }

    /// Columns by which records refer to each other; those of boundaries are
    /// the codes of divisions (GB/T 2260), which have as many digits as
    /// identity cards once had.
    static let codes: Set = ["ref", "code", "parent_ref"]

    /// Identifiers of OpenStreetMap have as many digits as telephone numbers.
    private static func isMapID(_ text: String) -> Bool {
        ["node/", "way/", "relation/"].contains { text.hasPrefix($0) }
            && text.drop { $0 != "/" }.dropFirst().allSatisfy { $0.isASCII && ($0.isNumber || $0 == "/" || $0 == "@") }
    }
}

extension Attribute {
    /// The value as a number of enterprises.
    var enterprises: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .real(let value): value
        case .text(let text): Double(text)
        case .null, .boolean, .json: nil
        }
    }
}
