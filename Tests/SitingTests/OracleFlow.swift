/// The cheapest way to send as much demand as possible to stations: shortest
/// augmenting paths by Bellman and Ford, on a graph of a few nodes.
struct OracleFlow {
    /// A station that serves a demand at some cost.
    struct Entry {
        var site: Int
        var cost: Double
    }
    private struct Arc {
        var tail: Int
        var head: Int
        var room: Double
        var cost: Double
        /// Room that is no more than rounding.
        var least: Double
    }
    /// What was sent, what it costs, and what share of each demand was not.
    struct Sent {
        var weight = 0.0
        var cost = 0.0
        var missingShares: [Double] = []

        /// The demands among these of which something is left.
        func missing(in demands: [Int]) -> [Int] { demands.filter { missingShares[$0] > 0 } }
    }
    /// Each arc is followed by its reverse.
    private var arcs: [Arc] = []
    private let nodeCount: Int
    private let weights: [Double]
    /// Whether sums are exact; where they are not, a billionth of a demand may be left.
    private let isExact: Bool
    private let costRounding: Double

    init(_ rows: [[Entry]], _ weights: [Double], _ capacities: [Double]) {
        nodeCount = 2 + rows.count + capacities.count
        self.weights = weights
        // No more than its own stations can hold goes into a demand.
        let sendable = rows.indices.map { demand in
            min(weights[demand], rows[demand].reduce(0) { $0 + capacities[$1.site] })
        }
        let numbers = sendable + capacities.filter { $0 < sendable.reduce(0, +) }
        isExact = numbers.allSatisfy { $0 == $0.rounded() } && numbers.reduce(0, +) < 9e15
        costRounding = 1e-13 * (rows.joined().map(\.cost).max() ?? 0)
        let firstSite = 2 + rows.count
        var reaching = Array(repeating: 0.0, count: capacities.count)
        for (demand, row) in rows.enumerated() {
            add(0, 2 + demand, sendable[demand], 0, size: sendable[demand])
            for entry in row {
                let size = min(sendable[demand], capacities[entry.site])
                add(2 + demand, firstSite + entry.site, size, entry.cost, size: size)
                reaching[entry.site] += sendable[demand]
            }
        }
        for (site, capacity) in capacities.enumerated() {
            let most = reaching[site]
            add(firstSite + site, 1, capacity < most ? capacity : .infinity, 0, size: min(capacity, most))
        }
    }

    private mutating func add(_ tail: Int, _ head: Int, _ room: Double, _ cost: Double, size: Double) {
        let least = isExact ? 0 : 1e-13 * size
        arcs.append(Arc(tail: tail, head: head, room: room, cost: cost, least: least))
        arcs.append(Arc(tail: head, head: tail, room: 0, cost: -cost, least: least))
    }

    private func missingShare(_ demand: Int) -> Double {
        guard weights[demand] > 0 else { return 0 }
        let sent = arcs.filter { $0.head == 0 && $0.tail == 2 + demand }.reduce(0) { $0 + $1.room }
        let share = (weights[demand] - sent) / weights[demand]
        return isExact || share > 1e-9 ? share : 0
    }

    mutating func sendAll() -> Sent {
        var sent = Sent()
        while true {
            var distance = Array(repeating: Double.infinity, count: nodeCount)
            var arrival = Array(repeating: -1, count: nodeCount)
            distance[0] = 0
            var isMoving = true
            while isMoving {
                isMoving = false
                var index = 0
                while index < arcs.count {
                    let arc = arcs[index]
                    let length = arc.room > arc.least ? distance[arc.tail] + arc.cost : .infinity
                    if length < distance[arc.head] - costRounding {
                        distance[arc.head] = length
                        arrival[arc.head] = index
                        isMoving = true
                    }
                    index += 1
                }
            }
            guard distance[1] < .infinity else {
                sent.missingShares = weights.indices.map(missingShare)
                return sent
            }
            var path: [Int] = []
            var node = 1
            while node != 0 {
                path.append(arrival[node])
                node = arcs[arrival[node]].tail
            }
            let amount = path.map { arcs[$0].room }.min() ?? 0
            for arc in path {
                arcs[arc].room -= amount
                arcs[arc ^ 1].room += amount
            }
            sent.weight += amount
            sent.cost += amount * distance[1]
        }
    }
}
