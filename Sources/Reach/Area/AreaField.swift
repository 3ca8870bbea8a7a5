/// A street and what its cells cost, kept for the next cell.
struct KnownStreet {
    fileprivate let edge: UInt32
    fileprivate let times: EdgeTimes?

    fileprivate init(_ edge: UInt32, _ times: EdgeTimes?) { (self.edge, self.times) = (edge, times) }

    /// None yet.
    init() { self.init(.max, nil) }
}

/// The ticks of the cells around a place, for one limit: the memory of one
/// area, kept from question to question.
///
/// Only marked tiles have memory, 64 words of every bit map and 64 rows of
/// cells each; all others share one tile of nothing.
struct AreaField {
    /// What is known of a cell.
    struct Cell {
        /// Infinite where the street's ends are out of reach.
        var ticks: Float
        var edge: UInt32
        /// The corner of the edge before the cell's nearest point.
        var corner: UInt32

        /// Whether it is kept for a crossing.
        var isCrossing: Bool { corner == UInt32(StreetTile.Owner.crossing) }
    }

    /// The tiles around the marked ones.
    private(set) var tiles = TileRange(TileAddress(x: 0, y: 0), TileAddress(x: 0, y: 0))
    private(set) var hasGround = false
    private var slotCount = 0
    private var columns = 0

    private(set) var ground = UnsafeMutableBufferPointer<Int8>(start: nil, count: 0)
    /// The ring of the outline's crossing between a cell and the next one east.
    private(set) var rings = UnsafeMutableBufferPointer<UInt32>(start: nil, count: 0)
    /// Whether a street is near.
    private(set) var known = UnsafeMutableBufferPointer<UInt64>(start: nil, count: 0)
    /// Whether a cell is in the area.
    private(set) var inside = UnsafeMutableBufferPointer<UInt64>(start: nil, count: 0)
    /// Whether the outline's crossing east of a cell is drawn.
    private(set) var drawn = UnsafeMutableBufferPointer<UInt64>(start: nil, count: 0)
    /// Where every tile's memory is; 0 for none.
    private var slots: [Int32] = []
    /// The tiles that are laid, which their memory in `grids` needs.
    private var laid: [StreetTile] = []
    /// The cells of the tiles by their memory; the first has none.
    private var grids = UnsafeMutableBufferPointer<Grid>(start: nil, count: 0)
    /// The cell that stands for the place itself, if any.
    private var seed: (place: Int, cell: Cell) = (-1, Cell(ticks: .infinity, edge: .max, corner: 0))

    /// Where a tile has its cells, and the edges of its runs.
    private struct Grid {
        let feet: UnsafeBufferPointer<StreetTile.Foot>
        let owners: UnsafeBufferPointer<StreetTile.Owner>
        let edges: UnsafeBufferPointer<UInt32>
    }

    static let tileCells = RasterLattice.tileCells
    private static let tileArea = tileCells * tileCells

    /// How many rows of cells there are.
    var rows: Int { tiles.rows * Self.tileCells }
    /// How many tiles stand beside each other.
    var tileColumns: Int { columns }

    /// Makes room for tiles, none of whose cells is known.
    mutating func begin(_ tiles: TileRange, marked: [TileAddress]) {
        self.tiles = tiles
        columns = tiles.columns
        hasGround = false
        seed.place = -1
        slotCount = marked.count + 1
        slots.removeAll(keepingCapacity: true)
        slots.append(contentsOf: repeatElement(0, count: tiles.count))
        for (index, address) in marked.enumerated() {
            slots[tiles.index(of: address)] = Int32(truncatingIfNeeded: index + 1)
        }
        let words = slotCount * Self.tileCells
        if known.count < words {
            release()
            known = .allocate(capacity: words)
            inside = .allocate(capacity: words)
            drawn = .allocate(capacity: words)
            ground = .allocate(capacity: slotCount * Self.tileArea)
            rings = .allocate(capacity: slotCount * Self.tileArea)
            grids = .allocate(capacity: slotCount)
        }
        for index in 0..<words {
            known[index] = 0
            inside[index] = 0
            drawn[index] = 0
        }
    }

