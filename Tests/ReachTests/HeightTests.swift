import Reach
import Spatial
import TestSupport
import Testing

/// Heights along streets: what is missing, bridges, stairs.
@Suite struct HeightTests {
    private let metric = LocalMetric(LonLat(0, 0))

    private func place(_ east: Double, _ north: Double = 0) -> LonLat {
        LonLat(east / metric.metersPerDegreeEast, north / metric.metersPerDegreeNorth)
    }

    private func east(_ position: LonLat) -> Double { metric.planeMeters(to: position).east }

    /// Seconds there and back.
    private func seconds(
        _ streets: [Street], _ from: LonLat, _ to: LonLat, elevation: @escaping (LonLat) -> Double? = { _ in nil }
    ) -> (there: Double, back: Double) {
        var builder = NetworkBuilder(elevation: elevation)
        for street in streets { builder.add(street) }
        let network = builder.network()
        return (network.seconds(from: from, to: to) ?? -1, network.seconds(from: to, to: from) ?? -1)
    }

    private func expect(
        _ found: (there: Double, back: Double), _ there: Double, _ back: Double,
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(
            abs(found.there - there) < 0.5 && abs(found.back - back) < 0.5, "\(found), not \(there) and \(back)",
            sourceLocation: location)
    }

    @Test(arguments: [-0.3, -0.05, 0.0, 0.05, 0.2])
    func slopesFollowTheFormula(_ slope: Double) {
        let street = Street([place(0), place(300)])
        let found = seconds([street], place(0), place(300)) { slope * east($0) }
        expect(found, 300 / WalkingModel.slopeFactor(slope), 300 / WalkingModel.slopeFactor(-slope))
    }

    @Test func levelGroundTakesTheFlatTimeExactly() {
        var random = SeededGenerator(seed: 20_261_206)
        let streets = (0..<50).map { _ in
            Street(
                (0..<3).map { _ in place(.random(in: 0...900, using: &random), .random(in: 0...900, using: &random)) })
        }
        func graph(_ elevation: @escaping (LonLat) -> Double?) -> StreetGraph {
            var builder = NetworkBuilder(elevation: elevation)
            for street in streets { builder.add(street) }
            return builder.graph()
        }
        let flat = graph { _ in nil }
        #expect(flat == graph { _ in 431.7 })
        for (edge, meters) in zip(flat.edges, flat.shapes.meters) {
            #expect(edge.forwardMillimeters == UInt32((meters * 1000).rounded()))
            #expect(edge.backwardMillimeters == edge.forwardMillimeters)
        }
    }

    @Test func missingHeightsAreFilledInAlongTheStreet() {
        // Half a slope is known: the void between is bridged, the rest is level.
        let street = Street([place(0), place(100), place(250), place(300), place(400)])
        func ground(_ position: LonLat) -> Double? {
            let east = east(position)
            return east < 1 ? 10 : abs(east - 300) < 1 ? 25 : nil
        }
        let found = seconds([street], place(0), place(400), elevation: ground)
        expect(
            found, 300 / WalkingModel.slopeFactor(0.05) + 100, 300 / WalkingModel.slopeFactor(-0.05) + 100)
        let own = Street([place(0), place(100), place(200)], heightsMeters: [0, .nan, 20])
        expect(
            seconds([own], place(0), place(200)), 200 / WalkingModel.slopeFactor(0.1),
            200 / WalkingModel.slopeFactor(-0.1))
    }

    @Test func aBridgeOfSeveralPartsKeepsItsLevel() {
        // A valley 40 m deep; the ground is flat before and behind.
        func valley(_ position: LonLat) -> Double? { abs(east(position) - 150) < 99 ? 60 : 100 }
        let ends = [0.0, 50, 90, 140, 200, 250, 300]
        let parts = zip(ends, ends.dropFirst()).map {
            Street([place($0), place($1)], isStraight: $0 >= 50 && $1 <= 250)
        }
        expect(seconds(parts, place(0), place(300), elevation: valley), 300, 300)
        // Parts that lead down evenly from 100 to 90.
        func slope(_ position: LonLat) -> Double? { east(position) < 51 ? 100 : east(position) > 249 ? 90 : 20 }
        expect(
            seconds(parts, place(0), place(300), elevation: slope), 100 + 200 / WalkingModel.slopeFactor(-0.05),
            100 + 200 / WalkingModel.slopeFactor(0.05))
    }

    @Test func bridgesThatBranchMeetAtOneHeight() {
        func valley(_ position: LonLat) -> Double? { abs(east(position)) < 99 ? 0 : 50 }
        let middle = place(0)
        var streets = [place(-100), place(100), place(-100, 100), place(100, -100)].map { end in
            Street([end, middle], isStraight: true)
        }
        for street in streets { streets.append(Street([street.positions[0], place(east(street.positions[0]) * 2)])) }
        expect(seconds(streets, place(-100), place(100), elevation: valley), 200, 200)
    }

    @Test func aBridgeWithoutGroundAtItsEndsTakesTheGroundUnderThem() {
        let streets = [
            Street([place(0), place(100)], isStraight: true), Street([place(100), place(200)], isStraight: true),
        ]
        let found = seconds(streets, place(0), place(200)) { 0.05 * east($0) }
        expect(found, 200 / WalkingModel.slopeFactor(0.05), 200 / WalkingModel.slopeFactor(-0.05))
    }

