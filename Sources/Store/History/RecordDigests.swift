import GRDB
import Spatial

/// Digests of records on their way into a layer: those that their rows will have.
struct RecordDigests {
    /// The layer's columns behind fid and geometry.
    let columns: [String]

    private let seeds: [UInt64]
    private let affinities: [Affinity]
    private let geometrySeed = RowDigest.seed(of: "geom")

    /// What a column makes of values (https://sqlite.org/datatype3.html, 3.1).
    private enum Affinity {
        case none, text, whole, real

        init(_ type: String) {
            let type = type.uppercased()
            if type.contains("INT") {
                self = .whole
            } else if ["CHAR", "CLOB", "TEXT"].contains(where: type.contains) {
                self = .text
            } else if type.isEmpty || type.contains("BLOB") {
                self = .none
            } else {
                self = ["REAL", "FLOA", "DOUB"].contains(where: type.contains) ? .real : .whole
            }
        }
    }

    init(_ db: Database, layer: Layer) throws {
        let all = try db.columns(in: layer.name).filter { $0.name != "fid" && $0.name != "geom" }
        columns = all.map(\.name)
        seeds = columns.map(RowDigest.seed)
        affinities = all.map { Affinity($0.type) }
    }

    /// The digest of the row that a record becomes; `nil` where the column's
    /// type turns a value into another, so that only the row itself tells.
    func digest(
        of record: FeatureBatch.Record, in batch: FeatureBatch, bytes: UnsafeRawBufferPointer, blob: [UInt8]
    ) -> UInt64? {
        var digest = RowDigest()
        if !blob.isEmpty { blob.withUnsafeBytes { digest.add($0, isBlob: true, seed: geometrySeed) } }
        for index in record.fields {
            let column = batch.fields[index].key
            let affinity = affinities[column]
            switch batch.fields[index].value {
            case .null: break
            case .boolean(let value):
                guard affinity != .text else { return nil }
                digest.add(Int64(value ? 1 : 0), seed: seeds[column])
            case .integer(let value):
                guard affinity != .text, affinity != .real || value.magnitude <= 1 << 53 else { return nil }
                digest.add(value, seed: seeds[column])
            case .real(let value):
                guard affinity != .text, value.isFinite else { return nil }
                digest.add(value, seed: seeds[column])
            case .text(let range), .json(let range):
                guard affinity == .text || affinity == .none else { return nil }
                digest.add(UnsafeRawBufferPointer(rebasing: bytes[range]), isBlob: false, seed: seeds[column])
            }
        }
        return digest.value
    }
}
