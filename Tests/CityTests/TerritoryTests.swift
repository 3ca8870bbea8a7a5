import Spatial
import TestSupport
import Testing

@testable import city

@Suite struct TerritoryTests {
    private func edges(_ area: Int, of territory: Territory, on ground: Ground) -> [Edge] {
        Edge.edges(territory.outline(of: area).map { ground.position($0) })
    }

    private func edges(_ area: Int, of city: SampleCity) -> [Edge] {
        edges(area, of: city.territory, on: city.ground)
    }

    /// What is left of outlines where the edges of neighbours cancel.
    private func uncancelled(_ outlines: [[Edge]]) -> Set<Edge> {
        var edges: Set<Edge> = []
        for edge in outlines.joined() where edges.remove(edge.reversed) == nil {
            #expect(edges.insert(edge).inserted, "two areas claim the same side of an edge")
        }
        return edges
    }

    private func neighbors(_ area: Int, _ other: Int, of city: SampleCity) -> [Edge] {
        let edges = Set(edges(area, of: city))
        return self.edges(other, of: city).map(\.reversed).filter(edges.contains)
    }

    @Test(arguments: [(7, 3000), (1, 1000), (2, 9000), (3, 30000), (4, 1000)] as [(UInt64, Int)])
    func areasOfEveryLevelTileTheCityExactly(seed: UInt64, buildings: Int) {
        let plan = CityPlan(seed: seed, buildingCount: buildings, extraBankRows: 0)
        let (ground, territory) = (Ground(plan: plan), Territory(plan: plan))
        let whole = Set(edges(0, of: territory, on: ground))
        for level in [Territory.Area.Level.district, .subdistrict, .community] {
            let areas = territory.areas.indices.filter { territory.areas[$0].level == level }
            let left = uncancelled(areas.map { edges($0, of: territory, on: ground) })
            #expect(left == whole, "seed \(seed), \(level)")
        }
    }

    @Test func areasTileTheAreaAboveThem() {
        let city = SampleCity.committed
        for parent in city.areas(.district) + city.areas(.subdistrict) {
            let children = city.territory.areas.indices.filter { city.territory.areas[$0].parent == parent }
            #expect(uncancelled(children.map { edges($0, of: city) }) == Set(edges(parent, of: city)))
        }
    }

    @Test func theCentralDistrictHasTwelveSubdistrictsAndFourNeighbors() {
        let city = SampleCity.committed
        let areas = city.territory.areas
        #expect(areas.filter { $0.level == .subdistrict && $0.parent == 1 }.count == 12)
        for district in city.areas(.district).dropFirst() {
            #expect(!neighbors(1, district, of: city).isEmpty, "\(areas[district].name)")
            #expect(areas.filter { $0.level == .subdistrict && $0.parent == district }.count >= 2)
        }
        let central = areas.indices.filter {
            areas[$0].level == .community && city.territory.ancestor(of: $0, .district) == 1
        }
        #expect(central.count >= 40)
    }

    @Test func bridgeNeighborsMeetInTheRiverAndLandNeighborsOnLand() {
        let city = SampleCity.committed
        func waterShare(_ district: District) -> Double {
            let border = neighbors(1, 1 + district.rawValue, of: city)
            let wet = border.filter { edge in
                let middle = LonLat(
                    (edge.from.longitude + edge.to.longitude) / 2, (edge.from.latitude + edge.to.latitude) / 2)
                return city.waters.contains { ring($0, holds: middle) }
            }
            return Double(wet.count) / Double(border.count)
        }
        #expect(waterShare(.southBank) == 1)
        #expect(waterShare(.northBank) == 1)
        #expect(waterShare(.southernRoot) < 0.45)
        #expect(waterShare(.northernRoot) < 0.45)
    }

    @Test func twoCommunitiesOfOneNameMeetAcrossALandBorder() throws {
        let city = SampleCity.committed
        let areas = city.territory.areas
        let pair = areas.indices.filter { areas[$0].name == Territory.sharedName }
        try #require(pair.count == 2)
        #expect(city.territory.ancestor(of: pair[0], .district) != city.territory.ancestor(of: pair[1], .district))
        let border = neighbors(pair[0], pair[1], of: city)
        #expect(!border.isEmpty)
        #expect(border.allSatisfy { edge in !city.waters.contains { ring($0, holds: edge.from) } })
        let station = try #require(Stations(ground: city.ground, territory: city.territory).all.last)
        let place = Site.point(station.position)
        #expect(border.map { (Site.point($0.from) - place).length }.min().map { $0 < 50 } == true)
    }

    @Test func otherNamesAreUniqueWithinADistrict() {
        let territory = SampleCity.committed.territory
        for district in 1...5 {
            let names = territory.areas.indices.filter {
                territory.areas[$0].level == .community && territory.ancestor(of: $0, .district) == district
            }.map { territory.areas[$0].name }
            #expect(Set(names).count == names.count)
        }
        #expect(Set(territory.areas.map(\.code)).count == territory.areas.count)
        #expect(territory.areas.allSatisfy { $0.code.hasPrefix("99") && $0.code.count == 12 })
    }

    @Test func zonesOverlapAndOneIsScattered() {
        let city = SampleCity.committed
        let zones = Zones(ground: city.ground).all
        #expect(zones.contains { $0.polygons.count > 1 })
        let (first, second) = (zones[0].polygons[0].exterior.positions, zones[1].polygons[0].exterior.positions)
        #expect(first.contains { ring(second, holds: $0) })
        #expect(second.contains { !ring(first, holds: $0) })
    }
}
