/// A grid over an area that tells of most boxes at once whether they lie
/// inside or outside of it; only boxes near the outline stay open.
///
/// Cells that the outline touches are marked. Cells that join each other
/// without a marked one between lie on one side, so one position decides them
/// all.
public struct AreaGrid: Sendable {
    /// On which side of the outline something lies.
    public enum Side: Hashable, Sendable {
        /// Every position of it is inside, none on the outline.
        case inside
        /// Every position of it is outside.
        case outside
        /// The grid cannot tell.
        case open
    }

    /// Cells along either edge of the area's box.
    private static let cellsPerSide = 64
    /// Boxes over more cells than this are left open.
    private static let mostCells = 256
    /// Added around everything that is marked, as a part of a cell: far more
    /// than coordinates are rounded by.
    private static let slack = 1e-6
    /// Below this size of a cell, in degrees, rounding would count.
    private static let smallestCell = 1e-6

    private let box: BoundingBox
    private let width: Double
    private let height: Double
    private var sides: [Side]

    /// Makes the grid of an area.
    ///
    /// Geometries that are no polygons, or too small, leave everything open
    /// that is not outside of their box.
    ///
    /// - Complexity: O(positions) for each run of cells that the outline parts,
    ///   of which there are few.
    public init(_ area: Geometry) {
        box = area.box
        width = (box.east - box.west) / Double(Self.cellsPerSide)
        height = (box.north - box.south) / Double(Self.cellsPerSide)
        sides = Array(repeating: .open, count: Self.cellsPerSide * Self.cellsPerSide)
        switch area {
        case .polygon, .multiPolygon: break
        default: return
        }
        guard width > Self.smallestCell, height > Self.smallestCell, width.isFinite, height.isFinite else { return }
        var outline = OutlineCells(box: box, width: width, height: height)
        area.walk(&outline)
        fill(around: outline.isTouched, area)
    }

    /// On which side a box lies.
    ///
    /// - Complexity: O(cells that it meets), at most a fixed number.
    public func side(of other: BoundingBox) -> Side {
        guard !other.isEmpty, !box.isEmpty else { return .open }
        guard box.intersects(other) else { return .outside }
        guard width > Self.smallestCell, height > Self.smallestCell else { return .open }
        let columns = Self.cells(other.west, other.east, from: box.west, size: width)
        let rows = Self.cells(other.south, other.north, from: box.south, size: height)
        guard columns.count * rows.count <= Self.mostCells else { return .open }
        let side = sides[rows.lowerBound * Self.cellsPerSide + columns.lowerBound]
        for row in rows {
            for column in columns where sides[row * Self.cellsPerSide + column] != side { return .open }
        }
        let isHeld =
            box.west <= other.west && other.east <= box.east && box.south <= other.south && other.north <= box.north
        return side == .inside && !isHeld ? .open : side
    }

    /// The cells that an interval touches.
    fileprivate static func cells(_ from: Double, _ to: Double, from edge: Double, size: Double) -> ClosedRange<Int> {
        func cell(_ value: Double) -> Int { Int(max(0, min(Double(cellsPerSide - 1), value))) }
        let first = cell((from - edge) / size - slack)
        return first...max(first, cell((to - edge) / size + slack))
    }

    /// Gives every cell that the outline does not touch its side.
    private mutating func fill(around isTouched: [Bool], _ area: Geometry) {
        let count = Self.cellsPerSide
        var isKnown = isTouched
        var waiting: [Int] = []
        for start in isTouched.indices where !isKnown[start] {
            let center = LonLat(
                box.west + (Double(start % count) + 0.5) * width, box.south + (Double(start / count) + 0.5) * height)
            let side: Side = center.containment(in: area) == .inside ? .inside : .outside
            isKnown[start] = true
            waiting.append(start)
            while let cell = waiting.popLast() {
                sides[cell] = side
                let column = cell % count
                for (next, isThere) in [
                    (cell - 1, column > 0), (cell + 1, column < count - 1), (cell - count, cell >= count),
                    (cell + count, cell < count * (count - 1)),
                ] where isThere && !isKnown[next] {
                    isKnown[next] = true
                    waiting.append(next)
                }
            }
        }
    }

    /// Marks the cells that rings touch.
    private struct OutlineCells: GeometryVisitor {
        let box: BoundingBox
        let width: Double
        let height: Double
        var isTouched = [Bool](repeating: false, count: cellsPerSide * cellsPerSide)

        mutating func visit(point: LonLat) {}
        mutating func visit(line: CoordinateRun) {}
        mutating func endPolygon() {}

        mutating func visit(ring: CoordinateRun, isHole: Bool) {
            var from = ring[0]
            for index in 1..<max(1, ring.count) {
                mark(from, ring[index])
                from = ring[index]
            }
        }

        /// Marks row by row what a segment touches of it.
        private mutating func mark(_ a: LonLat, _ b: LonLat) {
            let (low, high) = a.latitude <= b.latitude ? (a, b) : (b, a)
            let rise = high.latitude - low.latitude
            for row in AreaGrid.cells(low.latitude, high.latitude, from: box.south, size: height) {
                // The segment between the row's edges, widened by the slack.
                let south = box.south + (Double(row) - slack) * height
                let north = box.south + (Double(row + 1) + slack) * height
                var (first, last) = (low.longitude, high.longitude)
                if rise > 0 {
                    let slope = (high.longitude - low.longitude) / rise
                    if south > low.latitude { first = low.longitude + (south - low.latitude) * slope }
                    if north < high.latitude { last = low.longitude + (north - low.latitude) * slope }
                }
                for column in AreaGrid.cells(min(first, last), max(first, last), from: box.west, size: width) {
                    isTouched[row * cellsPerSide + column] = true
                }
            }
        }
    }
}
