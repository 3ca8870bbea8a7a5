/// A part of an edge, walked from share to share.
@frozen public struct RoutePart: Sendable, Hashable {
    /// The edge.
    public var edge: UInt32
    /// Where on the edge it begins: 0 at the tail, 1 at the head.
    public var startShare: Double
    /// Where on the edge it ends.
    public var endShare: Double

    /// Makes one.
    public init(edge: UInt32, startShare: Double, endShare: Double) {
        self.edge = edge
        self.startShare = startShare
        self.endShare = endShare
    }

    /// The same part walked the other way.
    var reversed: RoutePart { RoutePart(edge: edge, startShare: endShare, endShare: startShare) }
}

/// The way between a place and its nearest station.
public struct Route: Sendable, Hashable {
    /// The station's number.
    public var label: UInt32
    /// How long it takes.
    public var ticks: UInt32
    /// How long it is in metres, with the ways between doors and streets.
    public var meters: Double
    /// What is walked, from where people start to where they arrive; parts
    /// without length are left out.
    public var parts: [RoutePart]
}
