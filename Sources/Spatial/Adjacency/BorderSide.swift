/// What one area's outline has in common with another area.
struct BorderSide {
    let area: Int
    let other: Int
    /// The part of the outline within the tolerance of the other outline.
    var meters = 0.0
    /// The part of that within the tolerance of water.
    var waterMeters = 0.0
    /// The longest unbroken stretch of it.
    var longestMeters = 0.0
    /// Whether some of it lies exactly on the other outline.
    var liesOnOther = false
    /// The shortest distance found.
    var gapMeters = Double.infinity
    /// Bridges that come within the tolerance of it.
    var bridges: Set<Int32> = []
}

/// A part of one edge that lies near another area.
struct BorderStretch {
    let edge: Int
    let other: Int32
    /// From the beginning of the edge.
    let meters: ClosedRange<Double>
    /// Whether it reaches the beginning or the end of the edge.
    let reachesStart: Bool
    let reachesEnd: Bool
}
