import Spatial
import TestSupport
import Testing

@Suite struct IndexHilbertTests {
    @Test func neighboursOnTheCurveAreNeighboursOnTheGrid() {
        // The first 64 x 64 cells are one closed stretch of the curve.
        var cells = [(x: Int, y: Int)?](repeating: nil, count: 4_096)
        for x in 0..<64 {
            for y in 0..<64 {
                let place = Int(HilbertCurve.index(x: UInt32(x), y: UInt32(y)))
                #expect(place < 4_096)
                cells[place] = (x, y)
            }
        }
        let path = cells.compactMap { $0 }
        #expect(path.count == 4_096)
        for (a, b) in zip(path, path.dropFirst()) { #expect(abs(a.x - b.x) + abs(a.y - b.y) == 1) }
    }

    @Test func theWholeGridIsOneCurve() {
        // Ends of the curve, and where its four quarters meet.
        #expect(HilbertCurve.index(x: 0, y: 0) == 0)
        #expect(HilbertCurve.index(x: 65_535, y: 0) == .max)
        let quarter = UInt32(1) << 30
        let corners = [(0, 0), (0, 65_535), (65_535, 65_535), (65_535, 0)] as [(UInt32, UInt32)]
        #expect(corners.map { HilbertCurve.index(x: $0.0, y: $0.1) / quarter } == [0, 1, 2, 3])
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func orderFollowsTheCurveAndKeepsEquals(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var boxes = (0..<2_000).map { _ in
            let x = Double(Int.random(in: 0...40, using: &generator))
            let y = Double(Int.random(in: 0...40, using: &generator))
            return BoundingBox(west: x, south: y, east: x, north: y)
        }
        boxes[17] = .empty
        func cell(_ value: Double) -> UInt32 { UInt32(value * 65_535 / 40) }
        let expected = boxes.indices.filter { $0 != 17 }
            .map { (HilbertCurve.index(x: cell(boxes[$0].west), y: cell(boxes[$0].south)), $0) }
            .sorted(by: <)
        let order = HilbertCurve.order(of: boxes)
        #expect(order.map(Int.init).sorted() == boxes.indices.filter { $0 != 17 }, "seed \(seed)")
        let places = order.map { HilbertCurve.index(x: cell(boxes[Int($0)].west), y: cell(boxes[Int($0)].south)) }
        let falls = zip(places, places.dropFirst()).count(where: >)
        #expect(falls * 50 < expected.count, "seed \(seed)")
        for (a, b) in zip(order, order.dropFirst()) where boxes[Int(a)] == boxes[Int(b)] { #expect(a < b) }
    }

    @Test func extremeBoxesHaveAnOrder() {
        let huge = Double.greatestFiniteMagnitude
        let tiny = Double.leastNonzeroMagnitude
        let boxes = [
            BoundingBox(west: -huge, south: -huge, east: -huge, north: -huge),
            BoundingBox(west: huge, south: -huge, east: huge, north: huge),
            BoundingBox(west: tiny, south: 0, east: tiny, north: 0),
            BoundingBox(west: -.infinity, south: 0, east: 0, north: 0),
        ]
        #expect(Set(HilbertCurve.order(of: boxes)) == [0, 1, 2])
        #expect(HilbertCurve.order(of: [.empty]).isEmpty)
    }
}
