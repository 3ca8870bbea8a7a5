import Messages
import Spatial

/// A condition on rows as SQL with bound values; made from conditions and
/// CQL2, never from text a user typed.
struct SQLCondition: Hashable {
    /// The expression, with a `?` for each value.
    var sql: String
    /// The values, in order.
    var values: [Value]
    /// The geometries that `louyu_spatial` compares rows with, by their index.
    var tests: [SpatialTest] = []
    /// Boxes by which an index may choose rows: of each group, every row that
    /// fulfils the condition meets one.
    var requiredBoxes: [[BoundingBox]] = []

    /// A bound value.
    enum Value: Hashable {
        /// Text.
        case text(String)
        /// A whole number.
        case integer(Int64)
        /// A number.
        case real(Double)
    }

    init(_ sql: String, _ values: [Value] = []) {
        self.sql = sql
        self.values = values
    }

    /// What a condition is in SQL.
    ///
    /// - Throws: `Failure` where an expression says what SQLite cannot do.
    init(_ condition: FeatureCondition) throws(Failure) {
        self.init("")
        try append(condition)
    }

    private mutating func append(_ condition: FeatureCondition) throws(Failure) {
        switch condition {
        case .fids(let fids): sql += "fid IN (\(fids.map(String.init).joined(separator: ",")))"
        case .fid(let range):
            sql += "fid BETWEEN ? AND ?"
            values += [.integer(range.lowerBound), .integer(range.upperBound)]
        case .ref(let ref): append("ref = ?", .text(ref))
        case .equals(let property, let text): append("\(property.sql) = ?", .text(text))
        case .isYes(let property):
            let noes = StoredFeature.noes.sorted().map { "'\($0)'" }.joined(separator: ", ")
            sql += "lower(\(property.sql)) NOT IN (\(noes))"
        case .meets(let box): require([SpatialTest(.meets, box: box)])
        case .lies(let areas, let belonging):
            let relation: SpatialTest.Relation =
                switch belonging {
                case .point: .hasPointIn
                case .anyPart: .meets
                case .mostOfIt: .liesMostlyIn
                }
            // Halves of one record in two areas are the whole of it in both together.
            let tested = relation == .liesMostlyIn ? try Geometry.united(areas) : areas
            require(tested.map { SpatialTest(relation, geometry: $0) })
        case .expression(let expression, let properties, let places):
            try CQL2Compiler(properties: properties, places: places).append(all: expression, to: &self)
        case .all(let parts):
            sql += parts.isEmpty ? "1" : ""
            for (index, part) in parts.enumerated() {
                sql += index > 0 ? " AND (" : "("
                try append(part)
                sql += ")"
            }
        }
    }

    private mutating func append(_ text: String, _ value: Value) {
        sql += text
        values.append(value)
    }

    /// Asks for one of several spatial relations.
    private mutating func require(_ anyOf: [SpatialTest]) {
        let calls = anyOf.indices.map { "louyu_spatial(geom, \(tests.count + $0))" }
        sql += calls.isEmpty ? "0" : calls.joined(separator: " OR ")
        tests += anyOf
        requiredBoxes.append(anyOf.flatMap(\.boxes))
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
