import Reach
import Testing

/// What it takes from a place to the ends of its edge.
@Suite struct AccessFootholdTests {
    private let network = WalkingNetwork(
        nodeCount: 3,
        edges: [
            .init(tail: 0, head: 1, forwardTicks: 1000, backwardTicks: 2000),
            .init(tail: 1, head: 2, forwardTicks: 500, backwardTicks: Ticks.never),
            .init(tail: 0, head: 2, forwardTicks: Ticks.never - 1, backwardTicks: 0),
        ], paceMetersPerMinute: 60)

    @Test func walkersLeaveAlongBothWaysOfTheEdge() {
        let place = Foothold(edge: 0, share: 0.25, offsetMeters: 10)
        // 10 m at 60 m/min are 160 ticks.
        #expect(network.leaving(place) == EndTicks(tail: 160 + 500, head: 160 + 750))
        #expect(network.arriving(place) == EndTicks(tail: 160 + 250, head: 160 + 1500))
    }

    @Test func oneWayEdgesAreLeftAtTheirHead() {
        let place = Foothold(edge: 1, share: 0.5, offsetMeters: 0)
        #expect(network.leaving(place) == EndTicks(tail: Ticks.never, head: 250))
        #expect(network.arriving(place) == EndTicks(tail: 250, head: Ticks.never))
    }

    @Test func theVeryEndOfAnEdgeIsItsCrossing() {
        #expect(network.leaving(Foothold(edge: 1, share: 0, offsetMeters: 0)) == EndTicks(tail: 0, head: 500))
        #expect(network.leaving(Foothold(edge: 1, share: 1, offsetMeters: 0)).tail == Ticks.never)
        #expect(network.arriving(Foothold(edge: 1, share: 1, offsetMeters: 0)) == EndTicks(tail: 500, head: 0))
    }

    @Test func alongOneEdgeTheWayIsDirect() {
        let (a, b) = (Foothold(edge: 0, share: 0.25, offsetMeters: 1), Foothold(edge: 0, share: 0.75, offsetMeters: 2))
        #expect(network.direct(from: a, to: b) == 48 + 500)
        #expect(network.direct(from: b, to: a) == 48 + 1000)
        #expect(network.direct(from: a, to: Foothold(edge: 1, share: 0.75, offsetMeters: 2)) == Ticks.never)
        let (c, d) = (Foothold(edge: 1, share: 0.25, offsetMeters: 0), Foothold(edge: 1, share: 0.75, offsetMeters: 0))
        #expect(network.direct(from: d, to: c) == Ticks.never)
        #expect(network.direct(from: d, to: d) == 0)
    }

    @Test func sumsBeyondTheLastTickAreNoWay() {
        let far = Foothold(edge: 2, share: 0, offsetMeters: 1e6)
        #expect(network.leaving(far).head == Ticks.never)
        #expect(network.direct(from: far, to: Foothold(edge: 2, share: 1, offsetMeters: 1e6)) == Ticks.never)
        for hostile in [Double.nan, .infinity, -1, 1e300] {
            let place = Foothold(edge: 0, share: hostile, offsetMeters: hostile)
            #expect((0...1).contains(place.share))
            #expect(network.leaving(place) == EndTicks(tail: Ticks.never, head: Ticks.never))
        }
    }
}
