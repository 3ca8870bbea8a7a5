public import Messages
public import Siting
public import Store

/// Where the next stations go, what that is worth, and what is proved of it.
///
/// It comes from an atlas, where demand are buildings and costs are seconds of
/// walking, or from a table of one's own costs, where both have names only.
public struct SitePlan: Sendable {
    // MARK: The answer

    /// What was asked for.
    public var goal: PlacementProblem.Goal
    /// `cover`: weight served, that of kept stations included; `all`: the
    /// number of new stations; `median`: sum of weight times cost, with equity
    /// that of a cost for everybody that would be as good; `center`: the worst
    /// cost.
    public var value: Double
    /// No plan can be better.
    public var bound: Double
    /// Why the search ended.
    public var end: PlacementAnswer.End
    /// The new stations: the one that gains most first.
    public var stations: [PlannedStation] = []
    /// The stations there are already, by ref.
    public var kept: [PlannedStation] = []

    // MARK: What was put in

    /// What weights are.
    public var weightUnit: WeightUnit
    /// Whether costs are seconds of walking, else whatever the user gave.
    public var costsAreSeconds: Bool
    /// How far a station reaches; `nil` where every entry counts.
    public var radius: Double?
    /// What the cost of demand that is farther counts as in `median` and
    /// `center`; `nil` where there is no such horizon.
    public var horizon: Double?
    /// How much demand there is.
    public var demandCount: Int
    /// Its weight.
    public var demandWeight: Double
    /// The weight of the demand that some site can serve: what `all`, `median`
    /// and `center` are about.
    public var reachableWeight = 0.0
    /// How many sites a new station could stand at.
    public var candidateCount: Int
    /// Seconds until the problem was there: reading and walking.
    public var prepareSeconds = 0.0
    /// Seconds that the search for the answer took.
    public var solveSeconds = 0.0
    /// What the user should know.
    public var notes: [Text] = []

    // MARK: Who is served

    /// Who is served from where, in the order of the demand.
    public var assignments: [Assignment] = []
    /// Who is not, in the order of the demand.
    public var unserved: [UnservedDemand] = []
    /// What each boundary gains, by ref, what lies in none last; empty where
    /// there are no boundaries.
    public var boundaries: [BoundaryGain] = []

    /// What boundaries are called that share a name with another one of the
    /// plan, by id: below the name of what stands above them.
    var tellingNames: [String: String] = [:]

    // MARK: What else was asked

    /// The best station to come next; `nil` where none would help, or that was
    /// not worked out.
    public var next: NextStation?
    /// Whether it was worked out what one more station would add: not for
    /// `center` and with capacities.
    public var isNextKnown = true
    /// The next stations in their order.
    public var ranking: [RankedStation] = []
    /// What planning apart would mean.
    public var apart: ApartPlan?
    /// How the walks are spread; `nil` where equity was not asked for.
    public var equity: Equity?

    /// Makes a plan without stations.
    public init(
        goal: PlacementProblem.Goal, value: Double, bound: Double, end: PlacementAnswer.End, weightUnit: WeightUnit,
        costsAreSeconds: Bool, demandCount: Int, demandWeight: Double, candidateCount: Int
    ) {
        self.goal = goal
        self.value = value
        self.bound = bound
        self.end = end
        self.weightUnit = weightUnit
        self.costsAreSeconds = costsAreSeconds
        self.demandCount = demandCount
        self.demandWeight = demandWeight
        self.candidateCount = candidateCount
    }

    /// Whether no plan is better.
    public var isProved: Bool { end == .proved }
    /// How far value and bound are apart, as a share of the greater one, 0 to 1;
    /// 1 where the worst cost is not known.
    public var gap: Double { isBeyondHorizon && !isProved ? 1 : PlacementAnswer.gap(value: value, bound: bound) }
    /// Whether the worst cost is the horizon or more, which is all that is known.
    public var isBeyondHorizon: Bool { goal == .center && horizon.map { value >= $0 } ?? false }
    /// All stations of the plan, those kept first: what assignments count in.
    public var open: [PlannedStation] { kept + stations }
    /// The weight that is served.
    public var servedWeight: Double { assignments.reduce(0) { $0 + $1.weight } }

    /// What a boundary of the plan is called, no two of them the same: its
    /// name, with that of its parent before it where others have that name.
    public func name(of boundary: StoredFeature) -> String {
        tellingNames[boundary.id] ?? boundary.name ?? boundary.ref
    }

    /// What weights are.
    public enum WeightUnit: Sendable, Hashable {
        /// Square metres of floor area.
        case floorArea
        /// People who live there: an estimate.
        case residents
        /// Buildings, or whatever demand there is, each one the same.
        case count
        /// The numbers of a column.
        case column(String)
    }

    /// What stands for a demand.
    public enum Demand: Sendable, Hashable {
        /// A building, by its row.
        case building(Int64)
        /// A name of the user's own.
        case name(String)
    }

    /// Who is served from where.
    public struct Assignment: Sendable {
        /// Who.
        public var demand: Demand
        /// The number of the station in `open`.
        public var station: Int
        /// What it costs: seconds, or the user's own unit.
        public var cost: Double
        /// How much of the demand's weight; all of it but with capacities.
        public var weight: Double
    }

    /// Who is not served.
    public struct UnservedDemand: Sendable {
        /// Who.
        public var demand: Demand
        /// How much of the demand's weight; all of it but with capacities.
        public var weight: Double
        /// Why; `none` where a site could serve it that was not chosen.
        public var reason: Obstacle
    }

    /// What a boundary gains.
    public struct BoundaryGain: Sendable {
        /// The boundary; `nil` for what lies in none.
        public var boundary: StoredFeature?
        /// How many demands lie there.
        public var demandCount: Int
        /// Their weight.
        public var weight: Double
        /// The part of it that the kept stations serve.
        public var servedBefore: Double
        /// The part of it that all stations of the plan serve.
        public var servedAfter: Double
    }

    /// The best station to come next.
    public struct NextStation: Sendable {
        /// The site.
        public var site: PlannedSite
        /// What it would add.
        public var gain: Double
    }

    /// One of the next stations.
    public struct RankedStation: Sendable {
        /// Its place in the ranking, from 1.
        public var order: Int
        /// The site.
        public var site: PlannedSite
        /// What it adds to those before it; `nil` where nothing was served before.
        public var gain: Double?
        /// What it is worth together with those before it.
        public var value: Double
        /// No choice of so many stations is better, in whatever order they come.
        public var bound: Double

        /// How far value and bound are apart, as a share of the greater one, 0 to 1.
        public var gap: Double { PlacementAnswer.gap(value: value, bound: bound) }
        /// Whether no choice of so many stations is better.
        public var isProved: Bool { bound == value }
    }

    /// How the walks are spread.
    public struct Equity: Sendable {
        /// The aversion to inequality, a second.
        public var kappa: Double
        /// The same walk for everybody that is as good as the walks of the
        /// plan: the equally distributed equivalent of Kolm and Pollak.
        public var equivalent: Double
        /// The mean walk, weighted.
        public var mean: Double
    }
}
