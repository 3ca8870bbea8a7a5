/// A point, or no point.
public struct Point: Hashable, Sendable {
    /// Where; `nil` for POINT EMPTY.
    public var position: LonLat?
    /// The height in metres, where the source gives one.
    public var heightMeters: Double?

    /// Makes a point.
    public init(_ position: LonLat?, heightMeters: Double? = nil) {
        self.position = position
        self.heightMeters = heightMeters
    }
}

/// A chain of positions; a ring is a chain whose last position is its first.
public struct LineString: Hashable, Sendable {
    /// The positions in order.
    public var positions: [LonLat]
    /// One height in metres a position, or none at all.
    public var heightsMeters: [Double]

    /// Makes a chain.
    ///
    /// - Precondition: there are no heights, or as many as positions.
    public init(_ positions: [LonLat], heightsMeters: [Double] = []) {
        precondition(
            heightsMeters.isEmpty || heightsMeters.count == positions.count,
            "a line needs one height a position, or none")
        self.positions = positions
        self.heightsMeters = heightsMeters
    }
}

/// An outline with holes.
public struct Polygon: Hashable, Sendable {
    /// The outline, closed; without positions for POLYGON EMPTY.
    public var exterior: LineString
    /// The holes, each closed.
    public var holes: [LineString]

    /// Makes a polygon from closed rings.
    public init(_ exterior: LineString, holes: [LineString] = []) {
        self.exterior = exterior
        self.holes = holes
    }

    /// The outline, then the holes; empty for an empty polygon.
    public var rings: [LineString] { exterior.positions.isEmpty ? [] : [exterior] + holes }
}

/// A geometry value of the simple-features model. Edges are straight in
/// longitude and latitude, as in GeoJSON.
public enum Geometry: Hashable, Sendable {
    /// One point.
    case point(Point)
    /// One line.
    case lineString(LineString)
    /// One polygon.
    case polygon(Polygon)
    /// Several points.
    case multiPoint([Point])
    /// Several lines.
    case multiLineString([LineString])
    /// Several polygons.
    case multiPolygon([Polygon])
    /// Anything together.
    case collection([Geometry])
}

/// The type of a geometry; raw values are WKB's.
public enum GeometryType: UInt32, Sendable, CaseIterable {
    /// Point.
    case point = 1
    /// LineString.
    case lineString = 2
    /// Polygon.
    case polygon = 3
    /// MultiPoint.
    case multiPoint = 4
    /// MultiLineString.
    case multiLineString = 5
    /// MultiPolygon.
    case multiPolygon = 6
    /// GeometryCollection.
    case collection = 7
}

extension Geometry {
    /// The type.
    public var type: GeometryType {
        switch self {
        case .point: .point
        case .lineString: .lineString
        case .polygon: .polygon
        case .multiPoint: .multiPoint
        case .multiLineString: .multiLineString
        case .multiPolygon: .multiPolygon
        case .collection: .collection
        }
    }

    /// Whether there is no position in it.
    public var isEmpty: Bool { box.isEmpty }

    /// The smallest box around it; empty for an empty geometry.
    ///
    /// - Complexity: O(positions).
    public var box: BoundingBox {
        var box = BoundingBox.empty
        forEachPosition { box.add($0.longitude, $0.latitude) }
        return box
    }

    /// Calls `body` with every position, in order.
    public func forEachPosition(_ body: (LonLat) -> Void) {
        switch self {
        case .point(let point): point.position.map(body)
        case .lineString(let line): line.positions.forEach(body)
        case .polygon(let polygon): polygon.rings.forEach { $0.positions.forEach(body) }
        case .multiPoint(let points): points.forEach { $0.position.map(body) }
        case .multiLineString(let lines): lines.forEach { $0.positions.forEach(body) }
        case .multiPolygon(let polygons): polygons.forEach { $0.rings.forEach { $0.positions.forEach(body) } }
        case .collection(let members): members.forEach { $0.forEachPosition(body) }
        }
    }
}
