import Messages
import Reach
import Siting
import Spatial
import Store

/// Answers one question of placement on one state of the file.
struct PlacementSurvey {
    private let atlas: Atlas
    private let request: SiteRequest
    private let control: PlacementControl
    private let parts: WalkingParts
    private let table: PlaceTable
    private let demand: DemandSet
    private let sites: SiteSet
    private let walks: WalkTable
    private let districts: Districts?
    private let groups: Districts?
    private let begin = ContinuousClock.now

    init(_ atlas: Atlas, _ request: SiteRequest, _ control: PlacementControl) throws(Failure) {
        self.atlas = atlas
        self.request = request
        self.control = control
        parts = try WalkingParts(atlas)
        table = try parts.places(.building)
        demand = try DemandSet(request, parts, table)
        sites = try SiteCollector(atlas: atlas, parts: parts, request: request).collect()
        guard sites.candidateCount > 0 else { throw Failure(.unusableInput, .noSite, hint: .widenCandidates) }
        let finder = DistrictFinder(
            atlas: atlas, parts: parts, request: request, table: table, demand: demand, sites: sites)
        districts = try finder.districts()
        groups = request.eachAtLeast == nil ? nil : try finder.shareGroups()
        if request.comparesApart, districts == nil {
            throw Failure(.usage, .noDistrictsToPlanApart, hint: .nameSeveralAreas)
        }
        let storeys = StoreyTicks(table, request.walking)
        walks = WalkTable(
            demand: PlacesOnNetwork(
                demand.rows.map { [table] in table.footholds[$0] }, on: try parts.network(request.walking),
                request.walking.direction),
            arcs: try parts.arcs(request.walking), storeyTicks: demand.rows.map(storeys.ticks(of:)))
    }

    // MARK: The problem

    /// The longest walk that is looked at first, in seconds.
    private var horizonSeconds: Double {
        let seconds = request.minutes * 60
        switch request.goal {
        case .cover, .all: return seconds
        case .median, .center: return seconds * SiteRequest.horizonFactor
        }
    }

    private func problem(horizonSeconds: Double) throws(Failure) -> PlacementProblem {
        var demandOfRow: [Int64: Int] = [:]
        for (number, row) in demand.rows.enumerated() { demandOfRow[table.fids[row]] = number }
        let costs = try walks.table(
            sites.sites.map { site in
                WalkTable.Site(
                    foothold: site.foothold,
                    own: site.row.flatMap { $0.layer == .building ? demandOfRow[$0.fid] : nil })
            }, limitTicks: Ticks.of(seconds: horizonSeconds)
        ) { [control] in control.end == .cancelled }
        var problem = PlacementProblem(
            goal: request.goal, table: costs, weights: demand.weights,
            stationCount: request.goal == .all
                ? nil : request.stationCount ?? (request.budget == nil ? request.rankedCount : nil))
        problem.kept = sites.kept.map { UInt32($0) }
        switch request.goal {
        case .cover, .all: problem.radius = horizonSeconds
        case .median, .center: problem.beyondCost = horizonSeconds
        }
        if request.siteCost != nil { problem.siteCosts = sites.sites.map { $0.cost ?? 0 } }
        problem.budget = request.budget
        if request.capacity != nil { problem.capacities = sites.sites.map { $0.capacity ?? .infinity } }
        problem.backup = request.backup
        if let groups, let share = request.eachAtLeast {
            problem.shares = PlacementProblem.Shares(
                groups: groups.ofDemand.map { $0 < 0 ? PlacementProblem.Shares.noGroup : UInt32($0) },
                groupCount: groups.boundaries.count, leastShare: share)
        }
        return problem
    }

    // MARK: The plan

    func plan() throws(Failure) -> SitePlan {
        var prepareSeconds = Self.seconds(.now - begin)
        var problem = try prepared(horizonSeconds: horizonSeconds, &prepareSeconds)
        let equity = request.isEquitable ? KolmPollak(problem) : nil
        var plan = try solve(problem, equity: equity, rankedCount: request.rankedCount)
        try widen(&plan, &problem, &prepareSeconds)
        if request.comparesApart {
            do {
                plan.apart = try apart(problem, plan, equity)
            } catch {
                guard end(error) != nil else { throw error }
            }
        }
        plan.prepareSeconds = prepareSeconds
        plan.solveSeconds = Self.seconds(.now - begin) - prepareSeconds
        plan.notes = notes(plan)
        plan.tellingNames = try DistrictFinder.tellingNames(plan.boundaries.compactMap(\.boundary), atlas)
        return demand.unit == .floorArea ? plan.inTenths : plan
    }

    private func prepared(
        horizonSeconds: Double, _ prepareSeconds: inout Double
    ) throws(Failure) -> PlacementProblem {
        let start = ContinuousClock.now
        defer { prepareSeconds += Self.seconds(.now - start) }
        return try control.withoutCounting { () throws(Failure) in try problem(horizonSeconds: horizonSeconds) }
    }

