import Messages
import Reach
import Spatial
import Store

/// Asks which places stations reach, all of the stations or some, on foot or
/// in the plain circle.
///
/// For one thread: the memory of its search is kept from question to question.
struct StationReach {
    private let places: PlaceTable
    private let way: Way

    private enum Way {
        case walk(WalkReach)
        /// The places in the circle around each station.
        case radius([[PlaceInReach]])
    }

    init(
        _ stations: StationSet, to layer: Layer, _ parts: WalkingParts, _ walking: WalkingOptions, _ means: Means,
        limitTicks: UInt32
    ) throws(Failure) {
        places = try parts.places(layer, means)
        switch means {
        case .walk: way = .walk(try WalkReach(stations, places, parts, walking, limitTicks: limitTicks))
        case .radius:
            var circles: [[PlaceInReach]] = []
            for (station, place) in stations.places.enumerated() {
                try Cancellation.check()
                circles.append(
                    try parts.circle(
                        around: place, label: UInt32(station), places, layer, walking, limitTicks: limitTicks))
            }
            way = .radius(circles)
        }
    }

    /// The nearest of all stations, or of some, of every place.
    func nearest(of stations: [Int]? = nil) -> NearestStations {
        switch way {
        case .walk(let walk): return walk.nearest(of: stations)
        case .radius(let circles):
            var nearest = [PlaceInReach?](repeating: nil, count: places.count)
            for station in stations ?? Array(circles.indices) {
                for found in circles[station] {
                    let known = nearest[Int(found.place)]
                    if known.map({ (found.ticks, found.label) < ($0.ticks, $0.label) }) ?? true {
                        nearest[Int(found.place)] = found
                    }
                }
            }
            return NearestStations(
                ticks: nearest.map { $0?.ticks ?? Ticks.never }, labels: nearest.map { $0?.label ?? .max })
        }
    }

    /// The ways of the last answer on foot; `nil` for the plain circle. Good
    /// until the next one.
    func routes(_ parts: WalkingParts, _ walking: WalkingOptions) throws(Failure) -> Routes? {
        guard case .walk(let walk) = way else { return nil }
        return try walk.routes(parts, walking)
    }

    /// How many of some places some stations reach.
    func count(_ members: [Int32], reachedBy stations: [Int]) -> Int {
        switch way {
        case .walk(let walk):
            return walk.nearest(of: stations, to: members).ticks.count { $0 != Ticks.never }
        case .radius(let circles):
            let reached = Set(stations.flatMap { circles[$0].map(\.place) })
            return members.count { reached.contains(UInt32($0)) }
        }
    }
}

/// The same along the streets.
struct WalkReach {
    private let network: WalkingNetwork
    private let search: NetworkSearch
    private let stations: StationSet
    private let places: PlaceTable
    private let limitTicks: UInt32
    private let storeys: StoreyTicks

    init(
        _ stations: StationSet, _ places: PlaceTable, _ parts: WalkingParts, _ walking: WalkingOptions,
        limitTicks: UInt32
    ) throws(Failure) {
        self.stations = stations
        self.places = places
        self.limitTicks = limitTicks
        network = try parts.network(walking)
        search = NetworkSearch(try parts.arcs(walking))
        storeys = StoreyTicks(places, walking)
    }

    /// The ways of the search for all stations, which must have been the last.
    func routes(_ parts: WalkingParts, _ walking: WalkingOptions) throws(Failure) -> Routes {
        var back = walking
        back.direction = walking.direction == .toward ? .away : .toward
        return Routes(
            search, waysBack: try parts.arcs(back), network: network, stations: stations.footholds,
            edgeMeters: try parts.shapes().meters)
    }

    /// The nearest station of every place, or of some, in their order.
    func nearest(of chosen: [Int]? = nil, to members: [Int32]? = nil) -> NearestStations {
        let footholds = chosen.map(stations.footholds(of:)) ?? stations.footholds
        let nearest = search.nearest(
            of: members.map { $0.map { places.footholds[Int($0)] } } ?? places.footholds, to: footholds, in: network,
            limitTicks: limitTicks)
        guard storeys.isCounted else { return nearest }
        var (ticks, labels) = (nearest.ticks, nearest.labels)
        for index in ticks.indices where ticks[index] != Ticks.never {
            let sum = ticks[index] + storeys.ticks(of: members.map { Int($0[index]) } ?? index)
            ticks[index] = sum <= limitTicks ? sum : Ticks.never
            if sum > limitTicks { labels[index] = .max }
        }
        return NearestStations(ticks: ticks, labels: labels)
    }
}

/// What the way between a building's floors and its entrance adds.
struct StoreyTicks {
    /// Whether storeys count at all.
    let isCounted: Bool
    private let ofStoreys: [UInt32]
    private let storeys: [UInt16]

    init(_ places: PlaceTable, _ walking: WalkingOptions) {
        isCounted = walking.countsStoreys
        storeys = isCounted ? places.storeys : []
        ofStoreys = (0...Int(storeys.max() ?? 0)).map {
            Ticks.of(seconds: walking.model.verticalSeconds(storeys: $0, walking.direction))
        }
    }

    /// The ticks of a place; 0 where storeys do not count.
    func ticks(of place: Int) -> UInt32 { isCounted ? ofStoreys[Int(storeys[place])] : 0 }
}
