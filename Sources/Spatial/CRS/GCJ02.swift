/// GCJ-02, the offset that Chinese web maps put over WGS 84.
///
/// Its formula was never issued officially; it is the one that all maps and
/// programs agree on (published with EvilTransform, 2013), over the ellipsoid
/// of Krasovsky 1940. Outside the rectangle that it treats as China positions
/// stay as they are.
public enum GCJ02 {
    /// The rectangle inside which the offset applies.
    public static let extent = BoundingBox(west: 72.004, south: 0.8293, east: 137.8347, north: 55.8271)

    /// The GCJ-02 position of one on WGS 84.
    public static func fromWGS84(_ position: LonLat) -> LonLat {
        extent.contains(position) ? shifted(position) : position
    }

    /// The WGS 84 position of one on GCJ-02, to below a micrometre.
    ///
    /// The offset changes by less than a hundredth of a degree per degree, so
    /// subtracting it at the last estimate converges; four to six steps reach
    /// some nanometres.
    public static func toWGS84(_ position: LonLat) -> LonLat {
        guard extent.contains(position) else { return position }
        var estimate = position
        for _ in 0..<16 {
            let image = shifted(estimate)
            let east = position.longitude - image.longitude
            let north = position.latitude - image.latitude
            estimate = LonLat(estimate.longitude + east, estimate.latitude + north)
            if abs(east) < 6e-14 && abs(north) < 6e-14 { break }
        }
        return estimate
    }

    /// The offset applied wherever the position is.
    private static func shifted(_ position: LonLat) -> LonLat {
        let x = position.longitude - 105
        let y = position.latitude - 35
        let root = 0.2 * squareRoot(abs(x))
        let ripple = (20 * sine(6 * .pi * x) + 20 * sine(2 * .pi * x)) * 2 / 3
        let northward =
            -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + root + ripple
            + (20 * sine(.pi * y) + 40 * sine(.pi / 3 * y)) * 2 / 3
            + (160 * sine(.pi / 12 * y) + 320 * sine(.pi / 30 * y)) * 2 / 3
        let eastward =
            300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + root / 2 + ripple
            + (20 * sine(.pi * x) + 40 * sine(.pi / 3 * x)) * 2 / 3
            + (150 * sine(.pi / 12 * x) + 300 * sine(.pi / 30 * x)) * 2 / 3
        let latitude = position.latitude * radiansPerDegree
        let s = sine(latitude)
        let w = 1 - krasovskyEccentricitySquared * s * s
        let meridian = krasovskyRadiusMeters * (1 - krasovskyEccentricitySquared) / (w * squareRoot(w))
        let parallel = krasovskyRadiusMeters / squareRoot(w) * cosine(latitude)
        return LonLat(
            position.longitude + eastward / (parallel * radiansPerDegree),
            position.latitude + northward / (meridian * radiansPerDegree))
    }

    private static let krasovskyRadiusMeters = 6_378_245.0
    private static let krasovskyEccentricitySquared = 0.00669342162296594323
}

/// BD-09, Baidu's offset over GCJ-02.
///
/// Outside the rectangle of GCJ-02 positions stay as they are.
public enum BD09 {
    /// The BD-09 position of one on WGS 84.
    public static func fromWGS84(_ position: LonLat) -> LonLat {
        GCJ02.extent.contains(position) ? shifted(GCJ02.fromWGS84(position)) : position
    }

    /// The WGS 84 position of one on BD-09, to below a micrometre.
    public static func toWGS84(_ position: LonLat) -> LonLat {
        guard GCJ02.extent.contains(position) else { return position }
        var estimate = LonLat(position.longitude - 0.0065, position.latitude - 0.006)
        for _ in 0..<24 {
            let image = shifted(estimate)
            let east = position.longitude - image.longitude
            let north = position.latitude - image.latitude
            estimate = LonLat(estimate.longitude + east, estimate.latitude + north)
            if abs(east) < 6e-14 && abs(north) < 6e-14 { break }
        }
        return GCJ02.toWGS84(estimate)
    }

    /// Baidu's offset of a position on GCJ-02: a turn and a stretch about the
    /// origin of longitude and latitude.
    private static func shifted(_ position: LonLat) -> LonLat {
        let x = position.longitude
        let y = position.latitude
        let wave = .pi * 3000 / 180.0
        let radius = squareRoot(x * x + y * y) + 0.00002 * sine(y * wave)
        let angle = arcTangent(y, x) + 0.000003 * cosine(x * wave)
        return LonLat(radius * cosine(angle) + 0.0065, radius * sine(angle) + 0.006)
    }
}
