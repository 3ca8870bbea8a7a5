import GRDB
import Spatial

/// Fills the R-tree of a layer at once: the tree is built in memory and
/// written into SQLite's shadow tables, many times faster than row by row.
///
/// Layout of a node (SQLite's rtree.c): depth of the tree in the root (2
/// bytes), count of cells (2 bytes), then cells of id (8 bytes) and minx, maxx,
/// miny, maxy as 32-bit floats, all big-endian, padded to the node's size.
struct RTreeShadow {
    /// An entry: the row's fid and its box, rounded outward to 32-bit floats.
    struct Entry {
        var id: Int64
        var west: Float
        var east: Float
        var south: Float
        var north: Float

        init(id: Int64, box: BoundingBox) {
            self.id = id
            west = Self.down(box.west)
            east = -Self.down(-box.east)
            south = Self.down(box.south)
            north = -Self.down(-box.north)
        }

        init(id: Int64, west: Float, east: Float, south: Float, north: Float) {
            self.id = id
            self.west = west
            self.east = east
            self.south = south
            self.north = north
        }

        private static func down(_ value: Double) -> Float {
            let rounded = Float(value)
            return Double(rounded) > value ? rounded.nextDown : rounded
        }
    }

    private static let cellsPerNode = 51
    /// Beyond so many entries the tree is built anew.
    private static let mostSingleEntries = 20_000
    private let table: String

    init(layer: String) { table = "rtree_\(layer)_geom" }

    /// All entries that stand in the tree now.
    func entries(_ db: Database) throws -> [Entry] {
        let statement = try RawStatement(db, "SELECT id, minx, maxx, miny, maxy FROM \"\(table)\"")
        var entries: [Entry] = []
        while try statement.step() {
            entries.append(
                Entry(
                    id: statement.integer(0), west: Float(statement.real(1)), east: Float(statement.real(2)),
                    south: Float(statement.real(3)), north: Float(statement.real(4))))
        }
        return entries
    }

    /// Replaces the tree's content.
    ///
    /// - Complexity: O(n log n) time; 24 bytes an entry besides the input.
    func replace(_ db: Database, with unsorted: [Entry]) throws {
        let nodeSize = try Int.fetchOne(db, sql: "SELECT length(data) FROM \"\(table)_node\" WHERE nodeno = 1") ?? 1228
        let capacity = min(Self.cellsPerNode, (nodeSize - 4) / 24)
        try db.execute(
            sql: "DELETE FROM \"\(table)_node\"; DELETE FROM \"\(table)_rowid\"; DELETE FROM \"\(table)_parent\"")
        var level = Self.hilbertOrdered(unsorted)
        try writeRowIDs(db, level, nodeCapacity: capacity)
        let writer = try NodeWriter(db, table: table, nodeSize: nodeSize)
        // Leaves are numbered from 2; the root is always node 1.
        var firstNode: Int64 = 2
        var depth = 0
        while level.count > capacity {
            var parents: [Entry] = []
            parents.reserveCapacity(level.count / capacity + 1)
            for start in stride(from: 0, to: level.count, by: capacity) {
                let cells = level[start..<min(start + capacity, level.count)]
                let number = firstNode + Int64(start / capacity)
                try writer.write(number: number, depth: 0, cells: cells)
                parents.append(Self.parent(of: cells, number: number))
            }
            if depth > 0 { try writer.writeParents(of: level, firstParent: firstNode, capacity: capacity) }
            firstNode += Int64(parents.count)
            level = parents
            depth += 1
        }
        try writer.write(number: 1, depth: depth, cells: level[...])
        if depth > 0 { try writer.writeParents(of: level, firstParent: 1, capacity: max(level.count, 1)) }
    }

    /// Puts entries into the tree and takes those of removed rows out: one by
    /// one where they are few, else by building it anew.
    ///
    /// Of several entries of a row the last counts, an empty box takes its
    /// entry away; the removed fids are in order and apart.
    func update(_ db: Database, _ entries: [Entry], removing removed: [ClosedRange<Int64>] = []) throws {
        if removed.reduce(entries.count, { $0 + $1.count }) <= Self.mostSingleEntries {
            return try merge(db, entries + removed.flatMap { $0.map { Entry(id: $0, box: .empty) } })
        }
        let kept = try self.entries(db).filter { !Self.holds(removed, $0.id) }
        var all = Dictionary(kept.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for entry in entries { all[entry.id] = entry.west <= entry.east ? entry : nil }
        try replace(db, with: all.values.sorted { $0.id < $1.id })
    }

    /// Whether one of some ranges holds a number; they are in order and apart.
    private static func holds(_ ranges: [ClosedRange<Int64>], _ number: Int64) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(number)
    }

    /// Puts a few entries into the tree through SQLite; an empty box takes the
    /// row's entry away.
    private func merge(_ db: Database, _ entries: [Entry]) throws {
        let delete = try RawStatement(db, "DELETE FROM \"\(table)\" WHERE id = ?")
        let insert = try RawStatement(db, "INSERT INTO \"\(table)\" VALUES (?, ?, ?, ?, ?)")
        for entry in entries {
            delete.bind(1, entry.id)
            try delete.run()
            guard entry.west <= entry.east else { continue }
            insert.bind(1, entry.id)
            insert.bind(2, Double(entry.west))
            insert.bind(3, Double(entry.east))
            insert.bind(4, Double(entry.south))
            insert.bind(5, Double(entry.north))
            try insert.run()
        }
    }

