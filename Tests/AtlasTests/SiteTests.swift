import Atlas
import Foundation
import Messages
import Store
import TestSupport
import Testing

/// Plans over the walks of a random town, against every choice tried by hand.
@Suite struct SiteTests {
    private static let seeds: [UInt64] = [20_261_121, 7, 4242]

    /// A question about doctors, who may settle in every fifth house.
    private func request(minutes: Double = 3, count: Int = 2) -> SiteRequest {
        var request = SiteRequest(minutes: minutes)
        request.stations.kind = "doctor"
        request.stationCount = count
        request.candidates = .buildings("storeys < 8")
        return request
    }

    private struct Town {
        let atlas: Atlas
        let oracle: SiteOracle
        let candidates: [StoredFeature]
        let kept: [StoredFeature]
        /// The numbers of both in the oracle.
        var candidateNumbers: [Int] { Array(candidates.indices) }
        var keptNumbers: [Int] { Array(candidates.count..<candidates.count + kept.count) }

        init(_ town: WalkingTown, minutes: Double, walking: WalkingOptions = WalkingOptions()) throws {
            atlas = town.atlas
            var few = RecordFilter()
            few.expression = "storeys < 8"
            candidates = try atlas.list(.building, filter: few)
            var doctors = RecordFilter()
            doctors.kind = "doctor"
            kept = try atlas.list(.station, filter: doctors)
            oracle = SiteOracle(
                atlas, houses: try atlas.list(.building), sites: candidates + kept, minutes: minutes,
                walking: walking)
        }

        /// The numbers of a plan's stations in the oracle.
        func numbers(_ stations: [PlannedStation]) -> [Int] {
            stations.compactMap { station in
                (candidates + kept).firstIndex { $0.id == station.site.place?.id }
            }
        }
    }

    @Test(arguments: seeds, [false, true])
    func coverIsTheBestOfAllChoices(_ seed: UInt64, _ isFromScratch: Bool) throws {
        let town = WalkingTown.self
        let file = try town.init(seed: seed)
        let oracle = try Town(file, minutes: 3)
        var request = request()
        request.isFromScratch = isFromScratch
        let plan = try oracle.atlas.site(request)
        let kept = isFromScratch ? [] : oracle.keptNumbers
        let best = oracle.oracle.best(of: oracle.candidateNumbers, kept: kept, count: 2, oracle.oracle.served)
        #expect(plan.isProved && plan.bound == plan.value)
        #expect(abs(plan.value - best) < 1e-6 * best, "seed \(seed): \(plan.value), not \(best)")
        let chosen = kept + oracle.numbers(plan.stations)
        #expect(plan.stations.count <= 2 && chosen.count == kept.count + plan.stations.count)
        #expect(abs(oracle.oracle.served(chosen) - best) < 1e-6 * best, "seed \(seed)")
        checkParts(plan, oracle, chosen, among: oracle.candidateNumbers + kept, seed)
        let before = oracle.oracle.served(kept)
        let gains = plan.stations.compactMap(\.gain)
        #expect(gains.count == plan.stations.count && abs(gains.reduce(before, +) - plan.value) < 1e-6 * best)
        #expect(gains == gains.sorted(by: >), "seed \(seed): the greatest gain comes first")
        // What the next one would add is the most that any of the rest does.
        let rest = oracle.candidateNumbers.map { oracle.oracle.served(chosen + [$0]) - best }.max() ?? 0
        #expect(abs((plan.next?.gain ?? 0) - rest) < 1e-6 * best, "seed \(seed)")
    }

    /// Everybody is told once, where he is served, from the nearest station.
    private func checkParts(_ plan: SitePlan, _ town: Town, _ chosen: [Int], among sites: [Int], _ seed: UInt64) {
        let times = town.oracle.nearest(chosen)
        let numbers = Dictionary(uniqueKeysWithValues: town.oracle.houses.enumerated().map { ($1.fid, $0) })
        #expect(plan.assignments.count + plan.unserved.count == town.oracle.houses.count, "seed \(seed)")
        for assignment in plan.assignments {
            guard case .building(let fid) = assignment.demand, let house = numbers[fid] else {
                Issue.record("no house of that number")
                continue
            }
            #expect(assignment.cost == times[house], "seed \(seed), house \(fid)")
            #expect(assignment.weight == town.oracle.weights[house])
        }
        for unserved in plan.unserved {
            guard case .building(let fid) = unserved.demand, let house = numbers[fid] else { continue }
            #expect(times[house] == .infinity)
            let canBe = sites.contains { town.oracle.seconds[$0][house].isFinite }
            #expect((unserved.reason == .none) == canBe, "seed \(seed), house \(fid): \(unserved.reason)")
        }
        let served = plan.open.reduce(0) { $0 + $1.servedWeight }
        #expect(abs(served - plan.servedWeight) < 1e-6 * served)
        for station in plan.open {
            #expect(station.sides.reduce(0) { $0 + $1.count } == station.servedCount)
        }
        #expect(plan.boundaries.reduce(0) { $0 + $1.demandCount } == plan.demandCount)
        let after = plan.boundaries.reduce(0) { $0 + $1.servedAfter }
        #expect(abs(after - plan.servedWeight) < 1e-6 * after)
    }