    @Test func stairsFollowHeightsElseLevels() {
        let (up, down, unknown) = (50 / 0.35, 50 / 0.5, (50 / 0.35 + 50 / 0.5) / 2)
        let stairs = Street([place(100), place(150)], kind: .stairs)
        func found(_ bridge: ClosedRange<Double>?, _ rise: Double?) -> (there: Double, back: Double) {
            let streets = [
                Street([place(0), place(100)]), stairs,
                Street([place(150), place(200)], isStraight: true, levels: bridge),
            ]
            let all = seconds(streets, place(100), place(150)) { position in
                rise.map { east(position) > 125 ? $0 : 0 }
            }
            return all
        }
        expect(found(nil, nil), unknown, unknown)
        expect(found(1...1, nil), up, down)
        expect(found(-1 ... -1, nil), down, up)
        expect(found(nil, 10), up, down)
        expect(found(nil, -10), down, up)
        // The ground under a footbridge says little, a hillside says more than a layer.
        expect(found(1...1, -1), up, down)
        expect(found(1...1, -10), down, up)
    }

    @Test func chainsAreSolvedHoweverLong() {
        let count = 900
        let parts = (0..<count).map { Street([place(Double($0)), place(Double($0 + 1))], isStraight: true) }
        let ends = [
            Street([place(0), place(0, 100)]), Street([place(Double(count)), place(Double(count), 100)]),
        ]
        let found = seconds(parts + ends, place(0), place(Double(count))) {
            east($0) < 0.5 ? 0 : east($0) > 899.5 ? 45 : -500
        }
        // Every part is rounded to a sixteenth of a second.
        #expect(abs(found.there - 900 / WalkingModel.slopeFactor(0.05)) < 900 / 32)
        #expect(abs(found.back - 900 / WalkingModel.slopeFactor(-0.05)) < 900 / 32)
    }

    /// The network with every way turned round.
    private func reversed(_ network: WalkingNetwork) -> WalkingNetwork {
        WalkingNetwork(
            nodeCount: network.nodeCount,
            edges: network.edges.map { edge in
                WalkingNetwork.Edge(
                    tail: edge.tail, head: edge.head, forwardTicks: edge.backwardTicks, backwardTicks: edge.forwardTicks
                )
            }, paceMetersPerMinute: network.paceMetersPerMinute)
    }

    /// What leads forward on the streets leads backward on the streets turned round.
    @Test func streetsTurnedRoundAreWalkedBackward() {
        let seed: UInt64 = 20_261_207
        var random = SeededGenerator(seed: seed)
        for round in 0..<60 {
            let places = (0..<12).map { _ in
                place(.random(in: 0...500, using: &random), .random(in: 0...500, using: &random))
            }
            let streets = (0..<20).map { number in
                var street = Street(
                    (0..<Int.random(in: 2...4, using: &random)).map { _ in
                        places.randomElement(using: &random) ?? places[0]
                    })
                street.kind = Street.Kind(rawValue: .random(in: 0...4, using: &random)) ?? .path
                street.isForward = .random(using: &random)
                street.isBackward = !street.isForward || .random(using: &random)
                street.isStraight = number % 5 == 0
                return street
            }
            let turned = streets.map { street in
                var street = street
                street.positions.reverse()
                (street.isForward, street.isBackward) = (street.isBackward, street.isForward)
                switch street.kind {
                case .stairsUp: street.kind = .stairsDown
                case .stairsDown: street.kind = .stairsUp
                default: break
                }
                return street
            }
            func builder(_ streets: [Street]) -> NetworkBuilder {
                var builder = NetworkBuilder { 0.1 * east($0) + ($0.latitude * 1e5).truncatingRemainder(dividingBy: 7) }
                for street in streets { builder.add(street) }
                return builder
            }
            let (one, other) = (builder(streets).graph(), builder(turned).graph())
            #expect(one.nodeCount == other.nodeCount)
            let network = one.network(paceMetersPerMinute: 60)
            let (forth, back) = (
                NetworkSearch(network.arcs(.away)), NetworkSearch(other.network(paceMetersPerMinute: 60).arcs(.away))
            )
            let against = NetworkSearch(reversed(network).arcs(.toward))
            for node in 0..<one.nodeCount {
                forth.run([SearchSeed(node: UInt32(node), ticks: 0)], limitTicks: 1 << 19)
                let start = other.shapes.nodePositions.firstIndex(of: one.shapes.nodePositions[node]) ?? 0
                back.run([SearchSeed(node: UInt32(start), ticks: 0)], limitTicks: 1 << 19)
                against.run([SearchSeed(node: UInt32(node), ticks: 0)], limitTicks: 1 << 19)
                for end in 0..<one.nodeCount {
                    #expect(forth.ticks(of: end) == against.ticks(of: end), "seed \(seed) round \(round)")
                    let twin = other.shapes.nodePositions.firstIndex(of: one.shapes.nodePositions[end]) ?? 0
                    #expect(forth.ticks(of: end) == back.ticks(of: twin), "seed \(seed) round \(round)")
                }
            }
        }
    }
}
