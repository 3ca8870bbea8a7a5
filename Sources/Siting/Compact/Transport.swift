/// Demand sent to stations of limited capacity: as much as possible, at the
/// least cost of that much.
///
/// Successive shortest paths (Busacker and Gowen 1960) over the stations alone:
/// a path goes from station to station by moving demand that one of them holds.
/// Amounts that are whole numbers stay exact.
struct Transport {
    /// Where demand can go, in rows as in a `CostTable`.
    private let rowStarts: [Int]
    private let stations: [Int]
    private let costs: [Double]
    private let weights: [Double]
    private let leastAmount: Double
    /// The amount of every entry.
    private var amounts: [Double]
    /// What every station can still take.
    private var room: [Double]
    /// The entries by which a station holds demand.
    private var held: [[Int]]
    /// The cheapest move from a station to another one: what it costs a unit,
    /// the entry it takes from and the entry it gives to.
    private var moves: [Move]
    private var isStale: [Bool]

    private struct Move {
        var cost = Double.infinity
        var from = 0
        var to = 0
    }

    /// Prepares an empty transport.
    init(rowStarts: [Int], stations: [Int], costs: [Double], weights: [Double], capacities: [Double]) {
        self.rowStarts = rowStarts
        self.stations = stations
        self.costs = costs
        self.weights = weights
        leastAmount = 1e-13 * weights.reduce(0, +)
        amounts = Array(repeating: 0, count: stations.count)
        room = capacities
        held = Array(repeating: [], count: capacities.count)
        moves = Array(repeating: Move(), count: capacities.count * capacities.count)
        isStale = Array(repeating: false, count: capacities.count)
    }

    /// Sends all that can be sent.
    ///
    /// - Returns: what was sent, what it costs, and whether nothing is left.
    mutating func send() -> (weight: Double, cost: Double, isComplete: Bool) {
        var sent = 0.0
        var isComplete = true
        for demand in weights.indices where weights[demand] > 0 {
            let rest = send(demand)
            sent += weights[demand] - rest
            if rest > 1e-9 * weights[demand] { isComplete = false }
        }
        var cost = 0.0
        for entry in amounts.indices where amounts[entry] > 0 { cost += amounts[entry] * costs[entry] }
        return (sent, cost, isComplete)
    }

    /// Sends one demand; what is left of it.
    private mutating func send(_ demand: Int) -> Double {
        var rest = weights[demand]
        let row = rowStarts[demand]..<rowStarts[demand + 1]
        while rest > leastAmount {
            guard let path = shortestPath(from: row) else { return rest }
            var amount = min(rest, room[stations[path.last]])
            for move in path.moves { amount = min(amount, amounts[move.from]) }
            rest = amount == rest ? 0 : rest - amount
            give(amount, to: path.first)
            for move in path.moves {
                amounts[move.from] = amount == amounts[move.from] ? 0 : amounts[move.from] - amount
                isStale[stations[move.from]] = true
                give(amount, to: move.to)
            }
            room[stations[path.last]] -= amount
        }
        return 0
    }

    private mutating func give(_ amount: Double, to entry: Int) {
        if amounts[entry] == 0 { held[stations[entry]].append(entry) }
        amounts[entry] += amount
        isStale[stations[entry]] = true
    }

    /// The way of a demand: into a station, and from there by moves to one with room.
    private struct Path {
        var first: Int
        var moves: [Move]
        var last: Int
    }

    private mutating func shortestPath(from row: Range<Int>) -> Path? {
        // Without room at the nearest, the rest is a matter of moves; with room
        // there, no way is shorter.
        guard let nearest = row.min(by: { costs[$0] < costs[$1] }) else { return nil }
        if room[stations[nearest]] > leastAmount { return Path(first: nearest, moves: [], last: nearest) }
        refreshMoves()
        var distance = Array(repeating: Double.infinity, count: room.count)
        var arrival = Array(repeating: -1, count: room.count)
        for entry in row where costs[entry] < distance[stations[entry]] { distance[stations[entry]] = costs[entry] }
        var isMoving = true
        while isMoving {
            isMoving = false
            for tail in room.indices where distance[tail] < .infinity {
                for head in room.indices {
                    let length = distance[tail] + moves[tail * room.count + head].cost
                    if length < distance[head] - 1e-12 * abs(length) {
                        distance[head] = length
                        arrival[head] = tail
                        isMoving = true
                    }
                }
            }
        }
        let goal = room.indices.filter { room[$0] > leastAmount && distance[$0] < .infinity }
            .min { distance[$0] < distance[$1] }
        return goal.flatMap { path(to: $0, arrival, row) }
    }

    private func path(to goal: Int, _ arrival: [Int], _ row: Range<Int>) -> Path? {
        var station = goal
        var path: [Move] = []
        while arrival[station] >= 0 && path.count <= room.count {
            path.append(moves[arrival[station] * room.count + station])
            station = arrival[station]
        }
        path.reverse()
        guard let first = row.first(where: { stations[$0] == station }) else { return nil }
        return Path(first: first, moves: path, last: path.last?.to ?? first)
    }

    private mutating func refreshMoves() {
        for station in room.indices where isStale[station] {
            isStale[station] = false
            let begin = station * room.count
            for head in room.indices { moves[begin + head] = Move() }
            held[station].removeAll { amounts[$0] <= 0 }
            for entry in held[station] where amounts[entry] > leastAmount {
                for other in row(of: entry) where stations[other] != station {
                    let cost = costs[other] - costs[entry]
                    if cost < moves[begin + stations[other]].cost {
                        moves[begin + stations[other]] = Move(cost: cost, from: entry, to: other)
                    }
                }
            }
        }
    }

    private func row(of entry: Int) -> Range<Int> {
        var low = 0
        var high = rowStarts.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if rowStarts[middle] <= entry { low = middle } else { high = middle }
        }
        return rowStarts[low]..<rowStarts[low + 1]
    }
}
