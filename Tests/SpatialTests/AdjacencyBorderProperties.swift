import Foundation
import Spatial
import TestSupport
import Testing

/// Borders on random cells against sampled outlines, and on real boundaries.
@Suite struct AdjacencyBorderProperties {
    /// Cells of a jittered grid: neighbours share their corners exactly, or
    /// are drawn apart where each is shrunk.
    private func cells(_ side: Int, seed: UInt64, shrunkTo share: Double) -> [Geometry] {
        var generator = SeededGenerator(seed: seed)
        let corners = (0...side).map { row in
            (0...side).map { column in
                LonLat(
                    120 + (Double(column) + .random(in: -0.3...0.3, using: &generator)) / 128,
                    36 + (Double(row) + .random(in: -0.3...0.3, using: &generator)) / 128)
            }
        }
        return (0..<(side * side)).map { cell in
            let (row, column) = (cell / side, cell % side)
            let ring = [
                corners[row][column], corners[row][column + 1], corners[row + 1][column + 1], corners[row + 1][column],
            ]
            let x = ring.map(\.longitude).reduce(0, +) / 4
            let y = ring.map(\.latitude).reduce(0, +) / 4
            let shrunk = ring.map { LonLat(x + ($0.longitude - x) * share, y + ($0.latitude - y) * share) }
            return .polygon(Polygon(LineString(share == 1 ? ring + [ring[0]] : shrunk + [shrunk[0]])))
        }
    }

    private func edges(_ geometry: Geometry) -> [(a: (x: Double, y: Double), b: (x: Double, y: Double))] {
        var places: [(x: Double, y: Double)] = []
        let angle = 36.02 * Double.pi / 180
        let east = 111_412.84 * cos(angle) - 93.5 * cos(3 * angle)
        let north = 111_132.92 - 559.82 * cos(2 * angle)
        geometry.forEachPosition { places.append((($0.longitude - 120) * east, ($0.latitude - 36) * north)) }
        return zip(places, places.dropFirst()).map { ($0, $1) }
    }

    /// The length of the first outline within a distance of the second, by samples a metre apart.
    private func sampled(_ first: Geometry, near second: Geometry, within meters: Double) -> Double {
        let others = edges(second)
        return edges(first).reduce(0) { total, edge in
            let (dx, dy) = (edge.b.x - edge.a.x, edge.b.y - edge.a.y)
            let length = hypot(dx, dy)
            let steps = Int(length.rounded(.up))
            let hits = (0..<steps).count { step in
                let share = (Double(step) + 0.5) / Double(steps)
                let (x, y) = (edge.a.x + share * dx, edge.a.y + share * dy)
                return others.contains { other in
                    let (ox, oy) = (other.b.x - other.a.x, other.b.y - other.a.y)
                    let along = ((x - other.a.x) * ox + (y - other.a.y) * oy) / (ox * ox + oy * oy)
                    let clamped = min(max(along, 0), 1)
                    return hypot(x - other.a.x - clamped * ox, y - other.a.y - clamped * oy) <= meters
                }
            }
            return total + length * Double(hits) / Double(steps)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64], [1, 0.96])
    func sharedLengthIsThatOfSamples(seed: UInt64, share: Double) {
        let areas = cells(4, seed: seed, shrunkTo: share)
        let tolerance = 60.0
        let found = BoundaryOutlines(areas).sharedBorders(within: tolerance)
        let byPair = Dictionary(uniqueKeysWithValues: found.map { ([$0.first, $0.second], $0) })
        for first in areas.indices {
            for second in areas.indices[(first + 1)...] {
                let (a, b) = (areas[first], areas[second])
                guard a.box.widened(longitude: 0.001, latitude: 0.001).intersects(b.box) else {
                    #expect(byPair[[first, second]] == nil, "seed \(seed): \(first), \(second)")
                    continue
                }
                let expected =
                    (sampled(a, near: b, within: tolerance) + sampled(b, near: a, within: tolerance)) / 2
                let meters = byPair[[first, second]]?.sharedBorderMeters ?? 0
                #expect(abs(meters - expected) < 4, "seed \(seed): \(first), \(second)")
            }
        }
    }

