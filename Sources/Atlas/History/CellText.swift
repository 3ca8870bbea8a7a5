import Foundation
import Messages
import Spatial
import Store

/// What a text means in a column.
struct CellText {
    /// Where a value goes.
    enum Target: Hashable {
        case column(String)
        case attribute(String)
    }

    private let layer: Layer
    private let columns: [String]

    init(layer: Layer, columns: [String]) {
        self.layer = layer
        self.columns = columns
    }

    /// The column that a name stands for, by itself, its Chinese title or one
    /// of its usual names; else a member of `attributes`.
    ///
    /// - Throws: `Rejected` for what cannot be set.
    func target(_ name: String) throws(Rejected) -> Target {
        let column =
            columns.first { $0 == name } ?? layer.column(name)?.name
            ?? columns.first { FieldAliases.names(of: $0, in: layer).contains(name) }
        guard let column, column != "attributes" else {
            if ["fid", "geom", "attributes"].contains(name) || name.isEmpty { throw Rejected(.cannotSet(name)) }
            return .attribute(name)
        }
        guard column != "ref" else { throw Rejected(.cannotSet(name)) }
        return .column(column)
    }

    /// The value that a text says; an empty one says none.
    ///
    /// - Parameters:
    ///   - text: as it was written.
    ///   - target: where it goes.
    ///   - present: what stands there; an attribute keeps its type.
    /// - Returns: the value, of the column's type.
    /// - Throws: `Rejected` where the column cannot hold it.
    func value(_ text: String, for target: Target, present: Attribute?) throws(Rejected) -> Attribute {
        let text = text.trimmed
        switch target {
        case .attribute:
            if text.isEmpty { return .null }
            if case .text? = present { return .text(text) }
            if let whole = Int64(text), String(whole) == text { return .integer(whole) }
            if let number = Double(text), number.isFinite, String(number) == text { return .real(number) }
            return .text(text)
        case .column(let name): return try value(text, column: name)
        }
    }

    private func value(_ text: String, column: String) throws(Rejected) -> Attribute {
        guard !text.isEmpty else { return .null }
        func wrong(_ expected: Text) -> Rejected { Rejected(.wrongValue(column, text, expected)) }
        if column == "ended_at" {
            guard let moment = Moment(text) else { throw wrong(.expectsTime) }
            return .text(moment.begin.formatted(.iso8601))
        }
        if layer == .boundary && column == "level" {
            guard let level = BoundaryLevel(text) else { throw wrong(.expectsLevel) }
            return .text(level.rawValue)
        }
        switch layer.column(column)?.kind {
        case .integer:
            guard let number = NumberText.value(text), let whole = Int64(exactly: number) else {
                throw wrong(.expectsWholeNumber)
            }
            return .integer(whole)
        case .real:
            guard let number = NumberText.value(text) else { throw wrong(.expectsNumber) }
            return .real(number)
        case .boolean:
            guard let truth = TruthText.value(text) else { throw wrong(.expectsTruth) }
            return .boolean(truth)
        case .text, nil: return .text(text)
        }
    }

    /// Whether two values say the same; a spreadsheet keeps fifteen digits.
    static func isSame(_ a: Attribute?, _ b: Attribute?) -> Bool {
        let (a, b) = (a ?? .null, b ?? .null)
        if a == b { return true }
        guard let one = number(a), let other = number(b) else { return text(a) == text(b) }
        return abs(one - other) <= 1e-14 * max(abs(one), abs(other))
    }

    private static func number(_ value: Attribute) -> Double? {
        switch value {
        case .integer(let whole): Double(whole)
        case .real(let number): number
        case .boolean(let flag): flag ? 1 : 0
        default: nil
        }
    }

    /// A value as text; empty for none.
    static func text(_ value: Attribute) -> String {
        switch value {
        case .null: ""
        case .boolean(let flag): flag ? "true" : "false"
        case .integer(let whole): String(whole)
        case .real(let number): Int64(exactly: number).map { String($0) } ?? String(number)
        case .text(let text), .json(let text): text.trimmed
        }
    }
}
