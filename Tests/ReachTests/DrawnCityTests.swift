import Reach
import Spatial
import Testing

/// The time model and the graph on cities small enough to work out by hand.
@Suite struct DrawnCityTests {
    /// Seconds of so many characters of level street.
    private func level(_ characters: Double, pace: Double = 60) -> Double {
        characters * DrawnCity.stepMeters * 60 / pace
    }

    private func expect(
        _ seconds: Double?, _ expected: Double, _ location: SourceLocation = #_sourceLocation
    ) {
        // Every edge is rounded to a sixteenth of a second.
        #expect(
            seconds.map { abs($0 - expected) < 0.2 } == true, "\(seconds ?? -1), not \(expected)",
            sourceLocation: location)
    }

    @Test func levelGroundTakesTheFlatPace() {
        let city = DrawnCity("a---b---c")
        expect(city.network().seconds(from: city["a"], to: city["c"]), level(8))
        expect(city.network(.adult).seconds(from: city["a"], to: city["c"]), level(8, pace: 80))
        expect(city.network(.elderly).seconds(from: city["a"], to: city["c"]), level(8, pace: 48))
        let withHeights = DrawnCity("a---b---c", heightsMeters: ["a": 5, "b": 5, "c": 5])
        #expect(
            withHeights.network().seconds(from: city["a"], to: city["c"])
                == city.network().seconds(from: city["a"], to: city["c"]))
    }

    @Test func slopesFollowTobler() {
        for (slope, factor) in [(0.0, 1.0), (0.05, 0.8395), (0.2, 0.4966), (-0.05, 1.1912)] {
            #expect(abs(WalkingModel.slopeFactor(slope) - factor) < 5e-5)
        }
        let city = DrawnCity("a---b", heightsMeters: ["b": 0.05 * 4 * DrawnCity.stepMeters])
        let network = city.network()
        expect(network.seconds(from: city["a"], to: city["b"]), level(4) / WalkingModel.slopeFactor(0.05))
        expect(network.seconds(from: city["b"], to: city["a"]), level(4) / WalkingModel.slopeFactor(-0.05))
    }

    @Test func stairsTakeTheirShareOfThePaceAndNoSlopeOnTop() {
        let city = DrawnCity("a====b", heightsMeters: ["b": 60])
        let network = city.network()
        expect(network.seconds(from: city["a"], to: city["b"]), level(5) / 0.35)
        expect(network.seconds(from: city["b"], to: city["a"]), level(5) / 0.5)
    }

    @Test func oneWayWalksAreWalkedOneWay() {
        let city = DrawnCity("a->-b\n|   |\nc---d")
        let network = city.network()
        expect(network.seconds(from: city["a"], to: city["b"]), level(4))
        expect(network.seconds(from: city["b"], to: city["a"]), level(8))
    }

    @Test func islandsAreOutOfReach() {
        let city = DrawnCity("a---b  c---d")
        #expect(city.network().seconds(from: city["a"], to: city["c"]) == nil)
        let island = DrawnCity(
            """
            a--b   c--d
               |   |
               e->-f
            """)
        expect(island.network().seconds(from: island["a"], to: island["d"]), level(14))
        #expect(island.network().seconds(from: island["d"], to: island["a"]) == nil)
    }

    @Test func aBridgeOverAStreetDoesNotMeetIt() {
        let city = DrawnCity(
            """
                a
                |
            b---+---c
                |   |
                d   e
            """)
        let network = city.network()
        expect(network.seconds(from: city["b"], to: city["c"]), level(8))
        expect(network.seconds(from: city["a"], to: city["d"]), level(4))
        #expect(network.seconds(from: city["b"], to: city["a"]) == nil)
        // A corner of the bridge just above one of the street does not join them where both have numbers.
        let middle = LonLat(city["a"].longitude, city["b"].latitude)
        let bridge = Street([city["b"], middle, city["c"]], nodeIDs: [1, 2, 3])
        let street = Street([city["a"], middle, city["d"]], nodeIDs: [4, 5, 6])
        var builder = NetworkBuilder()
        builder.add(bridge)
        builder.add(street)
        #expect(NetworkParts(builder.graph().costs).count == 2)
    }

    @Test func escalatorsAndMovingWalksAreWalkedTheirWay() {
        // Up by the escalator above, down by the one below.
        let city = DrawnCity(
            """
            a=>=b---c
            |   |
            d=<=e
            """)
        let network = city.network()
        expect(network.seconds(from: city["a"], to: city["b"]), level(4) / 0.35)
        expect(network.seconds(from: city["b"], to: city["a"]), level(2) + level(4) / 0.5 + level(2))
        let walk = DrawnCity("a-->-b\n|    |\nc----d")
        expect(walk.network().seconds(from: walk["a"], to: walk["b"]), level(5))
        expect(walk.network().seconds(from: walk["b"], to: walk["a"]), level(9))
    }

    @Test func aBridgeKeepsItsLevelOverAValley() {
        let ends = DrawnCity("a--------b")
        let middle = LonLat((ends["a"].longitude + ends["b"].longitude) / 2, 0)
        func seconds(isStraight: Bool) -> Double? {
            let street = Street([ends["a"], middle, ends["b"]], heightsMeters: [50, 0, 50], isStraight: isStraight)
            var builder = NetworkBuilder()
            builder.add(street)
            return builder.network().seconds(from: ends["a"], to: ends["b"])
        }
        expect(seconds(isStraight: true), level(9))
        #expect(seconds(isStraight: false).map { $0 > 1.5 * level(9) } == true)
    }

    @Test func aLiftTakesItsWaitDoorsAndRise() {
        let city = DrawnCity("a--b c--d", heightsMeters: ["c": 50, "d": 50])
        let lift = Street([city["b"], city["c"]], heightsMeters: [0, 50], kind: .lift)
        let network = city.network(adding: [lift])
        expect(network.seconds(from: city["a"], to: city["d"]), level(3) + 35 + 10 + 50 / 2.5 + level(3))
    }

    @Test func hostileStreetsAreLeftOutOrHarmless() {
        let here = LonLat(106.5, 29.5)
        var builder = NetworkBuilder()
        builder.add(Street([]))
        builder.add(Street([here]))
        builder.add(Street([here, LonLat(.nan, 29)]))
        builder.add(Street([here, LonLat(106.5, .infinity)]))
        builder.add(Street([here, LonLat(500, 29.5)]))
        builder.add(Street([here, here], isForward: false, isBackward: false))
        builder.add(Street([here, LonLat(106.6, 29.5)], nodeIDs: [1]))
        #expect(builder.unusableCount == 7)
        builder.add(Street([here, here]))
        builder.add(Street([here, here, here, here]))
        builder.add(Street([here, LonLat(106.501, 29.5), here], heightsMeters: [.nan, 1, 2]))
        let network = builder.network().network
        let search = NetworkSearch(network.arcs(.toward))
        for node in 0..<network.nodeCount {
            search.run([SearchSeed(node: UInt32(node), ticks: 0)], limitTicks: 14_400)
            #expect(search.reachedNodes.count == network.nodeCount)
        }
        search.run([SearchSeed(node: .max, ticks: 0)], limitTicks: 14_400)
        #expect(search.reachedNodes.isEmpty)
        var one = NetworkBuilder()
        one.add(Street([here, here], nodeIDs: [7, 7]))
        #expect(one.graph().nodeCount == 1 && one.graph().edges.count == 1)
        one.add(Street([here, here, LonLat(106.501, 29.5)], nodeIDs: [7, 7, 8]))
        #expect(one.graph().nodeCount == 2 && one.graph().edges.count == 2)
        let empty = NetworkBuilder().network()
        NetworkSearch(empty.network.arcs(.away)).run([SearchSeed(node: 0, ticks: 0)], limitTicks: 100)
        #expect(StreetIndex(empty.shapes).foothold(near: here, limitMeters: 1000) == nil)
    }
}
