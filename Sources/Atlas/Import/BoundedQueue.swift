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

    /// Takes the oldest value, waiting for one; `nil` at the end.
    func pop() -> Value? {
        condition.withLock {
            while values.isEmpty && !isFinished && !isCancelled { condition.wait() }
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
