public import Reach

/// How people walk in a question.
public struct WalkingOptions: Sendable, Hashable {
    /// Metres a minute on level ground.
    public var paceMetersPerMinute: Double
    /// Whether people walk toward the stations or away from them.
    public var direction: WalkingDirection
    /// Whether the way from a building's floors to its entrance counts too.
    public var countsStoreys: Bool

    /// Makes options; the pace is that of GB 50180-2018.
    public init(
        paceMetersPerMinute: Double = WalkingModel.standard.paceMetersPerMinute,
        direction: WalkingDirection = .toward, countsStoreys: Bool = false
    ) {
        self.paceMetersPerMinute = paceMetersPerMinute
        self.direction = direction
        self.countsStoreys = countsStoreys
    }

    /// How far a place may be from its street, in metres.
    static let accessLimitMeters = 200.0

    /// The time model at this pace.
    var model: WalkingModel { WalkingModel(paceMetersPerMinute: paceMetersPerMinute) }
}

/// How far something reaches.
public enum Means: String, Sendable, CaseIterable {
    /// Along the streets.
    case walk
    /// The plain circle: minutes times pace, as the crow flies.
    case radius
}