    private func writeRowIDs(_ db: Database, _ leaves: [Entry], nodeCapacity: Int) throws {
        let isRootOnly = leaves.count <= nodeCapacity
        // In order of fid, so that the table is appended to and never split.
        var pairs: [(id: Int64, node: Int64)] = []
        pairs.reserveCapacity(leaves.count)
        for (index, entry) in leaves.enumerated() {
            pairs.append((entry.id, isRootOnly ? 1 : Int64(2 + index / nodeCapacity)))
        }
        pairs.sort { $0.id < $1.id }
        let insert = try RawStatement(db, "INSERT INTO \"\(table)_rowid\" (rowid, nodeno) VALUES (?, ?)")
        for pair in pairs {
            insert.bind(1, pair.id)
            insert.bind(2, pair.node)
            try insert.run()
        }
    }

    private static func parent(of cells: ArraySlice<Entry>, number: Int64) -> Entry {
        var parent = Entry(
            id: number, west: .infinity, east: -.infinity, south: .infinity, north: -.infinity)
        for cell in cells {
            parent.west = min(parent.west, cell.west)
            parent.east = max(parent.east, cell.east)
            parent.south = min(parent.south, cell.south)
            parent.north = max(parent.north, cell.north)
        }
        return parent
    }

    private static func hilbertOrdered(_ entries: [Entry]) -> [Entry] {
        var west = Float.infinity, east = -Float.infinity, south = Float.infinity, north = -Float.infinity
        for entry in entries {
            west = min(west, entry.west)
            east = max(east, entry.east)
            south = min(south, entry.south)
            north = max(north, entry.north)
        }
        let scaleX = east > west ? 65535 / (east - west) : 0
        let scaleY = north > south ? 65535 / (north - south) : 0
        var keys: [UInt64] = []
        keys.reserveCapacity(entries.count)
        for (index, entry) in entries.enumerated() {
            let x = UInt32(max(0, min(65535, ((entry.west + entry.east) / 2 - west) * scaleX)))
            let y = UInt32(max(0, min(65535, ((entry.south + entry.north) / 2 - south) * scaleY)))
            keys.append(UInt64(hilbert(x, y)) << 32 | UInt64(index))
        }
        keys.sort()
        return keys.map { entries[Int($0 & 0xFFFF_FFFF)] }
    }

    /// The distance along a Hilbert curve of order 16.
    private static func hilbert(_ column: UInt32, _ row: UInt32) -> UInt32 {
        var x = column
        var y = row
        var distance: UInt32 = 0
        var side: UInt32 = 1 << 15
        while side > 0 {
            let right: UInt32 = x & side != 0 ? 1 : 0
            let up: UInt32 = y & side != 0 ? 1 : 0
            distance += side * side * ((3 * right) ^ up)
            if up == 0 {
                if right == 1 {
                    x = 65535 - x
                    y = 65535 - y
                }
                swap(&x, &y)
            }
            side >>= 1
        }
        return distance
    }
}

/// Writes nodes and the links to their parents.
private final class NodeWriter {
    private let node: RawStatement
    private let parent: RawStatement
    private var buffer: [UInt8]

    init(_ db: Database, table: String, nodeSize: Int) throws {
        node = try RawStatement(db, "INSERT INTO \"\(table)_node\" (nodeno, data) VALUES (?, ?)")
        parent = try RawStatement(db, "INSERT INTO \"\(table)_parent\" (nodeno, parentnode) VALUES (?, ?)")
        buffer = [UInt8](repeating: 0, count: nodeSize)
    }

    func write(number: Int64, depth: Int, cells: ArraySlice<RTreeShadow.Entry>) throws {
        buffer.withUnsafeMutableBytes { bytes in
            bytes.initializeMemory(as: UInt8.self, repeating: 0)
            bytes.storeBytes(of: UInt16(depth).bigEndian, as: UInt16.self)
            bytes.storeBytes(of: UInt16(cells.count).bigEndian, toByteOffset: 2, as: UInt16.self)
            var offset = 4
            for cell in cells {
                bytes.storeBytes(of: cell.id.bigEndian, toByteOffset: offset, as: Int64.self)
                bytes.storeBytes(of: cell.west.bitPattern.bigEndian, toByteOffset: offset + 8, as: UInt32.self)
                bytes.storeBytes(of: cell.east.bitPattern.bigEndian, toByteOffset: offset + 12, as: UInt32.self)
                bytes.storeBytes(of: cell.south.bitPattern.bigEndian, toByteOffset: offset + 16, as: UInt32.self)
                bytes.storeBytes(of: cell.north.bitPattern.bigEndian, toByteOffset: offset + 20, as: UInt32.self)
                offset += 24
            }
        }
        node.bind(1, number)
        try buffer.withUnsafeBytes { bytes in
            node.bind(2, blob: bytes)
            try node.run()
        }
    }

    func writeParents(of children: [RTreeShadow.Entry], firstParent: Int64, capacity: Int) throws {
        for (index, child) in children.enumerated() {
            parent.bind(1, child.id)
            parent.bind(2, firstParent + Int64(index / capacity))
            try parent.run()
        }
    }
}
