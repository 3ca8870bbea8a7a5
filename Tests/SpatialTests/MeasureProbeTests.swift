import Spatial
import TestSupport
import Testing

@Suite(.enabled(if: ProjOracle.isPresent, "needs the PROJ library")) struct MeasureProbeTests {
    /// What the project promises: 1 mm + 1e-6 below 1 km, 1e-4 above.
    static func tolerance(_ meters: Double) -> Double { meters < 1000 ? 1e-3 + 1e-6 * meters : 1e-4 * meters }

    @Test(
        arguments: [
            (1, 30.0, 500.0, -80.0...80.0), (2, 30, 3000, -89.9...89.9), (3, 3000, 5000, -70...70),
            (4, 30_000, 90_000, -85...85), (5, 30, 90_000, -60...60), (6, 5, 20, 89.99...90),
            (7, 2000, 2000, 89.9...90),
        ] as [(UInt64, Double, Double, ClosedRange<Double>)])
    func distancesEqualBruteForce(seed: UInt64, size: Double, reach: Double, latitudes: ClosedRange<Double>) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<120 {
            let center = random.position(latitudes: latitudes)
            let ring = random.ring(around: center, radiusMeters: size, vertices: 7)
            let position = center.moved(east: random.double(-reach...reach), north: random.double(-reach...reach))
            let probe = PointProbe(position)
            let line = Geometry.lineString(LineString(ring))
            let truth = ProjOracle.distanceMeters(position, toChain: ring)
            let found = try line.wkb.withUnsafeBytes { try probe.distanceMeters(toWKB: $0) }
            #expect(abs(found - truth) <= Self.tolerance(truth), "seed \(seed): \(position) \(ring) \(found) \(truth)")
            #expect(probe.distanceMeters(to: line) == found)
            let estimate = try line.wkb.withUnsafeBytes { try probe.estimate(toWKB: $0) }
            #expect(
                estimate.lowerMeters <= truth + 1e-5 && truth <= estimate.upperMeters + 1e-5,
                "seed \(seed): \(position) \(ring)")
            let polygon = Geometry.polygon(Polygon(LineString(ring)))
            let toPolygon = probe.distanceMeters(to: polygon)
            #expect(polygon.covers(position) ? toPolygon == 0 : abs(toPolygon - truth) <= Self.tolerance(truth))
        }
    }

    @Test(arguments: [8, 9] as [UInt64]) func distancesAcrossTheAntimeridian(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let center = LonLat(-179.99, random.double(-60...60))
            let ring = random.ring(around: center, radiusMeters: 500, vertices: 7)
            let position = LonLat(179.99, center.latitude + random.double(-0.01...0.01))
            let truth = ProjOracle.distanceMeters(position, toChain: ring)
            let found = PointProbe(position).distanceMeters(to: .polygon(Polygon(LineString(ring))))
            #expect(abs(found - truth) <= Self.tolerance(truth), "seed \(seed)")
        }
    }

    @Test(arguments: [10, 11] as [UInt64]) func longEdgesAreMeasuredWhereTheyRun(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let position = random.position(latitudes: -70...70)
            let chain = [
                position.moved(east: -300_000, north: random.double(-90_000...90_000)),
                position.moved(east: 300_000, north: random.double(-90_000...90_000)),
            ]
            let truth = ProjOracle.distanceMeters(position, toChain: chain, samples: 200)
            let found = PointProbe(position).distanceMeters(to: .lineString(LineString(chain)))
            #expect(abs(found - truth) <= Self.tolerance(truth), "seed \(seed): \(position) \(found) \(truth)")
        }
    }

    @Test func insideIsZeroAndHolesAreOutside() {
        let outline = LineString([LonLat(0, 0), LonLat(1, 0), LonLat(1, 1), LonLat(0, 1), LonLat(0, 0)])
        let hole = LineString([
            LonLat(0.4, 0.4), LonLat(0.6, 0.4), LonLat(0.6, 0.6), LonLat(0.4, 0.6), LonLat(0.4, 0.4),
        ])
        let polygon = Geometry.polygon(Polygon(outline, holes: [hole]))
        #expect(PointProbe(LonLat(0.2, 0.2)).distanceMeters(to: polygon) == 0)
        #expect(PointProbe(LonLat(0, 0.5)).distanceMeters(to: polygon) == 0)
        #expect(PointProbe(LonLat(0.4, 0.5)).distanceMeters(to: polygon) == 0)
        let inHole = PointProbe(LonLat(0.45, 0.5)).distanceMeters(to: polygon)
        #expect(abs(inHole - ProjOracle.distanceMeters(LonLat(0.45, 0.5), LonLat(0.4, 0.5))) < 0.01)
    }

    @Test func nothingIsInfinitelyFarAndNowhereIsNotANumber() {
        #expect(PointProbe(LonLat(1, 1)).distanceMeters(to: .collection([])) == .infinity)
        #expect(PointProbe(LonLat(.nan, 1)).distanceMeters(to: .point(Point(LonLat(0, 0)))).isNaN)
        #expect(PointProbe(LonLat(1, 91)).distanceMeters(to: .point(Point(LonLat(0, 0)))).isNaN)
        let garbage = Geometry.lineString(LineString([LonLat(-1e300, 5), LonLat(1e300, .infinity), LonLat(.nan, 3)]))
        #expect(PointProbe(LonLat(1, 1)).distanceMeters(to: garbage) == .infinity)
    }

    @Test(arguments: [12, 13] as [UInt64]) func boxesAreNeverNearerThanTheirBound(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let position = random.position(latitudes: -89.9...89.9)
            let reach: Double = [500, 20_000, 2_000_000].randomElement(using: &random) ?? 500
            let a = position.moved(east: random.double(-reach...reach), north: random.double(-reach...reach))
            let b = a.moved(east: random.double(0...reach), north: random.double(0...reach))
            guard abs(a.longitude) <= 180, abs(b.longitude) <= 180 else { continue }
            let box = BoundingBox(west: a.longitude, south: a.latitude, east: b.longitude, north: b.latitude)
            let ring = [
                LonLat(box.west, box.south), LonLat(box.east, box.south), LonLat(box.east, box.north),
                LonLat(box.west, box.north), LonLat(box.west, box.south),
            ]
            let probe = PointProbe(position)
            let truth = probe.distanceMeters(to: .polygon(Polygon(LineString(ring))))
            let bound = probe.lowerBoundMeters(to: box)
            #expect(bound <= truth + 1e-6, "seed \(seed): \(position) \(box)")
            if truth < 1000 && abs(position.latitude) < 80 { #expect(bound >= truth * 0.998 - 1e-3) }
        }
    }

    @Test(arguments: [(14, 20.0, 60.0), (15, 200, 900), (16, 20, 5000)] as [(UInt64, Double, Double)])
    func edgeToEdgeEqualsBruteForce(seed: UInt64, size: Double, apart: Double) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let center = random.position(latitudes: -75...75)
            let first = random.ring(around: center, radiusMeters: size, vertices: 6)
            let other = center.moved(east: random.double(-apart...apart), north: random.double(-apart...apart))
            let second = random.ring(around: other, radiusMeters: size, vertices: 6)
            let b = Geometry.polygon(Polygon(LineString(second)))
            let found = try b.wkb.withUnsafeBytes {
                try GeometryProbe(.polygon(Polygon(LineString(first)))).distanceMeters(toWKB: $0)
            }
            var truth = Double.infinity
            for (from, to) in zip(first, first.dropFirst()) {
                let least = ProjOracle.minimum(samples: 40) { PointProbe(from.toward(to, $0)).distanceMeters(to: b) }
                truth = min(truth, least)
            }
            // A footprint inside of the other's outline is caught by the
            // other's vertices.
            if second.contains(where: { Geometry.polygon(Polygon(LineString(first))).covers($0) }) { truth = 0 }
            #expect(
                abs(found - truth) <= Self.tolerance(truth) + 1e-3, "seed \(seed): \(first) \(second) \(found) \(truth)"
            )
        }
    }

    @Test func crossingEdgesWithoutVerticesInsideTouch() {
        let wide = Geometry.lineString(LineString([LonLat(0, 0.5), LonLat(1, 0.5)]))
        let tall = Geometry.lineString(LineString([LonLat(0.5, 0), LonLat(0.5, 1)]))
        #expect(wide.distanceMeters(to: tall) == 0)
    }

    @Test func everyByteOrderAndHeightMeasuresAlike() throws {
        // POLYGON Z, big-endian, by hand.
        let ring = [LonLat(1, 1), LonLat(1.001, 1), LonLat(1.001, 1.001), LonLat(1, 1)]
        var bytes: [UInt8] = [0]
        for word in [1003, 1, 4] as [UInt32] { withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) } }
        for position in ring {
            for value in [position.longitude, position.latitude, 7] {
                withUnsafeBytes(of: value.bitPattern.bigEndian) { bytes.append(contentsOf: $0) }
            }
        }
        let plain = Geometry.polygon(Polygon(LineString(ring)))
        let probe = PointProbe(LonLat(0.99, 1.0005))
        try bytes.withUnsafeBytes { buffer in
            let distance = try probe.distanceMeters(toWKB: buffer)
            #expect(distance == probe.distanceMeters(to: plain))
            let area = try Geometry.areaSquareMeters(wkb: buffer)
            #expect(area == plain.areaSquareMeters)
            for length in 0..<buffer.count {
                let prefix = UnsafeRawBufferPointer(rebasing: buffer[..<length])
                #expect(throws: WKBError.self) { try probe.distanceMeters(toWKB: prefix) }
            }
        }
    }
}
