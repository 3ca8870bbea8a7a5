/// What waits in a `BestFirstQueue`.
public protocol BestFirstEntry {
    /// Whether this is taken out before another.
    func comes(before other: Self) -> Bool
}

/// A binary heap of what a best-first search has still to look at.
public struct BestFirstQueue<Entry: BestFirstEntry> {
    @usableFromInline var heap: [Entry] = []

    /// Makes an empty queue.
    @inlinable
    public init() {}

    /// Empties the queue and keeps its memory.
    @inlinable
    public mutating func removeAll() { heap.removeAll(keepingCapacity: true) }

    /// Puts an entry in.
    ///
    /// - Complexity: O(log n).
    @inlinable
    public mutating func push(_ entry: Entry) {
        var hole = heap.count
        heap.append(entry)
        while hole > 0 {
            let parent = (hole - 1) / 2
            guard entry.comes(before: heap[parent]) else { break }
            heap[hole] = heap[parent]
            hole = parent
        }
        heap[hole] = entry
    }

    /// Takes the entry out that comes before all others; `nil` from an empty queue.
    ///
    /// - Complexity: O(log n).
    @inlinable
    public mutating func pop() -> Entry? {
        guard let last = heap.popLast() else { return nil }
        guard let first = heap.first else { return last }
        var hole = 0
        while true {
            var child = 2 * hole + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].comes(before: heap[child]) { child += 1 }
            guard heap[child].comes(before: last) else { break }
            heap[hole] = heap[child]
            hole = child
        }
        heap[hole] = last
        return first
    }
}

extension BestFirstQueue: Sendable where Entry: Sendable {}
