public import Messages
import Reach
import Spatial
public import Store

/// A question about the services along a border.
public struct BorderQuery: Sendable {
    /// The two areas.
    public var a: StoredFeature
    /// The other one.
    public var b: StoredFeature
    /// Which stations; they should be of one kind.
    public var stations = RecordFilter()
    /// Which buildings.
    public var buildings = RecordFilter()
    /// The most minutes.
    public var minutes: Double
    /// How far from the other area a building may be, in metres.
    public var withinMeters = 500.0
    /// How people walk.
    public var walking = WalkingOptions()
    /// Along the streets, or the plain circle.
    public var means = Means.walk

    /// Makes a question.
    public init(_ a: StoredFeature, _ b: StoredFeature, minutes: Double) {
        self.a = a
        self.b = b
        self.minutes = minutes
    }
}

/// Who serves whom along a border (毗邻通办).
public struct BorderServices: Sendable {
    /// A building along the border.
    public struct Building: Sendable {
        /// The row.
        public let feature: StoredFeature
        /// Whether it stands in `a`, else in `b`.
        public let isInA: Bool
        /// The nearest station in time, of whatever area; `nil` for none.
        public let servedBy: Place?
        /// The time to it.
        public let seconds: Double?
        /// The time to the nearest station of its own side within the hour.
        public let ownSeconds: Double?
        /// The time to the nearest station of the other side within the hour.
        public let acrossSeconds: Double?
        /// Whether stations of the other side reach it in time, and no others do.
        public let servedOnlyAcross: Bool
        /// Whether the other side's nearest station is nearer than its own side's.
        public let nearerAcross: Bool
        /// Why no station reaches it; `none` where one does.
        public let reason: Obstacle
    }

    /// Two areas of a lower level that meet across the border, or of which one
    /// holds the counter that buildings of the other are nearer to.
    public struct Pair: Sendable {
        /// The one in `a`.
        public let a: StoredFeature
        /// The one in `b`.
        public let b: StoredFeature
        /// Whether both have one name.
        public let isSameName: Bool
        /// Buildings of the one in `a`, and how many of them are nearer to the
        /// other's counter than to any of their own side.
        public let ofA: (buildings: Int, nearerAcross: Int)
        /// The same of the one in `b`.
        public let ofB: (buildings: Int, nearerAcross: Int)
    }

    /// A street by which people walk to a station of the other side.
    public struct Crossing: Sendable {
        /// The street.
        public let street: StoredFeature
        /// Whether it is a bridge.
        public let isBridge: Bool
        /// How many buildings along the border have their way over it.
        public let buildings: Int
    }

    /// How the two areas touch; `nil` where they do not.
    public let border: BorderSummary?
    /// By the distance to the other area, nearest first.
    public let buildings: [Building]
    /// By the refs of both.
    public let pairs: [Pair]
    /// Streets over the border, most used first.
    public let crossings: [Crossing]
    /// How many of the buildings no station reaches in time.
    public var unserved: Int { buildings.count { $0.servedBy == nil } }
}

extension Atlas {
    /// What lies along the border of two areas: which buildings are served
    /// from which side, who is nearer to the other side's counter, who is
    /// served by nobody.
    ///
    /// - Parameter query: the areas, the stations, how far.
    /// - Returns: the buildings within the distance of the other area.
    /// - Throws: `Failure`: `.notFound` where there are no streets or no
    ///   stations, `.usage` where one area holds the other.
    /// - Complexity: four searches over the network.
    public func borderServices(_ query: BorderQuery) throws(Failure) -> BorderServices {
        try GEOSLibrary.open()
        return try file.snapshot { try BorderSurveyor(self, query).answer() }
    }
}
