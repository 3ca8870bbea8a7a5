public import Spatial

/// A line that people may walk along.
public struct Street: Sendable {
    /// The corners, from the start to the end, in WGS 84.
    public var positions: [LonLat]
    /// The height of every corner in metres; empty where it is not known.
    public var heightsMeters: [Double]
    /// The source's number of every corner, the same number being the same
    /// crossing; empty where crossings are where corners coincide.
    public var nodeIDs: [Int64]
    /// What one walks on.
    public var kind: Kind
    /// Whether it may be walked from the start to the end.
    public var isForward: Bool
    /// Whether it may be walked from the end to the start.
    public var isBackward: Bool
    /// Bridges, tunnels and passages: their heights run straight from end to
    /// end, whatever the ground does.
    public var isStraight: Bool
    /// The lowest and the highest level that it lies on or leads to; `nil`,
    /// which counts as 0, where nothing is said. Only lifts ask for it.
    public var levels: ClosedRange<Double>?
    /// The row it comes from.
    public var fid: Int64

    /// What one walks on.
    public enum Kind: UInt8, Sendable {
        case path
        /// Stairs whose rise only the heights of their ends tell.
        case stairs
        /// Stairs that lead up from the start to the end.
        case stairsUp
        /// Stairs that lead down from the start to the end.
        case stairsDown
        /// A lift between its ends.
        case lift
    }

    /// Makes a street that is walked both ways on the ground.
    public init(
        _ positions: [LonLat], heightsMeters: [Double] = [], nodeIDs: [Int64] = [], kind: Kind = .path,
        isForward: Bool = true, isBackward: Bool = true, isStraight: Bool = false,
        levels: ClosedRange<Double>? = nil, fid: Int64 = 0
    ) {
        self.positions = positions
        self.heightsMeters = heightsMeters
        self.nodeIDs = nodeIDs
        self.kind = kind
        self.isForward = isForward
        self.isBackward = isBackward
        self.isStraight = isStraight
        self.levels = levels
        self.fid = fid
    }
}
