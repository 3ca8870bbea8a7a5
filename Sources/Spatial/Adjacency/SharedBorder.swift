/// How two areas touch (毗邻).
public enum BorderContact: String, Sendable, CaseIterable {
    /// 陆接: they border by land.
    case land
    /// 桥连: water lies between, and a bridge leads over it.
    case bridge
    /// 隔水相望: water lies between, without a bridge.
    case water
    /// 点接: they share a point only.
    case corner
}

/// The border that two areas share.
public struct SharedBorder: Hashable, Sendable {
    /// Index of the one area.
    public let first: Int
    /// Index of the other; above `first`.
    public let second: Int
    /// How they touch.
    public let contact: BorderContact
    /// The length in metres along which the two outlines run within the
    /// tolerance of each other; the mean of both outlines.
    public let sharedBorderMeters: Double
    /// The share, 0 to 1, of that border that lies within the tolerance of
    /// water.
    public let waterShare: Double
    /// The shortest distance between the outlines in metres; 0 where they
    /// share a point.
    public let gapMeters: Double
    /// The names of the bridges over water that come within the tolerance of
    /// the border: each once, in the order of their characters. A bridge
    /// without a name makes the contact a bridge and is not listed.
    public let bridges: [String]
}
