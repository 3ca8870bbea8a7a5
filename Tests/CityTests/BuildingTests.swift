import Spatial
import Testing

@testable import city

@Suite struct BuildingTests {
    private let city = SampleCity.committed

    private struct Footing {
        let building: Int
        let outline: [LonLat]
        let box: BoundingBox
    }

    private var footings: [Footing] {
        city.buildings.indices.flatMap { index in
            outlines(city.buildings[index].footprint.geometry).map {
                Footing(building: index, outline: $0, box: box($0))
            }
        }
    }

    @Test(arguments: [1000, 2500, 6000]) func exactlyAsManyAreMadeAsWereAskedFor(count: Int) throws {
        #expect(try #require(SampleCity(seed: 5, plannedFor: count)).buildings.count == count)
    }

    @Test func shapesOfAllKindsAreThere() {
        var (angles, courtyards, groups, points) = (0, 0, 0, 0)
        for building in city.buildings {
            switch building.footprint.geometry {
            case .polygon(let polygon):
                if polygon.exterior.positions.count == 7 { angles += 1 }
                if !polygon.holes.isEmpty { courtyards += 1 }
            case .multiPolygon: groups += 1
            default: points += 1
            }
        }
        #expect(angles > 300)
        #expect(courtyards > 30)
        #expect(groups > 10)
        #expect(points > 10)
    }

    @Test func towersStandOnTheirPodium() {
        let complexes = Dictionary(grouping: city.buildings.filter { $0.complex != nil }) {
            $0.address + ($0.complex ?? "")
        }
        #expect(complexes.count >= 10)
        for members in complexes.values {
            let podium = outlines(members[0].footprint.geometry)[0]
            #expect(members.count >= 3)
            for tower in members.dropFirst() {
                #expect(outlines(tower.footprint.geometry)[0].allSatisfy { ring(podium, holds: $0) })
            }
        }
    }

    @Test func rowHousesShareTheirWallsExactly() {
        let edges = city.buildings.flatMap { outlines($0.footprint.geometry).flatMap(Edge.edges) }
        let all = Set(edges)
        #expect(edges.filter { all.contains($0.reversed) }.count > 200)
    }

    @Test func noTwoBuildingsOverlapButTowersAndPodium() {
        let footings = footings.sorted { $0.box.west < $1.box.west }
        var checked = 0
        for (index, a) in footings.enumerated() {
            for b in footings[(index + 1)...] {
                if b.box.west > a.box.east { break }
                guard a.box.intersects(b.box), a.building != b.building else { continue }
                let complex = city.buildings[a.building].complex
                if complex != nil && complex == city.buildings[b.building].complex { continue }
                checked += 1
                #expect(!cross(a.outline, b.outline))
                #expect(!ring(a.outline, holds: center(b)) && !ring(b.outline, holds: center(a)))
            }
        }
        #expect(checked > 100)
    }

    private func center(_ footing: Footing) -> LonLat {
        let corners = footing.outline.dropLast()
        return LonLat(
            corners.reduce(0) { $0 + $1.longitude } / Double(corners.count),
            corners.reduce(0) { $0 + $1.latitude } / Double(corners.count))
    }

    @Test func noBuildingStandsInTheWaterOrAcrossAStreet() {
        let waters = city.waters
        let streets = city.streets.filter { !$0.isTunnel }.map { (positions: $0.positions, box: box($0.positions)) }
            .sorted { $0.box.west < $1.box.west }
        for footing in footings {
            #expect(!footing.outline.contains { corner in waters.contains { ring($0, holds: corner) } })
            for street in streets {
                if street.box.west > footing.box.east { break }
                if street.box.intersects(footing.box) { #expect(!cross(street.positions, footing.outline)) }
            }
        }
    }

    @Test func outlinesRunCounterClockwise() {
        for footing in footings {
            let doubled = Edge.edges(footing.outline).reduce(0) {
                $0 + ($1.from.longitude - footing.box.west) * ($1.to.latitude - footing.box.south)
                    - ($1.to.longitude - footing.box.west) * ($1.from.latitude - footing.box.south)
            }
            #expect(doubled > 0)
        }
    }

    @Test func officeTowersHaveNamesInBothLanguagesAndALedger() {
        let offices = city.buildings.filter { $0.business != nil }
        #expect((200...500).contains(offices.count))
        #expect(offices.allSatisfy { $0.name != nil && $0.nameEnglish != nil && $0.grade != nil })
        #expect(city.buildings.contains { $0.floorAreaSquareMeters == nil })
    }
}
