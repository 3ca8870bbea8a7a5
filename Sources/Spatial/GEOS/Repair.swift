/// How an invalid geometry is to be made valid.
public enum RepairMethod: Sendable, CaseIterable {
    /// Outlines stay outlines and holes stay holes: each ring is mended, then
    /// the holes are taken from the united outlines.
    case structure
    /// All rings are cut where they meet, and areas are kept in turn: every
    /// corner of the original stays.
    case linework
}

/// A repaired geometry, and what the repair did to it.
public struct Repair: Hashable, Sendable {
    /// The valid geometry, of the type it was repaired from or that type's
    /// multiple; empty where nothing of that dimension was left.
    public let geometry: Geometry
    /// The area on the ellipsoid as it came, holes taken off; coordinates are
    /// WGS 84. Rings that cross themselves count by their signed parts: the
    /// halves of a figure of eight cancel out.
    public let areaBeforeSquareMeters: Double
    /// The area of the result on the ellipsoid.
    public let areaAfterSquareMeters: Double
    /// Rings that did not end where they begin and were closed.
    public let closedRings: Int
    /// Parts dropped: rings without area and lines without length, and
    /// lines and points that polygons collapsed to.
    public let droppedParts: Int
}
