import Reach
import Spatial
import Testing

/// Areas of streets small enough to work out by hand, at a metre a second.
@Suite struct AreaDrawnTests {
    private func city(_ streets: [Street], water: [Geometry] = []) -> AreaCity {
        var builder = NetworkBuilder()
        for street in streets { builder.add(street) }
        return AreaCity(builder.network(), water: water)
    }

    private func expect(
        _ area: WalkingArea, in inside: [(Double, Double)] = [], out outside: [(Double, Double)] = [],
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(try area.geometry.validity() == .valid, sourceLocation: location)
        for (east, north) in inside {
            #expect(area.contains(Plane.at(east, north)), "\(east), \(north)", sourceLocation: location)
        }
        for (east, north) in outside {
            #expect(!area.contains(Plane.at(east, north)), "\(east), \(north)", sourceLocation: location)
        }
    }

    @Test func aStraightStreetIsAStrip() throws {
        let city = city([Plane.street((-700, 0), (700, 0))])
        let place = city.foothold(Plane.at(0, 0))
        let (area, search) = city.area(of: place, seconds: 300)
        // The place is in the middle of its edge; no crossing is in reach.
        #expect(search.reachedNodes.isEmpty)
        // 300 m each way on the street, which is 10 m wide, and to its sides
        // less by what the way there takes.
        let expected = 4 * (300.0 * 50 - 45 * 45 / 2)
        #expect(abs(area.areaSquareMeters - expected) < 0.01 * expected, "\(area.areaSquareMeters), not \(expected)")
        #expect(area.polygons.count == 1 && area.polygons.allSatisfy { $0.holes.isEmpty })
        try expect(
            area, in: [(298, 1), (-298, 1), (0, 49), (0, -49), (270, 30)],
            out: [(302, 1), (-302, 1), (0, 51), (0, -51), (280, 30)])
    }

    @Test func bothDirectionsOfASlopeAreOfTheirOwn() throws {
        let street = Street([Plane.at(-700, 0), Plane.at(700, 0)], heightsMeters: [0, 140])
        let city = city([street])
        let place = city.foothold(Plane.at(0, 0))
        let (up, down) = (WalkingModel.slopeFactor(0.1), WalkingModel.slopeFactor(-0.1))
        let (toward, away) = (
            city.area(of: place, seconds: 300).area, city.area(of: place, seconds: 300, .away).area
        )
        try expect(
            away, in: [(300 * up - 3, 1), (-300 * down + 3, 1)], out: [(300 * up + 3, 1), (-300 * down - 3, 1)])
        try expect(
            toward, in: [(300 * down - 3, 1), (-300 * up + 3, 1)], out: [(300 * down + 3, 1), (-300 * up - 3, 1)])
    }

    @Test func aWideBlockHasAHole() throws {
        let corners: [(Double, Double)] = [(0, 0), (300, 0), (300, 300), (0, 300), (0, 0)]
        let city = city(zip(corners, corners.dropFirst()).map { Plane.street($0, $1) })
        let (area, _) = city.area(of: city.foothold(Plane.at(150, 0)), seconds: 900)
        #expect(area.polygons.count == 1)
        let holes = area.polygons.flatMap(\.holes)
        #expect(holes.count == 1)
        let hole = Geometry.polygon(Polygon(holes.first ?? LineString([]))).areaSquareMeters
        #expect(abs(hole - 200 * 200) < 800, "\(hole)")
        try expect(area, in: [(150, 48), (252, 150)], out: [(150, 52), (248, 150), (150, 150)])
        // Before both ways around have met, the far side is open.
        let (open, _) = city.area(of: city.foothold(Plane.at(150, 0)), seconds: 500)
        #expect(open.polygons.flatMap(\.holes).isEmpty)
        try expect(open, out: [(150, 300)])
    }

    @Test func anUnreachedStreetKeepsItsGround() throws {
        // Two streets 30 m apart that do not meet.
        let city = city([Plane.street((-200, 0), (200, 0)), Plane.street((-200, 30), (200, 30))])
        let (area, _) = city.area(of: city.foothold(Plane.at(0, 0)), seconds: 600)
        try expect(area, in: [(0, 13), (150, 13), (0, -48)], out: [(0, 15.5), (150, 17), (0, 30)])
    }

    /// Streets along both banks of a river 80 m wide, 20 m off the water.
    private let banks = [Plane.street((-400, 0), (0, 0), (400, 0)), Plane.street((-400, 120), (0, 120), (400, 120))]

    @Test func aRiverIsTheBorderOfItsBank() throws {
        let river = Geometry.polygon(Polygon(Plane.box(-600, 20, 600, 100)))
        let city = city(banks, water: [river])
        let (area, _) = city.area(of: city.foothold(Plane.at(10, 0)), seconds: 600)
        let north = area.geometry.box.north
        #expect(Geodesic.distanceMeters(LonLat(0, north), Plane.at(0, 20)) < 0.5)
        try expect(area, in: [(0, 19), (300, 19)], out: [(0, 21), (300, 21), (0, 120)])
        // Without the river the ground goes as far as people may leave a street.
        let (dry, _) = self.city(banks).area(of: city.foothold(Plane.at(10, 0)), seconds: 600)
        try expect(dry, in: [(0, 48)], out: [(0, 52)])
    }

