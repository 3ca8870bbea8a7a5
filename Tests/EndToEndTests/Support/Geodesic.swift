import Foundation

/// Distances on the WGS 84 ellipsoid, worked out apart from the program: Vincenty's inverse formula
/// (Survey Review 23 (176), 1975, doi:10.1179/sre.1975.23.176.88), good to a tenth of a millimetre.
enum Geodesic {
    typealias Position = (lon: Double, lat: Double)

    private static let a = 6_378_137.0
    private static let f = 1 / 298.257223563

    /// Metres between two positions in degrees.
    static func meters(_ p: Position, _ q: Position) -> Double {
        guard p != q else { return 0 }
        let b = a * (1 - f)
        let radians = Double.pi / 180
        let (u1, u2) = (atan((1 - f) * tan(p.lat * radians)), atan((1 - f) * tan(q.lat * radians)))
        let difference = (q.lon - p.lon) * radians
        var lambda = difference
        for _ in 0..<100 {
            let x = cos(u2) * sin(lambda)
            let y = cos(u1) * sin(u2) - sin(u1) * cos(u2) * cos(lambda)
            let sinSigma = (x * x + y * y).squareRoot()
            if sinSigma == 0 { return 0 }
            let cosSigma = sin(u1) * sin(u2) + cos(u1) * cos(u2) * cos(lambda)
            let sigma = atan2(sinSigma, cosSigma)
            let sinAlpha = cos(u1) * cos(u2) * sin(lambda) / sinSigma
            let cos2Alpha = 1 - sinAlpha * sinAlpha
            let cosMiddle = cos2Alpha == 0 ? 0 : cosSigma - 2 * sin(u1) * sin(u2) / cos2Alpha
            let c = f / 16 * cos2Alpha * (4 + f * (4 - 3 * cos2Alpha))
            let inner = cosMiddle + c * cosSigma * (-1 + 2 * cosMiddle * cosMiddle)
            let next = difference + (1 - c) * f * sinAlpha * (sigma + c * sinSigma * inner)
            let step = abs(next - lambda)
            lambda = next
            guard step < 1e-13 else { continue }
            let square = cos2Alpha * (a * a - b * b) / (b * b)
            let big = 1 + square / 16384 * (4096 + square * (-768 + square * (320 - 175 * square)))
            let small = square / 1024 * (256 + square * (-128 + square * (74 - 47 * square)))
            let tail = cosMiddle * (-3 + 4 * sinSigma * sinSigma) * (-3 + 4 * cosMiddle * cosMiddle)
            let bend = cosSigma * (-1 + 2 * cosMiddle * cosMiddle) - small / 6 * tail
            return b * big * (sigma - small * sinSigma * (cosMiddle + small / 4 * bend))
        }
        return .nan
    }

    /// Metres from a position to the nearest point of a piece of line that is straight in degrees.
    static func meters(_ p: Position, toSegment q: Position, _ r: Position) -> Double {
        var (low, high) = (0.0, 1.0)
        func at(_ t: Double) -> Double { meters(p, (q.lon + (r.lon - q.lon) * t, q.lat + (r.lat - q.lat) * t)) }
        // The distance along the piece falls, then rises: a ternary search finds the least.
        while high - low > 1e-7 {
            let (left, right) = (low + (high - low) / 3, high - (high - low) / 3)
            if at(left) < at(right) { high = right } else { low = left }
        }
        return min(at((low + high) / 2), min(meters(p, q), meters(p, r)))
    }

    /// Metres from a position to an area, whose outline comes first, then its holes, each closed; 0 inside.
    static func meters(_ p: Position, toPolygon rings: [[Position]]) -> Double {
        if holds(rings, p) { return 0 }
        var least = Double.infinity
        // On a plane touching the ellipsoid near by, a piece seems at most a hundredth nearer or farther:
        // only pieces that may be the nearest are measured.
        let pieces = rings.flatMap { zip($0, $0.dropFirst()) }
        let guesses = pieces.map { roughMeters(p, toSegment: $0, $1) }
        let nearest = guesses.min() ?? .infinity
        for (piece, guess) in zip(pieces, guesses) where guess <= nearest * 1.02 + 0.1 {
            least = min(least, meters(p, toSegment: piece.0, piece.1))
        }
        return least
    }

    /// Metres from a position to a piece of line on a plane; good to a hundredth below a kilometre.
    private static func roughMeters(_ p: Position, toSegment q: Position, _ r: Position) -> Double {
        let scale = (x: 111_320 * cos(p.lat * .pi / 180), y: 110_950.0)
        let (a, b) = ((q.lon - p.lon) * scale.x, (q.lat - p.lat) * scale.y)
        let (c, d) = ((r.lon - q.lon) * scale.x, (r.lat - q.lat) * scale.y)
        let length = c * c + d * d
        let t = length == 0 ? 0 : max(0, min(1, -(a * c + b * d) / length))
        return ((a + t * c) * (a + t * c) + (b + t * d) * (b + t * d)).squareRoot()
    }

    /// Whether a position lies inside an area, holes left out.
    static func holds(_ rings: [[Position]], _ p: Position) -> Bool {
        var isInside = false
        for ring in rings {
            for (q, r) in zip(ring, ring.dropFirst()) where (q.lat > p.lat) != (r.lat > p.lat) {
                if p.lon < (r.lon - q.lon) * (p.lat - q.lat) / (r.lat - q.lat) + q.lon { isInside.toggle() }
            }
        }
        return isInside
    }
}
