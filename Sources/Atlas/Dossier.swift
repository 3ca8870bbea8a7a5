public import Messages
public import Store

/// All that an office wants to know of one building.
public struct Dossier: Sendable {
    /// The building's record.
    public let building: StoredFeature
    /// The boundaries that hold it, smallest first.
    public let boundaries: [StoredFeature]
    /// The zones that hold it, by ref.
    public let zones: [StoredFeature]
    /// The buildings next to it (相邻): nearest first, longest wall first.
    public let neighbours: [(building: StoredFeature, pair: BuildingPair)]
    /// The areas that border its smallest boundary (毗邻), longest border first.
    public let borderingAreas: [BorderingArea]
    /// The stations that one gets to on foot from it: by kind, of each kind
    /// nearest first; `nil` where the atlas has no streets.
    public let stations: [ReachedFeature]?
}

extension Atlas {
    /// One building with where it lies, what is beside it, and the stations
    /// that one walks to from it.
    ///
    /// - Parameters:
    ///   - building: a building's record.
    ///   - minutes: how long people walk at most.
    ///   - gapMeters: how far a building beside it may stand.
    ///   - walking: how people walk.
    /// - Throws: `Failure`: `.notFound` where the building has no position.
    public func dossier(
        of building: StoredFeature, minutes: Double = 15, gapMeters: Double = 0.5,
        walking: WalkingOptions = WalkingOptions(direction: .away)
    ) throws(Failure) -> Dossier {
        try file.snapshot { () throws(Failure) in
            let place = Place.feature(building)
            let location = try locate(place)
            var stations: [ReachedFeature]?
            if try hasStreets() {
                var query = ReachQuery([place])
                query.walking = walking
                let reached = try reached(query, minutes: minutes, layer: .station)
                let kinds = reached.map { $0.feature.text("kind") ?? "" }
                stations = reached.indices.sorted { (kinds[$0], $0) < (kinds[$1], $1) }.map { reached[$0] }
            }
            return Dossier(
                building: building, boundaries: location.boundaries, zones: location.zones,
                neighbours: try neighbours(of: building, gapMeters: gapMeters),
                borderingAreas: try location.boundaries.first.map { smallest throws(Failure) in
                    try borders(of: smallest).neighbours
                } ?? [], stations: stations)
        }
    }
}
