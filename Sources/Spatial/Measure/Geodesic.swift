/// Shortest lines on the WGS 84 ellipsoid.
public enum Geodesic {
    /// The length of the shortest line between two positions, in metres.
    ///
    /// Vincenty's inverse (Survey Review XXIII 176, 1975); where its iteration
    /// does not converge, near the antipode, Bessel's auxiliary sphere is
    /// searched by bisection, which always ends.
    ///
    /// - Returns: metres, to 0.01 mm below 100 km and 0.5 mm anywhere;
    ///   0 for equal positions; NaN where an ordinate is not finite or a
    ///   latitude is beyond a pole. Longitudes count modulo 360.
    /// - Complexity: about 0.4 microseconds; 20 near the antipode.
    public static func distanceMeters(_ a: LonLat, _ b: LonLat) -> Double {
        guard abs(a.latitude) <= 90, abs(b.latitude) <= 90 else { return .nan }
        let turn = (b.longitude - a.longitude).remainder(dividingBy: 360)
        guard turn.isFinite else { return .nan }
        let longitude = abs(turn) * radiansPerDegree
        if longitude == 0 && a.latitude == b.latitude { return 0 }
        let first = ReducedLatitude(degrees: a.latitude)
        let second = ReducedLatitude(degrees: b.latitude)
        return vincentyMeters(first, second, longitude) ?? bisectedMeters(first, second, longitude)
    }

    /// Vincenty's iteration; `nil` where it does not converge.
    private static func vincentyMeters(
        _ first: ReducedLatitude, _ second: ReducedLatitude, _ longitude: Double
    ) -> Double? {
        let f = Earth.flattening
        var lambda = longitude
        for _ in 0..<24 {
            let sinLambda = sine(lambda)
            let cosLambda = cosine(lambda)
            let across = second.cosine * sinLambda
            let along = first.cosine * second.sine - first.sine * second.cosine * cosLambda
            let sinSigma = squareRoot(across * across + along * along)
            let cosSigma = first.sine * second.sine + first.cosine * second.cosine * cosLambda
            guard sinSigma > 0 else { return cosSigma > 0 ? 0 : nil }
            let sigma = arcTangent(sinSigma, cosSigma)
            let sinAlpha = first.cosine * second.cosine * sinLambda / sinSigma
            let cosSquaredAlpha = max(0, 1 - sinAlpha * sinAlpha)
            let cosTwoSigmaM =
                cosSquaredAlpha > 0 ? cosSigma - 2 * first.sine * second.sine / cosSquaredAlpha : 0
            let c = f / 16 * cosSquaredAlpha * (4 + f * (4 - 3 * cosSquaredAlpha))
            let squared = 2 * cosTwoSigmaM * cosTwoSigmaM - 1
            let next =
                longitude + (1 - c) * f * sinAlpha
                * (sigma + c * sinSigma * (cosTwoSigmaM + c * cosSigma * squared))
            guard next <= .pi else { return nil }
            if abs(next - lambda) < 1e-13 {
                return lengthMeters(
                    sigma: sigma, sinSigma, cosSigma, cosTwoSigmaM: cosTwoSigmaM, cosSquaredAlpha: cosSquaredAlpha)
            }
            lambda = next
        }
        return nil
    }

    /// Vincenty's series for the length of an arc of the auxiliary sphere.
    private static func lengthMeters(
        sigma: Double, _ sinSigma: Double, _ cosSigma: Double, cosTwoSigmaM: Double, cosSquaredAlpha: Double
    ) -> Double {
        let e = Earth.eccentricitySquared
        let u = cosSquaredAlpha * e / (1 - e)
        let a = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)))
        let b = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)))
        let squared = 2 * cosTwoSigmaM * cosTwoSigmaM - 1
        let third = cosTwoSigmaM * (4 * sinSigma * sinSigma - 3) * (4 * cosTwoSigmaM * cosTwoSigmaM - 3)
        let correction = b * sinSigma * (cosTwoSigmaM + b / 4 * (cosSigma * squared - b / 6 * third))
        return Earth.polarRadiusMeters * a * (sigma - correction)
    }
}

/// The sine and cosine of a reduced latitude (tan β = (1 − f) tan φ).
struct ReducedLatitude {
    var sine: Double
    var cosine: Double

    init(degrees: Double) {
        let latitude = degrees * radiansPerDegree
        let sine = (1 - Earth.flattening) * Spatial.sine(latitude)
        let cosine = abs(degrees) == 90 ? 0 : Spatial.cosine(latitude)
        let length = squareRoot(sine * sine + cosine * cosine)
        self.sine = sine / length
        self.cosine = cosine / length
    }
}
