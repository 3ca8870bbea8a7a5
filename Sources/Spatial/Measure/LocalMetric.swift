/// Metres around one position, without a geodesic: a few multiplications a
/// distance.
///
/// With φ0 the latitude of the origin, M and N the radii of curvature and Δλ,
/// Δφ the differences of longitude and latitude, the plane coordinates are
///
///     x = Δλ (N cos φ0 − M sin φ0 Δφ/2)      y = Δφ (M + M' Δφ/2)
///
/// that is the mid-latitude formula with its factors taken to first order, so
/// that distances **from the origin** carry no error of first order.
///
/// Error: on a sphere sin²(d/2) = sin²(Δφ/2) cos²(Δλ/2) + cos²φm sin²(Δλ/2)
/// holds exactly. Replacing cos(Δλ/2) by 1 changes d by at most Δλ²/8 of it,
/// each sine by its angle by at most Δλ²/24 and d²/24, and cos φm by its
/// tangent at φ0 by (Δφ²/8)(cos ξ/cos φm). The ellipsoid changes these terms by
/// its flattening only. `relativeError` adds them up with cos ξ ≤ 2 cos φm,
/// which holds while Δφ is below half of the distance to the pole.
public struct LocalMetric: Sendable {
    /// The position that distances count from.
    public let origin: LonLat
    /// Metres in a degree of longitude at the origin.
    public let metersPerDegreeEast: Double
    /// Metres in a degree of latitude at the origin.
    public let metersPerDegreeNorth: Double
    /// Half of what the metres per degree east change in a degree north.
    let eastSlope: Double
    /// Half of what the metres per degree north change in a degree north.
    let northSlope: Double

    /// The metric around a position.
    public init(_ origin: LonLat) {
        self.origin = origin
        let s = sine(origin.latitude * radiansPerDegree)
        let c = cosine(origin.latitude * radiansPerDegree)
        let radii = Earth.curvatureRadiiMeters(sine: s)
        metersPerDegreeEast = radii.primeVertical * c * radiansPerDegree
        metersPerDegreeNorth = radii.meridian * radiansPerDegree
        eastSlope = -radii.meridian * s * radiansPerDegree * radiansPerDegree / 2
        let e = Earth.eccentricitySquared
        northSlope =
            3 * radii.meridian * e * s * c / (1 - e * s * s) * radiansPerDegree * radiansPerDegree / 2
    }

    /// The square of the distance from the origin, in square metres.
    ///
    /// - Parameter position: within `relativeError`'s reach, its longitude not
    ///   beyond the antimeridian from the origin.
    /// - Returns: square metres.
    @inline(__always)
    public func squaredMeters(to position: LonLat) -> Double {
        let plane = plane(position.longitude - origin.longitude, position.latitude - origin.latitude)
        return plane.x * plane.x + plane.y * plane.y
    }

    /// The most by which a distance can be wrong, as a share of it.
    ///
    /// - Parameters:
    ///   - east: the difference of longitude in degrees.
    ///   - north: the difference of latitude in degrees.
    /// - Returns: the bound; infinite where none is proved (differences above
    ///   5 degrees, or above half of the distance to the pole).
    public func relativeError(east: Double, north: Double) -> Double {
        guard abs(east) <= 5, abs(north) <= 5, abs(north) <= (90 - abs(origin.latitude)) / 2 else { return .infinity }
        let lambda = east * radiansPerDegree
        let phi = north * radiansPerDegree
        return (lambda * lambda + phi * phi) / 4
    }

    /// Metres east and north of the origin, within `relativeError`'s reach.
    public func planeMeters(to position: LonLat) -> (east: Double, north: Double) {
        let plane = plane(position.longitude - origin.longitude, position.latitude - origin.latitude)
        return (plane.x, plane.y)
    }

    /// The plane coordinates in metres of a difference in degrees.
    @inline(__always)
    func plane(_ east: Double, _ north: Double) -> (x: Double, y: Double) {
        (
            east * (metersPerDegreeEast + eastSlope * north),
            north * (metersPerDegreeNorth + northSlope * north)
        )
    }

    /// How far, at most, the image of an edge that is straight in longitude
    /// and latitude leaves the straight line between its ends' images, in
    /// metres: both coordinates are quadratic along it.
    @inline(__always)
    func sagittaMeters(product: Double, northSquared: Double) -> Double {
        (abs(eastSlope) * product + abs(northSlope) * northSquared) / 4
    }
}