    /// Looks farther where the worst walk is at the horizon, which is only the
    /// horizon. Where the search is ended meanwhile, the plan there is stays.
    private func widen(
        _ plan: inout SitePlan, _ problem: inout PlacementProblem, _ prepareSeconds: inout Double
    ) throws(Failure) {
        var horizon = horizonSeconds
        while plan.isBeyondHorizon, horizon < Self.widestSeconds, plan.isProved || plan.end == .gapReached {
            let least = plan.bound
            horizon = min(2 * horizon, Self.widestSeconds)
            do {
                problem = try prepared(horizonSeconds: horizon, &prepareSeconds)
                plan = try solve(problem, equity: nil)
                plan.bound = max(plan.bound, min(least, plan.value))
            } catch {
                guard let end = end(error) else { throw error }
                plan.end = end
                return
            }
        }
    }

    /// Why the search ended, where a failure says no more than that it did.
    private func end(_ failure: Failure) -> PlacementAnswer.End? {
        failure.code == .interrupted || failure.what == .noPlanYet ? control.end : nil
    }

    /// Nobody walks longer in any answer.
    private static let widestSeconds = 36_000.0

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    private func solve(
        _ problem: PlacementProblem, equity: KolmPollak?, rankedCount: Int? = nil
    ) throws(Failure) -> SitePlan {
        var composer = composer(problem)
        composer.equity = equity
        return try composer.plan(rankedCount: rankedCount, control)
    }

    private func composer(_ problem: PlacementProblem) -> PlanComposer {
        var composer = PlanComposer(
            problem: problem, site: site, demand: { .building(table.fids[demand.rows[$0]]) },
            weightUnit: demand.unit, costsAreSeconds: true,
            failure: { [groups, table, demand] in
                $0.failure(
                    group: { group in groups.map { $0.boundaries[group].called } ?? "" },
                    demand: { "building/\(table.fids[demand.rows[$0]])" })
            })
        composer.obstacles = demand.rows.map { table.obstacles[$0] }
        composer.districts = districts
        return composer
    }

    /// A site as people know it; few are asked for, so each is read by itself.
    private func site(_ number: UInt32) throws(Failure) -> PlannedSite {
        let site = sites.sites[Int(number)]
        var place = site.place
        if place == nil, let row = site.row {
            place = try atlas.file.feature(row.layer, fid: row.fid).map(Place.feature)
        }
        return PlannedSite(name: site.name, place: place)
    }

    // MARK: Together and apart

    private func apart(
        _ problem: PlacementProblem, _ together: SitePlan, _ equity: KolmPollak?
    ) throws(Failure) -> ApartPlan? {
        guard let districts else { return nil }
        var own = problem
        own.table = districts.apart(problem.table)
        let apart = try solve(own, equity: equity)
        func outcome(_ plan: SitePlan) -> ApartPlan.Outcome {
            ApartPlan.Outcome(
                value: plan.value, bound: plan.bound, end: plan.end, stationCount: plan.stations.count,
                unservedWeight: plan.unserved.reduce(0) { $0 + $1.weight })
        }
        func count(_ plan: SitePlan, _ boundary: StoredFeature?) -> Int {
            plan.stations.count { $0.home?.id == boundary?.id }
        }
        let rows = together.boundaries.map { gain in
            ApartPlan.District(
                boundary: gain.boundary, stationsTogether: count(together, gain.boundary),
                stationsApart: count(apart, gain.boundary))
        }
        let price = request.goal == .cover ? together.value - apart.value : apart.value - together.value
        return ApartPlan(
            together: outcome(together), apart: outcome(apart), stations: apart.stations, districts: rows, price: price)
    }

    // MARK: Notes

    private func notes(_ plan: SitePlan) -> [Text] {
        var notes = sites.notes
        if plan.isBeyondHorizon, let horizon = plan.horizon {
            notes.append(.worstWalkBeyond(minutes: String(Int(horizon / 60))))
        }
        if request.comparesApart, plan.apart == nil { notes.append(.apartMissing) }
        if request.weight == nil, demand.unit == .count { notes.append(.everyBuildingCountsOne) }
        if demand.unit == .residents { notes.append(.residentsEstimated) }
        if sites.unplacedCount > 0 { notes.append(.unplacedCandidates(sites.unplacedCount)) }
        if sites.untoldCount > 0 { notes.append(.untoldCandidates(sites.untoldCount)) }
        let unplaced = demand.rows.count { table.footholds[$0] == nil }
        if unplaced > 0 { notes.append(.unplacedDemand(unplaced)) }
        if !sites.unplacedStations.isEmpty {
            let names = sites.unplacedStations.prefix(8).map(\.station.called).joined(separator: ", ")
            notes.append(.unplacedStations(sites.unplacedStations.count, names))
        }
        return notes
    }
}

extension StoredFeature {
    /// The name, else the ref.
    fileprivate var called: String { name ?? ref }
}
