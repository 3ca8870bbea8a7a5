public import Spatial

/// Which rows of a layer a question is about.
public struct FeatureQuery: Sendable {
    /// The layer.
    public var layer: Layer
    /// Only rows whose box meets this one.
    public var box: BoundingBox?
    /// Only rows that fulfil this condition.
    public var condition: FeatureCondition?
    /// Whether rows that have ended are told too.
    public var includesEnded = false
    /// The property to sort by, nulls last; else rows come in the order of
    /// their fid.
    public var sort: Property?
    /// Whether the order is turned round.
    public var isDescending = false
    /// At most so many rows.
    public var limit: Int?

    /// Makes a question about a whole layer.
    public init(_ layer: Layer, box: BoundingBox? = nil, condition: FeatureCondition? = nil) {
        self.layer = layer
        self.box = box
        self.condition = condition
    }

    /// The statement and its values, in order.
    func sql(columns: [String], condition: SQLCondition?) -> (text: String, values: [SQLCondition.Value]) {
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
        if let sort = sort?.sql {
            text += " ORDER BY \(sort) IS NULL, \(sort)\(isDescending ? " DESC" : ""), ref"
        } else {
            text += " ORDER BY fid"
        }
        if let limit { text += " LIMIT \(max(0, limit))" }
        return (text, values)
    }
}

extension String {
    /// The name as SQL takes it.
    var quotedIdentifier: String {
        let inner = utf8.contains(UInt8(ascii: "\"")) ? replacing("\"", with: "\"\"") : self
        return "\"\(inner)\""
    }
}
