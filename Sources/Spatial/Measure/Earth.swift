/// The WGS 84 ellipsoid: the one place where the size of the Earth stands.
///
/// Source: NGA.STND.0036_1.0.0_WGS84, table 3.1. The ellipsoid of CGCS2000
/// differs from it by 0.1 mm at the poles.
public enum Earth {
    /// The semi-major axis, in metres.
    public static let equatorialRadiusMeters = 6_378_137.0
    /// The flattening.
    public static let flattening = 1 / 298.257223563
    /// The semi-minor axis, in metres.
    public static let polarRadiusMeters = equatorialRadiusMeters * (1 - flattening)
    /// The first eccentricity squared.
    public static let eccentricitySquared = flattening * (2 - flattening)

    /// The smallest radius of curvature anywhere: that of the meridian at the
    /// equator, in metres.
    static let smallestCurvatureRadiusMeters = equatorialRadiusMeters * (1 - eccentricitySquared)

    /// The radii of curvature at a latitude whose sine is given.
    ///
    /// - Returns: metres along the meridian (M) and across it (N).
    @inline(__always)
    static func curvatureRadiiMeters(sine: Double) -> (meridian: Double, primeVertical: Double) {
        let w = 1 - eccentricitySquared * sine * sine
        let primeVertical = equatorialRadiusMeters / w.squareRoot()
        return (primeVertical * (1 - eccentricitySquared) / w, primeVertical)
    }
}

/// Radians in a degree.
let radiansPerDegree = Double.pi / 180
