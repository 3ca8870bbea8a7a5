import ArgumentParser
import Atlas
import Messages

/// Where stations stand and whom they serve, in a question about an atlas.
struct SitePlaceOptions: ParsableArguments {
    @Option(help: .says(.helpSiteKind, value: "K"))
    var kind: String?

    @Option(help: .says(.helpSiteMinutes, value: "M"))
    var minutes: String?

    @Flag(help: .says(.helpFromScratch))
    var fromScratch = false

    @Option(name: .customLong("in"), help: .says(.helpSiteIn, value: "AREA"))
    var areas: [String] = []

    @Option(name: .customLong("where"), help: .says(.helpBuildingWhere, value: "CQL"))
    var condition: String?

    @Option(help: .says(.helpCandidates, value: "CQL|FILE"))
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
    @Option(help: .says(.helpCosts, value: "FILE"))
    var costs: String?

    @Option(help: .says(.helpDemand, value: "FILE"))
    var demand: String?

    @Option(help: .says(.helpRadius, value: "R"))
    var radius: NumberArgument?
}

/// What a plan has to keep to besides its goal.
struct SiteModelOptions: ParsableArguments {
    @Option(help: .says(.helpWeight, value: "COLUMN"))
    var weight: WeightArgument?

    @Option(help: .says(.helpEachAtLeast, value: "SHARE"))
    var eachAtLeast: ShareArgument?

    @Option(help: .says(.helpCapacity, value: "COLUMN|N"))
    var capacity: AmountArgument?

    @Option(help: .says(.helpBudget, value: "X"))
    var budget: NumberArgument?

    @Option(help: .says(.helpCost, value: "COLUMN|N"))
    var cost: AmountArgument?

    @Option(help: .says(.helpBackup, value: "N"))
    var backup: CountArgument?

    @Flag(help: .says(.helpEquity))
    var equity = false

    @Flag(help: .says(.helpApart))
    var apart = false

    @Option(help: .says(.helpNext, value: "N"))
    var next: CountArgument?

    /// Options that only an atlas has an answer to, and whether they were given.
    var overAtlasOnly: [(option: String, isGiven: Bool)] {
        [
            ("--weight", weight != nil), ("--each-at-least", eachAtLeast != nil), ("--equity", equity),
            ("--apart", apart),
        ]
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

    /// Puts the options into a question about costs of one's own.
    ///
    /// - Throws: `Failure` with `.usage` for a column, which such costs have not.
    func fill(_ request: inout CostRequest) throws(Failure) {
        for (option, amount) in [("--capacity", capacity), ("--cost", cost)] {
            if let amount, amount.number == nil { throw Failure(.usage, .needsNumber(option)) }
        }
        request.capacity = capacity?.number
        request.budget = budget?.number
        request.siteCost = cost?.number
        request.backup = backup?.count ?? 1
        request.rankedCount = next?.count
    }
}

/// How long the search may take, and how good is good enough.
struct SearchOptions: ParsableArguments {
    @Option(help: .says(.helpTimeLimit, value: "S"))
    var timeLimit: SecondsArgument?

    @Option(help: .says(.helpOpenGap, value: "G"))
    var gap: ShareArgument?

    @Option(help: .says(.helpWorkLimit, value: "N"))
    var workLimit: CountArgument?

    @Option(help: .says(.helpSeed, value: "N"))
    var seed: UInt64 = 1

    /// A control that begins now and tells a watch how far the search is.
    func control(_ watch: SearchWatch) -> PlacementControl {
        PlacementControl(
            timeLimitSeconds: timeLimit?.seconds, gap: gap?.share ?? 0, workLimit: workLimit?.count, seed: seed,
            report: { watch.show($0) })
    }
}
