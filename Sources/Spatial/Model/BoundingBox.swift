/// A box in degrees with its edges: west, south, east, north.
public struct BoundingBox: Hashable, Sendable {
    /// Smallest longitude.
    public var west: Double
    /// Smallest latitude.
    public var south: Double
    /// Largest longitude.
    public var east: Double
    /// Largest latitude.
    public var north: Double

    /// Makes a box from its edges.
    @inlinable
    public init(west: Double, south: Double, east: Double, north: Double) {
        self.west = west
        self.south = south
        self.east = east
        self.north = north
    }

    /// Makes the box of one position.
    @inlinable
    public init(_ position: LonLat) {
        self.init(
            west: position.longitude, south: position.latitude, east: position.longitude, north: position.latitude)
    }

    /// The box that holds nothing: it grows to whatever is added first.
    public static let empty = BoundingBox(
        west: .infinity, south: .infinity, east: -.infinity, north: -.infinity)

    /// Whether the box holds no position.
    @inlinable
    public var isEmpty: Bool { !(west <= east && south <= north) }

    /// The box as boxes whose west is not east of their east: two where it
    /// lies across the antimeridian, that is, where its west is greater.
    public var cutAtAntimeridian: [BoundingBox] {
        guard west > east else { return [self] }
        return [
            BoundingBox(west: west, south: south, east: 180, north: north),
            BoundingBox(west: -180, south: south, east: east, north: north),
        ]
    }

    /// The middle of the box; NaN where the box is empty.
    @inlinable
    public var center: LonLat { LonLat((west + east) / 2, (south + north) / 2) }

    /// Grows the box to hold a position.
    @inlinable
    public mutating func add(_ x: Double, _ y: Double) {
        west = min(west, x)
        south = min(south, y)
        east = max(east, x)
        north = max(north, y)
    }

    /// Grows the box to hold another one.
    @inlinable
    public mutating func add(_ other: BoundingBox) {
        west = min(west, other.west)
        south = min(south, other.south)
        east = max(east, other.east)
        north = max(north, other.north)
    }

    /// Whether two boxes share a point; edges count.
    @inlinable
    public func intersects(_ other: BoundingBox) -> Bool {
        west <= other.east && other.west <= east && south <= other.north && other.south <= north
    }

    /// Whether a position lies in the box; edges count.
    @inlinable
    public func contains(_ position: LonLat) -> Bool {
        west <= position.longitude && position.longitude <= east
            && south <= position.latitude && position.latitude <= north
    }

    /// The box widened by degrees on each side.
    @inlinable
    public func widened(longitude: Double, latitude: Double) -> BoundingBox {
        BoundingBox(
            west: west - longitude, south: south - latitude, east: east + longitude, north: north + latitude)
    }
}
