import Synchronization

/// What was worked out of an atlas's rows, kept as long as the rows stay as
/// they were.
final class WalkingCache: Sendable {
    private struct Entry {
        let stamp: String
        let value: any Sendable
    }

    private let entries = Mutex<[String: Entry]>([:])

    /// The value of a name, if it was made of the same rows.
    func value<Value: Sendable>(_ name: String, stamp: String, as type: Value.Type = Value.self) -> Value? {
        entries.withLock { entries in
            guard let entry = entries[name], entry.stamp == stamp else { return nil }
            return entry.value as? Value
        }
    }

    /// Keeps a value in the place of the one before.
    func keep<Value: Sendable>(_ value: Value, as name: String, stamp: String) {
        entries.withLock { $0[name] = Entry(stamp: stamp, value: value) }
    }
}
