import Spatial

/// Draws the outlines of the cells inside a field: marching squares.
///
/// Between a cell inside and a neighbour outside the outline crosses where the
/// walk ends. Crossings lie strictly between their cells and whole units apart
/// from them, so that outlines never touch themselves or each other. A larger
/// limit only ever moves crossings outward: areas nest.
struct OutlineTracer {
    /// A closed outline in `corners`.
    struct Ring {
        let first: Int
        let end: Int
        /// The number of the polygon.
        let polygon: Int
        let isHole: Bool
    }

    /// A corner in units of 1e-7 degrees.
    typealias Corner = SIMD2<Int32>

    /// Where the streets of the field are, and where they lead.
    struct Streets {
        let edges: UnsafeBufferPointer<WalkingNetwork.Edge>
        let corners: UnsafeBufferPointer<LonLat>
        let cornerStarts: UnsafeBufferPointer<UInt32>
    }

    /// How far an area stays short of the middle between its streets and those
    /// out of reach, in metres: rather a little less than somebody else's
    /// doorstep.
    private static let borderMeters: Float = 0.75

    private let field: AreaField
    private let edges: UnsafeBufferPointer<WalkingNetwork.Edge>
    private let streetCorners: UnsafeBufferPointer<LonLat>
    private let cornerStarts: UnsafeBufferPointer<UInt32>
    private let plane: TilePlane
    private let cellMeters: (x: Float, y: Float)
    private let limit: Float
    /// The ticks that a cell's width and height take on level ground.
    private let cellTicks: SIMD2<Float>
    private let step: SIMD2<Int32>
    private let origin: Corner

    /// Two neighbours, one inside and one not, between which an outline runs.
    private struct Crossing {
        let x: Int32
        let y: Int32
        let isEastward: Bool
    }

    /// The corners as outlines are followed, each found later.
    private var crossings: [Crossing] = []
    /// All outlines: that of every polygon before its holes' ones.
    private(set) var rings: [Ring]
    private(set) var corners: [Corner]
    private(set) var polygonCount = 0

    /// Makes a tracer.
    ///
    /// - Parameters:
    ///   - field: the cells.
    ///   - lattice: where they are.
    ///   - plane: around the place, the same for every limit.
    ///   - streets: of the field.
    ///   - limit: the most that is inside, in ticks.
    ///   - ticksPerMeter: at the flat pace.
    ///   - rings: memory to use again.
    ///   - corners: memory to use again.
    init(
        _ field: AreaField, _ lattice: RasterLattice, _ plane: TilePlane, _ streets: Streets, limit: Float,
        ticksPerMeter: Double,
        rings: [Ring], corners: [Corner]
    ) {
        self.field = field
        streetCorners = streets.corners
        cornerStarts = streets.cornerStarts
        edges = streets.edges
        self.limit = limit
        self.plane = plane
        cellMeters = (Float(plane.cellEast), Float(plane.cellNorth))
        cellTicks = SIMD2(Float(plane.cellEast * ticksPerMeter), Float(plane.cellNorth * ticksPerMeter))
        step = SIMD2(Int32(lattice.stepEast), Int32(lattice.stepNorth))
        let side = RasterLattice.tileCells
        origin = Corner(
            Int32(truncatingIfNeeded: field.tiles.first.x * side * lattice.stepEast),
            Int32(truncatingIfNeeded: field.tiles.first.y * side * lattice.stepNorth))
        self.rings = rings
        self.corners = corners
        self.rings.removeAll(keepingCapacity: true)
        self.corners.removeAll(keepingCapacity: true)
    }

    /// Draws all outlines, row by row from the south.
    mutating func trace() {
        for y in 0..<field.rows {
            var left: UInt32 = 0
            var bits: UInt64 = 0
            var next = field.inside[field.word(tileColumn: 0, row: y)]
            for tile in 0..<field.tileColumns {
                bits = next
                next = tile + 1 < field.tileColumns ? field.inside[field.word(tileColumn: tile + 1, row: y)] : 0
                var changes = bits ^ (bits >> 1 | next << 63)
                while changes != 0 {
                    let column = changes.trailingZeroBitCount
                    changes &= changes - 1
                    let word = field.word(tileColumn: tile, row: y)
                    if field.drawn[word] >> UInt64(column) & 1 == 0 {
                        draw(tile * 64 + column, y, isHole: bits >> UInt64(column) & 1 != 0, left: left)
                    }
                    left = field.rings[word << 6 | column]
                }
            }
        }
        findCorners()
        straighten()
    }

