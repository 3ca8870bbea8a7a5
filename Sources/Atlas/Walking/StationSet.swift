import Messages
import Reach
import Spatial
import Store

/// The stations of a question, numbered, and where people walk to them.
struct StationSet {
    /// The stations: rows, and places where a station might stand.
    private(set) var places: [Place] = []
    /// Where each meets the network; `nil` where it does not.
    private(set) var footholds: [Foothold?] = []
    /// Why one meets no street.
    private(set) var obstacles: [Obstacle] = []

    /// How many there are.
    var count: Int { places.count }

    /// Where some of them meet the network; `nil` for the others.
    func footholds(of chosen: [Int]) -> [Foothold?] {
        var footholds = [Foothold?](repeating: nil, count: count)
        for station in chosen { footholds[station] = self.footholds[station] }
        return footholds
    }

    /// The row of a station; `nil` for a place that is none.
    func feature(_ index: Int) -> StoredFeature? {
        if case .feature(let feature) = places[index] { return feature }
        return nil
    }

    /// The rows that nobody can walk to, and why; those on an island of the
    /// network among them.
    func unplaced(_ network: NetworkParts?) -> [(station: StoredFeature, reason: Obstacle)] {
        places.indices.compactMap { index in
            guard let feature = feature(index) else { return nil }
            guard obstacles[index] == .none else { return (feature, obstacles[index]) }
            let part = footholds[index].flatMap { network?.partOfEdge[Int($0.edge)] } ?? NetworkParts.largest
            return part == NetworkParts.largest ? nil : (feature, .island)
        }
    }

    /// Adds a station that meets the network there.
    mutating func add(_ place: Place, _ foothold: Foothold?, _ obstacle: Obstacle) {
        places.append(place)
        footholds.append(foothold)
        obstacles.append(obstacle)
    }
}

extension WalkingParts {
    /// The stations that a filter lets through without those that are left
    /// out, and the ones that are added behind them.
    func stations(
        _ filter: RecordFilter, without removed: Set<Int64> = [], with added: [Place] = [], means: Means = .walk
    ) throws(Failure) -> StationSet {
        let rows = try atlas.list(.station, filter: filter)
        for fid in removed where !rows.contains(where: { $0.fid == fid }) {
            throw Failure(.usage, .notAmongStations("station/\(fid)"))
        }
        for place in added { try place.checkForWalking() }
        let kept = rows.filter { !removed.contains($0.fid) }
        let set = try stations(at: kept.map(Place.feature) + added, means: means)
        for index in kept.count..<set.count where set.obstacles[index] != .none {
            throw Failure(
                .notFound, .unreachable(set.places[index].name, .obstacle(set.obstacles[index].word)),
                hint: .lookAtStreets)
        }
        return set
    }

    /// Stations at places, numbered in their order.
    func stations(at places: [Place], means: Means) throws(Failure) -> StationSet {
        var set = StationSet()
        for place in places {
            try Cancellation.check()
            switch means {
            case .walk:
                let (foothold, obstacle) = try access(of: place)
                set.add(place, foothold, obstacle)
            case .radius: set.add(place, nil, place.position == nil ? .noPosition : .none)
            }
        }
        return set
    }

    /// Where a place meets the network, and why where it does not.
    func access(of place: Place) throws(Failure) -> (foothold: Foothold?, obstacle: Obstacle) {
        if case .feature(let feature) = place, feature.layer == .building || feature.layer == .station {
            let table = try places(feature.layer)
            if let index = table.index(of: feature.fid) { return (table.footholds[index], table.obstacles[index]) }
        }
        return try streetAccess().access(of: place)
    }

    /// Everything that tells where places meet the network.
    func placeAccess() throws(Failure) -> PlaceAccess {
        PlaceAccess(
            streets: try streetAccess(), tables: [.building: try places(.building), .station: try places(.station)])
    }
}

/// Tells where places meet the network.
struct PlaceAccess {
    let streets: StreetAccess
    /// The rows that are worked out already.
    let tables: [Layer: PlaceTable]

    /// Where a place meets the network, and why where it does not.
    func access(of place: Place) -> (foothold: Foothold?, obstacle: Obstacle) {
        if case .feature(let feature) = place, let table = tables[feature.layer],
            let row = table.index(of: feature.fid)
        {
            return (table.footholds[row], table.obstacles[row])
        }
        return streets.access(of: place)
    }
}