    /// Gives the memory back.
    func release() {
        known.deallocate()
        inside.deallocate()
        drawn.deallocate()
        ground.deallocate()
        rings.deallocate()
        grids.deallocate()
    }

    /// The word of a tile's row in every bit map.
    @inline(__always)
    func word(tileColumn: Int, row: Int) -> Int {
        Int(slots[(row &>> 6) &* columns &+ tileColumn]) &<< 6 | row & 63
    }

    /// Where a cell stands.
    @inline(__always)
    func place(_ x: Int, _ y: Int) -> Int { word(tileColumn: x &>> 6, row: y) &<< 6 | x & 63 }

    @inline(__always)
    func isInside(_ x: Int, _ y: Int) -> Bool { isInside(place(x, y)) }

    @inline(__always)
    func isInside(_ place: Int) -> Bool { Self.bit(inside, place) }

    @inline(__always)
    func isKnown(_ place: Int) -> Bool { Self.bit(known, place) }

    @inline(__always)
    private static func bit(_ map: UnsafeMutableBufferPointer<UInt64>, _ place: Int) -> Bool {
        map[place &>> 6] &>> UInt64(truncatingIfNeeded: place & 63) & 1 != 0
    }

    @inline(__always)
    private static func set(_ map: UnsafeMutableBufferPointer<UInt64>, _ place: Int) {
        map[place &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: place & 63)
    }

    /// Notes that a crossing east of a cell belongs to a ring.
    @inline(__always)
    func mark(_ x: Int, _ y: Int, ring: UInt32) {
        let place = place(x, y)
        Self.set(drawn, place)
        rings[place] = ring
    }
}

extension AreaField {
    /// Lays all marked tiles into the field; many of them on all cores, since
    /// every tile has memory of its own.
    ///
    /// - Parameters:
    ///   - tiles: in the order in which they were marked.
    ///   - clock: what their cells cost.
    mutating func lay(_ tiles: [StreetTile], _ clock: CellClock) {
        hasGround = tiles.contains { !$0.groundDecimeters.isEmpty }
        laid = tiles
        for (index, tile) in tiles.enumerated() {
            grids.initializeElement(at: index + 1, to: Grid(feet: tile.feet, owners: tile.owners, edges: tile.edges))
        }
        // Read, or written each by one thread, and only until all is laid.
        nonisolated(unsafe) let (field, clock) = (self, clock)
        WorkShares.forEach(of: tiles.count, atLeast: Self.tilesAShare) { share in
            for index in share { field.lay(tiles[index], slot: index + 1, clock) }
        }
    }

    /// So many tiles that another thread is worth its waking.
    private static let tilesAShare = 64

    /// Most edges are in reach with all their cells or with none; only of the
    /// others every cell is asked for.
    private func lay(_ tile: StreetTile, slot: Int, _ clock: CellClock) {
        let first = slot * Self.tileCells
        tile.spans.rows.withUnsafeBufferPointer { rows in
            tile.spans.columns.withUnsafeBufferPointer { columns in
                var begin = 0
                for run in tile.runs {
                    let end = Int(run.end)
                    defer { begin = end }
                    guard let times = clock.times(of: run.edge) else { continue }
                    // A tick less: sums of floating point numbers are not exact.
                    if times.most(offset: Float(run.farthestMillimeters)) <= clock.limit - 1 {
                        for span in begin..<end { inside[first &+ Int(rows[span])] |= columns[span] }
                    } else {
                        for span in begin..<end {
                            let row = Int(rows[span])
                            inside[first &+ row] |= reached(columns[span], of: tile, row, times, clock.limit)
                        }
                    }
                }
            }
        }
        for row in 0..<Self.tileCells { known[first + row] = tile.near[row] }
        if hasGround { layGround(tile, first << 6) }
    }

    /// Those of a row's cells that are in reach, eight neighbours at a time.
    @inline(__always)
    private func reached(
        _ columns: UInt64, of tile: StreetTile, _ row: Int, _ times: EdgeTimes, _ limit: Float
    ) -> UInt64 {
        let feet = UnsafeRawBufferPointer(tile.feet)
        var reached: UInt64 = 0
        var left = columns
        while left != 0 {
            let column = min(left.trailingZeroBitCount, Self.tileCells - 8)
            left &= ~(0xFF << UInt64(column))
            let words = feet.loadUnaligned(
                fromByteOffset: (row << 6 | column) * MemoryLayout<StreetTile.Foot>.stride, as: SIMD8<UInt32>.self)
            reached |= times.reached(words, limit: limit) << UInt64(column)
        }
        return reached & columns
    }

