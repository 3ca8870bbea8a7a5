/// Where the stations go, and how good that is.
public struct PlacementAnswer: Sendable, Hashable {
    /// Why the search ended.
    public enum End: String, Sendable {
        /// Value and bound meet: nothing is better.
        case proved
        /// The gap is as small as was asked for.
        case gapReached
        /// The time or the work was used up.
        case limitReached
        /// Somebody broke off.
        case cancelled
    }

    /// The sites of the new stations, ascending.
    public var sites: [UInt32]
    /// `cover`: weight covered, that of kept stations included; `all`: the
    /// number of new stations; `median`: sum of weight times cost; `center`:
    /// the worst cost.
    public var value: Double
    /// No answer can be better: an upper bound for `cover`, a lower bound
    /// otherwise. Equals the value where it is proved.
    public var bound: Double
    /// Why the search ended.
    public var end: End

    /// Whether nothing is better.
    public var isProved: Bool { end == .proved }
    /// How far value and bound are apart, as a share of the greater one, 0 to 1.
    public var gap: Double { Self.gap(value: value, bound: bound) }

    /// Makes an answer.
    public init(sites: [UInt32], value: Double, bound: Double, end: End) {
        self.sites = sites
        self.value = value
        self.bound = bound
        self.end = end
    }

    /// How far a value and a bound are apart, as a share of the greater one, 0 to
    /// 1; 1 where one of them is not known: infinite, or no number.
    public static func gap(value: Double, bound: Double) -> Double {
        guard value.isFinite, bound.isFinite else { return 1 }
        let greater = max(abs(value), abs(bound))
        return greater > 0 ? min(1, abs(value - bound) / greater) : 0
    }
}

/// Why a problem has no answer.
public enum PlacementFailure: Error, Hashable, Sendable {
    /// There is no site, or none that may be chosen.
    case noSite
    /// More stations are asked for than there are sites for them.
    case tooFewSites(asked: Int, present: Int)
    /// An option that no model of the goal joins: the goal and the name of the
    /// member of `PlacementProblem`, or `ranking`.
    case unsupported(PlacementProblem.Goal, String)
    /// Two options that no model joins, whatever the goal: the names of the
    /// members, or `ranking`.
    case exclusive(String, String)
    /// However the stations stand, these groups cannot all have their share.
    /// Where they are a least set, without any one of them the others can; else
    /// the search for one took too long, and fewer of them may clash as well.
    case sharesClash(groups: [Int], isLeast: Bool)
    /// However the stations stand, some demand that has to be served is not:
    /// one of those demands.
    case unservable(demand: Int)
    /// The stations' capacities cannot serve the demand.
    case capacityTooSmall(demandWeight: Double, capacity: Double)
    /// The problem takes more memory than there should be: how many pairs of a
    /// demand and a station it has, and how many it may have.
    case tooLarge(pairs: Int, limit: Int)
    /// The work was ended before any answer was found.
    case noAnswerYet(PlacementAnswer.End)
    /// A member of the problem holds what it may not, a cost that is no number
    /// for instance: the name of the member.
    case invalid(String)
    /// The solver's library cannot be opened, or failed: its own words.
    case solver(String)
}
