import Spatial
import TestSupport
import Testing

@Suite struct MeasureAreaTests {
    @Test(
        .enabled(if: ProjOracle.isPresent, "needs the PROJ library"),
        arguments: [(1, 20.0, 50), (2, 2000, 50), (3, 50_000, 200), (4, 1_000_000, 4000)] as [(UInt64, Double, Int)])
    func areasEqualProj(seed: UInt64, size: Double, pieces: Int) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let center = random.position(latitudes: size > 100_000 ? -60...60 : -85...85)
            let ring = random.ring(around: center, radiusMeters: size, vertices: 7)
            let truth = ProjOracle.areaSquareMeters(ring, pieces: pieces)
            let found = Geometry.polygon(Polygon(LineString(ring))).areaSquareMeters
            #expect(abs(found - truth) <= 1e-6 * truth + 1e-4, "seed \(seed): \(ring) \(found) \(truth)")
        }
    }

    @Test(
        .enabled(if: ProjOracle.isPresent, "needs the PROJ library"),
        arguments: [(5, 200.0, 4), (6, 50_000, 100), (7, 1_000_000, 2000)] as [(UInt64, Double, Int)])
    func lengthsEqualProj(seed: UInt64, size: Double, pieces: Int) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let center = random.position(latitudes: size > 100_000 ? -60...60 : -85...85)
            let ring = random.ring(around: center, radiusMeters: size, vertices: 7)
            let truth = ProjOracle.lengthMeters(ring, pieces: pieces)
            #expect(abs(Geometry.lineString(LineString(ring)).lengthMeters - truth) <= 1e-6 * truth, "seed \(seed)")
            let polygon = Geometry.polygon(Polygon(LineString(ring)))
            #expect(polygon.lengthMeters == 0)
            #expect(abs(polygon.perimeterMeters - truth) <= 1e-6 * truth, "seed \(seed)")
        }
    }

    @Test func theWholeEarthHasItsArea() {
        let ring = [LonLat(-180, -90), LonLat(180, -90), LonLat(180, 90), LonLat(-180, 90), LonLat(-180, -90)]
        let area = Geometry.polygon(Polygon(LineString(ring))).areaSquareMeters
        #expect(abs(area - 510_065_621_724_088) < 1e3)
    }

    @Test func holesCountAgainstTheirOutlineWhateverTheWinding() {
        let square = [LonLat(0, 0), LonLat(1, 0), LonLat(1, 1), LonLat(0, 1), LonLat(0, 0)]
        let hole = square.map { LonLat(0.25 + $0.longitude / 2, 0.25 + $0.latitude / 2) }
        let a = Geometry.polygon(Polygon(LineString(square), holes: [LineString(hole)])).areaSquareMeters
        let b = Geometry.polygon(Polygon(LineString(square.reversed()), holes: [LineString(hole)])).areaSquareMeters
        let whole = Geometry.polygon(Polygon(LineString(square))).areaSquareMeters
        #expect(abs(a - b) < 1e-3)
        #expect(abs(a / whole - 0.75) < 1e-4)
    }

    @Test(arguments: [8, 9] as [UInt64]) func theRepresentativePointIsInside(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let center = random.position(latitudes: -80...80)
            let ring = random.ring(around: center, radiusMeters: 100, vertices: 9)
            let polygon = Geometry.polygon(Polygon(LineString(ring)))
            let point = polygon.representativePoint
            #expect(point?.containment(in: polygon) == .inside, "seed \(seed): \(ring)")
        }
    }

    @Test func theRepresentativePointOfACourtyardIsInTheBuilding() throws {
        let square = [LonLat(0, 0), LonLat(1, 0), LonLat(1, 1), LonLat(0, 1), LonLat(0, 0)]
        let court = square.map { LonLat(0.1 + 0.8 * $0.longitude, 0.1 + 0.8 * $0.latitude) }
        let polygon = Geometry.polygon(Polygon(LineString(square), holes: [LineString(court)]))
        #expect(try #require(polygon.representativePoint).containment(in: polygon) == .inside)
    }

    @Test func representativePointsOfLinesPointsAndNothing() {
        #expect(Geometry.collection([]).representativePoint == nil)
        #expect(Geometry.point(Point(LonLat(3, 4))).representativePoint == LonLat(3, 4))
        let middle = Geometry.lineString(LineString([LonLat(0, 0), LonLat(2, 0)])).representativePoint
        #expect(abs((middle?.longitude ?? 0) - 1) < 1e-9)
        let flat = Geometry.polygon(Polygon(LineString([LonLat(1, 1), LonLat(1, 1), LonLat(1, 1), LonLat(1, 1)])))
        #expect(flat.representativePoint == LonLat(1, 1))
    }

    /// Whole numbers decide exactly; the same figure moved to where degrees
    /// are not whole must not change on its edges.
    @Test(arguments: [10, 11] as [UInt64]) func containmentEqualsIntegerArithmetic(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let corners = (0..<5).map { _ in
                (Int.random(in: 0...6, using: &random), Int.random(in: 0...6, using: &random))
            }
            let ring = (corners + [corners[0]]).map { LonLat(Double($0.0) / 1024 + 106, Double($0.1) / 1024 + 29) }
            let polygon = Geometry.polygon(Polygon(LineString(ring)))
            for x in 0...6 {
                for y in 0...6 {
                    let position = LonLat(Double(x) / 1024 + 106, Double(y) / 1024 + 29)
                    #expect(position.containment(in: polygon) == containment(x, y, corners), "seed \(seed)")
                }
            }
        }
    }

    /// Even-odd by crossings of whole numbers.
    private func containment(_ x: Int, _ y: Int, _ ring: [(Int, Int)]) -> Containment {
        var inside = false
        for index in ring.indices {
            let (ax, ay) = ring[index]
            let (bx, by) = ring[(index + 1) % ring.count]
            let cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
            if cross == 0, min(ax, bx) <= x, x <= max(ax, bx), min(ay, by) <= y, y <= max(ay, by) { return .boundary }
            if (ay > y) != (by > y), (cross > 0) == (by > ay) { inside.toggle() }
        }
        return inside ? .inside : .outside
    }

    @Test(arguments: [12] as [UInt64]) func aPointOnAnEdgeOfAnyDegreesIsOnIt(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            // Halving is exact while the ends have few bits.
            let a = LonLat(
                Double(Int.random(in: 0...1 << 40, using: &random)) / 0x1p34,
                Double(Int.random(in: 0...1 << 40, using: &random)) / 0x1p34)
            let b = LonLat(
                Double(Int.random(in: 0...1 << 40, using: &random)) / 0x1p34,
                Double(Int.random(in: 0...1 << 40, using: &random)) / 0x1p34)
            let middle = a.toward(b, 0.5)
            let triangle = Geometry.polygon(Polygon(LineString([a, b, LonLat(-1, -1), a])))
            #expect(middle.containment(in: triangle) == .boundary, "seed \(seed): \(a) \(b)")
            #expect(PointProbe(middle).distanceMeters(to: triangle) == 0)
            let nudged = LonLat(middle.longitude.nextUp, middle.latitude)
            #expect(nudged.containment(in: triangle) != .boundary, "seed \(seed): \(a) \(b)")
        }
    }
}
