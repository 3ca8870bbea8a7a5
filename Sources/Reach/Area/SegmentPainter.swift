import Spatial

/// A straight piece of a line near a tile.
struct TileSegment {
    /// Metres east and north of the tile's first cell.
    let start: SIMD2<Float>
    let along: SIMD2<Float>
    /// Which line it belongs to, and which of the line's pieces it is.
    let owner: Int
    let piece: Int
    /// The shares of the line's length at its start and its end.
    let startShare: Float
    let endShare: Float
    /// One over the square of its length; 0 for a piece without length.
    let inverseSquare: Float

    init(
        from start: SIMD2<Float>, to end: SIMD2<Float>, owner: Int = 0, piece: Int = 0, startShare: Float = 0,
        endShare: Float = 1
    ) {
        self.start = start
        along = end - start
        self.owner = owner
        self.piece = piece
        self.startShare = startShare
        self.endShare = endShare
        let square = along.x * along.x + along.y * along.y
        inverseSquare = square > 0 ? 1 / square : 0
    }

    /// The share of the piece at the point nearest to a place, 0 to 1.
    @inline(__always)
    func share(nearest place: SIMD2<Float>) -> Float {
        let offset = place - start
        return max(0, min(1, (offset.x * along.x + offset.y * along.y) * inverseSquare))
    }
}

/// Finds, for every cell of a tile, the nearest of many segments; of segments
/// equally near, the first.
struct SegmentPainter {
    /// The square of the distance to the nearest segment; infinite beyond reach.
    private var squareLanes: [SIMD8<Float>]
    /// The nearest segment; `none` beyond reach.
    private var nearestLanes: [SIMD8<UInt32>]
    private let reach: Float
    private let cell: SIMD2<Float>

    static let none = UInt32.max
    private static let cells = RasterLattice.tileCells

    init(_ plane: TilePlane, reachMeters: Float) {
        let blocks = Self.cells * Self.cells / SIMD8<Float>.scalarCount
        squareLanes = [SIMD8<Float>](repeating: SIMD8(repeating: .infinity), count: blocks)
        nearestLanes = [SIMD8<UInt32>](repeating: SIMD8(repeating: Self.none), count: blocks)
        reach = reachMeters
        cell = SIMD2(Float(plane.cellEast), Float(plane.cellNorth))
    }

    /// The square of the distance of a cell to its nearest segment.
    @inline(__always)
    func square(_ place: Int) -> Float { squareLanes[place / 8][place % 8] }

    /// The nearest segment of a cell.
    @inline(__always)
    func nearest(_ place: Int) -> UInt32 { nearestLanes[place / 8][place % 8] }

    /// Offers all segments to the cells.
    mutating func paint(_ segments: [TileSegment]) {
        let (reach, cell) = (reach, cell)
        squareLanes.withUnsafeMutableBufferPointer { squares in
            nearestLanes.withUnsafeMutableBufferPointer { nearest in
                guard let squares = squares.baseAddress, let nearest = nearest.baseAddress else { return }
                let brush = Brush(squares: squares, nearest: nearest, reach: reach, cell: cell)
                for (number, segment) in segments.enumerated() {
                    brush.paint(segment, UInt32(truncatingIfNeeded: number))
                }
            }
        }
    }
}

/// Offers segments to the cells of a tile.
private struct Brush {
    /// Cells beside each other, worked on together.
    typealias Lanes = SIMD8<Float>

    let squares: UnsafeMutablePointer<Lanes>
    let nearest: UnsafeMutablePointer<SIMD8<UInt32>>
    let reach: Float
    let cell: SIMD2<Float>
    private let offsets: Lanes
    private let stride: Float

    init(
        squares: UnsafeMutablePointer<Lanes>, nearest: UnsafeMutablePointer<SIMD8<UInt32>>, reach: Float,
        cell: SIMD2<Float>
    ) {
        self.squares = squares
        self.nearest = nearest
        self.reach = reach
        self.cell = cell
        offsets = cell.x * Lanes(0, 1, 2, 3, 4, 5, 6, 7)
        stride = cell.x * Float(Self.lanes)
    }

    private static let lanes = Lanes.scalarCount
    private static let blocks = cells / lanes
    private static let cells = RasterLattice.tileCells

    func paint(_ segment: TileSegment, _ number: UInt32) {
        let (a, d) = (segment.start, segment.along)
        let inverse = segment.inverseSquare
        let bottom = min(a.y, a.y + d.y) - reach
        let top = max(a.y, a.y + d.y) + reach
        guard top >= 0, bottom <= Float(Self.cells - 1) * cell.y else { return }
        for row in Self.index(bottom / cell.y)...Self.index(top / cell.y + 1) {
            let y = Float(row) * cell.y
            let (west, east) = span(segment, y)
            guard east >= 0, west <= Float(Self.cells - 1) * cell.x else { continue }
            let ey = y - a.y
            let base = ey * d.y
            let first = Self.index(west / cell.x) / Self.lanes
            let last = Self.index(east / cell.x + 1) / Self.lanes
            var ex = Lanes(repeating: Float(first * Self.lanes) * cell.x - a.x) + offsets
            for place in row &* Self.blocks &+ first...row &* Self.blocks &+ last {
                let raw = (ex * d.x + base) * inverse
                let short = raw.replacing(with: 0, where: raw .< 0)
                let share = short.replacing(with: 1, where: short .> 1)
                let fx = ex - share * d.x
                let fy = ey - share * d.y
                let square = fx * fx + fy * fy
                let isNearer = square .< squares[place]
                squares[place].replace(with: square, where: isNearer)
                nearest[place].replace(with: number, where: isNearer)
                ex += stride
            }
        }
    }

    /// From where to where a row may lie within reach of a segment.
    @inline(__always)
    private func span(_ segment: TileSegment, _ y: Float) -> (west: Float, east: Float) {
        let (a, d) = (segment.start, segment.along)
        var (from, to) = (Float(0), Float(1))
        if abs(d.y) > reach {
            let low = (y - reach - a.y) / d.y
            let high = (y + reach - a.y) / d.y
            from = max(0, min(low, high))
            to = min(1, max(low, high))
        }
        let (first, last) = (a.x + from * d.x, a.x + to * d.x)
        return (min(first, last) - reach, max(first, last) + reach)
    }

    /// A row or column of the tile, whatever the number.
    @inline(__always)
    private static func index(_ value: Float) -> Int {
        value > 0 ? (value < Float(cells - 1) ? Int(value) : cells - 1) : 0
    }
}
