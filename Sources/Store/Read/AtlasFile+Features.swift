import GRDB
public import Messages
public import Spatial

extension AtlasFile {
    /// The columns of a layer behind fid and geometry.
    ///
    /// - Throws: `Failure`.
    public func columns(of layer: Layer) throws(Failure) -> [String] {
        try perform { db in try Self.columns(db, layer) }
    }

    static func columns(_ db: Database, _ layer: Layer) throws -> [String] {
        try db.columns(in: layer.name).map(\.name).filter { $0 != "fid" && $0 != "geom" }
    }

    /// The SQL expression of a member of `attributes`; null where that is no JSON.
    public static func attributeExpression(_ name: String) -> String {
        let quoted = name.replacing("'", with: "''")
        // A JSON path has no way to write a quote or a backslash.
        let isPlain = !name.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
        let member =
            isPlain
            ? "json_extract(attributes, '$.\"\(quoted)\"')"
            : "(SELECT value FROM json_each(attributes) WHERE key = '\(quoted)')"
        return "CASE WHEN json_valid(attributes) THEN \(member) END"
    }

    /// Whether any row of a layer has that member of `attributes`.
    ///
    /// - Throws: `Failure`.
    /// - Complexity: O(rows) where none has it.
    public func hasAttribute(_ name: String, in layer: Layer) throws(Failure) -> Bool {
        try perform { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM \"\(layer.name)\" WHERE attributes IS NOT NULL "
                    + "AND \(Self.attributeExpression(name)) IS NOT NULL)") ?? false
        }
    }

    /// Whether an expression is text in some rows of a layer and a number in none.
    ///
    /// - Parameters:
    ///   - expression: SQL, as `attributeExpression(_:)` gives it.
    ///   - layer: the layer.
    /// - Returns: whether it is so.
    /// - Throws: `Failure`.
    /// - Complexity: O(rows).
    public func holdsOnlyTexts(_ expression: String, in layer: Layer) throws(Failure) -> Bool {
        try perform { db in
            let rows = try RawStatement(
                db,
                "SELECT max(typeof(\(expression)) = 'text'), max(typeof(\(expression)) IN ('integer', 'real')) "
                    + "FROM \"\(layer.name)\"")
            return try rows.step() && rows.integer(0) == 1 && rows.integer(1) == 0
        }
    }

    /// Streams rows in batches of about a thousand, in the question's order.
    ///
    /// - Throws: `Failure`, or what `body` throws.
    public func forEachBatch(_ query: FeatureQuery, _ body: (FeatureBatch) throws -> Void) throws(Failure) {
        try perform { db in
            let columns = try Self.columns(db, query.layer)
            let (text, values) = query.sql(columns: columns)
            ConditionFunctions.register(query.condition, on: db)
            let rows = try RawStatement(db, text)
            rows.bind(values)
            var decoder = RowDecoder(layer: query.layer, columns: columns)
            var batch = FeatureBatch()
            while try rows.step() {
                decoder.append(rows, to: &batch)
                if batch.records.count == 1024 || batch.bytes.count > 1 << 20 {
                    try body(batch)
                    batch.bytes.removeAll(keepingCapacity: true)
                    batch.records.removeAll(keepingCapacity: true)
                    batch.fields.removeAll(keepingCapacity: true)
                }
            }
            if !batch.records.isEmpty { try body(batch) }
        }
    }

    /// The rows a question is about, as values.
    ///
    /// - Throws: `Failure`.
    public func features(_ query: FeatureQuery) throws(Failure) -> [StoredFeature] {
        try perform { db in try Self.features(db, query) }
    }

    static func features(_ db: Database, _ query: FeatureQuery) throws -> [StoredFeature] {
        let columns = try Self.columns(db, query.layer)
        let (text, values) = query.sql(columns: columns)
        ConditionFunctions.register(query.condition, on: db)
        let rows = try RawStatement(db, text)
        rows.bind(values)
        var decoder = RowDecoder(layer: query.layer, columns: columns)
        var features: [StoredFeature] = []
        while try rows.step() { features.append(decoder.feature(rows, layer: query.layer)) }
        return features
    }

    /// One row; `nil` where there is none of that number.
    ///
    /// - Throws: `Failure`.
    public func feature(_ layer: Layer, fid: Int64) throws(Failure) -> StoredFeature? {
        var query = FeatureQuery(layer, condition: SQLCondition("fid = ?", [.integer(fid)]))
        query.includesEnded = true
        return try features(query).first
    }

    /// The rows of any layer with that ref.
    ///
    /// - Throws: `Failure`.
    public func features(ref: String) throws(Failure) -> [StoredFeature] {
        var found: [StoredFeature] = []
        for layer in Layer.all {
            found += try features(FeatureQuery(layer, condition: SQLCondition("ref = ?", [.text(ref)])))
        }
        return found
    }
}
