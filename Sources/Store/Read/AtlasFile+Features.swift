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

    /// The SQL expression of a member of `attributes`.
    public static func attributeExpression(_ name: String) -> String {
        let path = "$.\"" + name.replacing("\"", with: "\\\"") + "\""
        return "json_extract(attributes, '" + path.replacing("'", with: "''") + "')"
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

    /// The rows whose name, alias or address holds a text, exact names first,
    /// then names, then addresses; ties by layer and ref.
    ///
    /// - Parameters:
    ///   - text: at least one letter or digit; width, case and punctuation do not count.
    ///   - layers: where to look.
    /// - Returns: the rows.
    /// - Throws: `Failure`.
    public func search(_ text: String, in layers: [Layer] = Layer.all) throws(Failure) -> [StoredFeature] {
        guard let expression = NameIndex.expression(text) else { return [] }
        let candidates = try perform { db in
            let indexed = try Int64.fetchAll(
                db, sql: "SELECT rowid FROM louyu_name_index WHERE louyu_name_index MATCH ?", arguments: [expression])
            let changed = try Row.fetchAll(db, sql: "SELECT layer, fid FROM louyu_unindexed").compactMap { row in
                Layer.named(row["layer"]).map { NameIndex.rowID(layer: $0, fid: row["fid"]) }
            }
            return Set(indexed).union(changed).sorted().compactMap(NameIndex.place)
        }
        let wanted = NameIndex.normalized(text)
        var hits: [(rank: Int, feature: StoredFeature)] = []
        for layer in layers {
            let fids = candidates.filter { $0.layer == layer }.map { String($0.fid) }
            for start in stride(from: 0, to: fids.count, by: 20_000) {
                let list = fids[start..<min(start + 20_000, fids.count)].joined(separator: ",")
                for feature in try features(FeatureQuery(layer, condition: SQLCondition("fid IN (\(list))"))) {
                    if let rank = feature.rank(of: wanted) { hits.append((rank, feature)) }
                }
            }
        }
        let order = Dictionary(uniqueKeysWithValues: Layer.all.enumerated().map { ($1, $0) })
        hits.sort {
            ($0.rank, order[$0.feature.layer] ?? 0, $0.feature.ref) < (
                $1.rank, order[$1.feature.layer] ?? 0, $1.feature.ref
            )
        }
        return hits.map(\.feature)
    }
}

extension StoredFeature {
    /// 0 for the exact name, 1 for a part of a name or alias, 2 for a part of
    /// the address; `nil` where none holds the text.
    fileprivate func rank(of wanted: [Character]) -> Int? {
        func holds(_ key: String) -> Bool {
            guard let text = text(key) else { return false }
            return NameIndex.normalized(text).contains(wanted)
        }
        if let name, NameIndex.normalized(name) == wanted { return 0 }
        if (["name", "name_en"] + NameIndex.aliases).contains(where: holds) { return 1 }
        return ["address", "complex"].contains(where: holds) ? 2 : nil
    }
}
