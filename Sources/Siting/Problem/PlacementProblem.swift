/// Where stations shall stand: a model over a table of costs.
public struct PlacementProblem: Sendable {
    /// What is asked for.
    public enum Goal: String, Sendable, CaseIterable {
        /// As much weighted demand within the radius as the stations can reach
        /// (maximal covering, Church and ReVelle 1974).
        case cover
        /// As few new stations as reach all demand within the radius (set
        /// covering, Toregas et al. 1971).
        case all
        /// The least sum of weight times cost (p-median, Hakimi 1964).
        case median
        /// The least worst cost of any demand, unweighted (p-center, Hakimi 1964).
        case center
    }

    /// Demand of which each group wants a share served: the demand of every
    /// boundary, for instance.
    public struct Shares: Sendable {
        /// The group of every demand, below `groupCount`; `noGroup` for none.
        public var groups: [UInt32]
        /// How many groups there are.
        public var groupCount: Int
        /// The least share of a group's weight that is to be covered, 0 to 1.
        public var leastShare: Double

        /// The group of demand that belongs to none.
        public static let noGroup = UInt32.max

        /// Makes shares.
        public init(groups: [UInt32], groupCount: Int, leastShare: Double) {
            self.groups = groups
            self.groupCount = groupCount
            self.leastShare = leastShare
        }
    }

    /// What is asked for.
    public var goal: Goal
    /// Who can be served from where. It may hold demand without an entry: none
    /// of the models can serve it, and all leave it out.
    public var table: CostTable
    /// The weight of every demand: finite, not below 0.
    public var weights: [Double]
    /// How many stations are new, at most; `nil` where only the budget says so,
    /// or the goal is `all`. Stations that are kept do not count.
    public var stationCount: Int?
    /// The sites that are stations already, ascending; they stay.
    public var kept: [UInt32] = []
    /// `cover` and `all`: entries of greater cost do not count. `nil`: all
    /// entries count.
    public var radius: Double?
    /// What a new station costs at every site, not below 0; empty: nothing.
    public var siteCosts: [Double] = []
    /// What all new stations may cost together.
    public var budget: Double?
    /// How much weight a station at every site can serve; infinite for no
    /// limit; empty: none has one. A demand may be divided among stations.
    public var capacities: [Double] = []
    /// Shares of groups that are to be covered within the radius (`cover`,
    /// `all`; with shares `all` wants these instead of all demand).
    public var shares: Shares?
    /// How many stations have to reach a demand until it counts as covered; in
    /// `center` the cost of the so-manieth nearest counts.
    public var backup = 1
    /// `median` and `center`: what demand costs that no chosen station can
    /// serve for less, not below any entry that is to count; `nil`: all demand
    /// with an entry has to be served.
    public var beyondCost: Double?

    /// Makes a problem without extensions.
    public init(goal: Goal, table: CostTable, weights: [Double], stationCount: Int?, radius: Double? = nil) {
        precondition(weights.count == table.demandCount, "one weight a demand")
        self.goal = goal
        self.table = table
        self.weights = weights
        self.stationCount = stationCount
        self.radius = radius
    }
}