    @Test(arguments: seeds) func aPlanSaysWhatCoverageSays(_ seed: UInt64) throws {
        let file = try WalkingTown(seed: seed)
        let plan = try file.atlas.site(request(minutes: 4))
        var query = WalkingTown.query(minutes: 4)
        query.added = plan.stations.compactMap(\.site.place)
        let coverage = try file.atlas.coverage(query)
        // A house with a station in it is served without a walk: coverage asks for the way to the street and back.
        #expect(plan.assignments.count >= coverage.total.reached)
        #expect(plan.assignments.count <= coverage.total.reached + plan.stations.count)
        let tenths = Double(coverage.total.reachedFloorAreaTenths) / 10
        #expect(plan.value > tenths - 0.01 && plan.kept.count == coverage.stationCount - plan.stations.count)
    }

    @Test(arguments: seeds) func medianIsTheBestOfAllChoices(_ seed: UInt64) throws {
        let file = try WalkingTown(seed: seed)
        // Walks up to four times the minutes are looked at.
        let town = try Town(file, minutes: 6)
        var request = request(minutes: 1.5)
        request.goal = .median
        request.isFromScratch = true
        let plan = try town.atlas.site(request)
        let sites = town.candidateNumbers
        let candidates = SiteOracle(town.oracle, sites: sites)
        let best = candidates.best(
            of: sites, kept: [], count: 2, { candidates.walks($0, limit: 360) }, isLeast: true)
        #expect(plan.isProved && abs(plan.value - best) < 1e-6 * best, "seed \(seed): \(plan.value), not \(best)")
        #expect(plan.horizon == 360)
    }

    @Test(arguments: seeds) func equityIsTheLeastEquivalentWalk(_ seed: UInt64) throws {
        let file = try WalkingTown(seed: seed)
        let town = try Town(file, minutes: 6)
        var request = request(minutes: 1.5)
        request.goal = .median
        request.isEquitable = true
        let plan = try town.atlas.site(request)
        let equity = try #require(plan.equity)
        let reachable = town.oracle.houses.indices.filter(town.oracle.isReachable)
        let weight = reachable.reduce(0) { $0 + town.oracle.weights[$1] }
        func equivalent(_ open: [Int]) -> Double {
            let times = town.oracle.nearest(open)
            let sum = reachable.reduce(0) {
                $0 + town.oracle.weights[$1] * exp(equity.kappa * min(times[$1], 360))
            }
            return log(sum / weight) / equity.kappa
        }
        let best = town.oracle.best(
            of: town.candidateNumbers, kept: town.keptNumbers, count: 2, equivalent, isLeast: true)
        #expect(plan.isProved && abs(equity.equivalent - best) < 1e-6 * best, "seed \(seed)")
        #expect(equity.kappa > 0 && equity.equivalent > equity.mean && abs(plan.reachableWeight - weight) < 1e-3)
        let chosen = town.keptNumbers + town.numbers(plan.stations)
        #expect(abs(equity.mean - town.oracle.walks(chosen, limit: 360) / weight) < 1e-6 * equity.mean)
        #expect(abs(plan.value - equity.equivalent * weight) < 1e-6 * plan.value)
    }

    @Test(arguments: seeds) func centerLooksAsFarAsItMust(_ seed: UInt64) throws {
        let file = try WalkingTown(seed: seed)
        var request = request(minutes: 0.5)
        request.goal = .center
        request.isFromScratch = true
        let plan = try file.atlas.site(request)
        #expect(plan.isProved && plan.value > 120 && plan.value < plan.horizon ?? 0)
        let town = try Town(file, minutes: (plan.horizon ?? 0) / 60)
        let sites = town.candidateNumbers
        let candidates = SiteOracle(town.oracle, sites: sites)
        let reachable = candidates.houses.indices.filter(candidates.isReachable)
        let best = candidates.best(
            of: sites, kept: [], count: 2,
            { open in
                let times = candidates.nearest(open)
                return reachable.reduce(0) { max($0, times[$1]) }
            }, isLeast: true)
        #expect(plan.value == best, "seed \(seed)")
    }

