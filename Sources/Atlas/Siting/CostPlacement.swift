import Exchange
public import Messages
public import Siting

/// A question of placement over one's own costs: who can be served from
/// where, and at what cost, stands in a file. It needs no atlas.
///
/// ```swift
/// var request = CostRequest()
/// request.goal = .median
/// request.stationCount = 4
/// let placement = try CostPlacement(request, costs: "costs.csv", demand: "demand.csv")
/// let plan = try placement.plan()
/// ```
public struct CostRequest: Sendable {
    /// What is asked for.
    public var goal = PlacementProblem.Goal.cover
    /// How many stations are new, at most; `nil` where the file or a budget
    /// says so, where the goal is `all`, or where only a ranking is asked for.
    public var stationCount: Int?
    /// `cover` and `all`: greater costs do not count; `nil`: all do.
    public var radius: Double?
    /// How many stations have to reach a demand until it counts as served.
    public var backup = 1
    /// How much weight every station can serve; `nil` for no limit.
    public var capacity: Double?
    /// What every new station costs.
    public var siteCost: Double?
    /// What all new stations may cost together.
    public var budget: Double?
    /// How many next stations are to be ranked.
    public var rankedCount: Int?

    /// Makes a question that asks for cover.
    public init() {}
}

/// A question of placement over one's own costs, its files read.
public struct CostPlacement: Sendable {
    /// The question; its station count is the file's where it named none.
    public private(set) var request: CostRequest
    /// Seconds that reading took.
    public let readSeconds: Double

    private let siteNames: NameList
    private let demandNames: NameList
    private let hasWeights: Bool
    private let problem: PlacementProblem

    /// Reads the files of a question: CSV `site,demand,cost` or a p-median file
    /// of the OR-Library, and perhaps CSV `demand,weight`.
    ///
    /// - Parameters:
    ///   - request: what is asked for.
    ///   - costs: the path of the costs; `-` is standard input.
    ///   - demand: the path of the weights; `nil` for demand of weight 1.
    ///   - progress: hears, from any thread, how many bytes of how many are
    ///     read; breaks off with `false`.
    /// - Throws: `Failure`: `.notFound`, `.inputOutput`; `.unusableInput` with
    ///   file and line, and for more costs than memory; `.usage` for options
    ///   that do not go together, for demand of which none has any weight, and
    ///   where nobody says how many stations; `.interrupted`.
    public init(
        _ request: CostRequest, costs: String, demand: String? = nil,
        progress: @escaping @Sendable (_ bytesRead: Int, _ bytesToRead: Int) -> Bool = { _, _ in true }
    ) throws(Failure) {
        try request.check()
        let start = ContinuousClock.now
        self.request = request
        let list = try Self.read(request, costs, demand, progress)
        if let demand, !list.weights.contains(where: { $0 > 0 }) {
            throw Failure(.usage, .noWeightOfDemand(demand), hint: .weighDemand)
        }
        (siteNames, demandNames, hasWeights) = (list.siteNames, list.demandNames, demand != nil)
        if request.goal != .all, request.stationCount == nil, request.budget == nil, request.rankedCount == nil {
            self.request.stationCount = list.stationCount
            guard list.stationCount != nil else { throw Failure(.usage, .needsStationCount) }
        }
        let table = CostTable(
            siteCount: list.siteNames.count, rowStarts: list.rowStarts, sites: list.sites, costs: list.costs,
            areSorted: true)
        var problem = PlacementProblem(
            goal: request.goal, table: table, weights: list.weights, stationCount: self.request.stationCount,
            radius: request.radius)
        problem.backup = request.backup
        problem.budget = request.budget
        if let capacity = request.capacity { problem.capacities = Array(repeating: capacity, count: table.siteCount) }
        if let cost = request.siteCost { problem.siteCosts = Array(repeating: cost, count: table.siteCount) }
        self.problem = problem
        readSeconds = (ContinuousClock.now - start).inSeconds
    }

    /// Looks for the best plan.
    ///
    /// - Parameter control: how long the search may take and how good is good
    ///   enough; it hears value and bound as they move. After `cancel()` the
    ///   best plan so far is the answer.
    /// - Returns: the plan; its sites and demand have the names of the files.
    /// - Throws: `Failure`: `.unusableInput` where no plan can do what is
    ///   asked; `.usage` for options that do not go together; `.interrupted`
    ///   where the search was cancelled before there was any plan.
    public func plan(control: PlacementControl = PlacementControl()) throws(Failure) -> SitePlan {
        let start = ContinuousClock.now
        let composer = PlanComposer(
            problem: problem, site: { PlannedSite(name: siteNames[Int($0)]) }, demand: { .name(demandNames[$0]) },
            weightUnit: hasWeights ? .column("weight") : .count, costsAreSeconds: false,
            failure: { $0.failure(group: { String($0) }, demand: { demandNames[$0] }) })
        var plan = try composer.plan(rankedCount: request.rankedCount, control)
        plan.prepareSeconds = readSeconds
        plan.solveSeconds = (ContinuousClock.now - start).inSeconds
        return plan
    }

    private static func read(
        _ request: CostRequest, _ costs: String, _ demand: String?,
        _ progress: @escaping @Sendable (Int, Int) -> Bool
    ) throws(Failure) -> CostList {
        let isWanted = { progress(0, 0) }
        let costFile = try RereadFile(costs, isWanted)
        let demandFile = try demand.map { path throws(Failure) in try RereadFile(path, isWanted) }
        var options = CostOptions()
        options.progress = progress
        switch request.goal {
        case .cover, .all: options.radius = request.radius
        case .median, .center: break
        }
        do throws(Failure) {
            return try CostReader.read(costFile.path, demandPath: demandFile?.path, options: options)
        } catch {
            throw costFile.named(demandFile?.named(error) ?? error)
        }
    }
}

/// A file that is read more than once; what comes through a pipe or packed is
/// copied first.
private struct RereadFile {
    let path: String
    private let spool: SpooledInput?

    init(_ path: String, _ isWanted: () -> Bool) throws(Failure) {
        spool = CostReader.needsCopy(path) ? try SpooledInput(try ByteInput(path: path), isWanted: isWanted) : nil
        self.path = spool?.path ?? path
    }

    func named(_ failure: Failure) -> Failure { spool?.named(failure) as? Failure ?? failure }
}

extension Duration {
    /// The duration in seconds.
    fileprivate var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
