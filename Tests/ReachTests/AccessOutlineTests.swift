import Reach
import Spatial
import TestSupport
import Testing

/// Where buildings meet streets, and what stands in the way.
@Suite struct AccessOutlineTests {
    private static let seed: UInt64 = 20_261_210

    /// A position so many metres east and north of a corner of the town.
    private func place(_ east: Double, _ north: Double) -> LonLat {
        let metric = LocalMetric(LonLat(106.5, 29.5))
        return LonLat(106.5 + east / metric.metersPerDegreeEast, 29.5 + north / metric.metersPerDegreeNorth)
    }

    private func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> [LonLat] {
        [place(west, south), place(east, south), place(east, north), place(west, north), place(west, south)]
    }

    private func index(_ streets: [Street]) -> StreetIndex {
        var builder = NetworkBuilder()
        for street in streets { builder.add(street) }
        return StreetIndex(builder.graph().shapes)
    }

    private func expect(
        _ found: Result<Foothold, NoFoothold>, offsetMeters: Double, share: Double? = nil,
        _ location: SourceLocation = #_sourceLocation
    ) {
        guard case .success(let foothold) = found else {
            Issue.record("no foothold: \(found)", sourceLocation: location)
            return
        }
        #expect(abs(foothold.offsetMeters - offsetMeters) < 0.01, "\(foothold)", sourceLocation: location)
        guard let share else { return }
        #expect(abs(foothold.share - share) < 0.001, "\(foothold)", sourceLocation: location)
    }

    @Test func aBuildingMeetsTheStreetFromItsNearestOutlinePoint() {
        let streets = index([Street([place(0, 0), place(100, 0)])])
        let house = box(40, 10, 60, 30)
        expect(streets.foothold(ofOutline: [house], limitMeters: 50), offsetMeters: 10, share: 0.4)
        expect(streets.foothold(ofOutline: [Array(house.dropLast())], limitMeters: 50), offsetMeters: 10, share: 0.4)
        expect(streets.foothold(ofOutline: [[place(70, 20)]], limitMeters: 50), offsetMeters: 20, share: 0.7)
        #expect(streets.foothold(ofOutline: [house], limitMeters: 9.9) == .failure(.tooFar))
        expect(streets.foothold(ofOutline: [house], limitMeters: 10.01), offsetMeters: 10, share: 0.4)
    }

    @Test func aStreetThroughOrWithinABuildingIsAtItsDoor() {
        let house = box(40, -10, 60, 30)
        let through = index([Street([place(0, 0), place(100, 0)])])
        expect(through.foothold(ofOutline: [house], limitMeters: 50), offsetMeters: 0, share: 0.4)
        let within = index([Street([place(45, 0), place(55, 0)])])
        expect(within.foothold(ofOutline: [house], limitMeters: 50), offsetMeters: 0, share: 0)
        // In the courtyard it is as far as the wall.
        let court = box(42, -8, 58, 28)
        expect(within.foothold(ofOutline: [house, court], limitMeters: 50), offsetMeters: 3)
    }

    @Test func doorsDoNotOpenOnBridgesAndTunnels() {
        let bridge = Street([place(0, 0), place(100, 0)], isStraight: true)
        let street = Street([place(0, 80), place(100, 80)])
        let house = box(40, 10, 60, 30)
        expect(
            index([bridge, street]).foothold(ofOutline: [house], limitMeters: 100), offsetMeters: 50)
        #expect(index([bridge]).foothold(ofOutline: [house], limitMeters: 100) == .failure(.tooFar))
        #expect(index([bridge]).foothold(near: place(50, 1), limitMeters: 100) == nil)
    }

