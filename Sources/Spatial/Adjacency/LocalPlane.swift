/// A plane in metres around a place: both degrees at the length they have on
/// the WGS 84 ellipsoid at one latitude.
///
/// Within 1 km the distance in it is off by less than 1e-4 of itself below
/// 60 degrees of latitude, by far less within the metres between two walls.
struct LocalPlane {
    let origin: SIMD2<Double>
    let metersPerDegree: SIMD2<Double>

    init(around origin: SIMD2<Double>) {
        self.origin = origin
        metersPerDegree = Self.metersPerDegree(atLatitude: origin.y)
    }

    /// The lengths of a degree of longitude and of latitude.
    static func metersPerDegree(atLatitude latitude: Double) -> SIMD2<Double> {
        let radians = min(max(latitude, -90), 90) * radiansPerDegree
        let radii = Earth.curvatureRadiiMeters(sine: sine(radians))
        // Not zero at the poles, where a degree of longitude has no length.
        return SIMD2(radii.primeVertical * max(cosine(radians), 1e-9), radii.meridian) * radiansPerDegree
    }

    /// Degrees that are at least so many metres anywhere in a box.
    static func degrees(atLeast meters: Double, within box: BoundingBox) -> SIMD2<Double> {
        let farthest = max(abs(box.south), abs(box.north)) + meters / 110_000
        let scale = metersPerDegree(atLatitude: farthest)
        let shortestMeridianDegree = Earth.smallestCurvatureRadiusMeters * radiansPerDegree
        return SIMD2(meters / scale.x, meters / shortestMeridianDegree) * 1.000_1
    }

    @inline(__always)
    func project(_ point: SIMD2<Double>) -> SIMD2<Double> { (point - origin) * metersPerDegree }

    @inline(__always)
    func project(_ segment: Segment) -> Segment { Segment(a: project(segment.a), b: project(segment.b)) }
}
