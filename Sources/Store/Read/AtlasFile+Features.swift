import GRDB
public import Messages
public import Spatial

extension AtlasFile {
    /// The columns of a layer behind fid and geometry.
    ///
    /// - Throws: `Failure`.
    public func columns(of layer: Layer) throws(Failure) -> [String] {
        try ask { db in try Self.columns(db, layer) }
    }

    static func columns(_ db: Database, _ layer: Layer) throws -> [String] {
        try db.columns(in: layer.name).map(\.name).filter { $0 != "fid" && $0 != "geom" }
    }

    /// Whether any row of a layer has that member of `attributes`.
    ///
    /// - Throws: `Failure`.
    /// - Complexity: O(rows) where none has it.
    public func hasAttribute(_ name: String, in layer: Layer) throws(Failure) -> Bool {
        try ask { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM \"\(layer.name)\" WHERE attributes IS NOT NULL "
                    + "AND \(Property.attribute(name).sql) IS NOT NULL)") ?? false
        }
    }

    /// Streams rows in batches of about a thousand, in the question's order:
    /// whole, as reckoning needs them, or as they may be told.
    ///
    /// - Parameters:
    ///   - query: which rows.
    ///   - isTold: whether what is disclosed limits what the rows say.
    ///   - body: takes a batch.
    /// - Throws: `Failure`, or what `body` throws.
    public func forEachBatch(
        _ query: FeatureQuery, told isTold: Bool = false, _ body: (FeatureBatch) throws -> Void
    ) throws(Failure) {
        let disclosed = isTold ? disclosed : nil
        try ask { db in
            let columns = try Self.columns(db, query.layer)
            let condition = try query.condition.map(SQLCondition.init)
            let (text, values) = query.sql(columns: columns, condition: condition)
            try ConditionFunctions.register(condition, on: db)
            let rows = try RawStatement(db, text)
            rows.bind(values)
            var decoder = RowDecoder(
                layer: query.layer, columns: columns,
                concealment: try disclosed?.concealment(of: query.layer, in: db))
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
    /// - Parameters:
    ///   - query: which rows.
    ///   - isTold: whether what is disclosed limits what they say; reckoning
    ///     needs them whole.
    /// - Returns: the rows in the question's order.
    /// - Throws: `Failure`.
    public func features(_ query: FeatureQuery, told isTold: Bool = true) throws(Failure) -> [StoredFeature] {
        let disclosed = isTold ? disclosed : nil
        return try ask { db in try Self.features(db, query, disclosed) }
    }

    static func features(
        _ db: Database, _ query: FeatureQuery, _ disclosed: Disclosure? = nil
    ) throws -> [StoredFeature] {
        let columns = try Self.columns(db, query.layer)
        let condition = try query.condition.map(SQLCondition.init)
        let (text, values) = query.sql(columns: columns, condition: condition)
        try ConditionFunctions.register(condition, on: db)
        let rows = try RawStatement(db, text)
        rows.bind(values)
        var decoder = RowDecoder(
            layer: query.layer, columns: columns, concealment: try disclosed?.concealment(of: query.layer, in: db))
        var features: [StoredFeature] = []
        while try rows.step() { features.append(decoder.feature(rows, layer: query.layer)) }
        return features
    }

    /// One row; `nil` where there is none of that number.
    ///
    /// - Throws: `Failure`.
    public func feature(_ layer: Layer, fid: Int64) throws(Failure) -> StoredFeature? {
        var query = FeatureQuery(layer, condition: .fids([fid]))
        query.includesEnded = true
        return try features(query).first
    }

    /// The rows of any layer with that ref.
    ///
    /// - Throws: `Failure`.
    public func features(ref: String) throws(Failure) -> [StoredFeature] {
        let disclosed = disclosed
        return try ask { db in
            try Layer.all.flatMap { try Self.features(db, FeatureQuery($0, condition: .ref(ref)), disclosed) }
        }
    }
}
