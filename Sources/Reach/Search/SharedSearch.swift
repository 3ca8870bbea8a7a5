import Dispatch
import Foundation

/// A search from many places at once, on all cores.
///
/// Each core has a part of the crossings: those of a range of numbers, which
/// lie together (they are numbered along a Hilbert curve). It settles what can
/// be reached within its part, and what leads out of it is offered to the
/// others afterwards, round by round, until nobody improves anything. A
/// crossing ends with the least of all that it was ever offered, whoever was
/// first, so that the answer is the one of a search on one core, to the tick
/// and the label.
struct SharedSearch {
    /// From so many places on most of a part is nearest to places in it.
    static let leastSeeds = 64
    /// So many crossings are worth the waking of a thread.
    private static let nodesAPart = 1 << 13

    /// How many parts are worth their while.
    static func parts(of nodeCount: Int) -> Int { min(cores, nodeCount / nodesAPart) }

    private let arcs: Arcs
    private let nodes: UnsafeMutablePointer<SearchNode>
    private let reached: UnsafeMutablePointer<UInt32>
    private let limitTicks: UInt32
    private let parts: [Part]

    /// - Parameters:
    ///   - arcs: the ways.
    ///   - count: how many parts there are.
    ///   - nodes: what is known of the crossings: nothing.
    ///   - reached: room for all crossings.
    ///   - limitTicks: the most that is of interest; below `Ticks.never`.
    init(
        _ arcs: Arcs, parts count: Int, nodes: UnsafeMutablePointer<SearchNode>,
        reached: UnsafeMutablePointer<UInt32>, limitTicks: UInt32
    ) {
        (self.arcs, self.nodes, self.reached, self.limitTicks) = (arcs, nodes, reached, limitTicks)
        parts = (0..<count).map { part in
            Part(UInt32(arcs.nodeCount * part / count)..<UInt32(arcs.nodeCount * (part + 1) / count), reached)
        }
    }

    private static let cores = min(8, ProcessInfo.processInfo.activeProcessorCount)

    /// Searches.
    ///
    /// - Parameter seeds: where it begins; out of range ones and ones beyond
    ///   the limit are left out.
    /// - Returns: how many crossings were reached.
    func run(_ seeds: [SearchSeed]) -> Int {
        var offers = parts.map { part in seeds.filter { part.range.contains($0.node) } }
        while offers.contains(where: { !$0.isEmpty }) {
            settle(offers)
            let outside = parts.flatMap(\.outside)
            offers = parts.map { part in outside.filter { part.range.contains($0.node) } }
        }
        var count = 0
        for part in parts {
            (reached + count).update(from: reached + Int(part.range.lowerBound), count: part.reachedCount)
            count += part.reachedCount
        }
        return count
    }

    /// Lets every part work off what it is offered.
    private func settle(_ offers: [[SearchSeed]]) {
        // A part's crossings and its own memory are touched by one thread only.
        nonisolated(unsafe) let search = self
        arcs.arcs.withUnsafeBufferPointer { arcs in
            nonisolated(unsafe) let arcs = arcs
            DispatchQueue.concurrentPerform(iterations: parts.count) { index in
                search.parts[index].settle(offers[index], search.nodes, arcs, limitTicks: search.limitTicks)
            }
        }
    }

    /// The crossings of one core.
    private final class Part {
        let range: Range<UInt32>
        /// How many of them were reached; they stand where the part begins.
        var reachedCount: Int { log.count }
        /// What the last round offers to others.
        private(set) var outside: [SearchSeed] = []
        private var log: FirstMeetings
        private var queue = BucketQueue()

        init(_ range: Range<UInt32>, _ reached: UnsafeMutablePointer<UInt32>) {
            self.range = range
            log = FirstMeetings(nodes: reached + Int(range.lowerBound))
        }

        func settle(
            _ offers: [SearchSeed], _ nodes: UnsafeMutablePointer<SearchNode>,
            _ arcs: UnsafeBufferPointer<Arcs.Arc>, limitTicks: UInt32
        ) {
            outside.removeAll(keepingCapacity: true)
            guard !offers.isEmpty else { return }
            var relaxation = Relaxation(nodes: nodes, range: range, arcs: arcs, limitTicks: limitTicks, log: log)
            relaxation.begin(offers, &queue)
            relaxation.settle(&queue)
            (log, outside) = (relaxation.log, relaxation.outside)
        }
    }
}
