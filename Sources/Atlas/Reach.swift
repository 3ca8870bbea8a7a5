public import Messages
public import Spatial
public import Store

/// What a place reaches in so many minutes (服务圈).
public struct ServiceArea: Sendable {
    /// The number of the place in the question.
    public let place: Int
    /// The most minutes.
    public let minutes: Double
    /// The area as a polygon or several, with holes, valid, in WGS 84; only a
    /// picture of what is reached.
    public let geometry: Geometry
    /// Its area.
    public let areaSquareMeters: Double
    /// How many buildings are reached: exactly, by their doors, not by the polygon.
    public let buildings: Int
}

/// Something in reach.
public struct ReachedFeature: Sendable {
    /// The row.
    public let feature: StoredFeature
    /// The number of the nearest place of the question.
    public let place: Int
    /// How long the walk takes.
    public let seconds: Double
    /// How long the way is.
    public let meters: Double
}

/// A question of reach.
public struct ReachQuery: Sendable {
    /// Where from, or where to.
    public var places: [Place]
    /// How people walk.
    public var walking = WalkingOptions()
    /// Along the streets, or the plain circle.
    public var means = Means.walk

    /// Makes a question.
    public init(_ places: [Place]) { self.places = places }
}

extension Atlas {
    /// The areas that places reach, each place by itself.
    ///
    /// - Parameters:
    ///   - query: the places and how people walk.
    ///   - minutes: one area each, cumulative: more minutes hold fewer.
    /// - Returns: place by place, least minutes first.
    /// - Throws: `Failure`: `.notFound` where there are no streets, or none
    ///   near a place, `.usage` for a place that is an area.
    public func serviceAreas(_ query: ReachQuery, minutes: [Double]) throws(Failure) -> [ServiceArea] {
        try file.snapshot {
            query.means == .walk
                ? try ReachSurvey(self, query).areas(minutes: minutes)
                : try CircleSurvey(self, query).areas(minutes: minutes)
        }
    }

    /// The rows of a layer that the places reach, each with the place nearest to it.
    ///
    /// - Parameters:
    ///   - query: the places and how people walk.
    ///   - minutes: the most.
    ///   - layer: buildings or stations.
    ///   - filter: which rows.
    /// - Returns: nearest first, ties by ref; the places themselves left out.
    /// - Throws: `Failure`, as `serviceAreas` does.
    public func reached(
        _ query: ReachQuery, minutes: Double, layer: Layer = .building, filter: RecordFilter = RecordFilter()
    ) throws(Failure) -> [ReachedFeature] {
        try file.snapshot {
            query.means == .walk
                ? try ReachSurvey(self, query).list(minutes: minutes, layer, filter)
                : try CircleSurvey(self, query).list(minutes: minutes, layer, filter)
        }
    }
}