    @Test(arguments: [4, 5, 6] as [UInt64], [0, 1, 60])
    func oneAreaHasTheBordersItHasAmongAll(seed: UInt64, tolerance: Double) {
        let areas = cells(6, seed: seed, shrunkTo: seed == 6 ? 0.97 : 1)
        let outlines = BoundaryOutlines(areas)
        let all = outlines.sharedBorders(within: tolerance)
        if seed != 6 { #expect(all.count { $0.contact == .land } == 60, "seed \(seed)") }
        for area in areas.indices {
            let own = all.filter { $0.first == area || $0.second == area }
            #expect(Set(outlines.sharedBorders(of: area, within: tolerance)) == Set(own), "seed \(seed), area \(area)")
        }
        let turned = BoundaryOutlines(areas.reversed()).sharedBorders(within: tolerance)
        let last = areas.count - 1
        #expect(Set(turned.map { [last - $0.second, last - $0.first] }) == Set(all.map { [$0.first, $0.second] }))
    }

    @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"), arguments: [0, 1])
    func subdistrictsOfQingdaoShareLinesAndCorners(tolerance: Double) throws {
        let areas = try JSONFeatures.read(SharedData.file("qingdao/boundaries.geojson"))
            .filter { $0.properties["admin_level"] as? String == "8" }.map(\.geometry)
        #expect(areas.count == 135)
        let borders = BoundaryOutlines(areas).sharedBorders(within: tolerance)
        #expect(borders.count { $0.contact == .land } == 331)
        #expect(borders.count { $0.contact == .corner } == 4)
        #expect(borders.count == 335)
    }

    @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"), arguments: [0, 1])
    func subdistrictsOfYuzhongShareLines(tolerance: Double) throws {
        let areas = try JSONFeatures.read(SharedData.file("yuzhong/subdistricts.geojson")).map(\.geometry)
        let borders = BoundaryOutlines(areas).sharedBorders(within: tolerance)
        #expect(borders.count == 23)
        #expect(borders.allSatisfy { $0.contact == .land })
    }

    @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
    func yuzhongBordersByLandAndByBridges() throws {
        let districts = try JSONFeatures.read(SharedData.file("chongqing/districts_gcj02.json"))
        let names = districts.map { $0.properties["name"] as? String ?? "" }
        let outlines = BoundaryOutlines(districts.map { Self.fromGCJ02($0.geometry) })
        let bridges = try JSONFeatures.read(SharedData.file("yuzhong/roads.geojson"))
            .filter { $0.properties["bridge"] as? String == "T" }
            .map { BorderTerrain.Bridge(name: $0.properties["name"] as? String, line: $0.geometry) }
        let terrain = try BorderTerrain(
            water: JSONFeatures.read(SharedData.file("yuzhong/water.geojson")).map(\.geometry), bridges: bridges)
        let yuzhong = try #require(names.firstIndex(of: "渝中区"))
        let borders = outlines.sharedBorders(of: yuzhong, within: 100, terrain: terrain)
        let byName = Dictionary(
            uniqueKeysWithValues: borders.map { (names[$0.first == yuzhong ? $0.second : $0.first], $0) })
        #expect(Set(byName.keys) == ["江北区", "南岸区", "九龙坡区", "沙坪坝区"])
        for (name, contact, share) in [
            ("江北区", .bridge, 0.75), ("南岸区", .bridge, 0.90), ("九龙坡区", .land, 0.09), ("沙坪坝区", .land, 0.13),
        ] as [(String, BorderContact, Double)] {
            #expect(byName[name]?.contact == contact)
            #expect(abs((byName[name]?.waterShare ?? -1) - share) < 0.01)
        }
        let north = Set(byName["江北区"]?.bridges ?? [])
        #expect(north.isSuperset(of: ["曾家岩大桥", "渝澳大桥", "嘉陵江大桥", "黄花园大桥"]))
        let south = Set(byName["南岸区"]?.bridges ?? [])
        #expect(south.isSuperset(of: ["东水门大桥", "石板坡长江大桥", "菜园坝长江大桥"]))
        #expect(byName["九龙坡区"]?.bridges == [])
        #expect(borders.allSatisfy { Set($0.bridges).isDisjoint(with: ["嘉陵江滨江路", "临崖步道"]) })
        #expect(borders.allSatisfy { $0.bridges.count == Set($0.bridges).count })
    }

    /// WGS 84 from GCJ-02 by the published shift, turned round by iteration.
    private static func fromGCJ02(_ geometry: Geometry) -> Geometry {
        func ring(_ line: LineString) -> LineString { LineString(line.positions.map(unshifted)) }
        func polygon(_ polygon: Polygon) -> Polygon { Polygon(ring(polygon.exterior), holes: polygon.holes.map(ring)) }
        return switch geometry {
        case .polygon(let area): .polygon(polygon(area))
        case .multiPolygon(let areas): .multiPolygon(areas.map(polygon))
        default: geometry
        }
    }

    private static func unshifted(_ target: LonLat) -> LonLat {
        var guess = target
        for _ in 0..<8 {
            let moved = shifted(guess)
            guess.longitude -= moved.longitude - target.longitude
            guess.latitude -= moved.latitude - target.latitude
        }
        return guess
    }

    private static func shifted(_ position: LonLat) -> LonLat {
        let (x, y) = (position.longitude - 105, position.latitude - 35)
        func waves(_ value: Double, _ terms: [(Double, Double)]) -> Double {
            terms.reduce(0) { $0 + $1.0 * sin(value * .pi / $1.1) } * 2 / 3
        }
        let common = waves(x, [(20, 1.0 / 6), (20, 0.5)])
        let root = abs(x).squareRoot()
        let north =
            -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
            + waves(y, [(20, 1), (40, 3), (160, 12), (320, 30)])
        let east =
            300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
            + waves(x, [(20, 1), (40, 3), (150, 12), (300, 30)])
        let latitude = position.latitude * .pi / 180
        let eccentricity = 0.006_693_421_622_965_943
        let factor = 1 - eccentricity * sin(latitude) * sin(latitude)
        let radius = 6_378_245 / factor.squareRoot()
        return LonLat(
            position.longitude + east / (radius * cos(latitude)) * 180 / .pi,
            position.latitude + north / (radius * (1 - eccentricity) / factor) * 180 / .pi)
    }
}
