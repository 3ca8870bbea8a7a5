import Spatial

/// Where the streets of a field are, and where they lead.
struct FieldStreets {
    let edges: UnsafeBufferPointer<WalkingNetwork.Edge>
    let corners: UnsafeBufferPointer<LonLat>
    let cornerStarts: UnsafeBufferPointer<UInt32>

    /// Whether two edges are one or share a crossing.
    func meet(_ one: UInt32, _ other: UInt32) -> Bool {
        if one == other { return true }
        let (a, b) = (edges[Int(one)], edges[Int(other)])
        return a.tail == b.tail || a.tail == b.head || a.head == b.tail || a.head == b.head
    }
}

/// Finds where outlines cross between a cell inside and a neighbour outside:
/// where the walk ends.
struct CornerFinder {
    typealias Corner = OutlineTracer.Corner
    typealias Crossing = OutlineTracer.Crossing

    /// How far an area stays short of the middle between its streets and those
    /// out of reach, in metres: rather a little less than somebody else's
    /// doorstep.
    private static let borderMeters: Float = 0.75

    private let field: AreaField
    private let clock: CellClock
    private let streets: FieldStreets
    private let plane: TilePlane
    private let cellMeters: SIMD2<Float>
    /// The ticks that a cell's width and height take on level ground.
    private let cellTicks: SIMD2<Float>
    private let step: SIMD2<Int32>
    private let origin: Corner

    /// Makes a finder.
    ///
    /// - Parameters:
    ///   - field: the cells.
    ///   - lattice: where they are.
    ///   - plane: around the place, the same for every limit.
    ///   - streets: of the field.
    ///   - clock: what the cells cost.
    ///   - ticksPerMeter: at the flat pace.
    init(
        _ field: AreaField, _ lattice: RasterLattice, _ plane: TilePlane, _ streets: FieldStreets, _ clock: CellClock,
        ticksPerMeter: Double
    ) {
        self.field = field
        self.streets = streets
        self.clock = clock
        self.plane = plane
        cellMeters = SIMD2(Float(plane.cellEast), Float(plane.cellNorth))
        cellTicks = SIMD2(Float(plane.cellEast * ticksPerMeter), Float(plane.cellNorth * ticksPerMeter))
        step = SIMD2(Int32(lattice.stepEast), Int32(lattice.stepNorth))
        let side = RasterLattice.tileCells
        origin = Corner(
            Int32(truncatingIfNeeded: field.tiles.first.x * side * lattice.stepEast),
            Int32(truncatingIfNeeded: field.tiles.first.y * side * lattice.stepNorth))
    }

    /// The corners, on all cores where there are many.
    func corners(of crossings: [Crossing]) -> [Corner] {
        [Corner](unsafeUninitializedCapacity: crossings.count) { corners, count in
            // Every corner is written by one thread, and only until all are found.
            nonisolated(unsafe) let (corners, finder) = (corners, self)
            WorkShares.forEach(of: crossings.count, atLeast: Self.cornersAShare) { share in
                finder.find(share, of: crossings, corners)
            }
            count = crossings.count
        }
    }

    /// So many corners that another thread is worth its waking.
    private static let cornersAShare = 1024

    /// What a crossing lies between.
    private struct Neighbors {
        let crossing: Crossing
        let isFirstInside: Bool
        let inner: AreaField.Stored
        let outerPlace: Int
        /// `nil` where no street is near.
        let outer: AreaField.Stored?
    }

    /// So many crossings are looked up before the first is worked on, so that
    /// the processor waits for many cells at once.
    private static let lookedUp = 64

    private func find(
        _ share: Range<Int>, of crossings: [Crossing], _ corners: UnsafeMutableBufferPointer<Corner>
    ) {
        var known = (inner: KnownStreet(), outer: KnownStreet())
        crossings.withUnsafeBufferPointer { crossings in
            withUnsafeTemporaryAllocation(of: Neighbors.self, capacity: Self.lookedUp) { found in
                withUnsafeTemporaryAllocation(of: Float.self, capacity: OpenBorders.room) { numbers in
                    for first in stride(from: share.lowerBound, to: share.upperBound, by: Self.lookedUp) {
                        let end = min(first + Self.lookedUp, share.upperBound)
                        for index in first..<end {
                            found.initializeElement(at: index - first, to: neighbors(of: crossings[index]))
                        }
                        var borders = OpenBorders(numbers)
                        for index in first..<end {
                            let neighbors = found[index - first]
                            if let share = reach(neighbors, index - first, &known, &borders) {
                                corners.initializeElement(at: index, to: corner(neighbors, share))
                            }
                        }
                        close(borders, found, corners, first)
                    }
                }
            }
        }
    }

