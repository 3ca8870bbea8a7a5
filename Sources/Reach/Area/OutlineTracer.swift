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

    private let field: AreaField
    private let streets: FieldStreets
    private let finder: CornerFinder

    /// Two neighbours, one inside and one not, between which an outline runs.
    struct Crossing {
        let x: Int32
        let y: Int32
        let isEastward: Bool
    }

    /// The corners as outlines are followed, each found later.
    private var crossings: [Crossing] = []
    /// All outlines: that of every polygon before its holes' ones.
    private(set) var rings: [Ring]
    private(set) var corners: [Corner] = []
    private(set) var polygonCount = 0

    /// Makes a tracer.
    ///
    /// - Parameters:
    ///   - field: the cells.
    ///   - streets: of the field.
    ///   - finder: finds the corners.
    ///   - rings: memory to use again.
    init(_ field: AreaField, _ streets: FieldStreets, _ finder: CornerFinder, rings: [Ring]) {
        self.field = field
        self.streets = streets
        self.finder = finder
        self.rings = rings
        self.rings.removeAll(keepingCapacity: true)
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
        corners = finder.corners(of: crossings)
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
        var inside = inside(x, y) | inside(x + 1, y) << 1 | inside(x + 1, y + 1) << 2 | inside(x, y + 1) << 3
        cross(startX, startY, isEastward: true)
        field.mark(startX, startY, ring: ring)
        while true {
            let side = exit(inside, x, y, entered)
            // Two corners of the square are those of the next one.
            switch side {
            case Side.top:
                y += 1
                inside = inside >> 3 | inside >> 1 & 2 | self.inside(x + 1, y + 1) << 2 | self.inside(x, y + 1) << 3
                if x == startX, y == startY { return }
                cross(x, y, isEastward: true)
                field.mark(x, y, ring: ring)
            case Side.bottom:
                if x == startX, y == startY { return }
                cross(x, y, isEastward: true)
                field.mark(x, y, ring: ring)
                y -= 1
                inside = inside << 3 & 8 | inside << 1 & 4 | self.inside(x, y) | self.inside(x + 1, y) << 1
            case Side.right:
                x += 1
                inside = inside >> 1 & 1 | inside << 1 & 8 | self.inside(x + 1, y) << 1 | self.inside(x + 1, y + 1) << 2
                cross(x, y, isEastward: false)
            default:
                cross(x, y, isEastward: false)
                x -= 1
                inside = inside << 1 & 2 | inside >> 1 & 4 | self.inside(x, y) | self.inside(x, y + 1) << 3
            }
            entered = side ^ 2
        }
    }

    /// 1 for a cell inside, 0 for others.
    @inline(__always)
    private func inside(_ x: Int, _ y: Int) -> Int { field.isInside(x, y) ? 1 : 0 }

    /// The side where an outline leaves a square with those corners inside, as
    /// in `Side.exits`.
    @inline(__always)
    private func exit(_ inside: Int, _ x: Int, _ y: Int, _ entered: Int) -> Int {
        switch inside {
        case 5:
            return isJoined(x, y, x + 1, y + 1) == (entered == Side.bottom) ? Side.right : Side.left
        case 10:
            return isJoined(x + 1, y, x, y + 1) == (entered == Side.left) ? Side.bottom : Side.top
        default:
            return Int(Side.exits >> UInt64(inside * 4) & 3)
        }
    }

    /// Whether one can walk from a cell to the one across the corner.
    private func isJoined(_ x: Int, _ y: Int, _ otherX: Int, _ otherY: Int) -> Bool {
        streets.meet(field.edge(field.place(x, y)), field.edge(field.place(otherX, otherY)))
    }

    @inline(__always)
    private mutating func cross(_ x: Int, _ y: Int, isEastward: Bool) {
        crossings.append(
            Crossing(x: Int32(truncatingIfNeeded: x), y: Int32(truncatingIfNeeded: y), isEastward: isEastward))
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