    @Test func waterAndRailwaysSendPeopleToTheNextStreet() {
        let (near, far) = (Street([place(0, 0), place(100, 0)]), Street([place(0, 90), place(100, 90)]))
        let house = box(40, 30, 60, 50)
        let river = Barriers(waterAreas: [[box(-50, 10, 200, 20)]])
        let track = Barriers(railways: [[place(-50, 15), place(200, 15)]])
        let canal = Barriers(waterLines: [[place(-50, 15), place(200, 15)]])
        expect(index([near, far]).foothold(ofOutline: [house], limitMeters: 100), offsetMeters: 30, share: 0.4)
        for barrier in [river, track, canal] {
            expect(
                index([near, far]).foothold(ofOutline: [house], limitMeters: 100, barriers: barrier),
                offsetMeters: 40)
        }
        func reason(_ barriers: Barriers, limitMeters: Double = 100) -> NoFoothold? {
            guard
                case .failure(let reason) = index([near]).foothold(
                    ofOutline: [house], limitMeters: limitMeters, barriers: barriers)
            else { return nil }
            return reason
        }
        #expect(reason(river) == .acrossWater)
        #expect(reason(canal) == .acrossWater)
        #expect(reason(track) == .acrossRail)
        #expect(reason(river, limitMeters: 20) == .tooFar)
        #expect(
            reason(Barriers(waterAreas: [[box(-50, 10, 200, 20)]], railways: [[place(-50, 15), place(200, 15)]]))
                == .acrossWater)
    }

    @Test func placesInTheWaterComeAshore() {
        let streets = index([Street([place(0, 0), place(100, 0)])])
        let pier = box(40, 30, 60, 35)
        let river = box(-50, 10, 200, 90)
        expect(
            streets.foothold(ofOutline: [pier], limitMeters: 100, barriers: Barriers(waterAreas: [[river]])),
            offsetMeters: 30, share: 0.4)
        // From the middle of a river nobody does.
        let boat = box(40, 80, 45, 85)
        #expect(
            streets.foothold(ofOutline: [boat], limitMeters: 100, barriers: Barriers(waterAreas: [[river]]))
                == .failure(.acrossWater))
        // On an island of the same river they do not.
        let island = box(30, 25, 70, 45)
        #expect(
            streets.foothold(ofOutline: [pier], limitMeters: 100, barriers: Barriers(waterAreas: [[river, island]]))
                == .failure(.acrossWater))
    }

    @Test func quaysTouchTheWaterAndAreNotBarred() {
        let streets = index([Street([place(0, 0), place(100, 0)])])
        let house = box(40, 10, 60, 30)
        // The water begins where the house ends, beside it, and across the street.
        for water in [box(-50, 30, 200, 90), box(60, 10, 200, 90), box(-50, -90, 200, 0), box(-50, -90, 200, -1)] {
            expect(
                streets.foothold(ofOutline: [house], limitMeters: 50, barriers: Barriers(waterAreas: [[water]])),
                offsetMeters: 10, share: 0.4)
        }
    }

    @Test func aQuayDoesNotLeadAcrossTheWater() {
        let streets = index([Street([place(0, 0), place(100, 0)])])
        let house = box(40, 50, 60, 70)
        // The water begins at the wall, a step before it, or is drawn a little into the house.
        for shore in [50.0, 49, 51] {
            let river = Barriers(waterAreas: [[box(-50, 10, 200, shore)]])
            #expect(
                streets.foothold(ofOutline: [house], limitMeters: 100, barriers: river) == .failure(.acrossWater))
        }
    }

    @Test func hostileOutlinesHaveNoFoothold() {
        let streets = index([Street([place(0, 0), place(100, 0)])])
        for rings in [[], [[]], [[LonLat(.nan, 29.5)]], [[LonLat(.infinity, 29.5)]], [[LonLat(106.5, -.infinity)]]] {
            #expect(streets.foothold(ofOutline: rings, limitMeters: 1e9) == .failure(.tooFar))
        }
        for limit in [Double.nan, -1, -Double.infinity] {
            #expect(streets.foothold(ofOutline: [box(40, 10, 60, 30)], limitMeters: limit) == .failure(.tooFar))
        }
        // A building of one point, drawn many times.
        expect(
            streets.foothold(ofOutline: [Array(repeating: place(30, 5), count: 5)], limitMeters: .infinity),
            offsetMeters: 5, share: 0.3)
    }

    @Test func offsetsAreTheDistancesOfOutlineAndStreets() {
        var random = SeededGenerator(seed: Self.seed)
        for round in 0..<100 {
            func anywhere() -> LonLat {
                place(.random(in: 0...800, using: &random), .random(in: 0...800, using: &random))
            }
            let streets = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                Street((0..<Int.random(in: 2...5, using: &random)).map { _ in anywhere() })
            }
            let index = index(streets)
            for _ in 0..<10 {
                let (x, y) = (Double.random(in: 0...800, using: &random), Double.random(in: 0...800, using: &random))
                let house = box(
                    x, y, x + .random(in: 1...80, using: &random), y + .random(in: 1...80, using: &random))
                let polygon = Geometry.polygon(Polygon(LineString(house)))
                let least =
                    streets.map { street -> Double in
                        polygon.distanceMeters(to: Geometry.lineString(LineString(street.positions)))
                    }.min() ?? Double.infinity
                let found = try? index.foothold(ofOutline: [house], limitMeters: 200).get()
                if least < 199.9 {
                    #expect(
                        found.map { abs($0.offsetMeters - least) < 0.02 } == true,
                        "seed \(Self.seed) round \(round): \(found?.offsetMeters ?? -1), not \(least)")
                } else if least > 200.1 {
                    #expect(found == nil, "seed \(Self.seed) round \(round)")
                }
            }
        }
    }

    @Test func barredLinesAreThoseThatCrossTheWater() throws {
        var random = SeededGenerator(seed: Self.seed &+ 1)
        var barred = 0
        for round in 0..<150 {
            func anywhere() -> LonLat {
                place(.random(in: 0...200, using: &random), .random(in: 0...200, using: &random))
            }
            let streets = (0..<6).map { _ in Street([anywhere(), anywhere()]) }
            let waters = (0..<3).map { _ in [anywhere(), anywhere(), anywhere()] }
            let door = anywhere()
            // What each street alone offers, and whether water is in between.
            var best: Double?
            for street in streets {
                let alone = index([street])
                guard let foothold = alone.foothold(near: door, limitMeters: 500) else { continue }
                let (a, b) = (street.positions[0], street.positions[1])
                let step = LonLat(
                    a.longitude + foothold.share * (b.longitude - a.longitude),
                    a.latitude + foothold.share * (b.latitude - a.latitude))
                // Built from its first position, the edge may run either way.
                let line = Geometry.lineString(LineString([door, step]))
                let isBarred = try waters.contains { ring in
                    let water = Geometry.polygon(Polygon(LineString(ring + [ring[0]])))
                    guard try water.intersects(line) else { return false }
                    // From the water a short way leads ashore, or none is needed.
                    guard try water.intersects(.point(Point(door))) else { return true }
                    return try foothold.offsetMeters > Barriers.pierMeters
                        && !water.intersects(.point(Point(step)))
                }
                barred += isBarred ? 1 : 0
                if !isBarred, foothold.offsetMeters < best ?? .infinity { best = foothold.offsetMeters }
            }
            let found = index(streets).foothold(
                ofOutline: [[door]], limitMeters: 500, barriers: Barriers(waterAreas: waters.map { [$0] }))
            switch found {
            case .success(let foothold):
                #expect(
                    best.map { abs($0 - foothold.offsetMeters) < 0.02 } == true, "seed \(Self.seed) round \(round)")
            case .failure(let reason):
                #expect(best == nil && reason == .acrossWater, "seed \(Self.seed) round \(round)")
            }
        }
        #expect(barred > 100)
    }
}
