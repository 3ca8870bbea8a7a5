public import Messages

/// A source record that was not taken, kept whole.
public struct Rejection: Hashable, Sendable {
    /// Where it stands in the source.
    public let position: SourcePosition
    /// Why, in both languages.
    public let reason: Text
    /// The record as it stood in the source, or as much of it as can be
    /// shown as text.
    public let record: String

    /// Makes a rejection.
    public init(position: SourcePosition, reason: Text, record: String) {
        self.position = position
        self.reason = reason
        self.record = record
    }
}
