public import Siting
public import Store

/// A site of a plan.
public struct PlannedSite: Sendable {
    /// The ref of the record there, the position, or the user's own name.
    public var name: String
    /// Where it is; `nil` where costs are one's own.
    public var place: Place?

    /// Makes a site.
    public init(name: String, place: Place? = nil) {
        self.name = name
        self.place = place
    }
}

/// A station of a plan, new or kept.
public struct PlannedStation: Sendable {
    /// Its place in the order of gains, from 1; `nil` for a kept one.
    public var order: Int?
    /// Where it stands.
    public var site: PlannedSite
    /// What it adds to the kept ones and those before it: weight served
    /// (`cover`, `all`), sum of weight times cost saved (`median`), worst cost
    /// saved (`center`). `nil` for a kept one, and where nothing was served before.
    public var gain: Double?
    /// What it costs; `nil` where nobody said.
    public var cost: Double?
    /// How many demands it is the nearest station of.
    public var servedCount = 0
    /// Their weight.
    public var servedWeight = 0.0
    /// The boundary that it stands in; `nil` for none.
    public var home: StoredFeature?
    /// From which boundaries those come whom it serves, most weight first;
    /// empty where there are no boundaries.
    public var sides: [Side] = []

    /// Those of one boundary whom a station serves.
    public struct Side: Sendable {
        /// The boundary; `nil` for what lies in none.
        public var boundary: StoredFeature?
        /// How many demands.
        public var count: Int
        /// Their weight.
        public var weight: Double
    }

    /// Makes a station that serves nobody yet.
    public init(order: Int?, site: PlannedSite, gain: Double? = nil) {
        self.order = order
        self.site = site
        self.gain = gain
    }
}

/// The same question for districts that plan together and for districts that
/// plan apart: where each station serves its own district only.
public struct ApartPlan: Sendable {
    /// How good one of the two is.
    public struct Outcome: Sendable {
        /// The value of the goal.
        public var value: Double
        /// No plan of that sort can be better.
        public var bound: Double
        /// Why the search ended.
        public var end: PlacementAnswer.End
        /// How many new stations.
        public var stationCount: Int
        /// The weight of those who are not served.
        public var unservedWeight: Double

        /// Whether no plan of that sort is better.
        public var isProved: Bool { end == .proved }
    }

    /// What a district does by itself.
    public struct District: Sendable {
        /// The district; `nil` for what lies in none.
        public var boundary: StoredFeature?
        /// How many new stations stand there when all plan together.
        public var stationsTogether: Int
        /// How many when each plans apart.
        public var stationsApart: Int
    }

    /// All together: the plan itself.
    public var together: Outcome
    /// Each apart.
    public var apart: Outcome
    /// The new stations of those that plan apart.
    public var stations: [PlannedStation]
    /// The districts by ref, what lies in none last.
    public var districts: [District]

    /// What it costs not to share a border: weight not served (`cover`),
    /// stations more (`all`), sum of weight times cost (`median`), worst cost
    /// (`center`); never below 0 where both are proved.
    public var price: Double
}
