import ArgumentParser
import Atlas
import Messages

/// Where stations stand and whom they serve, in a question about an atlas.
struct SitePlaceOptions: ParsableArguments {
    @Option(help: .says(.helpSiteKind))
    var kind: String?

    @Option(help: .says(.helpSiteMinutes))
    var minutes: String?

    @Flag(help: .says(.helpFromScratch))
    var fromScratch = false

    @Option(name: .customLong("in"), help: .says(.helpSiteIn))
    var areas: [String] = []

    @Option(name: .customLong("where"), help: .says(.helpBuildingWhere))
    var condition: String?

    @Option(help: .says(.helpCandidates))
    var candidates: String?

    @Flag(exclusivity: .exclusive)
    var direction: DirectionFlag = .toward

    /// Every option, and whether it was given.
    var given: [(option: String, isGiven: Bool)] {
        [
            ("--kind", kind != nil), ("--minutes", minutes != nil), ("--from-scratch", fromScratch),
            ("--in", !areas.isEmpty), ("--where", condition != nil), ("--candidates", candidates != nil),
            ("--away", direction == .away),
        ]
    }
}

/// Costs of one's own.
struct OwnCostOptions: ParsableArguments {
    @Option(help: .says(.helpCosts))
    var costs: String?

    @Option(help: .says(.helpDemand))
    var demand: String?

    @Option(help: .says(.helpRadius))
    var radius: NumberArgument?
}

/// What a plan has to keep to besides its goal.
struct SiteModelOptions: ParsableArguments {
    @Option(help: .says(.helpWeight))
    var weight: WeightArgument?

    @Option(help: .says(.helpEachAtLeast))
    var eachAtLeast: ShareArgument?

    @Option(help: .says(.helpCapacity))
    var capacity: AmountArgument?

    @Option(help: .says(.helpBudget))
    var budget: NumberArgument?

    @Option(help: .says(.helpCost))
    var cost: AmountArgument?

    @Option(help: .says(.helpBackup))
    var backup: CountArgument?

    @Flag(help: .says(.helpEquity))
    var equity = false

    @Flag(help: .says(.helpApart))
    var apart = false

    @Option(help: .says(.helpNext))
    var next: CountArgument?

    /// Options that only an atlas has an answer to, and whether they were given.
    var overAtlasOnly: [(option: String, isGiven: Bool)] {
        [
            ("--weight", weight != nil), ("--each-at-least", eachAtLeast != nil), ("--equity", equity),
            ("--apart", apart),
        ]
    }

    /// - Throws: `Failure` with `.usage` for options that do not go together.
    func check(goal: GoalArgument, hasStationCount: Bool) throws(Failure) {
        let isSum = goal == .median || goal == .center
        let mistakes: [(isMade: Bool, first: String, second: String)] = [
            (goal == .all && hasStationCount, "--goal all", "-k"),
            (goal == .all && budget != nil, "--goal all", "--budget"),
            (goal == .all && cost != nil, "--goal all", "--cost"),
            (goal == .all && next != nil, "--goal all", "--next"),
            (goal == .center && next != nil, "--goal center", "--next"),
            (goal == .median && (backup?.count ?? 1) > 1, "--goal median", "--backup"),
            (isSum && eachAtLeast != nil, "--goal \(goal.rawValue)", "--each-at-least"),
            (goal != .median && equity, "--goal \(goal.rawValue)", "--equity"),
            (capacity != nil && (backup?.count ?? 1) > 1, "--capacity", "--backup"),
            (capacity != nil && eachAtLeast != nil, "--capacity", "--each-at-least"),
            (next != nil && budget != nil, "--next", "--budget"),
            (next != nil && capacity != nil, "--next", "--capacity"),
            (next != nil && eachAtLeast != nil, "--next", "--each-at-least"),
            (next != nil && (backup?.count ?? 1) > 1, "--next", "--backup"),
        ]
        if let mistake = mistakes.first(where: \.isMade) {
            throw Failure(.usage, .notBoth(mistake.first, mistake.second), hint: .leaveOneOut)
        }
        if budget != nil, cost == nil { throw Failure(.usage, .needsOther("--budget", "--cost")) }
        if cost != nil, budget == nil { throw Failure(.usage, .needsOther("--cost", "--budget")) }
    }

    /// Puts the options into a question about an atlas.
    func fill(_ request: inout SiteRequest) {
        request.weight = weight?.weight
        request.eachAtLeast = eachAtLeast?.share
        request.capacity = capacity?.amount
        request.budget = budget?.number
        request.siteCost = cost?.amount
        request.backup = backup?.count ?? 1
        request.isEquitable = equity
        request.comparesApart = apart
        request.rankedCount = next?.count
    }
}

/// How long the search may take, and how good is good enough.
struct SearchOptions: ParsableArguments {
    @Option(help: .says(.helpTimeLimit))
    var timeLimit: SecondsArgument?

    @Option(help: .says(.helpOpenGap))
    var gap: ShareArgument?

    @Option(help: .says(.helpWorkLimit))
    var workLimit: CountArgument?

    @Option(help: .says(.helpSeed))
    var seed: UInt64 = 1

    /// A control that begins now and tells a watch how far the search is.
    func control(_ watch: SearchWatch) -> PlacementControl {
        PlacementControl(
            timeLimitSeconds: timeLimit?.seconds, gap: gap?.share ?? 0, workLimit: workLimit?.count, seed: seed,
            report: { watch.show($0) })
    }
}
