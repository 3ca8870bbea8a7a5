import Siting

/// Who is served from where when stations can serve only so much: as much
/// weight as they can, of all such ways the cheapest.
///
/// Successive shortest paths (Ford and Fulkerson 1962; Busacker and Gowen
/// 1960) over the stations alone: a demand is put where it is cheapest, and
/// where that is full, others make room by moving on.
struct CapacityFlow {
    /// The parts of all demands, ascending by demand, then by site.
    private(set) var services: [Services.Service] = []

    private let problem: PlacementProblem
    private let open: [UInt32]
    /// The number of each site among the open ones; -1 for the others.
    private var stationOf: [Int32]
    private var room: [Double]
    /// How much of each demand every station serves, where it does.
    private var parts: [[UInt32: Double]]
    /// For every station and every other one, those who might move, cheapest
    /// first; last for every station, those who might be left out.
    private var queues: [CheapestMoves]
    /// What it takes to leave a demand without service: more than any way of
    /// serving it.
    private let priceOfNone: Double
    private let reach: Double

    init(_ problem: PlacementProblem, open: [UInt32]) {
        self.problem = problem
        self.open = open
        let table = problem.table
        stationOf = [Int32](repeating: -1, count: table.siteCount)
        for (index, site) in open.enumerated() { stationOf[Int(site)] = Int32(index) }
        room = open.map { problem.capacities[Int($0)] }
        parts = [[UInt32: Double]](repeating: [:], count: open.count)
        queues = [CheapestMoves](repeating: CheapestMoves(), count: open.count * (open.count + 1))
        let beyond = problem.goal == .median ? problem.beyondCost : nil
        reach = min(problem.reach, beyond ?? .infinity)
        priceOfNone = beyond ?? Double(open.count + 1) * (1 + (table.costs.max() ?? 0))
        for demand in 0..<table.demandCount { place(UInt32(demand), problem.weights[demand]) }
        collect()
    }

    /// What it costs to serve a demand from a station.
    private func cost(_ demand: UInt32, _ station: Int) -> Double? {
        for entry in problem.table.row(Int(demand)) {
            let cost = problem.table.costs[entry]
            guard cost <= reach else { return nil }
            if Int(stationOf[Int(problem.table.sites[entry])]) == station { return cost }
        }
        return nil
    }

    /// Whoever takes a place on the way from a station to room elsewhere.
    private struct Move {
        let demand: UInt32
        let from: Int
        /// `nil`: it is served no longer.
        let to: Int?
    }

    private mutating func place(_ demand: UInt32, _ weight: Double) {
        var left = weight
        let table = problem.table
        let choices = table.row(Int(demand)).compactMap { entry -> (station: Int, cost: Double)? in
            let station = Int(stationOf[Int(table.sites[entry])])
            return station >= 0 && table.costs[entry] <= reach ? (station, table.costs[entry]) : nil
        }
        while left > 0, !choices.isEmpty {
            // Most stations have room: then nobody has to move.
            if let first = choices.first, room[first.station] > 0 {
                left -= put(demand, first.station, left, moves: [])
                continue
            }
            let ways = ways()
            var best: (station: Int, price: Double)?
            for choice in choices {
                let price = choice.cost + ways.prices[choice.station]
                if price < best?.price ?? priceOfNone { best = (choice.station, price) }
            }
            guard let best else { return }
            left -= put(demand, best.station, left, moves: ways.moves(from: best.station))
        }
    }

    /// Puts a part of a demand to a station, others moving on to make room.
    private mutating func put(_ demand: UInt32, _ station: Int, _ most: Double, moves: [Move]) -> Double {
        var amount = most
        for move in moves { amount = min(amount, parts[move.from][move.demand] ?? 0) }
        let last = moves.isEmpty ? station : moves[moves.count - 1].to
        if let last { amount = min(amount, room[last]) }
        for move in moves {
            take(move.demand, move.from, amount)
            if let to = move.to { give(move.demand, to, amount) }
        }
        give(demand, station, amount)
        if let last { room[last] -= amount }
        return amount
    }

