import GRDB
import GRDBSQLite
import Spatial

/// Rows of a layer's R-tree in order of how near their box may be: best-first
/// search (Hjaltason and Samet 1999) over the nodes as SQLite stores them.
///
/// SQLite's own query callback gives the same rows in the same order, but
/// reads a leaf again for nearly every row of it (decision 0007). The nodes'
/// layout is that of `RTreeShadow`.
struct RTreeSearch {
    private let withinMeters: Double
    private let measure: OriginMeasure
    private var queue = BestFirstQueue<NearestEntry>()
    /// The nodes that were opened: a tree has no way back to one.
    private var visited: Set<Int64> = []

    /// Calls `body` with fid and lower bound in metres, nearest bound first,
    /// until it returns `false`; boxes beyond `withinMeters` are left out.
    ///
    /// - Throws: `DatabaseError` of `SQLITE_CORRUPT` where a node is damaged.
    static func forEach(
        _ db: Database, layer: Layer, measure: OriginMeasure, withinMeters: Double?,
        _ body: (Int64, Double) throws -> Bool
    ) throws {
        let nodes = try RawStatement(
            cached: "SELECT data FROM \"rtree_\(layer.name)_geom_node\" WHERE nodeno = ?", db)
        var search = RTreeSearch(withinMeters: withinMeters ?? .infinity, measure: measure)
        search.queue.push(NearestEntry(boundMeters: -.infinity, id: rootNode, level: unknownLevel))
        while let next = search.queue.pop() {
            if next.level == rowLevel {
                guard try body(next.id, next.boundMeters) else { return }
            } else {
                try search.open(next, nodes)
            }
        }
    }

    private init(withinMeters: Double, measure: OriginMeasure) {
        self.withinMeters = withinMeters
        self.measure = measure
    }

    private static let rootNode: Int64 = 1
    private static let unknownLevel: Int32 = -1
    private static let rowLevel: Int32 = 0
    /// What SQLite allows, too.
    private static let greatestLevel: Int32 = 40
    private static let cellSize = 24

    /// Queues the cells of a node.
    private mutating func open(_ node: NearestEntry, _ nodes: borrowing RawStatement) throws {
        nodes.bind(1, node.id)
        defer { nodes.reset() }
        guard try nodes.step() else { throw Self.damaged(node.id) }
        let data = nodes.bytes(0)
        guard data.count >= 4 else { throw Self.damaged(node.id) }
        // A level of 1 is a leaf, whose cells are rows.
        let level = node.level == Self.unknownLevel ? Int32(data.bigEndian16(at: 0)) + 1 : node.level
        let count = Int(data.bigEndian16(at: 2))
        guard level <= Self.greatestLevel, 4 + count * Self.cellSize <= data.count,
            visited.insert(node.id).inserted
        else { throw Self.damaged(node.id) }
        for cell in 0..<count {
            let start = 4 + cell * Self.cellSize
            let box = BoundingBox(
                west: data.bigEndianFloat(at: start + 8), south: data.bigEndianFloat(at: start + 16),
                east: data.bigEndianFloat(at: start + 12), north: data.bigEndianFloat(at: start + 20))
            let boundMeters = measure.lowerBoundMeters(box)
            guard boundMeters <= withinMeters else { continue }
            queue.push(
                NearestEntry(
                    boundMeters: boundMeters, id: Int64(bitPattern: data.bigEndian64(at: start)), level: level - 1))
        }
    }

    private static func damaged(_ node: Int64) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "R-tree node \(node)")
    }
}

/// A row or a node that waits, nearest bound first.
private struct NearestEntry: BestFirstEntry {
    let boundMeters: Double
    let id: Int64
    /// 0 for a row, else how many levels are under a node, itself counted.
    let level: Int32

    func comes(before other: NearestEntry) -> Bool { boundMeters < other.boundMeters }
}

extension UnsafeRawBufferPointer {
    fileprivate func bigEndian16(at offset: Int) -> UInt16 {
        UInt16(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }

    fileprivate func bigEndian64(at offset: Int) -> UInt64 {
        UInt64(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    fileprivate func bigEndianFloat(at offset: Int) -> Double {
        Double(Float(bitPattern: UInt32(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self))))
    }
}
