import Reach
import Spatial
import TestSupport
import Testing

/// What holds for the areas of any network.
@Suite struct AreaProperties {
    private static let seed: UInt64 = 20_261_207

    /// A shaken grid of streets with gaps, stairs and bridges, and one-way
    /// streets where wanted.
    private func city(
        _ random: inout SeededGenerator, side: Int, water: Bool, oneWay: Bool = true
    ) -> AreaCity {
        func shaken(_ place: Int) -> Double { Double(place) * 55 + .random(in: -20...20, using: &random) }
        let corner = LonLat(106.5, 29.5)
        let metric = LocalMetric(corner)
        let places = (0..<side * side).map { index in
            LonLat(
                corner.longitude + shaken(index % side) / metric.metersPerDegreeEast,
                corner.latitude + shaken(index / side) / metric.metersPerDegreeNorth)
        }
        var builder = NetworkBuilder()
        for index in places.indices {
            for next in [index % side < side - 1 ? index + 1 : -1, index + side] where places.indices.contains(next) {
                guard Int.random(in: 0..<100, using: &random) >= 28 else { continue }
                var street = Street([places[index], places[next]])
                switch Int.random(in: 0..<12, using: &random) {
                case 0: street.isForward = !oneWay
                case 1: street.isBackward = !oneWay
                case 2: street.kind = .stairs
                case 3: street.isStraight = true
                default: break
                }
                builder.add(street)
            }
        }
        let rings = (0..<3).map { _ -> Geometry in
            let at = places[Int.random(in: places.indices, using: &random)]
            let (width, height) = (Double.random(in: 0.0001...0.003, using: &random), 0.0004)
            return .polygon(
                Polygon(
                    LineString([
                        at, LonLat(at.longitude + width, at.latitude),
                        LonLat(at.longitude + width / 2, at.latitude + height), at,
                    ])))
        }
        return AreaCity(builder.network(), water: water ? rings : [])
    }

    private func place(_ city: AreaCity, _ random: inout SeededGenerator) -> Foothold {
        Foothold(
            edge: UInt32(Int.random(in: city.network.edges.indices, using: &random)),
            share: .random(in: 0...1, using: &random), offsetMeters: .random(in: 0...20, using: &random))
    }

    @Test func areasNestAndAreValid() throws {
        var random = SeededGenerator(seed: Self.seed)
        for round in 0..<12 {
            let city = city(&random, side: 9, water: round % 2 == 0)
            let direction: WalkingDirection = round % 3 == 0 ? .away : .toward
            let place = place(city, &random)
            let seconds = (0..<5).map { _ in Double.random(in: 0...600, using: &random) }.sorted()
            let (areas, _) = city.areas(of: place, seconds: seconds, direction)
            for (area, limit) in zip(areas, seconds) {
                let isEmpty = city.network.flatTicks(meters: place.offsetMeters) > Ticks.of(seconds: limit)
                #expect(area.polygons.isEmpty == isEmpty, "seed \(Self.seed) round \(round)")
                #expect(try area.geometry.validity() == .valid, "seed \(Self.seed) round \(round)")
                #expect(area.isWound, "seed \(Self.seed) round \(round)")
                #expect(area.hasOnlyCornersThatTurn, "seed \(Self.seed) round \(round)")
                // The limits asked for beside it change nothing.
                #expect(city.area(of: place, seconds: limit, direction).area == area)
            }
            for (smaller, larger) in zip(areas, areas.dropFirst()) where !smaller.polygons.isEmpty {
                #expect(try larger.inUnits.covers(smaller.inUnits), "seed \(Self.seed) round \(round)")
            }
        }
    }

