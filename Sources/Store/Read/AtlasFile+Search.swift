import GRDB
public import Messages
import Spatial

extension AtlasFile {
    /// The rows whose name, alias or address holds a text, exact names first,
    /// then names, then addresses; ties by layer and ref.
    ///
    /// - Parameters:
    ///   - text: at least one letter or digit; width, case and punctuation do not count.
    ///   - layers: where to look.
    ///   - limit: at most so many.
    /// - Returns: the rows.
    /// - Throws: `Failure`.
    /// - Complexity: O(candidates) in names; only rows that are told are read whole.
    public func search(
        _ text: String, in layers: [Layer] = Layer.all, limit: Int? = nil
    ) throws(Failure) -> [StoredFeature] {
        guard let expression = NameIndex.expression(text) else { return [] }
        let wanted = NameIndex.normalized(text)
        let disclosed = disclosed
        return try ask { db in
            let candidates = try Self.candidates(db, expression)
            var hits: [NameHit] = []
            for (order, layer) in Layer.all.enumerated() where layers.contains(layer) {
                try Self.rank(candidates[layer] ?? [], of: layer, order: order, wanted, db, &hits)
            }
            hits.sort()
            let told = limit.map { hits.prefix(max(0, $0)) } ?? hits[...]
            var features: [NameHit: StoredFeature] = [:]
            for (order, layer) in Layer.all.enumerated() {
                let wanted = told.filter { $0.order == order }
                for list in wanted.map(\.fid).parts() {
                    let rows = try Self.features(db, FeatureQuery(layer, condition: .fids(list)), disclosed)
                    let byFid = Dictionary(rows.map { ($0.fid, $0) }) { first, _ in first }
                    for hit in wanted { if let feature = byFid[hit.fid] { features[hit] = feature } }
                }
            }
            return told.compactMap { features[$0] }
        }
    }

    /// The rows that may hold the text: what the index proposes, and what
    /// other programs changed since.
    private static func candidates(_ db: Database, _ expression: String) throws -> [Layer: Set<Int64>] {
        var candidates: [Layer: Set<Int64>] = [:]
        let indexed = try RawStatement.integers(
            db, "SELECT rowid FROM louyu_name_index WHERE louyu_name_index MATCH ?", [.text(expression)])
        for place in indexed.compactMap(NameIndex.place) { candidates[place.layer, default: []].insert(place.fid) }
        let changed = try RawStatement(db, "SELECT layer, fid FROM louyu_unindexed")
        while try changed.step() {
            guard let layer = Layer.named(changed.string(0)) else { continue }
            candidates[layer, default: []].insert(changed.integer(1))
        }
        return candidates
    }

    /// Appends the candidates that do hold the text, by their names alone.
    private static func rank(
        _ fids: Set<Int64>, of layer: Layer, order: Int, _ wanted: [Character], _ db: Database, _ hits: inout [NameHit]
    ) throws {
        let columns = NameIndex.columns(of: layer)
        for list in fids.sorted().parts() {
            let rows = try RawStatement(
                db,
                "SELECT fid, ref, \(NameIndex.searched(layer)) FROM \"\(layer.name)\" "
                    + "WHERE ended_at IS NULL AND fid IN (\(list.map(String.init).joined(separator: ",")))")
            while try rows.step() {
                var best: Int?
                for index in 0..<columns.count + NameIndex.aliases.count where !rows.isNull(index + 2) {
                    let text = NameIndex.normalized(rows.string(index + 2))
                    guard text.contains(wanted) else { continue }
                    let column = index < columns.count ? columns[index] : nil
                    let rank = column == "name" && text == wanted ? 0 : NameIndex.isPlace(column) ? 2 : 1
                    best = min(best ?? rank, rank)
                }
                guard let best else { continue }
                let fid = rows.integer(0)
                let ref = rows.isNull(1) ? "\(layer.name)/\(fid)" : rows.string(1)
                hits.append(NameHit(rank: best, order: order, ref: ref, fid: fid))
            }
        }
    }
}

/// A row whose name holds the text, before it is read whole.
private struct NameHit: Hashable, Comparable {
    /// 0 for the exact name, 1 for a part of a name or alias, 2 for a part of the address.
    let rank: Int
    /// The layer's place among all.
    let order: Int
    let ref: String
    let fid: Int64

    static func < (a: NameHit, b: NameHit) -> Bool {
        (a.rank, a.order, a.ref, a.fid) < (b.rank, b.order, b.ref, b.fid)
    }
}

extension [Int64] {
    /// The numbers in lists that are not too long for one statement.
    fileprivate func parts() -> [[Int64]] {
        stride(from: 0, to: count, by: 20_000).map { Array(self[$0..<Swift.min($0 + 20_000, count)]) }
    }
}
