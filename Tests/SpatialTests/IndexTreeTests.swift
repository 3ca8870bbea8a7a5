import Spatial
import TestSupport
import Testing

@Suite struct IndexTreeTests {
    /// Boxes of all kinds: areas, points, lines, duplicates, and some without a place.
    private func boxes(_ count: Int, seed: UInt64) -> [BoundingBox] {
        var generator = SeededGenerator(seed: seed)
        var boxes: [BoundingBox] = []
        for _ in 0..<count {
            let x = Double.random(in: 100...101, using: &generator)
            let y = Double.random(in: 29...30, using: &generator)
            let width = Double.random(in: 0...0.05, using: &generator)
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: boxes.append(.empty)
            case 1: boxes.append(BoundingBox(west: x, south: .nan, east: x, north: y))
            case 2: boxes.append(boxes.randomElement(using: &generator) ?? .empty)
            case 3: boxes.append(BoundingBox(west: x, south: y, east: x, north: y))
            case 4: boxes.append(BoundingBox(west: x, south: y, east: .infinity, north: y))
            default: boxes.append(BoundingBox(west: x, south: y, east: x + width, north: y + width / 2))
            }
        }
        return boxes
    }

    private func hasPlace(_ box: BoundingBox) -> Bool {
        !box.isEmpty && [box.west, box.south, box.east, box.north].allSatisfy { $0.isFinite }
    }

    @Test(arguments: [0, 1, 2, 15, 16, 17, 256, 257, 3_000], [1, 2, 3] as [UInt64])
    func boxQueryFindsWhatBruteForceFinds(count: Int, seed: UInt64) {
        let boxes = boxes(count, seed: seed)
        let tree = PackedHilbertTree(boxes)
        #expect(tree.count == boxes.count(where: hasPlace))
        var generator = SeededGenerator(seed: seed &+ 1_000)
        for _ in 0..<60 {
            let x = Double.random(in: 99.9...101.1, using: &generator)
            let y = Double.random(in: 28.9...30.1, using: &generator)
            let size = Double.random(in: 0...1, using: &generator)
            let query = BoundingBox(west: x, south: y, east: x + size * size, north: y + size * size)
            let expected = boxes.indices.filter { hasPlace(boxes[$0]) && boxes[$0].intersects(query) }
            #expect(tree.indices(intersecting: query) == expected, "seed \(seed), count \(count), query \(query)")
        }
    }

    @Test(arguments: [0, 1, 17, 400, 3_000], [4, 5, 6] as [UInt64])
    func nearestFindsWhatBruteForceFinds(count: Int, seed: UInt64) {
        let boxes = boxes(count, seed: seed)
        let tree = PackedHilbertTree(boxes)
        var generator = SeededGenerator(seed: seed &+ 2_000)
        for _ in 0..<60 {
            let position = LonLat(
                Double.random(in: 99.5...101.5, using: &generator), Double.random(in: 28.5...30.5, using: &generator))
            // The centre is never nearer than the box: boxes alone do not rank.
            func distance(_ index: Int) -> Double {
                let x = (boxes[index].center.longitude - position.longitude) * 96_000
                let y = (boxes[index].center.latitude - position.latitude) * 111_000
                return (x * x + y * y).squareRoot()
            }
            let radius = Bool.random(using: &generator) ? 20_000 : Double.infinity
            let expected = boxes.indices.filter { hasPlace(boxes[$0]) && distance($0) <= radius }
                .map { (index: $0, distanceMeters: distance($0)) }
                .sorted { ($0.distanceMeters, $0.index) < ($1.distanceMeters, $1.index) }
                .prefix(7)
            let found = tree.nearest(
                to: position, limit: 7, within: radius, metersPerDegree: (96_000, 111_000), distance: distance)
            #expect(found.map(\.index) == expected.map(\.index), "seed \(seed), count \(count), at \(position)")
            #expect(found.map(\.distanceMeters) == expected.map(\.distanceMeters))
        }
    }

    @Test func cursorYieldsEveryItemOnceInOrderOfTheBound() {
        let boxes = boxes(1_500, seed: 7)
        let tree = PackedHilbertTree(boxes)
        var cursor = NearestCursor(tree, near: LonLat(100.3, 29.4), metersPerDegree: (96_000, 111_000))
        for _ in 0..<2 {
            var last = 0.0
            var seen: [Int] = []
            while let (index, bound) = cursor.next() {
                #expect(bound >= last)
                last = bound
                seen.append(index)
            }
            #expect(seen.sorted() == boxes.indices.filter { hasPlace(boxes[$0]) })
            cursor.restart(near: LonLat(100.9, 29.9), metersPerDegree: (96_000, 111_000))
        }
    }

    @Test func nearestLooksAcrossTheAntimeridian() {
        let boxes = [
            BoundingBox(west: 170, south: -17, east: 170, north: -17),
            BoundingBox(west: -179.9, south: -17, east: -179.8, north: -17),
        ]
        var cursor = NearestCursor(
            PackedHilbertTree(boxes), near: LonLat(179.9, -17), metersPerDegree: (100_000, 111_000))
        let first = cursor.next()
        #expect(first?.index == 1)
        #expect(abs((first?.lowerBoundMeters ?? 0) - 20_000) < 1e-3)
    }

    @Test func nothingIsNearAPositionWithoutNumbers() {
        let tree = PackedHilbertTree(boxes(50, seed: 8))
        var cursor = NearestCursor(tree, near: LonLat(.nan, 0), metersPerDegree: (1, 1))
        #expect(cursor.next() == nil)
        #expect(tree.indices(intersecting: .empty).isEmpty)
        #expect(tree.indices(intersecting: BoundingBox(west: .nan, south: 0, east: .nan, north: 50)).isEmpty)
    }

    @Test func aNaNDistanceLeavesTheItemOut() {
        let boxes = (0..<20).map { BoundingBox(west: Double($0), south: 0, east: Double($0), north: 0) }
        let found = PackedHilbertTree(boxes).nearest(
            to: LonLat(0, 0), limit: 3, metersPerDegree: (1, 1), distance: { $0 == 1 ? .nan : Double($0) })
        #expect(found.map(\.index) == [0, 2, 3])
    }
}
