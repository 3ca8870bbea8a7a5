import ArgumentParser
import Atlas
import Messages

/// `louyu site`
struct SiteCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "site", abstract: Text.helpSite.spoken, discussion: Text.helpSiteDiscussion.spoken)
    }

    @Option(name: .customShort("k"), help: .says(.helpStationCount, value: "N"))
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
        let watch = SearchWatch(isShown: output.showsProgress)
        defer { watch.end() }
        if let costs = own.costs {
            try runOverCosts(costs, try costRequest(), watch)
        } else {
            try runOverAtlas(try atlasRequest(), watch)
        }
        if watch.isInterrupted { throw ExitCode(Failure.Code.interrupted.rawValue) }
    }

    // MARK: Questions

    /// What is asked of an atlas, but for what takes the atlas to know.
    ///
    /// - Throws: `Failure` with `.usage` for options that do not go together.
    private func atlasRequest() throws -> SiteRequest {
        for (option, isGiven) in [("--demand", own.demand != nil), ("--radius", own.radius != nil)] where isGiven {
            throw Failure(.usage, .needsCosts(option), hint: .giveCosts)
        }
        if walking.by == .radius { throw Failure(.usage, .siteIsOnFoot, hint: .leaveOut("--by radius")) }
        var request = SiteRequest(minutes: try MinutesArgument.parseOne(place.minutes ?? "15"))
        request.goal = goal.goal
        request.stationCount = stationCount?.count
        request.isFromScratch = place.fromScratch
        request.demand.expression = place.condition
        request.walking = walking.options(place.direction.direction)
        model.fill(&request)
        try request.check()
        if let candidates = place.candidates { request.candidates = try CandidatesArgument.parse(candidates) }
        return request
    }

    /// What is asked of costs of one's own.
    ///
    /// - Throws: `Failure` with `.usage` for options that do not go together.
    private func costRequest() throws(Failure) -> CostRequest {
        let walks: [(option: String, isGiven: Bool)] = [
            ("--pace", walking.pace.metersPerMinute != PaceArgument.standard.metersPerMinute),
            ("--vertical", walking.vertical), ("--by radius", walking.by == .radius),
            // What of one's own files is public nobody has said.
            ("--public", output.isPublic),
        ]
        for (option, isGiven) in place.given + model.overAtlasOnly + walks where isGiven {
            throw Failure(.usage, .notOverCosts(option), hint: .leaveOut(option))
        }
        if own.costs == "-", own.demand == "-" { throw Failure(.usage, .oneStandardInput, hint: .saveOneFirst) }
        switch output.chosenFormat {
        case .geojson, .geojsonseq, .gpkg, .shp, .fgb, .kml:
            throw Failure(.usage, .noGeometryOfCosts, hint: .formsWithoutGeometry)
        case .table, .json, .csv, .xlsx, .html: break
        }
        var request = CostRequest()
        request.goal = goal.goal
        request.stationCount = stationCount?.count
        request.radius = own.radius?.number
        try model.fill(&request)
        try request.check()
        return request
    }

    // MARK: Answers

    private func runOverCosts(_ costs: String, _ request: CostRequest, _ watch: SearchWatch) throws {
        try output.check(besides: [costs] + (own.demand.map { [$0] } ?? []))
        let placement = try CostPlacement(
            request, costs: costs, demand: own.demand, progress: { watch.show(bytesRead: $0, of: $1) })
        let control = search.control(watch)
        let plan = try watch.run(control) { try placement.plan(control: control) }
        for note in plan.notes { output.note(note) }
        let answer = SiteAnswer(plan, stationCount: placement.request.stationCount, rankedCount: model.next?.count)
        if output.chosenFormat == .html {
            try output.write(answer.page(placement.request, sources: [costs] + (own.demand.map { [$0] } ?? [])))
        } else {
            try answer.write(to: output)
        }
    }

    private func runOverAtlas(_ asked: SiteRequest, _ watch: SearchWatch) throws {
        let atlas = try atlas.open(answeringTo: output)
        try output.prepareWalking(atlas)
        let control = search.control(watch)
        let write: () throws -> Void = try watch.run(control) {
            try atlas.snapshot {
                let request = try control.withoutCounting {
                    var request = asked
                    request.stations = try StationKind.filter(place.kind, atlas, mayBeNew: true)
                    request.demand.areas = try place.areas.map { try atlas.feature($0, in: [.boundary, .zone]) }
                    return request
                }
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
