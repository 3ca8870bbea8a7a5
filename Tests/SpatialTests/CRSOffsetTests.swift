import Spatial
import TestSupport
import Testing

@Suite struct CRSOffsetTests {
    /// Metres between two positions that are nearly the same: differences of
    /// degrees are exact, distances from a geodesic are not to a micrometre.
    private func meters(_ a: LonLat, _ b: LonLat) -> Double { LocalMetric(a).squaredMeters(to: b).squareRoot() }

    @Test func thereAndBackIsBelowAMicrometre() {
        let seed: UInt64 = 2024
        var random = SeededGenerator(seed: seed)
        var worst = 0.0
        for _ in 0..<100_000 {
            let position = LonLat(random.double(73.5...135), random.double(3...53.6))
            worst = max(worst, meters(GCJ02.toWGS84(GCJ02.fromWGS84(position)), position))
            worst = max(worst, meters(BD09.toWGS84(BD09.fromWGS84(position)), position))
            worst = max(worst, meters(GCJ02.fromWGS84(GCJ02.toWGS84(position)), position))
        }
        #expect(worst < 1e-6, "seed \(seed)")
    }

    @Test(arguments: [
        (LonLat(121.5272106, 31.1774276), LonLat(121.531541859215, 31.17530398364597)),
        (LonLat(113.912316, 22.543847), LonLat(113.9171764808363, 22.540796131694766)),
        (LonLat(116.377817, 39.911954), LonLat(116.38404722455657, 39.91334545536069)),
        (LonLat(116.404, 39.915), LonLat(116.41024449916938, 39.91640428150164)),
    ])
    func theOffsetIsTheOneOfOtherPrograms(wgs84: LonLat, gcj02: LonLat) {
        #expect(meters(GCJ02.fromWGS84(wgs84), gcj02) < 1e-3)
    }

    @Test func baidusOffsetIsTheOneOfOtherPrograms() {
        let wgs84 = GCJ02.toWGS84(LonLat(116.404, 39.915))
        #expect(meters(BD09.fromWGS84(wgs84), LonLat(116.41036949371029, 39.92133699351021)) < 1e-3)
    }

    @Test(arguments: [LonLat(139.7671, 35.6812), LonLat(9.52, 47.14), LonLat(-122.4, 37.8), LonLat(151.2, -33.9)])
    func outsideChinaNothingMoves(position: LonLat) {
        #expect(GCJ02.fromWGS84(position) == position && GCJ02.toWGS84(position) == position)
        #expect(BD09.fromWGS84(position) == position && BD09.toWGS84(position) == position)
    }

    @Test func whatIsNoNumberStaysNoNumber() {
        #expect(GCJ02.toWGS84(LonLat(.nan, 30)).longitude.isNaN)
        #expect(BD09.toWGS84(LonLat(106, .infinity)).latitude == .infinity)
    }
}
