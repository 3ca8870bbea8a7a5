public import Spatial

/// Finds the edge nearest to a place.
///
/// A place meets the nearest edge that may be walked, not the nearest
/// crossing: in a long block the crossings are far, the street is at the door.
public struct StreetIndex: Sendable {
    private let shapes: StreetShapes
    private let tree: PackedHilbertTree

    /// Indexes the edges of a network.
    ///
    /// - Complexity: O(n) for n edges and corners.
    public init(_ shapes: StreetShapes) {
        self.shapes = shapes
        tree = PackedHilbertTree(
            (0..<shapes.edgeCount).map { edge in
                var box = BoundingBox.empty
                for corner in shapes.corners(of: edge) { box.add(corner.longitude, corner.latitude) }
                return box
            })
    }

    /// The point of the network nearest to a position; of edges equally near
    /// the first in the network's order.
    ///
    /// - Parameters:
    ///   - position: in WGS 84.
    ///   - limitMeters: farther ones are none.
    /// - Returns: `nil` where no edge is so near.
    /// - Complexity: O(log n) on maps.
    public func foothold(near position: LonLat, limitMeters: Double) -> Foothold? {
        let metric = LocalMetric(position)
        // A degree of longitude shrinks towards the pole; the bound must not be longer than the truth.
        let shrunk = metric.metersPerDegreeEast * (1 - min(0.5, limitMeters / 1e6))
        var cursor = NearestCursor(
            tree, near: position, metersPerDegree: (shrunk, metric.metersPerDegreeNorth * 0.99))
        var best: Foothold?
        while let next = cursor.next() {
            let reach = best?.offsetMeters ?? limitMeters
            guard next.lowerBoundMeters <= reach else { break }
            guard let found = nearestPoint(of: next.index, metric), found.offsetMeters <= reach else { continue }
            if let known = best, found.offsetMeters == known.offsetMeters, found.edge > known.edge { continue }
            best = found
        }
        return best
    }

    private func nearestPoint(of index: Int, _ metric: LocalMetric) -> Foothold? {
        var best: (squared: Double, along: Double)?
        var along = 0.0
        var previous: (east: Double, north: Double)?
        for corner in shapes.corners(of: index) {
            let point = metric.planeMeters(to: corner)
            defer { previous = point }
            guard let start = previous else {
                best = (point.east * point.east + point.north * point.north, 0)
                continue
            }
            let (dx, dy) = (point.east - start.east, point.north - start.north)
            let squaredLength = dx * dx + dy * dy
            let length = squaredLength.squareRoot()
            let t = squaredLength > 0 ? min(1, max(0, -(start.east * dx + start.north * dy) / squaredLength)) : 0
            let (x, y) = (start.east + t * dx, start.north + t * dy)
            let squared = x * x + y * y
            if squared < best?.squared ?? .infinity { best = (squared, along + t * length) }
            along += length
        }
        guard let best, best.squared.isFinite else { return nil }
        return Foothold(
            edge: UInt32(index), share: along > 0 ? min(1, best.along / along) : 0,
            offsetMeters: best.squared.squareRoot())
    }
}