    @inline(__always)
    private func neighbors(of crossing: Crossing) -> Neighbors {
        let (x, y) = (Int(crossing.x), Int(crossing.y))
        let one = field.place(x, y)
        let other = crossing.isEastward ? field.place(x + 1, y) : field.place(x, y + 1)
        let isFirstInside = field.isInside(one)
        let (inner, outer) = isFirstInside ? (one, other) : (other, one)
        return Neighbors(
            crossing: crossing, isFirstInside: isFirstInside, inner: field.stored(inner), outerPlace: outer,
            outer: field.isKnown(outer) ? field.stored(outer) : nil)
    }

    /// The corner at a share of the way from the cell inside to its neighbour.
    @inline(__always)
    private func corner(_ neighbors: Neighbors, _ share: Float) -> Corner {
        let crossing = neighbors.crossing
        let axis = crossing.isEastward ? 0 : 1
        let whole = step[axis]
        let margin = max(1, whole / 64)
        let along = max(margin, min(whole - margin, Int32(onGround(share, neighbors) * Float(whole))))
        var corner = origin &+ Corner(crossing.x, crossing.y) &* step
        corner[axis] &+= neighbors.isFirstInside ? along : whole - along
        return corner
    }

    /// The share of the way that is ground.
    @inline(__always)
    private func onGround(_ share: Float, _ neighbors: Neighbors) -> Float {
        guard field.hasGround else { return share }
        let from = Float(field.ground[neighbors.inner.place])
        let to = Float(field.ground[neighbors.outerPlace])
        return to > 0 ? share : min(share, from / (from - to))
    }

    /// Which share of the way from a cell inside to its neighbour outside
    /// belongs to the area; `nil` where the border between their streets
    /// decides, which is left open.
    @inline(__always)
    private func reach(
        _ neighbors: Neighbors, _ number: Int, _ known: inout (inner: KnownStreet, outer: KnownStreet),
        _ borders: inout OpenBorders
    ) -> Float? {
        let a = field.cell(neighbors.inner, clock, &known.inner)
        let axis = neighbors.crossing.isEastward ? 0 : 1
        let walk = (clock.limit - a.ticks) / cellTicks[axis]
        guard let outer = neighbors.outer else { return min(walk, 0.5) }
        let b = field.cell(outer, clock, &known.outer)
        guard b.ticks > clock.limit else { return 1 }
        let even = (clock.limit - a.ticks) / (b.ticks - a.ticks)
        if a.edge == b.edge { return even }
        if a.isCrossing || b.isCrossing {
            // Where one of the two is kept for a crossing that one has almost all
            // of it, wherever in its cell the crossing lies.
            if streets.meet(a.edge, b.edge) { return max(even, min(walk, 0.5)) }
            return a.isCrossing == b.isCrossing ? 0.5 : (a.isCrossing ? 1 : 0)
        }
        if even >= walk { return even }
        open(a, b, neighbors, number, even: even, walk: walk, &borders)
        return nil
    }
}

// MARK: Borders

extension CornerFinder {
    /// Crossings that the border between two streets decides, found together:
    /// rows of numbers with a column for each.
    private struct OpenBorders {
        private let numbers: UnsafeMutableBufferPointer<Float>
        private(set) var count = 0

        /// What a row holds.
        enum Row: Int, CaseIterable {
            case oneStartEast, oneStartNorth, oneEndEast, oneEndNorth
            case otherStartEast, otherStartNorth, otherEndEast, otherEndNorth
            case east, north, even, walk
            /// Which of the crossings that were looked up.
            case number
        }

        static let room = Row.allCases.count * lookedUp

        init(_ numbers: UnsafeMutableBufferPointer<Float>) { self.numbers = numbers }

        @inline(__always)
        func set(_ row: Row, _ number: Float) {
            numbers.initializeElement(at: row.rawValue * lookedUp + count, to: number)
        }

