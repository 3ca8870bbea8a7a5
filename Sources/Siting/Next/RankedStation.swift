/// One of the next stations, in the order in which they help most.
public struct RankedStation: Sendable, Hashable {
    /// The site.
    public var site: UInt32
    /// What it adds to those before it: weight covered, or cost saved. Infinite
    /// for the one with which all demand is served that has to be, 0 before.
    public var gain: Double
    /// What it is worth together with those before it, as `PlacementAnswer.value`;
    /// infinite where they leave demand without that has to be served.
    public var value: Double
    /// No choice of so many stations is better, in whatever order they come.
    public var bound: Double
    /// Whether no choice of so many stations is better than these.
    public var isProved: Bool { bound == value }

    /// Makes a station.
    public init(site: UInt32, gain: Double, value: Double, bound: Double) {
        self.site = site
        self.gain = gain
        self.value = value
        self.bound = bound
    }
}
