public import Siting

/// A question of placement (选址): where the next stations of a kind go.
///
/// Demand are buildings, sites are where a station may stand, and the cost of
/// serving a building from a site is the seconds of the walk between them.
public struct SiteRequest: Sendable {
    /// Where stations may stand.
    public enum Candidates: Sendable {
        /// In buildings of the question's areas that fulfil a CQL2 condition;
        /// `nil` for any of them.
        case buildings(String?)
        /// Where stations of another kind, or those of the same one, stand.
        case stations(RecordFilter)
        /// At the places of a file: its geometries, or records of the atlas
        /// that it names by ref, id or name.
        case file(String)
    }

    /// How much a building counts.
    public enum Weight: Sendable, Hashable {
        /// By its floor area in square metres.
        case floorArea
        /// By the people who live there: an estimate.
        case residents
        /// Every building counts as one.
        case buildings
        /// By the number in a column, its Chinese title or an attribute:
        /// people at work there, for instance. What tells none counts nothing.
        case column(String)
    }

    /// A number for every site.
    public enum Amount: Sendable, Hashable {
        /// The same everywhere.
        case number(Double)
        /// What stands in a column of the site's record.
        case column(String)
    }

    /// What is asked for.
    public var goal = PlacementProblem.Goal.cover
    /// How many stations are new, at most; `nil` where a budget says so, where
    /// the goal is `all`, or where only a ranking is asked for.
    public var stationCount: Int?
    /// How far a station reaches. With `median` and `center` walks longer than
    /// `horizonFactor` times this are not looked at.
    public var minutes: Double
    /// The stations there are already; they should be of one kind.
    public var stations = RecordFilter()
    /// Whether the stations there are already are left out of account.
    public var isFromScratch = false
    /// Which buildings are demand; its areas are those that candidates stand
    /// in, too.
    public var demand = RecordFilter()
    /// Where stations may stand.
    public var candidates = Candidates.buildings(nil)
    /// How much a building counts; `nil` for its floor area or, where no
    /// building tells one, as one.
    public var weight: Weight?
    /// The least share of each boundary's weight that is to be served, 0 to 1:
    /// of the level below the question's areas, else of subdistricts.
    public var eachAtLeast: Double?
    /// How much weight a station can serve.
    public var capacity: Amount?
    /// What a new station costs.
    public var siteCost: Amount?
    /// What all new stations may cost together.
    public var budget: Double?
    /// How many stations have to reach a building until it counts as served.
    public var backup = 1
    /// Whether long walks weigh more than in proportion (Kolm-Pollak); with
    /// `median` only.
    public var isEquitable = false
    /// Whether it is also asked what districts reach that plan apart: where
    /// each station serves its own district only.
    public var comparesApart = false
    /// How many next stations are to be ranked.
    public var rankedCount: Int?
    /// How people walk.
    public var walking = WalkingOptions()

    /// Walks that take more than so many times the minutes count as that long
    /// in `median` and `center`.
    public static let horizonFactor = 4.0

    /// Makes a question about all buildings.
    public init(minutes: Double) { self.minutes = minutes }
}