    /// Draws the outline that crosses between a cell and the next one east.
    ///
    /// The first crossing of a ring that is met leads into an area or, for a
    /// hole, out of it; the crossing to the left of a hole's is of its own area.
    private mutating func draw(_ x: Int, _ y: Int, isHole: Bool, left: UInt32) {
        let polygon: Int
        if isHole {
            polygon = rings[Int(left)].polygon
        } else {
            polygon = polygonCount
            polygonCount += 1
        }
        let first = crossings.count
        follow(x, y, isHole: isHole, ring: UInt32(rings.count))
        rings.append(Ring(first: first, end: crossings.count, polygon: polygon, isHole: isHole))
    }

    private enum Side {
        static let bottom = 0
        static let right = 1
        static let top = 2
        static let left = 3
        /// Where an outline with the inside on its left leaves a square: four
        /// bits for every set of its corners inside (1 south-west, 2
        /// south-east, 4 north-east, 8 north-west). Saddles, 5 and 10, stand
        /// in `OutlineTracer.exit`.
        static let exits: UInt64 = 0x0011_2022_3001_3030
    }

    private mutating func follow(_ startX: Int, _ startY: Int, isHole: Bool, ring: UInt32) {
        // With the inside on the left a hole's first crossing is passed
        // upward, an area's downward.
        var (x, y) = (startX, isHole ? startY : startY - 1)
        var entered = isHole ? Side.bottom : Side.top
        cross(startX, startY, isEastward: true)
        field.mark(startX, startY, ring: ring)
        while true {
            let side = exit(x, y, entered)
            switch side {
            case Side.bottom, Side.top:
                let line = side == Side.top ? y + 1 : y
                if x == startX, line == startY { return }
                cross(x, line, isEastward: true)
                field.mark(x, line, ring: ring)
                y += side == Side.top ? 1 : -1
            default:
                let column = side == Side.right ? x + 1 : x
                cross(column, y, isEastward: false)
                x += side == Side.right ? 1 : -1
            }
            entered = side ^ 2
        }
    }

    @inline(__always)
    private func exit(_ x: Int, _ y: Int, _ entered: Int) -> Int {
        let code =
            (field.isInside(x, y) ? 1 : 0) | (field.isInside(x + 1, y) ? 2 : 0)
            | (field.isInside(x + 1, y + 1) ? 4 : 0) | (field.isInside(x, y + 1) ? 8 : 0)
        switch code {
        case 5:
            return isJoined(x, y, x + 1, y + 1) == (entered == Side.bottom) ? Side.right : Side.left
        case 10:
            return isJoined(x + 1, y, x, y + 1) == (entered == Side.left) ? Side.bottom : Side.top
        default:
            return Int(Side.exits >> UInt64(code * 4) & 3)
        }
    }

    /// Whether one can walk from a cell to the one across the corner.
    private func isJoined(_ x: Int, _ y: Int, _ otherX: Int, _ otherY: Int) -> Bool {
        meet(field.cells[field.place(x, y)].edge, field.cells[field.place(otherX, otherY)].edge)
    }

    /// Whether two edges are one or share a crossing.
    private func meet(_ one: UInt32, _ other: UInt32) -> Bool {
        if one == other { return true }
        let (a, b) = (edges[Int(one)], edges[Int(other)])
        return a.tail == b.tail || a.tail == b.head || a.head == b.tail || a.head == b.head
    }

    @inline(__always)
    private mutating func cross(_ x: Int, _ y: Int, isEastward: Bool) {
        crossings.append(
            Crossing(x: Int32(truncatingIfNeeded: x), y: Int32(truncatingIfNeeded: y), isEastward: isEastward))
    }

    /// Finds where the outlines cross between their neighbours, on all cores
    /// where they are long.
    private mutating func findCorners() {
        let tracer = self
        corners = [Corner](unsafeUninitializedCapacity: crossings.count) { corners, count in
            // Every corner is written by one thread, and only until all are found.
            nonisolated(unsafe) let (corners, tracer) = (corners, tracer)
            tracer.crossings.withUnsafeBufferPointer { crossings in
                nonisolated(unsafe) let crossings = crossings
                WorkShares.forEach(of: crossings.count, atLeast: Self.cornersAShare) { share in
                    for index in share { corners.initializeElement(at: index, to: tracer.corner(crossings[index])) }
                }
            }
            count = crossings.count
        }
    }

    /// So many corners that another thread is worth its waking.
    private static let cornersAShare = 1024

    @inline(__always)
    private func corner(_ crossing: Crossing) -> Corner {
        let (ax, ay) = (Int(crossing.x), Int(crossing.y))
        let (bx, by) = crossing.isEastward ? (ax + 1, ay) : (ax, ay + 1)
        let isFirstInside = field.isInside(ax, ay)
        let axis = crossing.isEastward ? 0 : 1
        let share =
            isFirstInside ? reach(ax, ay, bx, by, cellTicks[axis]) : reach(bx, by, ax, ay, cellTicks[axis])
        let whole = step[axis]
        let margin = max(1, whole / 64)
        let along = max(margin, min(whole - margin, Int32(share * Float(whole))))
        var corner = origin &+ Corner(crossing.x, crossing.y) &* step
        corner[axis] &+= isFirstInside ? along : whole - along
        return corner
    }