        @inline(__always)
        mutating func next() { count += 1 }

        /// Eight columns of a row; those after the last are undefined.
        @inline(__always)
        func lanes(_ row: Row, from column: Int) -> StreetBorders.Lanes {
            UnsafeRawBufferPointer(numbers).loadUnaligned(
                fromByteOffset: (row.rawValue * lookedUp + column) * MemoryLayout<Float>.stride,
                as: StreetBorders.Lanes.self)
        }

        /// The borders of eight columns.
        @inline(__always)
        func borders(from column: Int) -> StreetBorders {
            StreetBorders(
                ones: StreetBorders.Pieces(
                    startEast: lanes(.oneStartEast, from: column), startNorth: lanes(.oneStartNorth, from: column),
                    endEast: lanes(.oneEndEast, from: column), endNorth: lanes(.oneEndNorth, from: column)),
                others: StreetBorders.Pieces(
                    startEast: lanes(.otherStartEast, from: column), startNorth: lanes(.otherStartNorth, from: column),
                    endEast: lanes(.otherEndEast, from: column), endNorth: lanes(.otherEndNorth, from: column)),
                east: lanes(.east, from: column), north: lanes(.north, from: column))
        }
    }

    @inline(__always)
    private func open(
        _ one: AreaField.Cell, _ other: AreaField.Cell, _ neighbors: Neighbors, _ number: Int, even: Float,
        walk: Float, _ open: inout OpenBorders
    ) {
        let crossing = neighbors.crossing
        var way: SIMD2<Int32> = crossing.isEastward ? SIMD2(1, 0) : SIMD2(0, 1)
        var from = SIMD2(crossing.x, crossing.y)
        if !neighbors.isFirstInside { (from, way) = (from &+ way, SIMD2() &- way) }
        from = origin &+ from &* step
        let (ones, others) = (piece(one, from), piece(other, from))
        open.set(.oneStartEast, ones.start.x)
        open.set(.oneStartNorth, ones.start.y)
        open.set(.oneEndEast, ones.end.x)
        open.set(.oneEndNorth, ones.end.y)
        open.set(.otherStartEast, others.start.x)
        open.set(.otherStartNorth, others.start.y)
        open.set(.otherEndEast, others.end.x)
        open.set(.otherEndNorth, others.end.y)
        open.set(.east, Float(way.x) * cellMeters.x)
        open.set(.north, Float(way.y) * cellMeters.y)
        open.set(.even, even)
        open.set(.walk, walk)
        open.set(.number, Float(number))
        open.next()
    }

    /// The piece of an edge that is nearest to a cell, in metres from a place.
    @inline(__always)
    private func piece(_ cell: AreaField.Cell, _ from: Corner) -> (start: SIMD2<Float>, end: SIMD2<Float>) {
        let first = Int(streets.cornerStarts[Int(cell.edge)] + cell.corner)
        return (metersFrom(from, streets.corners[first]), metersFrom(from, streets.corners[first + 1]))
    }

    @inline(__always)
    private func metersFrom(_ from: Corner, _ corner: LonLat) -> SIMD2<Float> {
        let units = SIMD2(corner.longitude, corner.latitude) * RasterLattice.unitsPerDegree
        return SIMD2<Float>(
            (units - SIMD2<Double>(from)) * SIMD2(plane.metersPerUnitEast, plane.metersPerUnitNorth))
    }

    /// Finds the corners that were left open.
    private func close(
        _ open: OpenBorders, _ found: UnsafeMutableBufferPointer<Neighbors>,
        _ corners: UnsafeMutableBufferPointer<Corner>, _ first: Int
    ) {
        for column in stride(from: 0, to: open.count, by: StreetBorders.lanes) {
            let borders = open.borders(from: column).shares()
            let numbers = open.lanes(.number, from: column)
            let (even, walk) = (open.lanes(.even, from: column), open.lanes(.walk, from: column))
            for lane in 0..<min(StreetBorders.lanes, open.count - column) {
                let number = Int(numbers[lane])
                let neighbors = found[number]
                let short = Self.borderMeters / (neighbors.crossing.isEastward ? cellMeters.x : cellMeters.y)
                let share = max(even[lane], min(walk[lane], borders[lane] - short))
                corners.initializeElement(at: first + number, to: corner(neighbors, share))
            }
        }
    }
}
