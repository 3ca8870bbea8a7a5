public import Spatial

/// Why a place meets no street.
public enum NoFoothold: Error, Sendable, Hashable {
    /// No street is within the limit.
    case tooFar
    /// Between the place and the streets within the limit is water.
    case acrossWater
    /// Between the place and the streets within the limit is a railway.
    case acrossRail
}

/// Finds the street nearest to a place.
///
/// A place meets the nearest edge that may be walked, not the nearest
/// crossing: in a long block the crossings are far, the street is at the door.
///
/// Doors open on streets. Bridges, tunnels and passages
/// (`StreetShapes.isStraight`) are no place to step on: the building beside a
/// bridge stands under it, and meets the street below, however far.
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
                guard !shapes.isStraight[edge] else { return box }
                for corner in shapes.corners(of: edge) { box.add(corner.longitude, corner.latitude) }
                return box
            })
    }

    /// The point of the streets nearest to a position; of edges equally near
    /// the first in the network's order.
    ///
    /// - Parameters:
    ///   - position: in WGS 84.
    ///   - limitMeters: farther ones are none.
    /// - Returns: `nil` where no street is so near.
    /// - Complexity: O(log n) on maps.
    public func foothold(near position: LonLat, limitMeters: Double) -> Foothold? {
        try? foothold(ofOutline: [[position]], limitMeters: limitMeters).get()
    }

    /// The point of the streets nearest to a building's outline, or to an
    /// entrance, that is had without crossing water or a railway.
    ///
    /// Of every street its nearest point counts: where the straight line from
    /// there to the outline is barred, the next nearest street is tried. A
    /// street through the building is 0 m away, and nothing is between them.
    /// Of edges equally near the first in the network's order wins.
    ///
    /// - Parameters:
    ///   - rings: the building's rings, closed or not, in WGS 84; a ring of one
    ///     position is an entrance or another point.
    ///   - limitMeters: farther ones are none.
    ///   - barriers: what the line may not cross.
    /// - Returns: the foothold, or why there is none: what bars the nearest
    ///   street.
    /// - Complexity: O(log n + what is near) on maps.
    public func foothold(
        ofOutline rings: [[LonLat]], limitMeters: Double, barriers: Barriers = .none
    ) -> Result<Foothold, NoFoothold> {
        guard limitMeters >= 0, let outline = Outline(rings) else { return .failure(.tooFar) }
        // Farther than half around the earth is nothing.
        let limitMeters = min(limitMeters, 2.1e7)
        var reachMeters = min(limitMeters, Self.firstReachMeters)
        while true {
            let found = footholds(outline, reachMeters: reachMeters, barriers)
            switch found {
            case .success: return found
            case .failure where reachMeters >= limitMeters: return found
            case .failure: reachMeters = min(limitMeters, reachMeters * 4)
            }
        }
    }

    /// In a town most buildings have a street within it.
    private static let firstReachMeters = 32.0

    /// The nearest street within reach that nothing bars.
    private func footholds(
        _ outline: Outline, reachMeters: Double, _ barriers: Barriers
    ) -> Result<Foothold, NoFoothold> {
        let window = outline.window(reachMeters)
        var edges: [Int] = []
        tree.appendIndices(intersecting: window, to: &edges)
        var candidates: [Candidate] = []
        shapes.corners.withUnsafeBufferPointer { corners in
            for edge in edges {
                let own = corners[Int(shapes.cornerStarts[edge])..<Int(shapes.cornerStarts[edge + 1])]
                guard let found = outline.approach(own, window: window),
                    found.approach.squaredMeters <= reachMeters * reachMeters
                else { continue }
                candidates.append(Candidate(edge: edge, approach: found.approach, lengthMeters: found.lengthMeters))
            }
        }
        var reason: NoFoothold?
        while let place = candidates.indices.min(by: { candidates[$0] < candidates[$1] }) {
            let candidate = candidates.remove(at: place)
            let approach = candidate.approach
            switch barriers.crossed(from: approach.door, to: approach.step, of: outline.center) {
            case nil: return .success(candidate.foothold)
            case .water: reason = reason ?? .acrossWater
            case .rail: reason = reason ?? .acrossRail
            }
        }
        return .failure(reason ?? .tooFar)
    }

    /// An edge within reach.
    private struct Candidate: Comparable {
        let edge: Int
        let approach: Approach
        let lengthMeters: Double

        var foothold: Foothold {
            Foothold(
                edge: UInt32(edge), share: lengthMeters > 0 ? approach.alongMeters / lengthMeters : 0,
                offsetMeters: approach.squaredMeters.squareRoot())
        }

        static func == (a: Self, b: Self) -> Bool { a.edge == b.edge }

        static func < (a: Self, b: Self) -> Bool {
            (a.approach.squaredMeters, a.edge) < (b.approach.squaredMeters, b.edge)
        }
    }
}

extension Outline {
    /// The box of everything within so many metres.
    fileprivate func window(_ reachMeters: Double) -> BoundingBox {
        // A degree of longitude shrinks towards the pole; the window must not be narrower than the truth.
        let metersPerDegreeEast = metric.metersPerDegreeEast * (1 - min(0.5, reachMeters / 1e6))
        let east = reachMeters / max(metersPerDegreeEast, 1) * 1.001
        let north = reachMeters / metric.metersPerDegreeNorth * 1.01
        return BoundingBox(
            west: box.west - east, south: box.south - north, east: box.east + east, north: box.north + north)
    }
}