    @Test func areasAreTheSameHoweverTheyAreMade() async throws {
        var random = SeededGenerator(seed: Self.seed &+ 1)
        let city = city(&random, side: 10, water: true)
        let places = (0..<6).map { _ in place(city, &random) }
        let expected = places.map { city.area(of: $0, seconds: 400).area }
        #expect(places.map { city.area(of: $0, seconds: 400).area } == expected)
        let prepared = AreaCity(city.streets, water: [])
        let dry = places.map { prepared.area(of: $0, seconds: 400).area }
        let backwards = AreaCity(city.streets, water: [])
        backwards.raster.prepareAll()
        #expect(places.reversed().map { backwards.area(of: $0, seconds: 400).area } == dry.reversed())
        // Two threads on one raster without tiles.
        let shared = AreaCity(city.streets, water: [])
        let both = await withTaskGroup(of: [WalkingArea].self) { group in
            for _ in 0..<2 { group.addTask { places.map { shared.area(of: $0, seconds: 400).area } } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(both == [dry, dry])
    }

    /// Where one may enter a street but not come back, the area ends at the
    /// crossing itself; such streets are left out here.
    @Test func crossingsInReachLieInside() {
        var random = SeededGenerator(seed: Self.seed &+ 2)
        var (inside, wrong, reached, missed) = (0, 0, 0, 0)
        for _ in 0..<8 {
            let city = city(&random, side: 16, water: false, oneWay: false)
            let (area, search) = city.area(of: place(city, &random), seconds: 900)
            for (node, position) in city.streets.shapes.nodePositions.enumerated() {
                let isReached = search.ticks(of: node) != nil
                let isInside = area.contains(position)
                reached += isReached ? 1 : 0
                inside += isInside ? 1 : 0
                wrong += isInside && !isReached ? 1 : 0
                missed += isReached && !isInside ? 1 : 0
            }
        }
        #expect(reached > 500)
        #expect(Double(wrong) <= 0.002 * Double(inside), "\(wrong) of \(inside) inside are out of reach")
        #expect(Double(missed) <= 0.006 * Double(reached), "\(missed) of \(reached) in reach lie outside")
    }
}

extension WalkingArea {
    /// The ground in whole 1e-7 degrees, where lines that are straight are
    /// exactly so.
    var inUnits: Geometry {
        func units(_ ring: LineString) -> LineString {
            LineString(ring.positions.map { LonLat(($0.longitude * 1e7).rounded(), ($0.latitude * 1e7).rounded()) })
        }
        return .multiPolygon(polygons.map { Polygon(units($0.exterior), holes: $0.holes.map(units)) })
    }

    private static func doubledArea(_ ring: LineString) -> Double {
        let base = ring.positions[0]
        return zip(ring.positions, ring.positions.dropFirst()).reduce(0) { sum, ends in
            let (a, b) = ends
            return sum + (a.longitude - base.longitude) * (b.latitude - base.latitude)
                - (b.longitude - base.longitude) * (a.latitude - base.latitude)
        }
    }

    /// Whether outlines run counter-clockwise and holes clockwise, all closed.
    var isWound: Bool {
        polygons.allSatisfy { polygon in
            polygon.rings.enumerated().allSatisfy { number, ring in
                ring.positions.first == ring.positions.last && (Self.doubledArea(ring) > 0) == (number == 0)
            }
        }
    }

    /// Whether no corner lies on the line between its neighbours, in whole
    /// 1e-7 degrees, of which every coordinate is a multiple.
    var hasOnlyCornersThatTurn: Bool {
        polygons.flatMap(\.rings).allSatisfy { ring in
            let corners = ring.positions.map {
                (Int(($0.longitude * 1e7).rounded()), Int(($0.latitude * 1e7).rounded()))
            }
            guard zip(ring.positions, corners).allSatisfy({ $0.longitude == Double($1.0) / 1e7 }) else { return false }
            let open = corners.dropLast()
            return open.indices.allSatisfy { index in
                let a = open[index == 0 ? open.count - 1 : index - 1]
                let b = open[index]
                let c = open[index == open.count - 1 ? 0 : index + 1]
                return (b.0 - a.0) * (c.1 - b.1) != (b.1 - a.1) * (c.0 - b.0)
            }
        }
    }
}
