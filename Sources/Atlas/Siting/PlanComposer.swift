import Siting
import Store

/// Makes a plan that people read of an answer that counts in numbers.
struct PlanComposer {
    /// The problem.
    var problem: PlacementProblem
    /// What stands for its sites.
    let site: (UInt32) -> PlannedSite
    /// What stands for its demand.
    let demand: (Int) -> SitePlan.Demand
    /// What weights are.
    let weightUnit: SitePlan.WeightUnit
    /// Whether costs are seconds of walking.
    let costsAreSeconds: Bool
    /// How much long walks weigh more than in proportion; `nil`: not at all.
    var equity: KolmPollak?
    /// Why a demand meets no street; empty where all do.
    var obstacles: [Obstacle] = []
    /// Which boundaries demand and sites lie in; `nil` where there are none.
    var districts: Districts?

    /// The plan of an answer.
    ///
    /// - Complexity: O(n) for n entries of the table, times the stations for
    ///   `center` and with capacities.
    func plan(_ answer: PlacementAnswer) -> SitePlan {
        var plan = SitePlan(
            goal: problem.goal, value: answer.value, bound: bound(of: answer), end: answer.end, weightUnit: weightUnit,
            costsAreSeconds: costsAreSeconds, demandCount: problem.table.demandCount,
            demandWeight: problem.weights.reduce(0, +),
            candidateCount: problem.table.siteCount - problem.kept.count)
        plan.reachableWeight = (0..<problem.table.demandCount).reduce(0) {
            isReachable($1) ? $0 + problem.weights[$1] : $0
        }
        plan.radius = problem.radius
        plan.horizon = problem.beyondCost
        var opening = GreedyOpening(problem, among: answer.sites)
        let order = useful(opening.openAll())
        plan.kept = problem.kept.map { station($0, order: nil, gain: nil) }
        plan.stations = zip(1..., zip(order, gains(order))).map { number, opened in
            station(opened.0.site, order: number, gain: opened.1)
        }
        plan.next = next(opening)
        let open = problem.kept + order.map(\.site)
        fill(&plan, Services(problem, open: open), open)
        return plan
    }

    /// The bound; where a search ended before it had any, the plainest one.
    private func bound(of answer: PlacementAnswer) -> Double {
        if answer.bound.isFinite { return answer.bound }
        return problem.goal == .cover ? problem.weights.reduce(0, +) : 0
    }

    private func station(_ number: UInt32, order: Int?, gain: Double?) -> PlannedStation {
        var station = PlannedStation(order: order, site: site(number), gain: gain)
        if order != nil, !problem.siteCosts.isEmpty { station.cost = problem.siteCosts[Int(number)] }
        station.home = districts.flatMap { $0.boundary($0.ofSite[Int(number)]) }
        return station
    }

    /// The stations without the last ones that serve nobody else: an answer may
    /// hold as many as were asked for, whether or not they help.
    private func useful(_ order: [GreedyOpening.Opened]) -> [GreedyOpening.Opened] {
        let isSum = problem.goal == .cover || problem.goal == .median
        guard isSum, problem.backup == 1, problem.capacities.isEmpty else { return order }
        return Array(order.prefix { $0.gain > 0 || !$0.isGainKnown })
    }

    // MARK: Gains

    /// What each station adds to those before it. Sums say it themselves; what
    /// the worst walk and full stations make of them is worked out anew.
    private func gains(_ order: [GreedyOpening.Opened]) -> [Double?] {
        if problem.capacities.isEmpty, problem.goal != .center {
            return order.map { $0.isGainKnown ? $0.gain : nil }
        }
        var open = problem.kept
        var before = open.isEmpty && problem.goal != .cover ? nil : Services(problem, open: open).value(problem)
        return order.map { opened in
            open.append(opened.site)
            let after = Services(problem, open: open).value(problem)
            defer { before = after }
            guard let before, let after else { return nil }
            return abs(after - before)
        }
    }

