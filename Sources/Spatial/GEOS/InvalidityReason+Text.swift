public import Messages

extension InvalidityReason {
    /// The reason in both languages.
    public var text: Text {
        switch self {
        case .invalidCoordinate: .invalidCoordinate
        case .ringNotClosed: .outlineNotClosed
        case .tooFewPoints: .tooFewPoints
        case .selfIntersection: .selfIntersection
        case .ringSelfIntersection: .ringSelfIntersection
        case .holeOutsideShell: .holeOutsideShell
        case .nestedHoles: .nestedHoles
        case .disconnectedInterior: .disconnectedInterior
        case .nestedShells: .nestedShells
        case .duplicateRings: .duplicateRings
        case .repeatedPoint: .repeatedPoint
        case .other: .invalidGeometry
        }
    }
}