    /// Which share of the way from a cell inside to its neighbour outside
    /// belongs to the area.
    @inline(__always)
    private func reach(_ ax: Int, _ ay: Int, _ bx: Int, _ by: Int, _ cellTicks: Float) -> Float {
        let (inner, outer) = (field.place(ax, ay), field.place(bx, by))
        let a = field.cells[inner]
        let b = field.cells[outer]
        let isKnown = field.isKnown(outer)
        var share: Float = 1
        if !isKnown || b.ticks > limit {
            let even = isKnown ? (limit - a.ticks) / (b.ticks - a.ticks) : 0
            let walk = (limit - a.ticks) / cellTicks
            if !isKnown {
                share = min(walk, 0.5)
            } else if a.edge == b.edge {
                share = even
            } else if a.isCrossing || b.isCrossing {
                share = border(a, b, even: even, walk: walk)
            } else if even >= walk {
                share = even
            } else {
                share = max(even, min(walk, border(a, ax, ay, b, bx, by)))
            }
        }
        guard field.hasGround else { return share }
        let from = Float(field.ground[inner])
        let to = Float(field.ground[outer])
        return to > 0 ? share : min(share, from / (from - to))
    }

    /// Which share of the way to a neighbour lies nearer to a cell's own street
    /// than to the neighbour's, less a little.
    private func border(
        _ one: AreaField.Cell, _ ax: Int, _ ay: Int, _ other: AreaField.Cell, _ bx: Int, _ by: Int
    ) -> Float {
        let from = origin &+ Corner(Int32(truncatingIfNeeded: ax), Int32(truncatingIfNeeded: ay)) &* step
        let border = StreetBorder(
            between: piece(one, from), and: piece(other, from), east: Float(bx - ax) * cellMeters.x,
            north: Float(by - ay) * cellMeters.y)
        return border.share - Self.borderMeters / (ay == by ? cellMeters.x : cellMeters.y)
    }

    /// The piece of an edge that is nearest to a cell.
    @inline(__always)
    private func piece(_ cell: AreaField.Cell, _ from: Corner) -> StreetBorder.Piece {
        let first = Int(cornerStarts[Int(cell.edge)] + cell.corner)
        return StreetBorder.Piece(metersFrom(from, corners: first), metersFrom(from, corners: first + 1))
    }

    @inline(__always)
    private func metersFrom(_ from: Corner, corners index: Int) -> (east: Float, north: Float) {
        let corner = streetCorners[index]
        return (
            Float((corner.longitude * RasterLattice.unitsPerDegree - Double(from.x)) * plane.metersPerUnitEast),
            Float((corner.latitude * RasterLattice.unitsPerDegree - Double(from.y)) * plane.metersPerUnitNorth)
        )
    }

    /// Which share of the way belongs to a cell where one of the two is kept for
    /// a crossing: that one has almost all of it, wherever in its cell the
    /// crossing lies.
    private func border(_ one: AreaField.Cell, _ other: AreaField.Cell, even: Float, walk: Float) -> Float {
        if meet(one.edge, other.edge) { return max(even, min(walk, 0.5)) }
        return one.isCrossing == other.isCrossing ? 0.5 : (one.isCrossing ? 1 : 0)
    }

    /// Leaves out corners on straight lines.
    private mutating func straighten() {
        var count = 0
        for index in rings.indices {
            let ring = rings[index]
            let first = count
            for place in ring.first..<ring.end {
                let corner = corners[place]
                if count - first >= 2, Self.isStraight(corners[count - 2], corners[count - 1], corner) {
                    count -= 1
                }
                corners[count] = corner
                count += 1
            }
            let start = closeRing(first, &count)
            rings[index] = Ring(first: start, end: count, polygon: ring.polygon, isHole: ring.isHole)
        }
        corners.removeLast(corners.count - count)
    }

    @inline(__always)
    private static func isStraight(_ a: Corner, _ b: Corner, _ c: Corner) -> Bool {
        let (u, v) = (b &- a, c &- b)
        return Int64(u.x) * Int64(v.y) == Int64(u.y) * Int64(v.x)
    }

    /// Leaves out corners on straight lines where a ring's end meets its start.
    ///
    /// - Returns: where the ring begins now.
    private func closeRing(_ first: Int, _ end: inout Int) -> Int {
        while end - first > 3, Self.isStraight(corners[end - 2], corners[end - 1], corners[first]) { end -= 1 }
        let isFirstStraight = end - first > 3 && Self.isStraight(corners[end - 1], corners[first], corners[first + 1])
        return isFirstStraight ? first + 1 : first
    }
}
