extension Geodesic {
    /// The shortest line where Vincenty's iteration fails: the azimuth at the
    /// start whose line meets the longitude is found by bisection.
    ///
    /// With the positions brought into the order β1 ≤ 0, |β2| ≤ −β1 the
    /// longitude grows from 0 to π with the azimuth and has one root (Karney,
    /// Algorithms for geodesics, J. Geodesy 87, 2013, section 4), so 60 halvings
    /// always end with it.
    static func bisectedMeters(
        _ first: ReducedLatitude, _ second: ReducedLatitude, _ longitude: Double
    ) -> Double {
        var start = first
        var end = second
        if abs(start.sine) < abs(end.sine) { swap(&start, &end) }
        if start.sine > 0 {
            start.sine = -start.sine
            end.sine = -end.sine
        }
        // On the equator the azimuth decides on which side of a node the line
        // starts; a trace of southern latitude tells the sides apart.
        if start.sine == 0 { start.sine = -1e-200 }
        var low = 0.0
        var high = Double.pi
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if AuxiliaryArc(start, end, azimuth: middle).longitude < longitude { low = middle } else { high = middle }
        }
        return AuxiliaryArc(start, end, azimuth: (low + high) / 2).meters
    }
}

/// The line that leaves one latitude at an azimuth and arrives at another
/// northward, on Bessel's auxiliary sphere.
private struct AuxiliaryArc {
    private let sinAlpha0: Double
    private let kSquared: Double
    private let sigma1: Double
    private let sigma2: Double
    private let omega: Double

    init(_ start: ReducedLatitude, _ end: ReducedLatitude, azimuth: Double) {
        let sinAlpha1 = sine(azimuth)
        let cosAlpha1 = cosine(azimuth)
        sinAlpha0 = sinAlpha1 * start.cosine
        let cosAlpha0 = squareRoot(cosAlpha1 * cosAlpha1 + sinAlpha1 * sinAlpha1 * start.sine * start.sine)
        let e = Earth.eccentricitySquared
        kSquared = e / (1 - e) * cosAlpha0 * cosAlpha0
        // cos α2 cos β2, squared without cancellation.
        let north = cosAlpha1 * cosAlpha1 * start.cosine * start.cosine
        let widening = (start.sine - end.sine) * (start.sine + end.sine)
        let arrival = squareRoot(max(0, north + widening))
        sigma1 = arcTangent(start.sine, cosAlpha1 * start.cosine)
        sigma2 = arcTangent(end.sine, arrival)
        let omega1 = arcTangent(sinAlpha0 * start.sine, cosAlpha1 * start.cosine)
        let omega2 = arcTangent(sinAlpha0 * end.sine, arrival)
        omega = omega2 - omega1
    }

    /// The difference of longitude, in radians.
    var longitude: Double {
        let f = Earth.flattening
        let integral = integrate { (2 - f) / (1 + (1 - f) * $0) }
        return omega - f * sinAlpha0 * integral
    }

    /// The length, in metres.
    var meters: Double { Earth.polarRadiusMeters * integrate { $0 } }

    /// Integrates a function of √(1 + k² sin² σ) along the arc by
    /// Gauss-Legendre quadrature: with k² below 0.0068 eight nodes a quarter
    /// turn are exact to the last digits.
    private func integrate(_ function: (Double) -> Double) -> Double {
        let pieces = 4
        let half = (sigma2 - sigma1) / Double(2 * pieces)
        var sum = 0.0
        for piece in 0..<pieces {
            let middle = sigma1 + half * Double(2 * piece + 1)
            for node in GaussLegendre.eight {
                for side in [-1.0, 1.0] {
                    let s = sine(middle + side * half * node.place)
                    sum += node.weight * function(squareRoot(1 + kSquared * s * s))
                }
            }
        }
        return sum * half
    }
}
