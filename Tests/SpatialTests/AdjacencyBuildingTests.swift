import Spatial
import TestSupport
import Testing

@Suite struct AdjacencyBuildingTests {
    /// A place in Tokyo; one metre there, in degrees.
    private let origin = LonLat(139.75, 35.68)
    private let meter = (east: 1 / 90_524.0, north: 1 / 110_952.0)

    /// A closed ring through places in metres from the origin.
    private func ring(_ places: [(Double, Double)]) -> LineString {
        LineString(
            (places + places.prefix(1)).map {
                LonLat(origin.longitude + $0.0 * meter.east, origin.latitude + $0.1 * meter.north)
            })
    }

    private func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> LineString {
        ring([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
    }

    private func house(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Geometry {
        .polygon(Polygon(rectangle(x, y, width, height)))
    }

    private func pairs(_ geometries: [Geometry], within gap: Double) -> [FootprintPair] {
        FootprintBuffer(geometries).adjacentPairs(within: gap)
    }

    /// The one pair of two buildings.
    private func onlyPair(_ a: Geometry, _ b: Geometry, within gap: Double) -> FootprintPair? {
        pairs([a, b], within: gap).first
    }

    @Test(arguments: [0, 0.5])
    func aPartyWallIsAsLongAsTheShorterWall(gap: Double) throws {
        //  ┌────┬──┐
        //  │ 0  │1 │
        //  │    ├──┘
        //  └────┘
        let pair = try #require(onlyPair(house(0, 0, 10, 8), house(10, 2, 5, 6), within: gap))
        #expect((pair.first, pair.second, pair.gapMeters) == (0, 1, 0))
        #expect(pair.contact == .wall)
        #expect(abs(pair.sharedMeters - 6) < 0.002)
    }

    @Test(arguments: [0, 0.5])
    func aCornerSharesNoWall(gap: Double) throws {
        let pair = try #require(onlyPair(house(0, 0, 10, 8), house(10, 8, 5, 6), within: gap))
        #expect(pair.contact == .point)
        #expect(pair.gapMeters == 0)
        #expect(pair.sharedMeters < 0.001)
    }

    @Test func aGapCountsUpToTheLimit() throws {
        let (a, b) = (house(0, 0, 10, 8), house(10.3, 0, 5, 8))
        #expect(pairs([a, b], within: 0).isEmpty)
        #expect(pairs([a, b], within: 0.29).isEmpty)
        let pair = try #require(onlyPair(a, b, within: 0.5))
        #expect(pair.contact == .gap)
        #expect(abs(pair.gapMeters - 0.3) < 0.001)
        #expect(abs(pair.sharedMeters - 8) < 0.002)
    }

    @Test func aCrackBelowTwoCentimetresIsAWall() throws {
        let pair = try #require(onlyPair(house(0, 0, 10, 8), house(10.01, 0, 5, 8), within: 0.5))
        #expect(pair.contact == .wall)
        #expect(abs(pair.gapMeters - 0.01) < 0.001)
        let pressed = try #require(onlyPair(house(0, 0, 10, 8), house(9.99, 0, 5, 8), within: 0))
        #expect(pressed.contact == .wall)
        #expect(abs(pressed.sharedMeters - 8) < 0.03)
    }

    @Test func commonGroundIsAnOverlap() throws {
        #expect(onlyPair(house(0, 0, 10, 8), house(9, 0, 5, 8), within: 0)?.contact == .overlap)
        // A cross: no corner of the one lies in the other.
        #expect(onlyPair(house(0, 3, 10, 2), house(4, 0, 2, 8), within: 0)?.contact == .overlap)
        // One within the other, either way round, and both the same.
        #expect(onlyPair(house(0, 0, 10, 8), house(4, 4, 1, 1), within: 0)?.contact == .overlap)
        #expect(onlyPair(house(4, 4, 1, 1), house(0, 0, 10, 8), within: 0)?.contact == .overlap)
        let twins = try #require(onlyPair(house(0, 0, 10, 8), house(0, 0, 10, 8), within: 0))
        #expect(twins.contact == .overlap)
        #expect(abs(twins.sharedMeters - 36) < 0.01)
    }

    @Test func aHouseInACourtyardStandsApart() throws {
        //  ┌────────┐
        //  │  ┌──┐  │
        //  │  │1 │  │ 0 around
        //  │  └──┘  │
        //  └────────┘
        let around = Geometry.polygon(Polygon(rectangle(0, 0, 20, 20), holes: [rectangle(5, 5, 10, 10)]))
        #expect(pairs([around, house(7, 7, 6, 6)], within: 0.5).isEmpty)
        let near = try #require(onlyPair(around, house(5.4, 7, 6, 6), within: 0.5))
        #expect(near.contact == .gap)
        #expect(abs(near.gapMeters - 0.4) < 0.001)
        let filled = try #require(onlyPair(around, house(5, 5, 10, 10), within: 0))
        #expect(filled.contact == .wall)
        #expect(abs(filled.sharedMeters - 40) < 0.01)
    }

    @Test func interlockingShapesShareBothWalls() throws {
        //  ┌──┬─────┐
        //  │  │  1  │
        //  │0 └─────┤  0 is an L, 1 lies in its angle
        //  └────────┘
        let angle = Geometry.polygon(Polygon(ring([(0, 0), (12, 0), (12, 4), (5, 4), (5, 10), (0, 10)])))
        let pair = try #require(onlyPair(angle, house(5, 4, 7, 6), within: 0))
        #expect(pair.contact == .wall)
        #expect(abs(pair.sharedMeters - 13) < 0.005)
    }

    @Test func wallsAtAnAngleDoNotFaceEachOther() throws {
        // A tip at a wall, 45 degrees each side.
        let tip = Geometry.polygon(Polygon(ring([(10.1, 4), (14, 0.1), (18, 4), (14, 7.9)])))
        let pair = try #require(onlyPair(house(0, 0, 10, 8), tip, within: 0.5))
        #expect(pair.contact == .gap)
        #expect(pair.sharedMeters == 0)
    }

    @Test func everyPartOfABuildingCounts() {
        let scattered = Geometry.multiPolygon([
            Polygon(rectangle(100, 0, 5, 5)), Polygon(rectangle(0, 8, 10, 2)), Polygon(rectangle(2, 2, 1, 1)),
        ])
        #expect(onlyPair(house(0, 0, 10, 7), scattered, within: 0)?.contact == .overlap)
        #expect(onlyPair(house(105, 0, 3, 5), scattered, within: 0)?.contact == .wall)
    }

    @Test func whatIsNoAreaIsSkipped() {
        let wkb = house(0, 0, 10, 8).wkb
        let point = Geometry.point(Point(origin)).wkb
        var bytes = wkb
        bytes += point
        bytes += wkb.prefix(wkb.count - 1)
        let ends = [0, wkb.count, wkb.count + point.count, bytes.count]
        let ranges = zip(ends, ends.dropFirst()).map { $0..<$1 } + [0..<wkb.count, 0..<0]
        let box = house(0, 0, 10, 8).box
        let buffer = FootprintBuffer(bytes: bytes, ranges: ranges, boxes: ranges.map { _ in box })
        #expect(buffer.skipped == [1, 2, 4])
        #expect(buffer.adjacentPairs(within: 0.5).map { [$0.first, $0.second] } == [[0, 3]])
    }

    @Test func everyDialectOfWKBIsReadAlike() {
        let shape = rectangle(10, 0, 5, 8).positions
        let plain = Geometry.polygon(Polygon(LineString(shape)))
        let high = Geometry.polygon(Polygon(LineString(shape, heightsMeters: shape.map { _ in 3 })))
        let dialects = [plain.wkb, high.wkb, bigEndianPolygon(shape), extendedPolygon(shape)]
        let expected = pairs([house(0, 0, 10, 8), plain], within: 0.5)
        for dialect in dialects {
            let first = house(0, 0, 10, 8).wkb
            let buffer = FootprintBuffer(
                bytes: first + dialect, ranges: [0..<first.count, first.count..<(first.count + dialect.count)],
                boxes: [house(0, 0, 10, 8).box, plain.box])
            #expect(buffer.skipped.isEmpty)
            #expect(buffer.adjacentPairs(within: 0.5) == expected)
        }
    }

    private func bigEndianPolygon(_ shape: [LonLat]) -> [UInt8] {
        func bytes(_ value: UInt64, _ count: Int) -> [UInt8] {
            (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
        }
        var wkb = [0] + bytes(3, 4) + bytes(1, 4) + bytes(UInt64(shape.count), 4)
        for place in shape {
            wkb += bytes(place.longitude.bitPattern, 8) + bytes(place.latitude.bitPattern, 8)
        }
        return wkb
    }

    /// EWKB with an SRID.
    private func extendedPolygon(_ shape: [LonLat]) -> [UInt8] {
        let plain = Geometry.polygon(Polygon(LineString(shape))).wkb
        return [1, 3, 0, 0, 0x20, 0xE6, 0x10, 0, 0] + plain.dropFirst(5)
    }
}
