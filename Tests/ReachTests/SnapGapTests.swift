import Reach
import Spatial
import TestSupport
import Testing

/// Streets that were meant to meet and miss each other by a little.
@Suite struct SnapGapTests {
    /// A place so many metres east and north of a corner of the map.
    private func place(_ east: Double, _ north: Double) -> LonLat {
        let metric = LocalMetric(LonLat(0, 0))
        return LonLat(east / metric.metersPerDegreeEast, north / metric.metersPerDegreeNorth)
    }

    private func line(_ places: (Double, Double)..., ids: [Int64] = [], levels: ClosedRange<Double>? = nil) -> Street {
        Street(places.map { place($0.0, $0.1) }, nodeIDs: ids, levels: levels)
    }

    private func graph(_ streets: [Street], gap: Double, squares: [Square] = []) -> StreetGraph {
        var builder = NetworkBuilder(snapGapMeters: gap)
        for street in streets { builder.add(street) }
        for square in squares { builder.add(square) }
        return builder.graph()
    }

    private func parts(_ streets: [Street], gap: Double) -> Int { NetworkParts(graph(streets, gap: gap).costs).count }

    @Test func endsJoinCorners() {
        let streets = [line((0, 0), (100, 0)), line((100.8, 0.3), (200, 0))]
        #expect(parts(streets, gap: 0) == 2)
        #expect(parts(streets, gap: 0.5) == 2)
        let joined = graph(streets, gap: 1)
        #expect(NetworkParts(joined.costs).count == 1 && joined.nodeCount == 3)
        // Corners between ends too.
        #expect(parts([line((0, 0), (50, 20), (100, 0)), line((50, 20.9), (50, 90))], gap: 1) == 1)
    }

    @Test func endsJoinBetweenCorners() {
        let streets = [line((0, 0), (100, 0)), line((40, 0.8), (40, 90)), line((60, -0.9), (60, -90))]
        #expect(parts(streets, gap: 0.5) == 3)
        let joined = graph(streets, gap: 1)
        #expect(NetworkParts(joined.costs).count == 1)
        #expect(joined.nodeCount == 6 && joined.edges.count == 5)
        // The street that is joined stays where it was.
        #expect(joined.shapes.nodePositions.filter { abs($0.latitude) < 1e-9 }.count == 4)
        let lengths = joined.shapes.meters.sorted()
        #expect(zip(lengths, [20, 40, 40, 90, 90]).allSatisfy { abs($0 - $1) < 0.1 }, "\(lengths)")
    }

    @Test func whatOnlyPassesIsNotJoined() {
        // A crossing without a common corner, however large the gap.
        #expect(parts([line((0, 0), (100, 0)), line((50, -50), (50, 50))], gap: 5) == 2)
        // A bridge over the end of a street; stairs up to it.
        let bridge = line((0, 0), (100, 0), levels: 1...1)
        #expect(parts([bridge, line((50, 0.4), (50, 50))], gap: 1) == 2)
        var stairs = line((50, 0.4), (50, 50))
        stairs.kind = .stairs
        #expect(parts([bridge, stairs], gap: 1) == 1)
        // The end of a bridge on a street.
        #expect(parts([line((0, 0), (100, 0)), line((50, 0.4), (50, 50), levels: 1...1)], gap: 1) == 1)
    }

    @Test func numbersDecideWhereBothHaveThem() {
        let first = line((0, 0), (100, 0), ids: [1, 2])
        #expect(parts([first, line((100.4, 0), (200, 0), ids: [3, 4])], gap: 1) == 2)
        #expect(parts([first, line((50, 0.2), (50, 90), ids: [3, 4])], gap: 1) == 2)
        #expect(parts([first, line((100.4, 0), (200, 0))], gap: 1) == 1)
        #expect(parts([first, line((50, 0.2), (50, 90))], gap: 1) == 1)
    }

