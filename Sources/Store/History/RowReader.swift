import GRDB

/// Reads rows of a layer whole, by their fid.
final class RowReader {
    /// The columns, the geometry's first.
    let columns: [String]
    private let select: RawStatement
    private let range: RawStatement
    private let seeds: [UInt64]

    init(_ db: Database, layer: Layer) throws {
        columns = ["geom"] + (try AtlasFile.columns(db, layer))
        seeds = columns.map(RowDigest.seed)
        let list = columns.map(\.quotedIdentifier).joined(separator: ", ")
        let rows = "SELECT fid, \(list) FROM \"\(layer.name)\" WHERE fid"
        select = try RawStatement(db, rows + " = ?")
        range = try RawStatement(db, rows + " BETWEEN ? AND ? ORDER BY fid")
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

    /// The rows of a range, in order.
    func forEach(in fids: ClosedRange<Int64>, _ body: (Int64, RowImage) throws -> Void) throws {
        range.bind(1, fids.lowerBound)
        range.bind(2, fids.upperBound)
        defer { range.reset() }
        while try range.step() { try body(range.integer(0), RowImage(range, columns: columns)) }
    }
}