    @Test(arguments: seeds) func apartEachServesItsOwn(_ seed: UInt64) throws {
        let file = try WalkingTown(seed: seed)
        let town = try Town(file, minutes: 3)
        var request = request()
        request.isFromScratch = true
        request.comparesApart = true
        request.demand.areas = [try town.atlas.feature("A"), try town.atlas.feature("B")]
        let plan = try town.atlas.site(request)
        let apart = try #require(plan.apart)
        let side = { (feature: StoredFeature) in (feature.position?.longitude ?? 0) < 0.0008 * 5.3 }
        var own = town.oracle.seconds
        for (site, feature) in town.candidates.enumerated() {
            for (house, other) in town.oracle.houses.enumerated() where side(feature) != side(other) {
                own[site][house] = .infinity
            }
        }
        let alone = SiteOracle(town.oracle, seconds: own)
        let best = alone.best(of: town.candidateNumbers, kept: [], count: 2, alone.served)
        #expect(apart.apart.isProved && abs(apart.apart.value - best) < 1e-6 * best, "seed \(seed)")
        #expect(apart.together.value == plan.value && abs(apart.price - (plan.value - apart.apart.value)) < 1e-6)
        #expect(apart.price >= 0 && apart.stations.count == apart.apart.stationCount)
        #expect(apart.districts.map { $0.boundary?.ref } == ["A", "B"])
        #expect(apart.districts.reduce(0) { $0 + $1.stationsApart } == apart.stations.count)
        for station in apart.stations { #expect(station.sides.count <= 1) }
    }

    @Test(arguments: seeds, [PlacementProblem.Goal.cover, .median])
    func everyRankIsTheBestAfterThoseBefore(_ seed: UInt64, _ goal: PlacementProblem.Goal) throws {
        let file = try WalkingTown(seed: seed)
        let minutes = 3.0
        let limit = goal == .cover ? minutes : minutes * SiteRequest.horizonFactor
        let town = try Town(file, minutes: limit)
        var request = request(minutes: minutes)
        request.goal = goal
        request.stationCount = nil
        request.rankedCount = 5
        let plan = try town.atlas.site(request)
        #expect(plan.ranking.map(\.order) == Array(1...5) && plan.stations.count <= 5)
        let isMost = goal == .cover
        func value(_ open: [Int]) -> Double {
            isMost ? town.oracle.served(open) : town.oracle.walks(open, limit: limit * 60)
        }
        var open = town.keptNumbers
        for ranked in plan.ranking {
            let values = town.candidateNumbers.map { value(open + [$0]) }
            let best = try #require(isMost ? values.max() : values.min())
            let before = value(open)
            let chosen = try #require(town.candidates.firstIndex { $0.id == ranked.site.place?.id })
            open.append(chosen)
            #expect(abs(value(open) - best) < 1e-6 * best, "seed \(seed), rank \(ranked.order)")
            #expect(abs(ranked.value - best) < 1e-6 * best, "seed \(seed), rank \(ranked.order)")
            #expect(abs((ranked.gain ?? -1) - abs(best - before)) < 1e-6 * best, "seed \(seed), rank \(ranked.order)")
            #expect(isMost ? ranked.bound >= ranked.value : ranked.bound <= ranked.value)
            guard ranked.order <= 2 else { continue }
            let optimum = town.oracle.best(
                of: town.candidateNumbers, kept: town.keptNumbers, count: ranked.order, value, isLeast: !isMost)
            #expect(abs(ranked.bound - optimum) < 1e-6 * optimum, "seed \(seed): the bound is the optimum")
        }
        #expect(plan.isProved && abs(plan.value - (plan.ranking.last?.bound ?? 0)) < 1e-6 * plan.value)
    }

    @Test func withoutTimeARankingHasBoundsAllTheSame() throws {
        let file = try WalkingTown(seed: 7)
        var request = request(count: 5)
        request.rankedCount = 5
        let proved = try file.atlas.site(request)
        let control = PlacementControl(workLimit: 1)
        let hasty = try file.atlas.site(request, control: control)
        for (ranked, best) in zip(hasty.ranking, proved.ranking) {
            #expect(ranked.value == best.value && ranked.bound >= best.bound * (1 - 1e-9))
        }
    }

    @Test func storeysAndPaceCount() throws {
        let file = try WalkingTown(seed: 7)
        var request = request()
        let plain = try file.atlas.site(request)
        request.walking.countsStoreys = true
        let vertical = try file.atlas.site(request)
        #expect(vertical.value < plain.value)
        request.walking = WalkingOptions(paceMetersPerMinute: 90)
        #expect(try file.atlas.site(request).value > plain.value)
    }

    @Test func sitesMayBeStationsOrAFile() throws {
        let file = try WalkingTown(seed: 7)
        let atlas = file.atlas
        var request = request(count: 1)
        var schools = RecordFilter()
        schools.kind = "school"
        request.candidates = .stations(schools)
        let refs = Set(try atlas.list(.station, filter: schools).map(\.ref))
        let plan = try atlas.site(request)
        #expect(plan.candidateCount == 3 && plan.stations.allSatisfy { refs.contains($0.site.name) })

        // The same places from a file: by ref, and by position.
        let houses = try atlas.list(.building).prefix(3)
        let byRef = try TemporaryFile("ref,note\n" + houses.map { "\($0.ref),x\n" }.joined(), ending: ".csv")
        request.candidates = .file(byRef.path)
        let named = try atlas.site(request)
        #expect(named.candidateCount == 3 && named.stations.allSatisfy { $0.site.place?.id != nil })
        let rows = houses.map { "\($0.ref),\($0.position?.longitude ?? 0),\($0.position?.latitude ?? 0)\n" }
        let byPosition = try TemporaryFile("name,lon,lat\n" + rows.joined(), ending: ".csv")
        request.candidates = .file(byPosition.path)
        let placed = try atlas.site(request)
        #expect(placed.stations.map(\.site.name) == named.stations.map(\.site.name))
        let unknown = try TemporaryFile("ref,note\nnobody,x\n", ending: ".csv")
        request.candidates = .file(unknown.path)
        #expect { _ = try atlas.site(request) } throws: { ($0 as? Failure)?.code == .notFound }
    }

    @Test func capacityAndBudgetAreKept() throws {
        let file = try WalkingTown(seed: 4242)
        var request = request(minutes: 4)
        request.isFromScratch = true
        request.capacity = .number(9000)
        let plan = try file.atlas.site(request)
        #expect(plan.isProved && abs(plan.servedWeight - plan.value) < 1e-6 * plan.value)
        #expect(plan.stations.count == 2 && plan.stations.allSatisfy { $0.servedWeight <= 9000.001 })
        request.capacity = nil
        request.siteCost = .column("storeys")
        request.budget = 4
        request.stationCount = nil
        let cheap = try file.atlas.site(request)
        #expect(cheap.isProved && cheap.stations.reduce(0) { $0 + ($1.cost ?? 99) } <= 4)
        #expect(!cheap.stations.isEmpty)
    }

    @Test func sharesThatClashAreNamed() throws {
        let file = try WalkingTown(seed: 7)
        var request = request(count: 1)
        request.isFromScratch = true
        request.eachAtLeast = 0.9
        #expect { _ = try file.atlas.site(request) } throws: { error in
            guard let failure = error as? Failure else { return false }
            return failure.code == .unusableInput && ["A", "B"].contains { failure.what.zh.contains($0) }
        }
        request.eachAtLeast = 0.05
        request.stationCount = 2
        let plan = try file.atlas.site(request)
        #expect(plan.boundaries.allSatisfy { $0.servedAfter >= 0.05 * $0.weight - 0.001 })
    }

