/// Whether a geometry follows the rules of the simple-features model.
public enum Validity: Hashable, Sendable {
    /// It does.
    case valid
    /// It does not: which rule is broken, and where; `nil` where the fault is
    /// a coordinate that is no number.
    case invalid(InvalidityReason, at: LonLat?)

    /// Whether it is valid.
    @inlinable
    public var isValid: Bool { self == .valid }
}

/// A rule of the simple-features model that is broken; raw values are what
/// GEOS says.
public enum InvalidityReason: String, Sendable, CaseIterable {
    /// A coordinate is NaN or infinite.
    case invalidCoordinate = "Invalid Coordinate"
    /// A ring does not end where it begins.
    case ringNotClosed = "Ring is not closed"
    /// A ring has fewer than three different corners, a line fewer than two.
    case tooFewPoints = "Too few points in geometry component"
    /// Edges cross.
    case selfIntersection = "Self-intersection"
    /// A ring touches itself at a point.
    case ringSelfIntersection = "Ring Self-intersection"
    /// A hole lies outside its outline.
    case holeOutsideShell = "Hole lies outside shell"
    /// A hole lies in another hole.
    case nestedHoles = "Holes are nested"
    /// Holes cut the interior into pieces.
    case disconnectedInterior = "Interior is disconnected"
    /// A polygon lies in another one of the same multipolygon.
    case nestedShells = "Nested shells"
    /// Two rings are the same.
    case duplicateRings = "Duplicate Rings"
    /// A point comes twice.
    case repeatedPoint = "Repeated Point"
    /// Any other rule.
    case other = "Topology Validation Error"
}
