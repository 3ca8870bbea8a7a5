import Messages
import Store
import Synchronization

/// What was worked out of an atlas's rows, kept in memory as long as the rows
/// stay as they were.
final class WalkingCache: Sendable {
    private struct State {
        var entries: [String: Entry] = [:]
        var unkept: [String: Unkept] = [:]
    }

    private struct Entry {
        let stamp: String
        let value: any Sendable
    }

    /// Content that the file does not hold yet.
    struct Unkept: Sendable {
        let name: String
        let stamp: String
        let versions: [AtlasPart: Int64]
        let content: @Sendable () -> [UInt8]
    }

    private let state = Mutex(State())

    /// The value of a name, if it was made of the same rows.
    func value<Value: Sendable>(_ name: String, stamp: String, as type: Value.Type = Value.self) -> Value? {
        state.withLock { state in
            guard let entry = state.entries[name], entry.stamp == stamp else { return nil }
            return entry.value as? Value
        }
    }

    /// Keeps a value in the place of the one before.
    func keep<Value: Sendable>(_ value: Value, as name: String, stamp: String) {
        state.withLock { $0.entries[name] = Entry(stamp: stamp, value: value) }
    }

    /// Remembers what is to be kept in the file when there is time for it.
    func remember(_ unkept: Unkept) { state.withLock { $0.unkept[unkept.name] = unkept } }

    /// What is to be kept in the file; it is forgotten here.
    func takeUnkept() -> [Unkept] {
        state.withLock { state in
            defer { state.unkept = [:] }
            return state.unkept.values.sorted { $0.name < $1.name }
        }
    }
}

extension Atlas {
    /// Prepares the walking network with buildings and stations on it, and
    /// keeps it in the file, so that the next questions need not.
    ///
    /// What is prepared is good until streets, water, elevation, buildings or
    /// stations change, by whatever program. A file that cannot be written
    /// now is no error: then it is good for this value only. Not for use
    /// inside `snapshot`.
    ///
    /// - Throws: `Failure`: `.notFound` where the atlas holds no streets.
    /// - Complexity: O(n log n) for n corners of streets and buildings; some
    ///   seconds a city, milliseconds where nothing changed.
    public func prepareWalking() throws(Failure) {
        try file.snapshot {
            let parts = try WalkingParts(self)
            for layer in [Layer.building, .station] { _ = try parts.places(layer) }
        }
        try keepPrepared()
    }

    /// Whether there are any streets.
    ///
    /// - Throws: `Failure`.
    public func hasStreets() throws(Failure) -> Bool {
        try file.contents().layers.contains { $0.layer == .street && $0.count > 0 }
    }

    /// Whether questions about walking find everything prepared.
    ///
    /// - Throws: `Failure`.
    public func isWalkingPrepared() throws(Failure) -> Bool {
        try file.snapshot { try WalkingParts(self).isPrepared() }
    }

    /// Keeps in the file what questions worked out meanwhile, if the file can
    /// be written now. Not for use inside `snapshot`.
    ///
    /// - Throws: `Failure` where the file is damaged.
    public func keepPrepared() throws(Failure) {
        for part in walkingCache.takeUnkept() {
            let isKept = try file.keepDerived(
                [(part.name, part.content())], stamp: part.stamp, computedFrom: part.versions)
            // Whoever holds the file now would be waited for at every part.
            guard isKept else { return }
        }
    }
}
