/// Why a text is no well-known text geometry, and where.
public struct WKTError: Error, Hashable, Sendable {
    /// What was found wrong.
    public enum Reason: Hashable, Sendable {
        /// Something else was to stand here, such as `(` or `a number`.
        case expected(String)
        /// A geometry type that is not one of the seven.
        case unknownType(String)
        /// A number too large for a coordinate.
        case outOfRange
        /// Positions of one geometry have different numbers of ordinates.
        case mixedDimensions
        /// Collections nested deeper than 32.
        case tooDeep
        /// More text behind the geometry.
        case trailingText
    }

    /// What was found wrong.
    public let reason: Reason
    /// Where, in UTF-8 bytes from the start.
    public let offset: Int
}

extension WKTError: CustomStringConvertible {
    /// Reason and place.
    public var description: String { "\(reason) at byte \(offset)" }
}
