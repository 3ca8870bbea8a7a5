/// How two buildings touch.
public enum FootprintContact: String, Sendable, CaseIterable {
    /// 共墙: outlines that run along each other.
    case wall
    /// They meet, but no wall is shared: corners, or a corner at a wall.
    case point
    /// They stand apart, within the gap that was asked for.
    case gap
    /// One stands in the other, or they cover ground together.
    case overlap
}

/// Two adjacent buildings (相邻).
public struct FootprintPair: Hashable, Sendable {
    /// Index of the one.
    public let first: Int
    /// Index of the other; always above `first`.
    public let second: Int
    /// The shortest distance between the two in metres; 0 where they share a
    /// point.
    public let gapMeters: Double
    /// The length in metres along which the walls face each other: the parts
    /// of either outline that have a part of the other one square before
    /// them, within the gap asked for (2 cm at least) and within 30 degrees of
    /// parallel; the mean of both outlines.
    public let sharedMeters: Double
    /// How they touch. What is within 2 cm counts as touching, and only what
    /// reaches deeper than that into the other as overlap: seven decimals of a
    /// degree move two walls by up to 1.6 cm.
    public let contact: FootprintContact

    /// Makes a pair.
    public init(first: Int, second: Int, gapMeters: Double, sharedMeters: Double, contact: FootprintContact) {
        self.first = first
        self.second = second
        self.gapMeters = gapMeters
        self.sharedMeters = sharedMeters
        self.contact = contact
    }
}
