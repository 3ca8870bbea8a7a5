/// Counts how often the ray from a position crosses rings, exactly.
struct CrossingCounter {
    private let position: LonLat
    private(set) var isOdd = false
    private(set) var isOnEdge = false

    init(_ position: LonLat) { self.position = position }

    mutating func count(_ ring: CoordinateRun) {
        var from = ring[0]
        for index in 1..<max(1, ring.count) {
            let to = ring[index]
            if Crossing.isPossible(from.latitude - position.latitude, to.latitude - position.latitude) {
                switch Crossing.of(from, to, position) {
                case .none: break
                case .crosses: isOdd.toggle()
                case .touches: isOnEdge = true
                }
            }
            from = to
        }
    }
}

/// Where a position lies in relation to a polygon.
public enum Containment: Hashable, Sendable {
    /// Outside of it, or in a hole.
    case outside
    /// On its outline or the edge of a hole.
    case boundary
    /// Inside.
    case inside
}

/// Decides on which side of the polygons of a geometry a position lies;
/// points and lines hold a position on their boundary only.
private struct ContainmentVisitor: GeometryVisitor {
    private let position: LonLat
    private var counter: CrossingCounter
    private(set) var result = Containment.outside

    init(_ position: LonLat) {
        self.position = position
        counter = CrossingCounter(position)
    }

    mutating func visit(point: LonLat) {
        if point == position && result == .outside { result = .boundary }
    }

    mutating func visit(line: CoordinateRun) {
        visit(point: line[0])
        var touching = CrossingCounter(position)
        touching.count(line)
        if touching.isOnEdge && result == .outside { result = .boundary }
    }

    mutating func visit(ring: CoordinateRun, isHole: Bool) { counter.count(ring) }

    mutating func endPolygon() {
        if counter.isOnEdge {
            if result == .outside { result = .boundary }
        } else if counter.isOdd {
            result = .inside
        }
        counter = CrossingCounter(position)
    }
}

extension LonLat {
    /// Where the position lies in relation to a geometry in well-known binary.
    ///
    /// Exact in longitude and latitude, where edges are straight: no tolerance
    /// and no rounding. Longitudes are taken as they are.
    ///
    /// - Throws: `WKBError` where the bytes are no geometry.
    /// - Complexity: O(positions), about 1 ns each.
    public func containment(inWKB bytes: UnsafeRawBufferPointer) throws(WKBError) -> Containment {
        var visitor = ContainmentVisitor(self)
        try WKBCursor.walk(bytes, &visitor)
        return visitor.result
    }

    /// Where the position lies in relation to a geometry; see
    /// `containment(inWKB:)`.
    public func containment(in geometry: Geometry) -> Containment {
        var visitor = ContainmentVisitor(self)
        geometry.walk(&visitor)
        return visitor.result
    }
}

extension Geometry {
    /// Whether a position lies in the geometry or on its boundary.
    public func covers(_ position: LonLat) -> Bool { position.containment(in: self) != .outside }
}