    @Test func endsAtThePlaceOfANumberedCornerJoinWithoutAGap() {
        let first = line((0, 0), (50, 0), (100, 0), ids: [1, 2, 3])
        #expect(parts([first, line((50, 0), (50, 90))], gap: 0) == 1)
        // What passes there does not.
        #expect(parts([first, line((50, -90), (50, 0), (50, 90))], gap: 0) == 2)
        #expect(parts([line((0, 0), (50, 0), (100, 0)), line((50, 0), (50, 90), ids: [5, 6])], gap: 0) == 1)
    }

    @Test func shortStreetsAndNearlyClosedOnesStayUsable() {
        let streets = [
            line((0, 0), (0.3, 0)), line((0.3, 0), (0.6, 0)), line((0.6, 0), (50, 0)),
            line((10, 10), (20, 10), (20, 20), (10, 10.5)), line((50.2, 0), (50.4, 0.1)),
        ]
        let joined = graph(streets, gap: 1)
        #expect(joined.edges.count >= streets.count)
        #expect(joined.edges.allSatisfy { max($0.tail, $0.head) < joined.nodeCount })
    }

    @Test func theOrderOfStreetsDoesNotMatter() {
        let seed: UInt64 = 20_261_204
        var random = SeededGenerator(seed: seed)
        for round in 0..<60 {
            let streets = (0..<Int.random(in: 2...25, using: &random)).map { _ in
                line(
                    (.random(in: 0...60, using: &random), .random(in: 0...60, using: &random)),
                    (.random(in: 0...60, using: &random), .random(in: 0...60, using: &random)))
            }
            let expected = graph(streets, gap: 3)
            let other = graph(streets.shuffled(using: &random), gap: 3)
            #expect(
                NetworkParts(expected.costs).count == NetworkParts(other.costs).count, "seed \(seed) round \(round)")
            #expect(expected == graph(streets, gap: 3))
            // No part comes within the gap of another by an end.
            let before = graph(streets, gap: 0)
            #expect(NetworkParts(expected.costs).count <= NetworkParts(before.costs).count)
        }
    }

    @Test func streetsThatEndOnTheEdgeOfASquareJoinIt() {
        let corners = [(0.0, 0.0), (60.0, 0.0), (60.0, 60.0), (0.0, 60.0), (0.0, 0.0)]
        let square = Square(rings: [Street(corners.map { place($0.0, $0.1) })])
        let streets = [line((30, 0), (30, -50)), line((60, 40.02), (100, 40))]
        let joined = graph(streets, gap: 0, squares: [square])
        #expect(NetworkParts(joined.costs).count == 1)
        let network = TimedStreets(shapes: joined.shapes, network: joined.network(paceMetersPerMinute: 60))
        let across = (30.0 * 30 + 40 * 40).squareRoot()
        let found = network.seconds(from: place(30, -50), to: place(100, 40))
        #expect(found.map { abs($0 - (50 + across + 40)) < 0.5 } == true, "\(found ?? -1)")
        #expect(NetworkParts(graph([line((30, 1), (30, -50))], gap: 0, squares: [square]).costs).count == 2)
        #expect(NetworkParts(graph([line((30, 1), (30, -50))], gap: 2, squares: [square]).costs).count == 1)
    }

    @Test func hundredThousandStrayStreetsTakeNoTime() {
        var random = SeededGenerator(seed: 20_261_205)
        let streets = (0..<100_000).map { _ in
            let (east, north) = (
                Double.random(in: 0...90_000, using: &random), Double.random(in: 0...90_000, using: &random)
            )
            return line((east, north), (east + 20, north + 5))
        }
        let start = ContinuousClock.now
        let stray = graph(streets, gap: 0)
        #expect(NetworkParts(stray.costs).count > 99_000)
        #expect(parts(streets, gap: 1) > 99_000)
        #expect(ContinuousClock.now - start < .seconds(300))
    }
}
