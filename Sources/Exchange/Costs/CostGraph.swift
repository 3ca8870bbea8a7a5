import Dispatch
import Messages
import Synchronization

/// An undirected graph with costs on its edges.
struct CostGraph: Sendable {
    struct Edge {
        let from: UInt32
        let to: UInt32
        let cost: Double
    }

    let nodeCount: Int
    private let starts: [Int]
    private let targets: [UInt32]
    private let costs: [Double]

    /// Makes a graph; of edges between the same two nodes the last one counts.
    ///
    /// - Complexity: O(nodes + edges).
    init(nodeCount: Int, edges: [Edge]) {
        self.nodeCount = nodeCount
        var starts = [Int](repeating: 0, count: nodeCount + 1)
        for edge in edges where edge.from != edge.to {
            starts[Int(edge.from) + 1] += 1
            starts[Int(edge.to) + 1] += 1
        }
        for node in 0..<nodeCount { starts[node + 1] += starts[node] }
        var targets = [UInt32](repeating: 0, count: starts[nodeCount])
        var costs = [Double](repeating: 0, count: starts[nodeCount])
        var ends = starts
        for edge in edges where edge.from != edge.to {
            for (from, to) in [(Int(edge.from), edge.to), (Int(edge.to), edge.from)] {
                (targets[ends[from]], costs[ends[from]]) = (to, edge.cost)
                ends[from] += 1
            }
        }
        (self.starts, self.targets, self.costs) = Self.lastOnly(starts, targets, costs)
    }

    private static func lastOnly(
        _ starts: [Int], _ targets: [UInt32], _ costs: [Double]
    ) -> ([Int], [UInt32], [Double]) {
        let nodeCount = starts.count - 1
        var kept = (starts: [0], targets: [UInt32](), costs: [Double]())
        var ownerOfTarget = [Int](repeating: -1, count: nodeCount)
        var placeOfTarget = [Int](repeating: 0, count: nodeCount)
        for node in 0..<nodeCount {
            for arc in starts[node]..<starts[node + 1] {
                let target = Int(targets[arc])
                if ownerOfTarget[target] == node {
                    kept.costs[placeOfTarget[target]] = costs[arc]
                } else {
                    (ownerOfTarget[target], placeOfTarget[target]) = (node, kept.targets.count)
                    kept.targets.append(targets[arc])
                    kept.costs.append(costs[arc])
                }
            }
            kept.starts.append(kept.targets.count)
        }
        return kept
    }

    /// How many nodes every node reaches, itself included.
    ///
    /// - Complexity: O(nodes + edges).
    var reachableCounts: [Int] {
        var part = [Int](repeating: -1, count: nodeCount)
        var sizes: [Int] = []
        var waiting: [Int] = []
        for start in 0..<nodeCount where part[start] < 0 {
            part[start] = sizes.count
            sizes.append(0)
            waiting.append(start)
            while let node = waiting.popLast() {
                sizes[sizes.count - 1] += 1
                for arc in starts[node]..<starts[node + 1] where part[Int(targets[arc])] < 0 {
                    part[Int(targets[arc])] = sizes.count - 1
                    waiting.append(Int(targets[arc]))
                }
            }
        }
        return part.map { sizes[$0] }
    }

