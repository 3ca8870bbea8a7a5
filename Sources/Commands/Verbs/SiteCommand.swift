import ArgumentParser
import Atlas
import Messages

/// `louyu site`
struct SiteCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "site", abstract: Text.helpSite.spoken, discussion: Text.helpSiteDiscussion.spoken)
    }

    @Option(name: .customShort("k"), help: .says(.helpStationCount))
    var stationCount: CountArgument?

    @Option(help: .says(.helpGoal))
    var goal: GoalArgument = .cover

    @OptionGroup var place: SitePlaceOptions
    @OptionGroup var own: OwnCostOptions
    @OptionGroup var model: SiteModelOptions
    @OptionGroup var search: SearchOptions
    @OptionGroup var walking: WalkingOptionGroup
    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try check()
        let watch = SearchWatch(isShown: output.showsProgress)
        defer { watch.end() }
        if let costs = own.costs {
            try runOverCosts(costs, watch)
        } else {
            try runOverAtlas(watch)
        }
        if watch.isInterrupted { throw ExitCode(Failure.Code.interrupted.rawValue) }
    }

    // MARK: What makes no sense

    /// - Throws: `Failure` with `.usage` for options that do not go together.
    private func check() throws(Failure) {
        if own.costs == nil {
            try checkOverAtlas()
        } else {
            try checkOverCosts()
        }
        try model.check(goal: goal, hasStationCount: stationCount != nil)
        if goal != .all, stationCount == nil, model.budget == nil, model.next == nil, own.costs == nil {
            throw Failure(.usage, .needsStationCount)
        }
    }

    private func checkOverAtlas() throws(Failure) {
        for (option, isGiven) in [("--demand", own.demand != nil), ("--radius", own.radius != nil)] where isGiven {
            throw Failure(.usage, .needsCosts(option), hint: .giveCosts)
        }
        if walking.by == .radius { throw Failure(.usage, .siteIsOnFoot, hint: .leaveOut("--by radius")) }
    }

    private func checkOverCosts() throws(Failure) {
        let walks: [(option: String, isGiven: Bool)] = [
            ("--pace", walking.pace.metersPerMinute != PaceArgument.standard.metersPerMinute),
            ("--vertical", walking.vertical), ("--by radius", walking.by == .radius),
        ]
        for (option, isGiven) in place.given + model.overAtlasOnly + walks where isGiven {
            throw Failure(.usage, .notOverCosts(option), hint: .leaveOut(option))
        }
        if own.radius != nil, goal == .median || goal == .center {
            throw Failure(.usage, .radiusNeedsCover(goal.rawValue), hint: .leaveOut("--radius"))
        }
        for (option, amount) in [("--capacity", model.capacity), ("--cost", model.cost)] {
            if let amount, amount.number == nil { throw Failure(.usage, .needsNumber(option)) }
        }
        if own.costs == "-", own.demand == "-" { throw Failure(.usage, .oneStandardInput, hint: .saveOneFirst) }
        switch output.chosenFormat {
        case .geojson, .geojsonseq, .gpkg: throw Failure(.usage, .noGeometryOfCosts, hint: .formsWithoutGeometry)
        case .table, .json, .csv, .html: break
        }
    }

    // MARK: Answers

    private func runOverCosts(_ costs: String, _ watch: SearchWatch) throws {
        try output.check(besides: [costs] + (own.demand.map { [$0] } ?? []))
        var request = CostRequest()
        request.goal = goal.goal
        request.stationCount = stationCount?.count
        request.radius = own.radius?.number
        request.backup = model.backup?.count ?? 1
        request.capacity = model.capacity?.number
        request.siteCost = model.cost?.number
        request.budget = model.budget?.number
        request.rankedCount = model.next?.count
        let placement = try CostPlacement(
            request, costs: costs, demand: own.demand, progress: { watch.show(bytesRead: $0, of: $1) })
        let control = search.control(watch)
        let plan = try watch.run(control) { try placement.plan(control: control) }
        for note in plan.notes { output.note(note) }
        let answer = SiteAnswer(plan, stationCount: placement.request.stationCount, rankedCount: model.next?.count)
        if output.chosenFormat == .html {
            try output.write(answer.page(sources: [costs] + (own.demand.map { [$0] } ?? [])))
        } else {
            try answer.write(to: output)
        }
    }

    private func runOverAtlas(_ watch: SearchWatch) throws {
        let minutes = try MinutesArgument.parseOne(place.minutes ?? "15")
        let candidates = try place.candidates.map(CandidatesArgument.parse)
        let atlas = try atlas.open(answeringTo: output)
        try output.prepareWalking(atlas)
        let control = search.control(watch)
        let write: () throws -> Void = try watch.run(control) {
            try atlas.snapshot {
                var request = SiteRequest(minutes: minutes)
                request.goal = goal.goal
                request.stationCount = stationCount?.count
                request.stations = try StationKind.filter(place.kind, atlas, mayBeNew: true)
                request.isFromScratch = place.fromScratch
                request.demand.areas = try place.areas.map { try atlas.feature($0, in: [.boundary, .zone]) }
                request.demand.expression = place.condition
                if let candidates { request.candidates = candidates }
                request.walking = walking.options(place.direction.direction)
                model.fill(&request)
                if let kind = place.kind, case let known = try atlas.kinds(of: .station), !known.contains(kind) {
                    output.note(.newKind(kind, known))
                }
                let plan = try atlas.site(request, control: control)
                for note in plan.notes { output.note(note) }
                let answer = SiteAnswer(plan, stationCount: request.stationCount, rankedCount: model.next?.count)
                if output.chosenFormat == .html {
                    let map = try SiteMap(plan, answer.stationRows, answer.keptRows, atlas)
                    let page = try answer.page(request, map, atlas)
                    return { try output.write(page) }
                }
                return try answer.writing(atlas, to: output)
            }
        }
        try write()
        try atlas.keepPrepared()
    }
}
