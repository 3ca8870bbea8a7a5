import Messages
import Siting
import Store

/// Makes a plan that people read of an answer that counts in numbers.
struct PlanComposer {
    /// The problem.
    var problem: PlacementProblem
    /// What stands for its sites.
    let site: (UInt32) throws(Failure) -> PlannedSite
    /// What stands for its demand.
    let demand: (Int) -> SitePlan.Demand
    /// What weights are.
    let weightUnit: SitePlan.WeightUnit
    /// Whether costs are seconds of walking.
    let costsAreSeconds: Bool
    /// Why there is no plan, in words.
    let failure: (PlacementFailure) -> Failure
    /// How much long walks weigh more than in proportion; `nil`: not at all.
    var equity: KolmPollak?
    /// Why a demand meets no street; empty where all do.
    var obstacles: [Obstacle] = []
    /// Which boundaries demand and sites lie in; `nil` where there are none.
    var districts: Districts?

    /// The plan of an answer.
    ///
    /// - Throws: `Failure` of what reads the sites.
    /// - Complexity: O(n) for n entries of the table, times the stations for
    ///   `center` and with capacities.
    func plan(_ answer: PlacementAnswer) throws(Failure) -> SitePlan {
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
        let order = try ordered(answer, &plan)
        plan.kept = try problem.kept.map { site throws(Failure) in try station(site, order: nil, gain: nil) }
        plan.stations = try zip(1..., order).map { number, opened throws(Failure) in
            try station(opened.site, order: number, gain: opened.gain)
        }
        let open = problem.kept + order.map(\.site)
        var served = problem
        // With capacities somebody may walk farther so that all together walk less: not than the worst.
        if problem.goal == .center, !problem.capacities.isEmpty { served.beyondCost = answer.value }
        fill(&plan, Services(served, open: open), open)
        return plan
    }

    /// The bound; where a search ended before it had any, the plainest one.
    private func bound(of answer: PlacementAnswer) -> Double {
        if answer.bound.isFinite { return answer.bound }
        return problem.goal == .cover ? problem.weights.reduce(0, +) : 0
    }

    private func station(_ number: UInt32, order: Int?, gain: Double?) throws(Failure) -> PlannedStation {
        var station = PlannedStation(order: order, site: try site(number), gain: gain)
        if order != nil, !problem.siteCosts.isEmpty { station.cost = problem.siteCosts[Int(number)] }
        station.home = districts.flatMap { $0.boundary($0.ofSite[Int(number)]) }
        return station
    }

    // MARK: Gains

    /// The sites of an answer, the one that adds most first, and what each adds
    /// to those before it; tells the plan what one more would add.
    private func ordered(
        _ answer: PlacementAnswer, _ plan: inout SitePlan
    ) throws(Failure) -> [(site: UInt32, gain: Double?)] {
        guard problem.capacities.isEmpty else {
            let order = CapacityOpening(problem).order(of: answer.sites)
            plan.isNextKnown = false
            return useful(Array(zip(order, gains(order))), answer)
        }
        var opening = GreedyOpening(problem, among: answer.sites)
        let order = opening.openAll()
        plan.isNextKnown = problem.goal != .center && opening.isGainKnown
        plan.next = plan.isNextKnown ? try next(opening) : nil
        // Sums say it themselves; what the worst cost makes of them is worked out anew.
        let gains =
            problem.goal == .center ? gains(order.map(\.site)) : order.map { $0.isGainKnown ? $0.gain : nil }
        return useful(Array(zip(order.map(\.site), gains)), answer)
    }

    /// The stations without the last ones that add nothing: an answer may hold
    /// as many as were asked for, whether or not they help.
    private func useful(
        _ order: [(UInt32, Double?)], _ answer: PlacementAnswer
    ) -> [(site: UInt32, gain: Double?)] {
        guard problem.goal == .cover || problem.goal == .median else { return order }
        let least = problem.capacities.isEmpty ? 0 : 1e-9 * abs(answer.value)
        let last = order.lastIndex { $0.1.map { $0 > least } ?? true }
        return Array(order.prefix((last ?? -1) + 1))
    }

    /// What each station adds to those before it, by the value of the goal; for
    /// `all` the weight that is served.
    private func gains(_ order: [UInt32]) -> [Double?] {
        var part = problem
        part.shares = nil
        if problem.goal == .all { part.goal = .cover }
        let value = PlacementValue(part)
        var open: [UInt32] = []
        var before = problem.goal == .center && problem.kept.isEmpty ? nil : value(open)
        return order.map { site in
            open.append(site)
            let after = value(open)
            defer { before = after }
            guard let before, let after else { return nil }
            return abs(after - before)
        }
    }

    /// The site that would add most to all these; of equals the first.
    private func next(_ opening: GreedyOpening) throws(Failure) -> SitePlan.NextStation? {
        let gains = opening.gainsOfAllSites()
        guard let most = gains.max(), most > 0, let best = gains.firstIndex(of: most) else { return nil }
        return SitePlan.NextStation(site: try site(UInt32(best)), gain: most)
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
