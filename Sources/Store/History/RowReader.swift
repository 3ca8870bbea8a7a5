import GRDB

/// Reads rows of a layer whole, by their fid.
final class RowReader {
    /// The columns, the geometry's first.
    let columns: [String]
    private let select: RawStatement
    private let seeds: [UInt64]

    init(_ db: Database, layer: Layer) throws {
        columns = ["geom"] + (try AtlasFile.columns(db, layer))
        seeds = columns.map(RowDigest.seed)
        let list = columns.map(\.quotedIdentifier).joined(separator: ", ")
        select = try RawStatement(db, "SELECT fid, \(list) FROM \"\(layer.name)\" WHERE fid = ?")
    }

    /// The digest of a row; `nil` where there is none.
    func digest(of fid: Int64) throws -> Int64? {
        select.bind(1, fid)
        defer { select.reset() }
        guard try select.step() else { return nil }
        var digest = RowDigest()
        for (index, seed) in seeds.enumerated() { digest.add(select, index + 1, seed: seed) }
        return Int64(bitPattern: digest.value)
    }

    func image(of fid: Int64) throws -> RowImage? {
        select.bind(1, fid)
        defer { select.reset() }
        return try select.step() ? RowImage(select, columns: columns) : nil
    }
}

extension RowReader {
    /// The rows of a range, in order.
    func forEach(in fids: ClosedRange<Int64>, _ body: (Int64, RowImage) throws -> Void) throws {
        for fid in fids { if let image = try image(of: fid) { try body(fid, image) } }
    }
}
