public import Spatial

/// What a straight line from a door to a street may not cross: water and
/// railway lines.
public struct Barriers: Sendable {
    /// What stands in the way.
    public enum Kind: Sendable {
        case water
        case rail
    }

    /// A piece of a barrier's line.
    private struct Piece {
        let start: LonLat
        let end: LonLat
        let kind: Kind
        /// The area whose edge it is; `nil` for lines.
        let area: Int?
    }

    private let pieces: [Piece]
    private let tree: PackedHilbertTree

    /// No barriers.
    public static let none = Barriers()

    /// Makes barriers.
    ///
    /// - Parameters:
    ///   - waterAreas: the rings of every area of water, those of islands
    ///     included, in WGS 84.
    ///   - waterLines: rivers and canals as lines.
    ///   - railways: tracks on the ground; bridges and tunnels stop nobody.
    /// - Complexity: O(n log n) for n corners.
    public init(waterAreas: [[[LonLat]]] = [], waterLines: [[LonLat]] = [], railways: [[LonLat]] = []) {
        var pieces: [Piece] = []
        func add(_ line: [LonLat], _ kind: Kind, area: Int?) {
            for (start, end) in zip(line, line.dropFirst()) {
                pieces.append(Piece(start: start, end: end, kind: kind, area: area))
            }
        }
        for (area, rings) in waterAreas.enumerated() {
            for ring in rings { add(ring + ring.prefix(1), .water, area: area) }
        }
        for line in waterLines { add(line, .water, area: nil) }
        for line in railways { add(line, .rail, area: nil) }
        self.pieces = pieces
        tree = PackedHilbertTree(
            pieces.map {
                var box = BoundingBox($0.start)
                box.add($0.end.longitude, $0.end.latitude)
                return box
            })
    }

    /// Whether nothing is in anybody's way.
    public var isEmpty: Bool { pieces.isEmpty }

    /// What a straight line crosses; `nil` for nothing.
    ///
    /// What is within `touchMeters` of an end only touches: quays are the edge
    /// of the water. Water that the place lies in does not stop it up to
    /// `pierMeters`: there are piers and pontoons, but no way from the middle
    /// of a river. Water is named before railways.
    ///
    /// - Parameters:
    ///   - start: where the line leaves the place.
    ///   - end: where it meets the street.
    ///   - place: the middle of the place, which is in the water or not, even
    ///     where the outline is drawn a little over the quay.
    /// - Returns: what stops it.
    /// - Complexity: O(log n + what is near) on maps; where water is crossed,
    ///   also what is east of it.
    func crossed(from start: LonLat, to end: LonLat, of place: LonLat) -> Kind? {
        guard !pieces.isEmpty, let line = Line(start, end) else { return nil }
        var found: [Int] = []
        tree.appendIndices(intersecting: line.box, to: &found)
        var isRail = false
        var liesIn: [Int: Bool] = [:]
        for index in found where line.crosses(pieces[index].start, pieces[index].end) {
            guard pieces[index].kind == .water else {
                isRail = true
                continue
            }
            guard let area = pieces[index].area else { return .water }
            let isWithin = liesIn[area] ?? isWithin(area, place)
            guard isWithin, line.meters <= Self.pierMeters else { return .water }
            liesIn[area] = true
        }
        return isRail ? .rail : nil
    }

    /// The longest way over the water that a place lies in.
    public static let pierMeters = 50.0

    /// Whether a position is in an area: a ray to the east passes its edges an
    /// odd number of times.
    private func isWithin(_ area: Int, _ position: LonLat) -> Bool {
        var found: [Int] = []
        tree.appendIndices(
            intersecting: BoundingBox(
                west: position.longitude, south: position.latitude, east: max(tree.extent.east, position.longitude),
                north: position.latitude), to: &found)
        return found.count { pieces[$0].area == area && position.isPassed(pieces[$0].start, pieces[$0].end) } % 2 == 1
    }
}

extension LonLat {
    /// Whether a ray from here to the east passes a line, whose upper end
    /// belongs to the next one.
    @inline(__always)
    func isPassed(_ start: LonLat, _ end: LonLat) -> Bool {
        guard (start.latitude > latitude) != (end.latitude > latitude) else { return false }
        let share = (latitude - start.latitude) / (end.latitude - start.latitude)
        return longitude < start.longitude + share * (end.longitude - start.longitude)
    }

    /// Whether it is within rings, by the even-odd rule.
    func isInside(_ rings: [[LonLat]]) -> Bool {
        var isInside = false
        for ring in rings {
            guard var previous = ring.last else { continue }
            for corner in ring {
                if isPassed(previous, corner) { isInside.toggle() }
                previous = corner
            }
        }
        return isInside
    }
}

/// A straight line without its ends, where barriers only touch.
private struct Line {
    private let start: LonLat
    private let end: LonLat
    /// Its length, with its ends.
    let meters: Double

    /// How near to an end of the line a barrier only touches it.
    private static let touchMeters = 0.1

    /// `nil` where nothing is left between the ends.
    init?(_ start: LonLat, _ end: LonLat) {
        let plane = LocalMetric(start).planeMeters(to: end)
        let length = (plane.east * plane.east + plane.north * plane.north).squareRoot()
        guard length > 2 * Self.touchMeters else { return nil }
        meters = length
        let (east, north) = (end.longitude - start.longitude, end.latitude - start.latitude)
        let share = Self.touchMeters / length
        self.start = LonLat(start.longitude + share * east, start.latitude + share * north)
        self.end = LonLat(end.longitude - share * east, end.latitude - share * north)
    }

    var box: BoundingBox {
        var box = BoundingBox(start)
        box.add(end.longitude, end.latitude)
        return box
    }

    /// A corner on the line counts to its left, so that a barrier that passes
    /// through the line at a corner passes once.
    func crosses(_ a: LonLat, _ b: LonLat) -> Bool {
        (side(start, end, a) >= 0) != (side(start, end, b) >= 0)
            && (side(a, b, start) >= 0) != (side(a, b, end) >= 0)
    }

    private func side(_ a: LonLat, _ b: LonLat, _ c: LonLat) -> Double {
        (b.longitude - a.longitude) * (c.latitude - a.latitude)
            - (b.latitude - a.latitude) * (c.longitude - a.longitude)
    }
}
