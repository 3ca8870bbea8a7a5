/// Groups the rings of a Shapefile polygon into outlines with their holes.
///
/// Outlines run clockwise, holes counter-clockwise; a hole belongs to the
/// smallest outline around it. Where directions make no sense (no outline, a
/// hole outside every outline) only nesting counts.
struct RingNesting {
    private struct Ring {
        let points: Range<Int>
        let area: Double
        let west: Double
        let south: Double
        let east: Double
        let north: Double

        func mayHold(_ other: Ring) -> Bool {
            west <= other.west && other.east <= east && south <= other.south && other.north <= north
        }
    }

    private enum Place { case inside, outside, boundary }

    /// Steps that one polygon may cost; hundreds of times what real data needs.
    private static let stepLimit = 300_000_000

    private let coordinates: UnsafeRawBufferPointer
    private let rings: [Ring]
    private var steps = 0

    /// The polygons as indices of rings, the outline first; `nil` where the
    /// rings are so many and so entangled that it would take minutes.
    /// The coordinates are x and y of every point, as little-endian doubles.
    ///
    /// - Complexity: O(points + holes x outlines), at worst O(rings x points).
    static func polygons(of rings: [Range<Int>], in coordinates: UnsafeRawBufferPointer) -> [[Int]]? {
        if rings.count == 1 { return [[0]] }
        var nesting = RingNesting(rings, coordinates)
        return nesting.group()
    }

    private init(_ ranges: [Range<Int>], _ coordinates: UnsafeRawBufferPointer) {
        self.coordinates = coordinates
        rings = ranges.map { Self.ring($0, coordinates) }
    }

    private mutating func group() -> [[Int]]? {
        let outlines = rings.indices.filter { rings[$0].area < 0 }
        let holes = rings.indices.filter { rings[$0].area >= 0 }
        if outlines.count == 1 { return [outlines + holes] }
        guard !outlines.isEmpty else { return groupByDepth() }
        var polygons = outlines.map { [$0] }
        for hole in holes {
            let owner = container(of: hole, among: outlines).smallest
            guard steps < Self.stepLimit else { return nil }
            guard let owner else { return groupByDepth() }
            polygons[owner].append(hole)
        }
        return polygons
    }

    /// Takes no notice of directions: a ring in an odd number of others is a hole.
    private mutating func groupByDepth() -> [[Int]]? {
        let all = Array(rings.indices)
        var owners: [Int: Int] = [:]
        for ring in all {
            let (smallest, count) = container(of: ring, among: all)
            guard steps < Self.stepLimit else { return nil }
            if !count.isMultiple(of: 2), let smallest { owners[ring] = smallest }
        }
        var polygons: [[Int]] = []
        var polygonOf: [Int: Int] = [:]
        for ring in all where owners[ring] == nil {
            polygonOf[ring] = polygons.count
            polygons.append([ring])
        }
        for ring in all {
            guard let owner = owners[ring] else { continue }
            if let polygon = polygonOf[owner] { polygons[polygon].append(ring) } else { polygons.append([ring]) }
        }
        return polygons
    }

    /// The smallest of the candidates around a ring, as its place among them,
    /// and how many there are.
    private mutating func container(of ring: Int, among candidates: [Int]) -> (smallest: Int?, count: Int) {
        var smallest: Int?
        var count = 0
        for (place, candidate) in candidates.enumerated() where candidate != ring {
            steps += 1
            let outline = rings[candidate]
            guard outline.mayHold(rings[ring]), abs(outline.area) > abs(rings[ring].area) else { continue }
            guard steps < Self.stepLimit else { return (nil, 0) }
            guard holds(outline, rings[ring]) else { continue }
            count += 1
            if let best = smallest, abs(rings[candidates[best]].area) <= abs(outline.area) { continue }
            smallest = place
        }
        return (smallest, count)
    }

    /// Whether a ring lies in another: decided by its first point that is not
    /// on the other's line.
    private mutating func holds(_ outline: Ring, _ hole: Ring) -> Bool {
        for point in hole.points {
            switch place(of: point, in: outline) {
            case .inside: return true
            case .outside: return false
            case .boundary: if steps >= Self.stepLimit { return false }
            }
        }
        return true
    }

    private mutating func place(of point: Int, in ring: Ring) -> Place {
        steps += ring.points.count
        let (x, y) = (coordinates.double(point * 16), coordinates.double(point * 16 + 8))
        var isInside = false
        var (ax, ay) = last(of: ring.points)
        for index in ring.points {
            let (bx, by) = (coordinates.double(index * 16), coordinates.double(index * 16 + 8))
            if (ay > y) != (by > y) {
                let side = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
                if side == 0 { return .boundary }
                if (side > 0) == (by > ay) { isInside.toggle() }
            } else if (ay == y && by == y && min(ax, bx) <= x && x <= max(ax, bx)) || (bx == x && by == y) {
                return .boundary
            }
            (ax, ay) = (bx, by)
        }
        return isInside ? .inside : .outside
    }

    private func last(of points: Range<Int>) -> (Double, Double) {
        let index = points.upperBound - 1
        return (coordinates.double(index * 16), coordinates.double(index * 16 + 8))
    }

    private static func ring(_ points: Range<Int>, _ coordinates: UnsafeRawBufferPointer) -> Ring {
        let (originX, originY) = (
            coordinates.double(points.lowerBound * 16), coordinates.double(points.lowerBound * 16 + 8)
        )
        var (west, south, east, north) = (originX, originY, originX, originY)
        var (ax, ay, area) = (0.0, 0.0, 0.0)
        for index in points {
            let (x, y) = (coordinates.double(index * 16), coordinates.double(index * 16 + 8))
            west = min(west, x)
            south = min(south, y)
            east = max(east, x)
            north = max(north, y)
            area += ax * (y - originY) - (x - originX) * ay
            (ax, ay) = (x - originX, y - originY)
        }
        return Ring(points: points, area: area / 2, west: west, south: south, east: east, north: north)
    }
}
