/// The straight ways across one square, found exactly in whole numbers.
struct SquareCrossings {
    /// A corner of the outline or a hole.
    private struct Corner {
        let number: UInt32
        let point: Point
        let previous: Point
        let next: Point
        let isJunction: Bool
        /// Whether the square spans more than half a turn around it, so that
        /// shortest ways may bend here.
        let isReflex: Bool
    }

    private struct Point: Equatable {
        let x: Int
        let y: Int

        init(_ position: FixedLonLat) {
            x = Int(position.x)
            y = Int(position.y)
        }

        init(x: Int, y: Int) {
            self.x = x
            self.y = y
        }

        var doubled: Point { Point(x: 2 * x, y: 2 * y) }

        /// Above 0 where a point lies to the left of the way from here to there.
        func side(to end: Point, of point: Point) -> Int {
            (end.x - x) * (point.y - y) - (end.y - y) * (point.x - x)
        }

        /// Whether it lies between two points, themselves included, on a line with whom it is.
        func isBetween(_ a: Point, _ b: Point) -> Bool {
            min(a.x, b.x) <= x && x <= max(a.x, b.x) && min(a.y, b.y) <= y && y <= max(a.y, b.y)
        }
    }

    private var corners: [Corner] = []
    private var edges: [(start: Point, end: Point)] = []

    private static let mostCorners = 64
    /// The most tests of a way against an edge that one square is worth.
    private static let mostTests = 1 << 26
    /// Beyond 26 degrees products would not fit; nor is that a square.
    private static let widest = 1 << 28

    /// - Parameters:
    ///   - rings: the numbers of the corners of outline and holes, the first
    ///     repeated at the end.
    ///   - positions: of all corners.
    ///   - isJunction: whether a corner is shared with another street.
    init(rings: [ArraySlice<UInt32>], positions: [FixedLonLat], isJunction: (UInt32) -> Bool) {
        guard Self.isSmall(rings.joined().lazy.map { positions[Int($0)] }) else { return }
        for (index, ring) in rings.enumerated() where ring.count >= 4 && ring.first == ring.last {
            let numbers = ring.dropLast()
            let points = numbers.map { Point(positions[Int($0)]) }
            // To the left of a ring in this direction the square lies.
            let turn = (Self.isCounterclockwise(points) == (index == 0)) ? 1 : -1
            for (place, number) in numbers.enumerated() {
                let (point, next) = (points[place], points[(place + 1) % points.count])
                let previous = points[(place + points.count - 1) % points.count]
                corners.append(
                    Corner(
                        number: number, point: point, previous: previous, next: next, isJunction: isJunction(number),
                        isReflex: previous.side(to: point, of: next).signum() * turn < 0))
                edges.append((point, next))
            }
        }
    }

    private static func isSmall(_ positions: some Sequence<FixedLonLat>) -> Bool {
        var (west, east, south, north) = (Int32.max, Int32.min, Int32.max, Int32.min)
        for position in positions {
            (west, east) = (min(west, position.x), max(east, position.x))
            (south, north) = (min(south, position.y), max(north, position.y))
        }
        return Int(east) - Int(west) < widest && Int(north) - Int(south) < widest
    }

    private static func isCounterclockwise(_ points: [Point]) -> Bool {
        guard let first = points.first else { return false }
        var doubleArea = 0.0
        for (a, b) in zip(points, points.dropFirst()) {
            doubleArea += Double(a.x - first.x) * Double(b.y - first.y) - Double(b.x - first.x) * Double(a.y - first.y)
        }
        return doubleArea > 0
    }

    /// The ways, as pairs of corners.
    ///
    /// - Complexity: O(c² n) for c corners considered and n corners in all.
    func ways() -> [(UInt32, UInt32)] {
        let considered = considered()
        var ways: [(UInt32, UInt32)] = []
        for (index, a) in considered.enumerated() {
            for b in considered[(index + 1)...] where isWorthwhile(a, b) && isInside(a.point, b.point) {
                ways.append((a.number, b.number))
            }
        }
        return ways
    }

    /// Junctions first, then corners to be rounded; none where there is
    /// nothing to connect.
    private func considered() -> [Corner] {
        var seen: Set<UInt32> = []
        let junctions = corners.filter { $0.isJunction && seen.insert($0.number).inserted }
        guard junctions.count >= 2 else { return [] }
        let bends = corners.filter { $0.isReflex && seen.insert($0.number).inserted }
        let affordable = Int((2 * Double(Self.mostTests) / Double(edges.count)).squareRoot())
        return Array((junctions + bends).prefix(min(Self.mostCorners, affordable)))
    }

    /// A shortest way bends only where it touches a corner without cutting it.
    private func isWorthwhile(_ a: Corner, _ b: Corner) -> Bool {
        func touches(_ corner: Corner, _ other: Corner) -> Bool {
            let previous = corner.point.side(to: other.point, of: corner.previous).signum()
            return corner.isJunction || previous * corner.point.side(to: other.point, of: corner.next).signum() >= 0
        }
        return a.point != b.point && touches(a, b) && touches(b, a)
    }

    /// Whether a straight way lies in the square, and not all of it along the
    /// outline or a hole.
    private func isInside(_ a: Point, _ b: Point) -> Bool {
        var touched: [Point] = []
        for (start, end) in edges {
            guard max(start.x, end.x) >= min(a.x, b.x), min(start.x, end.x) <= max(a.x, b.x),
                max(start.y, end.y) >= min(a.y, b.y), min(start.y, end.y) <= max(a.y, b.y)
            else { continue }
            let (startSide, endSide) = (a.side(to: b, of: start).signum(), a.side(to: b, of: end).signum())
            if startSide == 0, start != a, start != b, start.isBetween(a, b) { touched.append(start) }
            if startSide * endSide < 0, start.side(to: end, of: a).signum() * start.side(to: end, of: b).signum() < 0 {
                return false
            }
        }
        let stops = [a] + touched.sorted { isNearer($0, than: $1, to: a) } + [b]
        var isAcross = false
        for (from, to) in zip(stops, stops.dropFirst()) where from != to {
            guard let isInner = isInner(doubled: Point(x: from.x + to.x, y: from.y + to.y)) else { return false }
            isAcross = isAcross || isInner
        }
        return isAcross
    }

    private func isNearer(_ a: Point, than b: Point, to origin: Point) -> Bool {
        abs(a.x - origin.x) + abs(a.y - origin.y) < abs(b.x - origin.x) + abs(b.y - origin.y)
    }

    /// Whether a point, in doubled coordinates, is within; `false` on the
    /// edge, `nil` outside.
    private func isInner(doubled point: Point) -> Bool? {
        var isInner = false
        for edge in edges {
            let (start, end) = (edge.start.doubled, edge.end.doubled)
            let side = start.side(to: end, of: point)
            if side == 0, point.isBetween(start, end) { return false }
            if (start.y > point.y) != (end.y > point.y), (side > 0) == (end.y > start.y) { isInner.toggle() }
        }
        return isInner ? true : nil
    }
}
