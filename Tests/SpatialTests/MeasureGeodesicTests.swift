import Spatial
import TestSupport
import Testing

@Suite(.enabled(if: ProjOracle.isPresent, "needs the PROJ library")) struct MeasureGeodesicTests {
    @Test(arguments: [11, 12, 13] as [UInt64]) func nearDistancesEqualProj(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<5000 {
            let a = random.position(latitudes: -90...90)
            let reach = random.double(0...1) < 0.5 ? 1000.0 : 100_000.0
            let b = a.moved(east: random.double(-reach...reach), north: random.double(-reach...reach))
            let error = abs(Geodesic.distanceMeters(a, b) - ProjOracle.distanceMeters(a, b))
            #expect(error < 1e-5, "seed \(seed): \(a) \(b)")
        }
    }

    @Test(arguments: [21, 22, 23] as [UInt64]) func farDistancesEqualProj(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<5000 {
            let a = random.position(latitudes: -90...90)
            let b = random.position(latitudes: -90...90)
            let error = abs(Geodesic.distanceMeters(a, b) - ProjOracle.distanceMeters(a, b))
            #expect(error < 1e-3, "seed \(seed): \(a) \(b)")
        }
    }

    @Test(arguments: [31, 32] as [UInt64]) func nearlyAntipodalDistancesEqualProj(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let a = random.position(latitudes: -90...90)
            let spread = random.double(0...1) < 0.5 ? 0.001 : 1.0
            let b = LonLat(
                a.longitude + 180 + random.double(-spread...spread),
                min(90, max(-90, -a.latitude + random.double(-spread...spread))))
            let error = abs(Geodesic.distanceMeters(a, b) - ProjOracle.distanceMeters(a, b))
            #expect(error < 1e-3, "seed \(seed): \(a) \(b)")
        }
    }

    @Test(arguments: [
        (LonLat(0, 0), LonLat(180, 0)), (LonLat(0, 0), LonLat(179.5, 0)), (LonLat(0, 0), LonLat(90, 0)),
        (LonLat(0, 90), LonLat(0, -90)), (LonLat(10, 90), LonLat(70, 90)), (LonLat(0, 0), LonLat(0, 90)),
        (LonLat(179.9, 10), LonLat(-179.9, 10)), (LonLat(0, 30), LonLat(180, -30)), (LonLat(5, 5), LonLat(5, 5)),
        (LonLat(0, 1e-12), LonLat(180, 0)), (LonLat(0, 0), LonLat(1e-9, 0)), (LonLat(0, 89.99), LonLat(180, 89.99)),
    ])
    func specialPairsEqualProj(a: LonLat, b: LonLat) {
        #expect(abs(Geodesic.distanceMeters(a, b) - ProjOracle.distanceMeters(a, b)) < 1e-3)
        #expect(abs(Geodesic.distanceMeters(b, a) - ProjOracle.distanceMeters(a, b)) < 1e-3)
    }

    @Test func whatIsNoPlaceOnEarthHasNoDistance() {
        for bad in [LonLat(.nan, 0), LonLat(0, .nan), LonLat(.infinity, 0), LonLat(0, 90.1), LonLat(0, -.infinity)] {
            #expect(Geodesic.distanceMeters(bad, LonLat(1, 1)).isNaN)
            #expect(Geodesic.distanceMeters(LonLat(1, 1), bad).isNaN)
        }
    }

    @Test(arguments: [41, 42] as [UInt64]) func theLocalMetricKeepsItsBound(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var worst = 0.0
        for _ in 0..<20000 {
            let origin = random.position(latitudes: -89.9...89.9)
            let reach: Double = [0.01, 0.1, 1, 5].randomElement(using: &random) ?? 1
            let north = min(reach, (90 - abs(origin.latitude)) / 2)
            let to = LonLat(
                origin.longitude + random.double(-reach...reach), origin.latitude + random.double(-north...north))
            let metric = LocalMetric(origin)
            let bound = metric.relativeError(
                east: to.longitude - origin.longitude, north: to.latitude - origin.latitude)
            let truth = ProjOracle.distanceMeters(origin, to)
            let error = abs(metric.squaredMeters(to: to).squareRoot() - truth)
            #expect(error <= bound * truth + 1e-6, "seed \(seed): \(origin) \(to)")
            if truth > 100 { worst = max(worst, (error - 1e-6) / (bound * truth)) }
        }
        // The bound is no idle one.
        #expect(worst > 0.05)
    }

    @Test(arguments: [51, 52] as [UInt64]) func searchBoxesHoldEverythingWithin(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<20000 {
            let latitudes: ClosedRange<Double> = Bool.random(using: &random) ? 88...90 : -90...90
            var center = random.position(latitudes: latitudes)
            if Bool.random(using: &random) { center.longitude = random.double(179.9...180) }
            let radius: Double = [10, 1000, 50_000].randomElement(using: &random) ?? 10
            var other = center.moved(
                east: random.double(-radius...radius), north: random.double(-radius...radius))
            if other.longitude > 180 { other.longitude -= 360 }
            if other.longitude < -180 { other.longitude += 360 }
            let meters = ProjOracle.distanceMeters(center, other)
            let boxes = SearchBoxes(around: center, withinMeters: meters)
            guard abs(other.longitude) <= 180 else { continue }
            #expect(boxes.contains(other), "seed \(seed): \(center) \(other) \(meters)")
        }
    }

    @Test func searchBoxesAreNotMuchTooLarge() {
        let boxes = SearchBoxes(around: LonLat(106.5, 29.5), withinMeters: 1000)
        #expect(boxes.second == nil)
        #expect(
            boxes.first.east - boxes.first.west < 2.02 * 1000 / LocalMetric(LonLat(106.5, 29.5)).metersPerDegreeEast)
        #expect(boxes.first.north - boxes.first.south < 2.02 * 1000 / 110_850)
    }

    @Test func aSearchAcrossTheAntimeridianGivesTwoBoxes() throws {
        let boxes = SearchBoxes(around: LonLat(179.999, 10), withinMeters: 1000)
        #expect(boxes.first.east == 180)
        let second = try #require(boxes.second)
        #expect(second.west == -180 && second.east < -179.98)
    }
}
