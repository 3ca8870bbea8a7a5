public import Spatial

/// What is near something.
public struct NearestQuery: Sendable {
    /// The layer that is searched.
    public var layer: Layer
    /// Where from: a position, or a geometry's edge.
    public var origin: Geometry
    /// At most so many.
    public var limit: Int?
    /// At most so far, in metres.
    public var withinMeters: Double?
    /// Only rows that fulfil this condition.
    public var condition: FeatureCondition?
    /// The row that is left out: the place itself.
    public var excludedFid: Int64?
    /// The columns that answers hold, `ref` always among them; `nil` for all.
    public var columns: [String]?

    /// Makes a question.
    public init(_ layer: Layer, origin: Geometry) {
        self.layer = layer
        self.origin = origin
    }
}

/// A row and how far it is.
public struct NearbyFeature: Sendable {
    /// The row.
    public let feature: StoredFeature
    /// The geodesic distance between the nearest points, in metres.
    public let distanceMeters: Double
}

/// Measures from a question's origin to rows and to boxes of the index.
struct OriginMeasure {
    /// The probe in the middle of the origin.
    let center: PointProbe
    /// How far the origin reaches from its middle, in metres.
    let radiusMeters: Double
    private let edge: GeometryProbe?

    /// `nil` where the origin is empty.
    init?(_ origin: Geometry) {
        let box = origin.box
        guard !box.isEmpty else { return nil }
        let center = PointProbe(box.center)
        self.center = center
        if case .point = origin {
            (edge, radiusMeters) = (nil, 0)
        } else {
            edge = GeometryProbe(origin)
            var reach = 0.0
            origin.forEachPosition { reach = max(reach, Geodesic.distanceMeters(center.position, $0)) }
            radiusMeters = reach * 1.000_001 + 0.001
        }
    }

    /// The exact distance to a row's geometry.
    func distanceMeters(_ wkb: UnsafeRawBufferPointer) -> Double? {
        guard let edge else { return try? center.distanceMeters(toWKB: wkb) }
        return try? edge.distanceMeters(toWKB: wkb)
    }

    /// What no distance to anything in the box falls below.
    func lowerBoundMeters(_ box: BoundingBox) -> Double { center.lowerBoundMeters(to: box) - radiusMeters }
}