    /// A cell as its tile has it.
    struct Stored {
        let place: Int
        let edge: UInt32
        let corner: UInt16
        let foot: StreetTile.Foot
    }

    /// Looks a cell near a street up.
    @inline(__always)
    func stored(_ place: Int) -> Stored {
        let grid = grids[place >> 12]
        let owner = grid.owners[place & 4095]
        return Stored(
            place: place, edge: grid.edges[Int(owner.run)], corner: owner.corner, foot: grid.feet[place & 4095])
    }

    /// What is known of a cell; the street of the cell before is most often
    /// the same.
    @inline(__always)
    func cell(_ stored: Stored, _ clock: CellClock, _ street: inout KnownStreet) -> Cell {
        if stored.place == seed.place { return seed.cell }
        if stored.edge != street.edge { street = KnownStreet(stored.edge, clock.times(of: stored.edge)) }
        let ticks =
            street.times?.ticks(share: Float(stored.foot.share), offset: Float(stored.foot.offsetMillimeters))
            ?? .infinity
        return Cell(ticks: ticks, edge: stored.edge, corner: UInt32(stored.corner))
    }

    /// The edge of a cell near a street.
    @inline(__always)
    func edge(_ place: Int) -> UInt32 {
        if place == seed.place { return seed.cell.edge }
        let grid = grids[place >> 12]
        return grid.edges[Int(grid.owners[place & 4095].run)]
    }

    private func layGround(_ tile: StreetTile, _ first: Int) {
        guard let target = ground.baseAddress else { return }
        if tile.groundDecimeters.isEmpty {
            (target + first).update(repeating: .max, count: Self.tileArea)
            return
        }
        for row in 0..<Self.tileCells { inside[first >> 6 + row] &= tile.ground[row] }
        tile.groundDecimeters.withUnsafeBufferPointer { source in
            guard let source = source.baseAddress else { return }
            (target + first).update(from: source, count: Self.tileArea)
        }
    }

    /// Makes a cell of a marked tile a part of the area.
    mutating func seed(_ x: Int, _ y: Int, _ cell: Cell) {
        let place = place(x, y)
        Self.set(known, place)
        Self.set(inside, place)
        seed = (place, cell)
        if hasGround { ground[place] = .max }
    }

    /// Leaves cells beside unmarked tiles outside, so that every outline closes.
    func close() {
        for row in 0..<tiles.rows {
            for column in 0..<columns where isMarked(column, row) {
                let first = Int(slots[row * columns + column]) * Self.tileCells
                if !isMarked(column, row - 1) { inside[first] = 0 }
                if !isMarked(column, row + 1) { inside[first + Self.tileCells - 1] = 0 }
                var kept = UInt64.max
                if !isMarked(column - 1, row) { kept &= ~1 }
                if !isMarked(column + 1, row) { kept &= ~(1 << 63) }
                for line in first..<first + Self.tileCells { inside[line] &= kept }
                closeCorners(column, row, first)
            }
        }
    }

    private func closeCorners(_ column: Int, _ row: Int, _ first: Int) {
        let last = first + Self.tileCells - 1
        if !isMarked(column - 1, row - 1) { inside[first] &= ~1 }
        if !isMarked(column + 1, row - 1) { inside[first] &= ~(1 << 63) }
        if !isMarked(column - 1, row + 1) { inside[last] &= ~1 }
        if !isMarked(column + 1, row + 1) { inside[last] &= ~(1 << 63) }
    }

    private func isMarked(_ column: Int, _ row: Int) -> Bool {
        column >= 0 && row >= 0 && column < columns && row < tiles.rows && slots[row * columns + column] > 0
    }

    /// Whether a cell lies in a marked tile.
    func isMarked(cell x: Int, _ y: Int) -> Bool { isMarked(x >> 6, y >> 6) }
}
