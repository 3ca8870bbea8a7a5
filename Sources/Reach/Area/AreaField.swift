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
        var isCrossing: Bool { corner == UInt32(StreetTile.Cell.crossing) }
    }

    /// The tiles around the marked ones.
    private(set) var tiles = TileRange(TileAddress(x: 0, y: 0), TileAddress(x: 0, y: 0))
    private(set) var hasGround = false
    private var slotCount = 0
    private var columns = 0

    private(set) var cells = UnsafeMutableBufferPointer<Cell>(start: nil, count: 0)
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
            cells = .allocate(capacity: slotCount * Self.tileArea)
            ground = .allocate(capacity: slotCount * Self.tileArea)
            rings = .allocate(capacity: slotCount * Self.tileArea)
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
        cells.deallocate()
        ground.deallocate()
        rings.deallocate()
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
    func isInside(_ x: Int, _ y: Int) -> Bool { Self.bit(inside, place(x, y)) }

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
    /// Lays the cells of all marked tiles into the field; many of them on all
    /// cores, since every tile has memory of its own.
    ///
    /// - Parameters:
    ///   - laid: the tiles, in the order in which they were marked.
    ///   - clock: what their cells cost.
    mutating func lay(_ laid: [StreetTile], _ clock: borrowing CellClock) {
        hasGround = laid.contains { !$0.groundDecimeters.isEmpty }
        // Read, or written each by one thread, and only until all is laid.
        nonisolated(unsafe) let field = self
        withUnsafePointer(to: clock) { clock in
            nonisolated(unsafe) let clock = clock
            WorkShares.forEach(of: laid.count, atLeast: Self.tilesAShare) { share in
                for index in share { field.lay(laid[index], slot: index + 1, clock.pointee) }
            }
        }
    }

    /// So many tiles that another thread is worth its waking.
    private static let tilesAShare = 12

    private func lay(_ tile: StreetTile, slot: Int, _ clock: borrowing CellClock) {
        let first = slot * Self.tileArea
        tile.cells.withUnsafeBufferPointer { source in
            var begin = 0
            for run in tile.runs {
                let end = Int(run.end)
                defer { begin = end }
                guard let times = clock.times(of: run.edge) else {
                    for index in begin..<end {
                        let cell = source[index]
                        cells[first &+ Int(cell.place)] = Cell(
                            ticks: .infinity, edge: run.edge, corner: UInt32(cell.corner))
                    }
                    continue
                }
                for index in begin..<end {
                    let cell = source[index]
                    let place = first &+ Int(cell.place)
                    let ticks = times.ticks(share: Float(cell.share), offset: Float(cell.offsetMillimeters))
                    cells[place] = Cell(ticks: ticks, edge: run.edge, corner: UInt32(cell.corner))
                    if ticks <= clock.limit { Self.set(inside, place) }
                }
            }
        }
        for row in 0..<Self.tileCells { known[first >> 6 + row] = tile.near[row] }
        if hasGround { layGround(tile, first) }
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
    func seed(_ x: Int, _ y: Int, _ cell: Cell) {
        let place = place(x, y)
        Self.set(known, place)
        Self.set(inside, place)
        cells[place] = cell
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
