@testable import Atlas
import Foundation
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// Coverage, and what is tried out with it, against questions asked one by one.
@Suite struct CoverageTests {
    private static let seeds: [UInt64] = [20_261_121, 7, 77, 4242]

    /// The seconds from every house in reach to the nearest of some stations, each station asked by itself.
    private func seconds(_ atlas: Atlas, to stations: [StoredFeature], _ query: CoverageQuery) throws -> [Int64: Double]
    {
        var nearest: [Int64: Double] = [:]
        for station in stations {
            var reach = ReachQuery([.feature(station)])
            reach.walking = query.walking
            reach.means = query.means
            for found in try atlas.reached(reach, minutes: query.minutes) {
                nearest[found.feature.fid] = min(nearest[found.feature.fid] ?? .infinity, found.seconds)
            }
        }
        return nearest
    }

    @Test(arguments: seeds, [Means.walk, .radius])
    func whoIsReachedOnlyAcrossIsWhoOwnStationsDoNotReach(_ seed: UInt64, _ means: Means) throws {
        let atlas = try WalkingTown(seed: seed).atlas
        var query = WalkingTown.query(minutes: means == .walk ? 4 : 3)
        query.means = means
        let coverage = try atlas.coverage(query)
        let stations = try atlas.list(.station, filter: query.stations)
        #expect(coverage.stationCount == stations.count && coverage.boundaries.count >= 2)
        let all = try seconds(
            atlas,
            to: stations.filter { station in
                !coverage.unplacedStations.contains { $0.station.fid == station.fid }
            }, query)
        var linked: Set<Int64> = []
        for (boundary, count) in coverage.boundaries {
            guard let boundary else { continue }
            var inside = RecordFilter()
            inside.areas = [boundary]
            let own = try atlas.list(.station, filter: inside).filter { station in
                station.text("kind") == "doctor"
                    && !coverage.unplacedStations.contains { $0.station.fid == station.fid }
            }
            let ownSeconds = try seconds(atlas, to: own, query)
            let houses = try atlas.list(.building, filter: inside).map(\.fid)
            #expect(count.buildings == houses.count, "seed \(seed)")
            #expect(count.reached == houses.count { all[$0] != nil }, "seed \(seed)")
            #expect(
                count.reachedOnlyAcross == houses.count { all[$0] != nil && ownSeconds[$0] == nil }, "seed \(seed)")
            linked.formUnion(houses.filter { all[$0] ?? .infinity < ownSeconds[$0] ?? .infinity })
        }
        // Who is nearer to a station elsewhere is linked with it; who is as near to both may be.
        #expect(Set(coverage.links.map(\.fid)).isSuperset(of: linked), "seed \(seed)")
        // Walks are whole ticks; the plain circle measures metres, and coverage counts in ticks.
        let tickSeconds = means == .walk ? 0 : 1.0 / 16
        for link in coverage.links {
            let seconds = try #require(all[link.fid])
            #expect(abs(seconds - link.seconds) <= tickSeconds, "seed \(seed), \(link.fid)")
        }
        #expect(coverage.links.count == coverage.services.reduce(0) { $0 + $1.buildings })
        if seed == Self.seeds[0], means == .walk { #expect(!linked.isEmpty && coverage.total.reachedOnlyAcross > 0) }
        let blind = Set(try atlas.list(.building).map(\.fid)).subtracting(all.keys)
        #expect(Set(coverage.blindSpots.map(\.fid)) == blind, "seed \(seed)")
    }

    @Test(arguments: seeds) func theSecondNearestIsTheNearestWithoutTheFirst(_ seed: UInt64) throws {
        let atlas = try WalkingTown(seed: seed).atlas
        let query = WalkingTown.query(per: .community)
        let lists = try atlas.nearestStations(query, count: 3)
        let buildings = try atlas.list(.building).count
        #expect(lists.contains { $0.stations.count > 1 } && lists.count == buildings)
        for list in lists {
            #expect(list.stations.map(\.seconds) == list.stations.map(\.seconds).sorted())
            #expect(Set(list.stations.compactMap(\.station.id)).count == list.stations.count)
        }
        let nearest = try atlas.nearestStations(query, count: 1)
        #expect(zip(lists, nearest).allSatisfy { $0.stations.first?.seconds == $1.stations.first?.seconds })
        // Without the stations that are nearest to a building, its second one is its nearest.
        let served = try #require(lists.first { $0.stations.count > 1 })
        guard case .feature(let first) = served.stations[0].station else { return }
        var without = query
        without.removed = [first.fid]
        let rest = try atlas.nearestStations(without, count: 1)
        #expect(rest.first { $0.fid == served.fid }?.stations.first?.seconds == served.stations[1].seconds)
        #expect(throws: Failure.self) { try atlas.nearestStations(query, count: 9) }
    }

