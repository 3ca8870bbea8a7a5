import Spatial
import TestSupport
import Testing

@Suite struct AdjacencyBorderTests {
    /// A place at 30 degrees north; one metre there, in degrees.
    private let origin = LonLat(106.5, 30)
    private let meter = (east: 1 / 96_486.0, north: 1 / 110_852.0)

    private func place(_ x: Double, _ y: Double) -> LonLat {
        LonLat(origin.longitude + x * meter.east, origin.latitude + y * meter.north)
    }

    private func line(_ places: (Double, Double)...) -> Geometry {
        .lineString(LineString(places.map { place($0.0, $0.1) }))
    }

    private func ring(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> LineString {
        LineString([
            place(x, y), place(x + width, y), place(x + width, y + height), place(x, y + height), place(x, y),
        ])
    }

    private func area(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Geometry {
        .polygon(Polygon(ring(x, y, width, height)))
    }

    private func borders(
        _ areas: [Geometry], within tolerance: Double, terrain: BorderTerrain = .dry
    ) -> [SharedBorder] {
        BoundaryOutlines(areas).sharedBorders(within: tolerance, terrain: terrain)
    }

    @Test(arguments: [0, 1, 20])
    func fourSquaresBorderAtEdgesAndMeetAtACorner(tolerance: Double) {
        //  2 │ 3
        //  ──┼──
        //  0 │ 1
        let areas = [area(0, 0, 500, 500), area(500, 0, 500, 500), area(0, 500, 500, 500), area(500, 500, 500, 500)]
        let found = borders(areas, within: tolerance)
        #expect(found.map { [$0.first, $0.second] } == [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]])
        #expect(found.map(\.contact) == [.land, .land, .corner, .corner, .land, .land])
        #expect(found.allSatisfy { $0.gapMeters == 0 && $0.waterShare == 0 && $0.bridges.isEmpty })
        for border in found where border.contact == .land {
            // Beyond both ends the outlines stay within the tolerance for once its length.
            #expect(abs(border.sharedBorderMeters - 500 - 2 * tolerance) < 0.5)
        }
        for border in found where border.contact == .corner {
            #expect(abs(border.sharedBorderMeters - 2 * tolerance) < 0.1)
        }
    }

    @Test func anEdgeMeetsPartOfALongerOne() throws {
        // Corners of the one lie on the edge of the other, on one parallel.
        let low = Geometry.polygon(Polygon(ring(0, 0, 900, 300)))
        let high = area(200, 300, 300, 300)
        let border = try #require(borders([low, high], within: 0).first)
        #expect(border.contact == .land)
        #expect(abs(border.sharedBorderMeters - 300) < 0.1)
    }

    @Test func outlinesDrawnApartBorderWithinTheTolerance() throws {
        let areas = [area(0, 0, 500, 800), area(550, 0, 500, 800)]
        #expect(borders(areas, within: 49).isEmpty)
        let border = try #require(borders(areas, within: 100).first)
        #expect(border.contact == .land)
        #expect(abs(border.gapMeters - 50) < 0.1)
        // 800 m of facing edges, and of either short edge what is within 100 m: 50 m.
        #expect(abs(border.sharedBorderMeters - 900) < 0.5)
    }

    @Test func aShortStretchCannotBeToldFromACorner() {
        let areas = [area(0, 0, 500, 500), area(540, 540, 500, 500)]
        #expect(borders(areas, within: 50).isEmpty)
        #expect(borders(areas, within: 100).map(\.contact) == [.corner])
    }

    @Test func anIslandBordersWhatSurroundsIt() throws {
        let around = Geometry.polygon(Polygon(ring(0, 0, 900, 900), holes: [ring(300, 300, 200, 200)]))
        let border = try #require(borders([around, area(300, 300, 200, 200)], within: 0).first)
        #expect(border.contact == .land)
        #expect(abs(border.sharedBorderMeters - 800) < 0.2)
        #expect(borders([around, area(600, 600, 100, 100)], within: 1).isEmpty)
    }

    /// Two banks, the border in the middle of a river of 200 m between them.
    private var banks: [Geometry] { [area(0, 0, 1_000, 500), area(0, 500, 1_000, 500)] }
    private var river: Geometry { area(-300, 400, 1_600, 200) }

    @Test func waterWithoutABridgePartsAndWithOneJoins() throws {
        let dry = try #require(borders(banks, within: 20).first)
        #expect((dry.contact, dry.waterShare) == (.land, 0))
        let wet = try #require(borders(banks, within: 20, terrain: BorderTerrain(water: [river], bridges: [])).first)
        #expect(wet.contact == .water)
        #expect(wet.waterShare == 1)
        let bridges = [
            BorderTerrain.Bridge(name: "南桥", line: line((300, 350), (300, 650))),
            // The other carriageway, clipped at the border.
            BorderTerrain.Bridge(name: "南桥", line: line((320, 350), (320, 499))),
            BorderTerrain.Bridge(name: "北桥", line: line((700, 350), (705, 650))),
            // Along the bank, over no water; over a pond far off; over the river, but not to the border.
            BorderTerrain.Bridge(name: "滨江路", line: line((0, 390), (1_000, 390))),
            BorderTerrain.Bridge(name: "远桥", line: line((300, 5_000), (300, 5_100))),
            BorderTerrain.Bridge(name: "码头", line: line((500, 390), (500, 470))),
        ]
        let terrain = BorderTerrain(water: [river, area(250, 5_000, 100, 100)], bridges: bridges)
        let joined = try #require(borders(banks, within: 20, terrain: terrain).first)
        #expect(joined.contact == .bridge)
        #expect(joined.bridges == ["北桥", "南桥"].sorted())
        #expect(joined.waterShare == 1)
    }

    @Test func aBridgeWithoutANameJoinsToo() throws {
        let bridges = [nil, ""].map { BorderTerrain.Bridge(name: $0, line: line((300, 350), (300, 650))) }
        let terrain = BorderTerrain(water: [river], bridges: bridges)
        let border = try #require(borders(banks, within: 20, terrain: terrain).first)
        #expect(border.contact == .bridge)
        #expect(border.bridges.isEmpty)
    }

    @Test func theShareAtWaterIsMeasuredAlongTheBorder() throws {
        // The river ends after 300 of the 1000 m; 20 m beyond it are within the tolerance.
        let terrain = BorderTerrain(
            water: [area(-300, 400, 600, 200)],
            bridges: [BorderTerrain.Bridge(name: "桥", line: line((100, 350), (100, 650)))])
        let border = try #require(borders(banks, within: 20, terrain: terrain).first)
        #expect(border.contact == .land)
        #expect(border.bridges == ["桥"])
        // Beyond either end the outlines stay together for 20 m, on the west one at water.
        #expect(abs(border.waterShare - 340.0 / 1_040) < 0.03)
    }

    @Test func aHoleInTheWaterIsDry() throws {
        let terrain = BorderTerrain(
            water: [.polygon(Polygon(ring(-300, 100, 1_600, 800), holes: [ring(200, 300, 600, 400)]))], bridges: [])
        let border = try #require(borders(banks, within: 0, terrain: terrain).first)
        #expect(abs(border.waterShare - 0.4) < 0.01)
    }

    @Test func theServingToleranceExplainsMoreThanHalf() {
        // 1 lies 30 m beside 0, 2 lies 80 m above it; 20 m of either side are within 50 m of 1 as well.
        let areas = [area(0, 0, 400, 400), area(430, -200, 400, 800), area(-200, 480, 600, 400)]
        let outlines = BoundaryOutlines(areas)
        #expect(outlines.explainedShare(of: 0, within: 1) == 0)
        #expect(abs(outlines.explainedShare(of: 0, within: 50) - 440.0 / 1_600) < 0.01)
        #expect(outlines.servingToleranceMeters(of: 0) == 100)
        #expect(BoundaryOutlines([areas[0]]).servingToleranceMeters(of: 0) == nil)
        #expect(BoundaryOutlines([.point(Point(origin))]).servingToleranceMeters(of: 0) == nil)
    }

    @Test func whatHasNoOutlineBordersNothing() {
        let odd: [Geometry] = [
            .point(Point(origin)), .polygon(Polygon(LineString([]))), .collection([]),
            .polygon(Polygon(LineString([place(0, 0), LonLat(.nan, 3), place(1, 1), place(0, 0)]))),
        ]
        #expect(borders(odd, within: 5).isEmpty)
        #expect(borders([area(0, 0, 9, 9), area(9, 0, 9, 9)], within: -1).isEmpty)
        #expect(borders([area(0, 0, 9, 9), area(9, 0, 9, 9)], within: .nan).isEmpty)
    }
}