    /// The site that would add most to all these; of equals the first.
    private func next(_ opening: GreedyOpening) -> SitePlan.NextStation? {
        guard problem.capacities.isEmpty, problem.goal != .center, opening.isGainKnown else { return nil }
        let gains = opening.gainsOfAllSites()
        guard let most = gains.max(), most > 0, let best = gains.firstIndex(of: most) else { return nil }
        return SitePlan.NextStation(site: site(UInt32(best)), gain: most)
    }

    // MARK: Who is served

    private func fill(_ plan: inout SitePlan, _ services: Services, _ open: [UInt32]) {
        var number = [Int32](repeating: -1, count: problem.table.siteCount)
        for (index, site) in open.enumerated() { number[Int(site)] = Int32(index) }
        var stations = plan.open
        var sides = [[Int32: (count: Int, weight: Double)]](repeating: [:], count: open.count)
        for service in services.all {
            let station = Int(number[Int(service.site)])
            plan.assignments.append(
                SitePlan.Assignment(
                    demand: demand(Int(service.demand)), station: station, cost: service.cost,
                    weight: service.weight))
            stations[station].servedCount += 1
            stations[station].servedWeight += service.weight
            guard let districts else { continue }
            let side = sides[station][districts.ofDemand[Int(service.demand)]] ?? (0, 0)
            sides[station][districts.ofDemand[Int(service.demand)]] = (side.count + 1, side.weight + service.weight)
        }
        if let districts {
            for (station, sides) in sides.enumerated() {
                stations[station].sides = sides.sorted { ($1.value.weight, $0.key) < ($0.value.weight, $1.key) }
                    .map {
                        PlannedStation.Side(
                            boundary: districts.boundary($0.key), count: $0.value.count, weight: $0.value.weight)
                    }
            }
        }
        plan.kept = Array(stations.prefix(problem.kept.count))
        plan.stations = Array(stations.dropFirst(problem.kept.count))
        plan.unserved = unserved(services)
        plan.boundaries = boundaries(services)
    }

    private func unserved(_ services: Services) -> [SitePlan.UnservedDemand] {
        (0..<problem.table.demandCount).compactMap { number in
            let rest = services.unservedWeights[number]
            if services.isServed[number], !Services.isAny(rest, of: problem.weights[number]) { return nil }
            var reason = obstacles.isEmpty ? .none : obstacles[number]
            if reason == .none, !isReachable(number) { reason = .tooFar }
            return SitePlan.UnservedDemand(demand: demand(number), weight: rest, reason: reason)
        }
    }

    /// Whether as many sites reach a demand as have to.
    private func isReachable(_ demand: Int) -> Bool {
        let row = problem.table.row(demand)
        let wanted = problem.goal == .median ? 1 : problem.backup
        return row.count >= wanted && problem.table.costs[row.lowerBound + wanted - 1] <= problem.reach
    }

    /// What each boundary gains; those without demand are left out.
    private func boundaries(_ after: Services) -> [SitePlan.BoundaryGain] {
        guard let districts else { return [] }
        let before = problem.kept.isEmpty ? nil : Services(problem, open: problem.kept)
        var gains = (districts.boundaries.map(Optional.some) + [nil]).map {
            SitePlan.BoundaryGain(boundary: $0, demandCount: 0, weight: 0, servedBefore: 0, servedAfter: 0)
        }
        func row(_ demand: Int) -> Int {
            let home = districts.ofDemand[demand]
            return home < 0 ? districts.boundaries.count : Int(home)
        }
        for demand in 0..<problem.table.demandCount {
            gains[row(demand)].demandCount += 1
            gains[row(demand)].weight += problem.weights[demand]
        }
        for service in before?.all ?? [] { gains[row(Int(service.demand))].servedBefore += service.weight }
        for service in after.all { gains[row(Int(service.demand))].servedAfter += service.weight }
        return gains.filter { $0.demandCount > 0 }
    }
}