    /// The least costs between all nodes that reach each other, a row a node,
    /// ascending by cost, then by node (Dijkstra 1959 from every node).
    ///
    /// - Parameters:
    ///   - rowStarts: by `reachableCounts`.
    ///   - threadCount: how many threads search.
    ///   - isWanted: asked by all threads, with the node, before the search from
    ///     it; `false` breaks off.
    /// - Returns: the nodes of all rows, and what they cost.
    /// - Throws: `Failure` with `.interrupted`.
    /// - Complexity: O(nodes × edges × log nodes).
    func shortestPaths(
        rowStarts: [Int], threadCount: Int, isWanted: @Sendable (_ source: Int) -> Bool = { _ in true }
    ) throws(Failure) -> (nodes: [UInt32], costs: [Double]) {
        let total = rowStarts[nodeCount]
        let isBrokenOff = Atomic<Bool>(false)
        var nodes: [UInt32] = []
        let costs = [Double](unsafeUninitializedCapacity: total) { costBuffer, costCount in
            nodes = [UInt32](unsafeUninitializedCapacity: total) { nodeBuffer, nodeTotal in
                let next = Atomic<Int>(0)
                // Every row is written by one thread, and only until concurrentPerform returns.
                nonisolated(unsafe) let (nodeBuffer, costBuffer) = (nodeBuffer, costBuffer)
                DispatchQueue.concurrentPerform(iterations: threadCount) { _ in
                    var search = CostSearch(self)
                    while true {
                        let source = next.add(1, ordering: .relaxed).oldValue
                        guard source < nodeCount, !isBrokenOff.load(ordering: .relaxed) else { return }
                        guard isWanted(source) else { return isBrokenOff.store(true, ordering: .relaxed) }
                        let row = rowStarts[source]..<rowStarts[source + 1]
                        search.run(
                            from: source, UnsafeMutableBufferPointer(rebasing: nodeBuffer[row]),
                            UnsafeMutableBufferPointer(rebasing: costBuffer[row]))
                    }
                }
                nodeTotal = isBrokenOff.load(ordering: .relaxed) ? 0 : total
            }
            costCount = nodes.count
        }
        if isBrokenOff.load(ordering: .relaxed) { throw Failure(.interrupted, .interrupted) }
        return (nodes, costs)
    }

    fileprivate var arcs: (starts: [Int], targets: [UInt32], costs: [Double]) { (starts, targets, costs) }
}

/// What one thread needs for its searches.
private struct CostSearch {
    private struct Entry {
        let cost: Double
        let node: UInt32

        static func < (a: Entry, b: Entry) -> Bool { a.cost != b.cost ? a.cost < b.cost : a.node < b.node }
    }

    private let starts: [Int]
    private let targets: [UInt32]
    private let arcCosts: [Double]
    private var best: [Double]
    private var heap: [Entry] = []
    private var settled: [Entry] = []

    init(_ graph: CostGraph) {
        (starts, targets, arcCosts) = graph.arcs
        best = Array(repeating: .infinity, count: graph.nodeCount)
    }

    mutating func run(
        from source: Int, _ nodes: UnsafeMutableBufferPointer<UInt32>, _ costs: UnsafeMutableBufferPointer<Double>
    ) {
        settled.removeAll(keepingCapacity: true)
        best[source] = 0
        push(Entry(cost: 0, node: UInt32(source)))
        while let entry = pop() {
            let node = Int(entry.node)
            guard entry.cost == best[node] else { continue }
            settled.append(entry)
            for arc in starts[node]..<starts[node + 1] {
                let target = Int(targets[arc])
                let cost = entry.cost + arcCosts[arc]
                if cost < best[target] {
                    best[target] = cost
                    push(Entry(cost: cost, node: targets[arc]))
                }
            }
        }
        // An edge that costs nothing may have found a lower node late.
        settled.sort(by: <)
        for (place, entry) in settled.enumerated() {
            (nodes[place], costs[place]) = (entry.node, entry.cost)
            best[Int(entry.node)] = .infinity
        }
    }

    private mutating func push(_ entry: Entry) {
        heap.append(entry)
        var place = heap.count - 1
        while place > 0 {
            let parent = (place - 1) / 2
            guard entry < heap[parent] else { break }
            heap[place] = heap[parent]
            place = parent
        }
        heap[place] = entry
    }

    private mutating func pop() -> Entry? {
        guard let least = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return least }
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            guard heap[child] < last else { break }
            heap[place] = heap[child]
            place = child
        }
        heap[place] = last
        return least
    }
}
