public import Spatial

/// A lift that stands where ways on several levels meet.
///
/// Ways on the same level pass it freely; from level to level one waits and
/// rides. What a ride rises are the heights of the ways where they bring
/// their own and these differ, else the levels between, a storey each.
public struct Lift: Sendable {
    /// The place, or the corners of the shaft, in WGS 84.
    public var positions: [LonLat]
    /// The source's numbers of these; empty where ways meet it by place.
    public var nodeIDs: [Int64]
    /// Whether people may use it; where not, nothing joins the levels.
    public var isOpen: Bool
    /// The row it comes from.
    public var fid: Int64

    /// Makes a lift at a place or of the corners of its shaft.
    public init(_ positions: [LonLat], nodeIDs: [Int64] = [], isOpen: Bool = true, fid: Int64 = 0) {
        self.positions = positions
        self.nodeIDs = nodeIDs
        self.isOpen = isOpen
        self.fid = fid
    }
}