    @Test(arguments: seeds) func residentsAreWholeAndAddUp(_ seed: UInt64) throws {
        let atlas = try WalkingTown(seed: seed).atlas
        var query = WalkingTown.query(per: .community)
        for boundary in try atlas.coverage(query).boundaries {
            guard let area = boundary.boundary else { continue }
            guard case .integer(let population) = area["population"] else {
                Issue.record("\(area.ref) has no people")
                continue
            }
            let lived = boundary.count.buildings > 0
            #expect(boundary.count.residents == (lived ? population : 0), "seed \(seed), \(area.ref)")
            // Every house asked by itself: within one of its share of the floor area where people live.
            guard area.ref == "A1" || area.ref == "B2" else { continue }
            query.buildings.areas = [area]
            let houses = try atlas.list(.building, filter: query.buildings)
            let homes = houses.filter { $0.text("use") == "住宅" }
            func floorArea(_ house: StoredFeature) -> Double {
                switch house["floor_area_m2"] {
                case .real(let value): value
                case .integer(let value): Double(value)
                default: 0
                }
            }
            let total = homes.reduce(0) { $0 + floorArea($1) }
            guard total > 0 else { continue }
            var sum: Int64 = 0
            for house in houses {
                query.buildings.expression = "ref = '\(house.ref)'"
                let count = try atlas.coverage(query).total
                let isHome = house.text("use") == "住宅"
                let share = isHome ? Double(population) * floorArea(house) / total : 0
                #expect(abs(Double(count.residents) - share) < 1, "seed \(seed), \(house.ref)")
                sum += count.residents
            }
            #expect(sum == population)
            query.buildings = RecordFilter()
        }
    }

    @Test(arguments: seeds, [false, true])
    func aTrialAnswersAsStartingOverDoes(_ seed: UInt64, _ isVertical: Bool) throws {
        let atlas = try WalkingTown(seed: seed).atlas
        var random = SeededGenerator(seed: seed ^ 0x5EED)
        var query = WalkingTown.query(minutes: 5)
        query.walking.countsStoreys = isVertical
        let trial = try CoverageTrial(atlas, query)
        var rows: [(number: Int, feature: StoredFeature)] = []
        for (number, place) in trial.stations.enumerated() {
            if case .feature(let feature)? = place { rows.append((number, feature)) }
        }
        var added: [(number: Int, position: LonLat)] = []
        for step in 0..<25 {
            let place = WalkingTown.position(&random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where !rows.isEmpty:
                let gone = rows.remove(at: Int.random(in: rows.indices, using: &random))
                trial.remove(gone.number)
                query.removed.insert(gone.feature.fid)
            case 1 where !added.isEmpty:
                trial.remove(added.remove(at: Int.random(in: added.indices, using: &random)).number)
            case 2 where !added.isEmpty:
                let index = Int.random(in: added.indices, using: &random)
                guard (try? trial.move(added[index].number, to: .position(place))) != nil else { continue }
                added[index].position = place
            default:
                guard let number = try? trial.add(.position(place)) else { continue }
                added.append((number, place))
            }
            query.added = added.map { .position($0.position) }
            guard !rows.isEmpty || !added.isEmpty else { continue }
            let coverage = try atlas.coverage(query)
            let expected = Dictionary(
                uniqueKeysWithValues: coverage.boundaries.map { ($0.boundary?.ref ?? "", $0.count) })
            for (boundary, count) in zip(trial.boundaries, trial.counts) {
                var known = expected[boundary?.ref ?? ""] ?? CoverageCount()
                known.reachedOnlyAcross = 0
                #expect(count == known, "seed \(seed), step \(step), \(boundary?.ref ?? "none")")
            }
            var total = coverage.total
            total.reachedOnlyAcross = 0
            #expect(trial.total == total, "seed \(seed), step \(step)")
        }
    }

    @Test func whereNobodyCanWalkToATrialKeepsItsAnswer() throws {
        let atlas = try WalkingTown(seed: 3).atlas
        let trial = try CoverageTrial(atlas, WalkingTown.query())
        let (counts, count) = (trial.counts, trial.stations.count)
        #expect { try trial.add(.position(LonLat(10, 10))) } throws: { ($0 as? Failure)?.code == .notFound }
        #expect { try trial.move(0, to: .position(LonLat(10, 10))) } throws: { ($0 as? Failure)?.code == .notFound }
        #expect(trial.counts == counts && trial.stations.count == count)
    }

    @Test(arguments: seeds) func theBorderAsksEachSideByItself(_ seed: UInt64) throws {
        let atlas = try WalkingTown(seed: seed).atlas
        let (a, b) = (try atlas.feature("A"), try atlas.feature("B"))
        var query = BorderQuery(a, b, minutes: 5)
        query.stations.kind = "doctor"
        query.withinMeters = 300
        let services = try atlas.borderServices(query)
        #expect(!services.buildings.isEmpty)
        var times: [[Int64: Double]] = []
        for side in [a, b] {
            var inside = RecordFilter()
            inside.areas = [side]
            inside.kind = "doctor"
            var hour = CoverageQuery(minutes: 60)
            hour.walking = query.walking
            let stations = try atlas.list(.station, filter: inside).filter { station in
                (try? atlas.reached(ReachQuery([.feature(station)]), minutes: 1)) != nil
            }
            times.append(try seconds(atlas, to: stations, hour))
        }
        for building in services.buildings {
            let fid = building.feature.fid
            let (own, across) = building.isInA ? (times[0][fid], times[1][fid]) : (times[1][fid], times[0][fid])
            #expect(building.ownSeconds == own && building.acrossSeconds == across, "seed \(seed), \(fid)")
            #expect(building.nearerAcross == ((across ?? .infinity) < (own ?? .infinity)))
            #expect(building.servedOnlyAcross == ((across ?? .infinity) <= 300 && (own ?? .infinity) > 300))
            let nearest = min(own ?? .infinity, across ?? .infinity)
            #expect(building.seconds == (nearest <= 300 ? nearest : nil))
            #expect((building.servedBy == nil) == (nearest > 300))
        }
    }
}
