import Messages
import Reach
import Spatial
import Store

/// Answers one question of reach on one state of the file.
struct ReachSurvey {
    private let query: ReachQuery
    private let parts: WalkingParts
    private let stations: StationSet

    init(_ atlas: Atlas, _ query: ReachQuery) throws(Failure) {
        self.query = query
        parts = try WalkingParts(atlas)
        stations = try parts.stations(at: query.places, means: query.means)
        for (place, obstacle) in zip(stations.places, stations.obstacles) where obstacle != .none {
            throw Failure(.notFound, .unreachable(place.name, .obstacle(obstacle.word)), hint: .tryRadius)
        }
    }

    func areas(minutes: [Double]) throws(Failure) -> [ServiceArea] {
        let limits = minutes.map { Ticks.of(seconds: $0 * 60) }
        let hasBuildings = try parts.places(.building, query.means).count > 0
        let reach = hasBuildings ? try reach(.building, limitTicks: limits.max() ?? 0) : nil
        var areas: [ServiceArea] = []
        for place in query.places.indices {
            try Cancellation.check()
            let ticks = reach?.nearest(of: [place]).ticks ?? []
            let outlines = try outlines(place, limits)
            for (index, limit) in limits.enumerated() {
                areas.append(
                    ServiceArea(
                        place: place, minutes: minutes[index], geometry: outlines[index],
                        areaSquareMeters: outlines[index].areaSquareMeters,
                        buildings: ticks.count { $0 <= limit }))
            }
        }
        return areas
    }

    /// What is reached, nearest first; at most so many where a number is given.
    func list(
        minutes: Double, _ layer: Layer, _ filter: RecordFilter, most: Int? = nil
    ) throws(Failure) -> [ReachedFeature] {
        let reach = try reach(layer, limitTicks: Ticks.of(seconds: minutes * 60))
        let table = try parts.places(layer, query.means)
        let mask = try parts.mask(filter, of: table, layer)
        let nearest = reach.nearest()
        var found: [(index: Int, fid: Int64)] = []
        for index in 0..<table.count where nearest.ticks[index] != Ticks.never && mask?[index] ?? true {
            found.append((index, table.fids[index]))
        }
        let routes = try reach.routes(parts, query.walking)
        let own = Set(query.places.compactMap(\.id))
        if let most, most < found.count {
            // Ties are told apart by ref, the places themselves left out: those as far as the last one stay.
            let ticks = found.map { nearest.ticks[$0.index] }.sorted()
            let last = ticks[min(ticks.count, most + own.count) - 1]
            found.removeAll { nearest.ticks[$0.index] > last }
        }
        let features = try parts.atlas.places(layer, fids: Set(found.map(\.fid)))
        return found.compactMap { index, fid in
            guard let feature = features[fid], !own.contains(feature.id) else { return nil }
            let seconds = Ticks.seconds(nearest.ticks[index])
            return ReachedFeature(
                feature: feature, place: Int(nearest.labels[index]), seconds: seconds,
                meters: table.footholds[index].flatMap { routes?.meters(of: $0) }
                    ?? seconds / 60 * query.walking.paceMetersPerMinute)
        }.sorted { ($0.seconds, $0.feature.ref) < ($1.seconds, $1.feature.ref) }
    }

    /// The outline of a place's reach for every limit.
    private func outlines(_ place: Int, _ limits: [UInt32]) throws(Failure) -> [Geometry] {
        guard query.means == .walk else { return try circles(place, limits) }
        guard let foothold = stations.footholds[place] else { return limits.map { _ in .multiPolygon([]) } }
        let (network, arcs) = (try parts.network(query.walking), try parts.arcs(query.walking))
        let search = NetworkSearch(arcs)
        search.run(network.seeds(of: [foothold], arcs.direction), limitTicks: limits.max() ?? 0)
        let tracer = AreaTracer(try parts.raster(), network, arcs)
        return tracer.areas(of: foothold, search, limitsTicks: limits).map(\.geometry)
    }

    private func circles(_ place: Int, _ limits: [UInt32]) throws(Failure) -> [Geometry] {
        guard let position = stations.places[place].position else { throw Failure(.notFound, .noPosition) }
        return limits.map { limit in
            .circle(
                around: position, meters: Ticks.seconds(limit) / 60 * query.walking.paceMetersPerMinute)
        }
    }

    private func reach(_ layer: Layer, limitTicks: UInt32) throws(Failure) -> StationReach {
        try StationReach(stations, to: layer, parts, query.walking, query.means, limitTicks: limitTicks)
    }
}
