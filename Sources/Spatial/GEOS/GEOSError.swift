/// A call to GEOS that failed: which function, and what it said.
public struct GEOSError: Error, Hashable, Sendable {
    /// The C function.
    public let function: String
    /// What GEOS said, or what was wrong with what it was to be given.
    public let message: String

    /// Makes an error.
    public init(function: String, message: String) {
        self.function = function
        self.message = message
    }
}

extension GEOSError: CustomStringConvertible {
    /// Function and message.
    public var description: String { "\(function): \(message)" }
}