    private mutating func give(_ demand: UInt32, _ station: Int, _ amount: Double) {
        if parts[station][demand] == nil { queue(demand, at: station) }
        parts[station][demand, default: 0] += amount
    }

    private mutating func take(_ demand: UInt32, _ station: Int, _ amount: Double) {
        let left = (parts[station][demand] ?? 0) - amount
        parts[station][demand] = left > 0 ? left : nil
    }

    /// The cheapest ways from every station to room elsewhere, or to leaving
    /// somebody out: Bellman and Ford's rounds over the stations.
    private struct Ways {
        var prices: [Double]
        var nextMove: [Move?]

        func moves(from station: Int) -> [Move] {
            var moves: [Move] = []
            var at: Int? = station
            while let here = at, let move = nextMove[here], moves.count <= nextMove.count {
                moves.append(move)
                at = move.to
            }
            return moves
        }
    }

    private mutating func ways() -> Ways {
        let exchanges = exchanges()
        var ways = Ways(
            prices: room.map { $0 > 0 ? 0 : .infinity }, nextMove: [Move?](repeating: nil, count: open.count))
        for exchange in exchanges where exchange.move.to == nil && room[exchange.move.from] <= 0 {
            relax(&ways, exchange, 0)
        }
        for _ in open.indices {
            var isChanged = false
            for exchange in exchanges {
                guard let to = exchange.move.to, ways.prices[to].isFinite else { continue }
                isChanged = relax(&ways, exchange, ways.prices[to]) || isChanged
            }
            if !isChanged { break }
        }
        return ways
    }

    @discardableResult
    private func relax(_ ways: inout Ways, _ exchange: (move: Move, price: Double), _ rest: Double) -> Bool {
        let price = exchange.price + rest
        // A gain below rounding is none: it could be found again and again.
        guard price < ways.prices[exchange.move.from] - 1e-9 * (1 + abs(price)) else { return false }
        ways.prices[exchange.move.from] = price
        ways.nextMove[exchange.move.from] = exchange.move
        return true
    }

    /// For every two stations the demand that moves from one to the other most
    /// cheaply, and of every one the demand that is left out most cheaply.
    private mutating func exchanges() -> [(move: Move, price: Double)] {
        var exchanges: [(move: Move, price: Double)] = []
        for from in open.indices {
            for slot in 0...open.count {
                let queue = from * (open.count + 1) + slot
                while let first = queues[queue].first, parts[from][first.demand] == nil { queues[queue].removeFirst() }
                guard let first = queues[queue].first else { continue }
                let to = slot == open.count ? nil : slot
                exchanges.append((Move(demand: first.demand, from: from, to: to), first.price))
            }
        }
        return exchanges
    }

    /// Notes what a demand would cost elsewhere that a station now serves.
    private mutating func queue(_ demand: UInt32, at station: Int) {
        guard let own = cost(demand, station) else { return }
        let first = station * (open.count + 1)
        queues[first + open.count].insert(price: priceOfNone - own, demand)
        for entry in problem.table.row(Int(demand)) where problem.table.costs[entry] <= reach {
            let to = Int(stationOf[Int(problem.table.sites[entry])])
            if to >= 0, to != station { queues[first + to].insert(price: problem.table.costs[entry] - own, demand) }
        }
    }

    private mutating func collect() {
        var all: [Services.Service] = []
        for (station, demands) in parts.enumerated() {
            for (demand, weight) in demands {
                guard let cost = cost(demand, station) else { continue }
                all.append(Services.Service(demand: demand, site: open[station], cost: cost, weight: weight))
            }
        }
        services = all.sorted { ($0.demand, $0.site) < ($1.demand, $1.site) }
    }
}

/// Those who might move from one station to another, cheapest first; of equals
/// the one with the lowest number.
private struct CheapestMoves {
    private var heap: [(price: Double, demand: UInt32)] = []

    var first: (price: Double, demand: UInt32)? { heap.first }

    mutating func insert(price: Double, _ demand: UInt32) {
        heap.append((price, demand))
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while 2 * parent + 1 < heap.count {
            var child = 2 * parent + 1
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            guard heap[child] < heap[parent] else { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }
}
