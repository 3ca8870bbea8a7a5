import Messages
import Reach
import Spatial
import Store

/// Answers one question of reach on foot on one state of the file.
struct ReachSurvey {
    private let query: ReachQuery
    private let parts: WalkingParts
    private let stations: StationSet
    private let network: WalkingNetwork
    private let arcs: Arcs
    /// The places of the question, which are in no answer of theirs.
    private let own: Set<String>

    init(_ atlas: Atlas, _ query: ReachQuery) throws(Failure) {
        self.query = query
        parts = try WalkingParts(atlas)
        for place in query.places { try place.checkForWalking() }
        stations = try parts.stations(at: query.places, means: .walk)
        for (place, obstacle) in zip(stations.places, stations.obstacles) where obstacle != .none {
            throw Failure(.notFound, .unreachable(place.name, .obstacle(obstacle.word)), hint: .tryRadius)
        }
        network = try parts.network(query.walking)
        arcs = try parts.arcs(query.walking)
        own = Set(query.places.compactMap(\.id))
    }

    // MARK: Areas

    func areas(minutes: [Double]) throws(Failure) -> [ServiceArea] {
        let limits = minutes.map { Ticks.of(seconds: $0 * 60) }
        let table = try parts.places(.building)
        let search = PlaceSearch(arcs, PlacesOnNetwork(table.footholds, on: network, query.walking.direction))
        let tracer = AreaTracer(try parts.raster(), network, arcs)
        let storeys = StoreyTicks(table, query.walking)
        var areas: [ServiceArea] = []
        for (place, foothold) in stations.footholds.enumerated() {
            try Cancellation.check()
            guard let foothold else { continue }
            search.run([foothold], limitTicks: limits.max() ?? 0)
            let reached = search.reached.filter { !own.contains("building/\(table.fids[Int($0.place)])") }
                .map { $0.ticks + storeys.ticks(of: Int($0.place)) }
            let outlines = tracer.areas(of: foothold, search.crossings, limitsTicks: limits)
            for (index, limit) in limits.enumerated() {
                let geometry =
                    outlines[index].polygons.isEmpty ? try spot(place, limit) : outlines[index].geometry
                areas.append(
                    ServiceArea(
                        place: place, minutes: minutes[index], geometry: geometry,
                        areaSquareMeters: geometry.areaSquareMeters, buildings: reached.count { $0 <= limit }))
            }
        }
        return areas
    }

    /// Where the time does not suffice to the street: the ground around the place itself.
    private func spot(_ place: Int, _ limit: UInt32) throws(Failure) -> Geometry {
        guard let position = stations.places[place].position else { throw Failure(.notFound, .noPosition) }
        let meters = Ticks.seconds(limit) / 60 * query.walking.paceMetersPerMinute
        return try .circle(around: position, meters: max(1, meters))
    }

    // MARK: List

    /// What is reached.
    ///
    /// - Parameters:
    ///   - minutes: the most.
    ///   - layer: buildings or stations.
    ///   - filter: which of them.
    ///   - most: at most so many; all where there is none.
    ///   - withinMeters: the longest way.
    /// - Returns: nearest first, ties by ref.
    /// - Throws: `Failure`.
    func list(
        minutes: Double, _ layer: Layer, _ filter: RecordFilter, most: Int? = nil, withinMeters: Double = .infinity
    ) throws(Failure) -> [ReachedFeature] {
        let table = try parts.places(layer)
        let mask = try parts.mask(filter, of: table, layer)
        let reach = try WalkReach(
            stations, table, parts, query.walking, limitTicks: Ticks.of(seconds: minutes * 60))
        let nearest = reach.nearest()
        let routes = try reach.routes(parts, query.walking)
        var found: [(index: Int, meters: Double)] = []
        for index in 0..<table.count
        where nearest.ticks[index] != Ticks.never && mask?[index] ?? true
            && !own.contains("\(layer.name)/\(table.fids[index])")
        {
            let meters = table.footholds[index].flatMap { routes.meters(of: $0) } ?? 0
            if meters <= withinMeters { found.append((index, meters)) }
        }
        if let most, most < found.count {
            // Ties are told apart by ref: those as far as the last one stay.
            let last = found.map { nearest.ticks[$0.index] }.sorted()[most - 1]
            found.removeAll { nearest.ticks[$0.index] > last }
        }
        let features = try parts.atlas.places(layer, fids: Set(found.map { table.fids[$0.index] }))
        let answer: [ReachedFeature] = found.compactMap { index, meters in
            features[table.fids[index]].map {
                ReachedFeature(
                    feature: $0, place: Int(nearest.labels[index]), seconds: Ticks.seconds(nearest.ticks[index]),
                    meters: meters)
            }
        }.sorted { ($0.seconds, $0.feature.ref) < ($1.seconds, $1.feature.ref) }
        return most.map { Array(answer.prefix($0)) } ?? answer
    }
}