    @Test(arguments: [false, true]) func aBridgeIsAStripOverTheWater(_ isStraight: Bool) throws {
        let river = Geometry.polygon(Polygon(Plane.box(-600, 20, 600, 100)))
        let bridge = Plane.street((0, 0), (0, 120), isStraight: isStraight)
        let city = city(banks + [bridge], water: [river])
        let (area, _) = city.area(of: city.foothold(Plane.at(200, 0)), seconds: 600)
        #expect(area.polygons.count == 1)
        try expect(
            area, in: [(0, 60), (5, 60), (-5, 60), (0, 120), (200, 120), (100, 101)],
            out: [(7, 60), (-7, 60), (100, 60), (100, 98)])
        // On the way over the bridge the strip ends where the walk does.
        let (half, _) = city.area(of: city.foothold(Plane.at(200, 0)), seconds: 260)
        try expect(half, in: [(0, 58)], out: [(0, 62), (0, 120)])
    }

    @Test func anIslandIsGroundInTheWater() throws {
        // The island's street meets the bank's by a bridge; the river has a hole for it.
        let river = Geometry.polygon(Polygon(Plane.box(-600, 20, 600, 300), holes: [Plane.box(-100, 100, 100, 200)]))
        let city = city(
            [banks[0], Plane.street((0, 0), (0, 150)), Plane.street((-80, 150), (0, 150), (80, 150))],
            water: [river, .lineString(LineString([Plane.at(-400, -10), Plane.at(400, -10)]))])
        let (area, _) = city.area(of: city.foothold(Plane.at(0, 0)), seconds: 900)
        try expect(
            area, in: [(0, 60), (-90, 150), (90, 190), (0, 102), (200, -20)],
            out: [(60, 60), (102, 150), (-102, 150), (0, 202), (30, 90)])
    }

    @Test func waterOfSeveralAreasIsOneWater() throws {
        // Overlapping, touching and turned the wrong way around.
        let river: [Geometry] = [
            .polygon(Polygon(Plane.box(-600, 20, 50, 100))),
            .multiPolygon([Polygon(Plane.ring([(0, 20), (0, 100), (300, 100), (300, 20)]))]),
            .collection([.polygon(Polygon(Plane.box(300, 20, 600, 100)))]),
        ]
        let city = city(banks, water: river)
        let (area, _) = city.area(of: city.foothold(Plane.at(10, 0)), seconds: 900)
        try expect(area, in: [(25, 19), (300, 19)], out: [(25, 21), (300, 21), (25, 40), (200, 40), (-200, 40)])
    }

    @Test func aPlaceThatJustReachesItsStreetHasAnAreaAllTheSame() throws {
        let city = city([Plane.street((-200, 0), (200, 0))])
        let place = Foothold(edge: 0, share: 0.25, offsetMeters: 30)
        let empty = city.area(of: place, seconds: 29.9).area
        #expect(empty.polygons.isEmpty && empty.areaSquareMeters == 0)
        let (areas, _) = city.areas(of: place, seconds: [30, 31, 35, 60])
        for area in areas {
            #expect(area.polygons.count == 1)
            #expect(area.areaSquareMeters > 0)
            #expect(try area.geometry.validity() == .valid)
        }
        #expect(zip(areas, areas.dropFirst()).allSatisfy { $0.areaSquareMeters <= $1.areaSquareMeters })
    }

    @Test func aPlaceInTheRiverStandsOnItsStreet() throws {
        let city = city(banks, water: [.polygon(Polygon(Plane.box(-600, -20, 600, 100)))])
        let (area, _) = city.area(of: city.foothold(Plane.at(10, 50)), seconds: 51)
        #expect(!area.polygons.isEmpty)
        #expect(try area.geometry.validity() == .valid)
    }

    @Test func hostileStreetsMakeNoTrouble() throws {
        let world = [
            Street([LonLat(-180, -90), LonLat(180, 90)]), Street([LonLat(179.9999, 0), LonLat(180, 0)]),
            Street([LonLat(10, 89.9999), LonLat(-120, 90)]), Street([LonLat(5, 5), LonLat(5, 5)]),
        ]
        let city = city(world, water: [.polygon(Polygon(Plane.box(0, 0, .nan, 5)))])
        for position in [LonLat(180, 0), LonLat(10, 89.9999), LonLat(5, 5), LonLat(-180, -90)] {
            let (area, _) = city.area(of: city.foothold(position), seconds: 900)
            #expect(try area.geometry.validity() == .valid)
            let box = area.geometry.box
            #expect(!box.isEmpty || abs(position.latitude) > 89, "\(position)")
            #expect(box.isEmpty || box.west >= -180 && box.east <= 180 && box.south >= -90 && box.north <= 90)
        }
        let none = StreetRaster(NetworkBuilder().graph().shapes)
        none.prepareAll()
    }
}
