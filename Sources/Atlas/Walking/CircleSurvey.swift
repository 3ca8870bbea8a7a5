import Messages
import Spatial
import Store

/// Answers one question of reach by the plain circle: minutes times pace, as
/// the crow flies, from the place to the nearest point of what is reached.
struct CircleSurvey {
    private let atlas: Atlas
    private let query: ReachQuery
    private let centers: [LonLat]

    init(_ atlas: Atlas, _ query: ReachQuery) throws(Failure) {
        self.atlas = atlas
        self.query = query
        var centers: [LonLat] = []
        for place in query.places {
            try place.checkForWalking()
            guard let position = place.position else { throw Failure(.notFound, .noPosition) }
            centers.append(position)
        }
        self.centers = centers
    }

    private func meters(_ minutes: Double) -> Double { minutes * query.walking.paceMetersPerMinute }

    func areas(minutes: [Double]) throws(Failure) -> [ServiceArea] {
        let widest = minutes.max() ?? 0
        var areas: [ServiceArea] = []
        for place in centers.indices {
            try Cancellation.check()
            let near = try near(place, .building, RecordFilter(), minutes: widest, columns: [])
            for minutes in minutes {
                let geometry = try Geometry.circle(around: centers[place], meters: meters(minutes))
                areas.append(
                    ServiceArea(
                        place: place, minutes: minutes, geometry: geometry,
                        areaSquareMeters: geometry.areaSquareMeters,
                        buildings: near.count { $0.distanceMeters <= meters(minutes) }))
            }
        }
        return areas
    }

    func list(minutes: Double, _ layer: Layer, _ filter: RecordFilter) throws(Failure) -> [ReachedFeature] {
        var nearest: [Int64: ReachedFeature] = [:]
        for place in centers.indices {
            try Cancellation.check()
            for near in try near(place, layer, filter, minutes: minutes, columns: nil)
            where near.distanceMeters < nearest[near.feature.fid]?.meters ?? .infinity {
                nearest[near.feature.fid] = ReachedFeature(
                    feature: near.feature, place: place,
                    seconds: near.distanceMeters * 60 / query.walking.paceMetersPerMinute, meters: near.distanceMeters)
            }
        }
        let own = Set(query.places.compactMap(\.id))
        return nearest.values.filter { !own.contains($0.feature.id) }
            .sorted { ($0.meters, $0.feature.ref) < ($1.meters, $1.feature.ref) }
    }

    private func near(
        _ place: Int, _ layer: Layer, _ filter: RecordFilter, minutes: Double, columns: [String]?
    ) throws(Failure) -> [NearbyFeature] {
        var near = NearestQuery(layer, origin: .point(Point(centers[place])))
        near.withinMeters = meters(minutes)
        near.columns = columns
        near.condition = try atlas.condition(filter, layer: layer)
        if case .feature(let feature) = query.places[place], feature.layer == layer { near.excludedFid = feature.fid }
        return try atlas.file.nearest(near)
    }
}