    @Test func aStationThatServesNobodyElseIsNotBuilt() throws {
        let file = try WalkingTown(seed: 7)
        var request = request(minutes: 60, count: 6)
        request.isFromScratch = true
        request.candidates = .buildings(nil)
        let plan = try file.atlas.site(request)
        #expect(plan.isProved && plan.stations.count < 6 && plan.stations.allSatisfy { ($0.gain ?? 0) > 0 })
        #expect(plan.next == nil && plan.unserved.allSatisfy { $0.reason != .none })
    }

    @Test func whatMakesNoSenseIsRefused() throws {
        let file = try WalkingTown(seed: 7)
        let cases: [(Failure.Code, (inout SiteRequest) -> Void)] = [
            (.unusableInput, { $0.candidates = .buildings("storeys > 1000") }),
            (.notFound, { $0.demand.expression = "storeys > 1000" }),
            (.unusableInput, { $0.stationCount = 1000 }), (.usage, { $0.stationCount = nil }),
            (.usage, { $0.weight = .column("nothing") }),
            (.usage, { $0.isEquitable = true }),
            (
                .usage,
                {
                    $0.goal = .center; $0.rankedCount = 3
                }
            ),
        ]
        for (index, (code, change)) in cases.enumerated() {
            var request = request()
            change(&request)
            #expect("case \(index)") { _ = try file.atlas.site(request) } throws: { ($0 as? Failure)?.code == code }
        }
    }

    @Test func theSameQuestionHasTheSameAnswer() throws {
        let file = try WalkingTown(seed: 7)
        let answers = try (0..<3).map { _ in try file.atlas.site(request(count: 4)) }
        for answer in answers {
            #expect(answer.stations.map(\.site.name) == answers[0].stations.map(\.site.name))
            #expect(answer.value == answers[0].value && answer.stations.map(\.gain) == answers[0].stations.map(\.gain))
        }
    }
}
