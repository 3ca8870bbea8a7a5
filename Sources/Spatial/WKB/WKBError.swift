/// Why bytes are no well-known binary geometry.
public enum WKBError: Error, Hashable, Sendable {
    /// The bytes end before the geometry does, or a count is larger than the
    /// bytes left could hold.
    case truncated
    /// A byte order other than 0 or 1.
    case byteOrder(UInt8)
    /// A type code that is none of the seven, or a member of a wrong type.
    case type(UInt32)
    /// Collections nested deeper than 32.
    case tooDeep
}
