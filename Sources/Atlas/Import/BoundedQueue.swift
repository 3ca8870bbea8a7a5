import Foundation

/// Hands values from one thread to another, a few at a time.
///
/// `@unchecked Sendable`: every access to the mutable state happens under the
/// condition's lock.
final class BoundedQueue<Value: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private var values: [Value] = []
    private var isFinished = false
    private var isCancelled = false
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    /// Puts a value in, waiting for room; `false` where nobody wants more.
    func push(_ value: Value) -> Bool {
        condition.withLock {
            while values.count >= capacity && !isCancelled { condition.wait() }
            guard !isCancelled else { return false }
            values.append(value)
            condition.broadcast()
            return true
        }
    }

    /// Whether no more values are wanted.
    var isDeserted: Bool { condition.withLock { isCancelled } }

    /// Takes the oldest value, waiting for one.
    ///
    /// - Parameter mayWait: asked ten times a second while there is none;
    ///   breaks off by throwing.
    /// - Returns: the value; `nil` at the end.
    /// - Throws: what `mayWait` throws.
    func pop(asking mayWait: () throws -> Void) rethrows -> Value? {
        try condition.withLock {
            while values.isEmpty && !isFinished && !isCancelled {
                if !condition.wait(until: .now.addingTimeInterval(0.1)) { try mayWait() }
            }
            guard !values.isEmpty, !isCancelled else { return nil }
            let value = values.removeFirst()
            condition.broadcast()
            return value
        }
    }

    /// Says that no more values come.
    func finish() {
        condition.withLock {
            isFinished = true
            condition.broadcast()
        }
    }

    /// Says that no more values are wanted.
    func cancel() {
        condition.withLock {
            isCancelled = true
            values = []
            condition.broadcast()
        }
    }
}
