public import Spatial

/// Which rows of a layer a question is about.
public struct FeatureQuery: Sendable {
    /// The layer.
    public var layer: Layer
    /// Only rows whose box meets this one.
    public var box: BoundingBox?
    /// Only rows that fulfil this condition.
    public var condition: SQLCondition?
    /// Whether rows that have ended are told too.
    public var includesEnded = false
    /// The SQL expression of the column to sort by, nulls last; else rows
    /// come in the order of their fid.
    public var sortExpression: String?
    /// Whether the order is turned round.
    public var isDescending = false
    /// At most so many rows.
    public var limit: Int?

    /// Makes a question about a whole layer.
    public init(_ layer: Layer, box: BoundingBox? = nil, condition: SQLCondition? = nil) {
        self.layer = layer
        self.box = box
        self.condition = condition
    }

    /// The statement and its values, in order.
    func sql(columns: [String]) -> (text: String, values: [SQLCondition.Value]) {
        let table = "\"\(layer.name)\""
        let list = columns.map { ", \($0.quotedIdentifier)" }.joined()
        var parts: [String] = []
        var values: [SQLCondition.Value] = []
        for boxes in (box.map { [[$0]] } ?? []) + (condition?.requiredBoxes ?? []) {
            let one =
                "SELECT id FROM \"rtree_\(layer.name)_geom\" "
                + "WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?"
            parts.append("fid IN (" + boxes.map { _ in one }.joined(separator: " UNION ") + ")")
            for box in boxes {
                values += [.real(box.west), .real(box.east), .real(box.south), .real(box.north)]
            }
        }
        if !includesEnded { parts.append("ended_at IS NULL") }
        if let condition {
            parts.append("(\(condition.sql))")
            values += condition.values
        }
        var text = "SELECT fid, geom\(list) FROM \(table)"
        if !parts.isEmpty { text += " WHERE " + parts.joined(separator: " AND ") }
        if let sortExpression {
            text += " ORDER BY \(sortExpression) IS NULL, \(sortExpression)\(isDescending ? " DESC" : ""), ref"
        } else {
            text += " ORDER BY fid"
        }
        if let limit { text += " LIMIT \(max(0, limit))" }
        return (text, values)
    }
}

/// A condition on rows as SQL with bound values; made from CQL2, never from
/// text a user typed.
public struct SQLCondition: Sendable, Hashable {
    /// The expression, with a `?` for each value.
    public var sql: String
    /// The values, in order.
    public var values: [Value]
    /// The geometries that `louyu_spatial` compares rows with, by their index.
    public var tests: [SpatialTest] = []
    /// Boxes by which an index may choose rows: of each group, every row that
    /// fulfils the condition meets one.
    var requiredBoxes: [[BoundingBox]] = []

    /// A bound value.
    public enum Value: Sendable, Hashable {
        /// Text.
        case text(String)
        /// A whole number.
        case integer(Int64)
        /// A number.
        case real(Double)
    }

    /// Makes a condition.
    public init(_ sql: String, _ values: [Value] = []) {
        self.sql = sql
        self.values = values
    }

    /// Asks for a spatial relation too.
    public mutating func require(_ test: SpatialTest) {
        let call = "louyu_spatial(geom, \(tests.count))"
        sql = sql.isEmpty ? call : "(\(sql)) AND \(call)"
        tests.append(test)
        requiredBoxes.append(test.boxes)
    }
}

extension String {
    /// The name as SQL takes it.
    var quotedIdentifier: String {
        let inner = utf8.contains(UInt8(ascii: "\"")) ? replacing("\"", with: "\"\"") : self
        return "\"\(inner)\""
    }
}

extension RawStatement {
    /// Binds values from a place on.
    func bind(_ values: [SQLCondition.Value], from first: Int = 1) {
        for (offset, value) in values.enumerated() {
            switch value {
            case .text(let text): bind(first + offset, text)
            case .integer(let whole): bind(first + offset, whole)
            case .real(let number): bind(first + offset, number)
            }
        }
    }
}
