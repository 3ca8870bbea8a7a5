public import Messages
import Reach
import Spatial
public import Store

/// How much of what stands in an area the stations of a kind reach.
public struct CoverageCount: Sendable, Hashable {
    /// Buildings.
    public var buildings = 0
    /// Buildings that a station reaches in time.
    public var reached = 0
    /// Buildings that only stations of other boundaries reach in time.
    public var reachedOnlyAcross = 0
    /// Floor area in tenths of a square metre, where it is known.
    public var floorAreaTenths: Int64 = 0
    /// The part of it in buildings that are reached.
    public var reachedFloorAreaTenths: Int64 = 0
    /// Residents, spread over the floor area where they live: an estimate.
    public var residents: Int64 = 0
    /// The part of them in buildings that are reached.
    public var reachedResidents: Int64 = 0

    /// Reached buildings out of all, 0 to 1; `nil` where there are none.
    public var share: Double? { buildings > 0 ? Double(reached) / Double(buildings) : nil }

    mutating func add(_ other: CoverageCount) {
        buildings += other.buildings
        reached += other.reached
        reachedOnlyAcross += other.reachedOnlyAcross
        floorAreaTenths += other.floorAreaTenths
        reachedFloorAreaTenths += other.reachedFloorAreaTenths
        residents += other.residents
        reachedResidents += other.reachedResidents
    }
}

/// What stations of one kind reach (服务覆盖率), boundary by boundary.
public struct Coverage: Sendable {
    /// The boundaries by ref, those without buildings left out where the
    /// question names areas; what lies in none comes last, with no boundary.
    public let boundaries: [(boundary: StoredFeature?, count: CoverageCount)]
    /// The sum of all boundaries, exactly.
    public let total: CoverageCount
    /// Whether the atlas knows how many people live in any boundary.
    public internal(set) var knowsResidents: Bool
    /// Buildings that no station reaches in time (服务盲区), by fid.
    public let blindSpots: [BlindSpot]
    /// Who serves whom across borders: by the refs of both boundaries.
    public let services: [CrossBorderService]
    /// The buildings that are served across a border, by fid.
    public let links: [CrossBorderLink]
    /// Stations that nobody can walk to, and why.
    public let unplacedStations: [(station: StoredFeature, reason: Obstacle)]
    /// How many stations there are.
    public let stationCount: Int
    /// What the change of stations made of it; `nil` where none was asked for.
    public let before: CoverageCount?
    /// What of the numbers is withheld; `nil` where the office itself asks.
    public internal(set) var withheld: CoverageSuppression?
}

/// A building that nobody reaches.
public struct BlindSpot: Sendable, Hashable {
    /// The building's row.
    public let fid: Int64
    /// Why.
    public let reason: Obstacle
    /// The place of its boundary in `Coverage.boundaries`.
    public let boundary: Int
}

/// Buildings of one boundary that are served from another.
public struct CrossBorderService: Sendable {
    /// The boundary of the buildings; `nil` for none.
    public let of: StoredFeature?
    /// The boundary of the station that is nearest to them; `nil` for none.
    public let by: StoredFeature?
    /// How many buildings.
    public let buildings: Int
}

/// A building and the station of another boundary that is nearest to it.
public struct CrossBorderLink: Sendable {
    /// The building's row.
    public let fid: Int64
    /// The station.
    public let station: Place
    /// The time between them.
    public let seconds: Double
    /// The place of their boundaries in `Coverage.services`.
    public let service: Int
}

/// A question of coverage.
public struct CoverageQuery: Sendable {
    /// Which stations; they should be of one kind.
    public var stations = RecordFilter()
    /// Which buildings.
    public var buildings = RecordFilter()
    /// The most minutes.
    public var minutes: Double
    /// The level of the boundaries.
    public var level: BoundaryLevel
    /// How people walk.
    public var walking = WalkingOptions()
    /// Along the streets, or the plain circle.
    public var means = Means.walk
    /// Places where stations are added.
    public var added: [Place] = []
    /// Rows of stations that are left out.
    public var removed: Set<Int64> = []

    /// Makes a question about all buildings and stations.
    public init(minutes: Double, per level: BoundaryLevel = .subdistrict) {
        self.minutes = minutes
        self.level = level
    }

    /// The most ticks.
    var limitTicks: UInt32 { Ticks.of(seconds: minutes * 60) }
}

extension Atlas {
    /// What share of the buildings, of their floor area and of the residents
    /// the stations reach, per boundary, and who is reached by none.
    ///
    /// - Parameter query: which stations, how far, which buildings.
    /// - Returns: counts that add up, boundary by boundary.
    /// - Throws: `Failure`: `.notFound` where there are no streets or no
    ///   stations, `.usage` for a level that no boundary has.
    /// - Complexity: one search over the network, O(crossings + buildings).
    public func coverage(_ query: CoverageQuery) throws(Failure) -> Coverage {
        try file.snapshot { try asDisclosed(CoverageSurvey(self, query).answer()) }
    }
}
