/// Demand sent to stations of limited capacity: as much as possible, and, where
/// that is all of it, at the least cost.
///
/// Successive shortest paths (Busacker and Gowen 1960) over the stations alone:
/// a path goes from station to station by moving demand that one of them holds.
/// Amounts that are whole numbers stay exact.
struct Transport {
    private let stationCount: Int
    /// What every station costs every demand, a row for each demand; infinite
    /// where it cannot serve it.
    private let costs: [Double]
    private let weights: [Double]
    /// How much of every demand its stations could take if they had no other.
    private let takeable: [Double]
    /// What every station can take; infinite where that is all that can reach it.
    private let capacities: [Double]
    /// Amounts below this share of a demand, a station's capacity or both are
    /// rounding; 0 where all numbers are whole and small enough to add up exactly.
    private let rounding: Double
    /// Ways that differ by less are of the same cost.
    private let costRounding: Double
    /// How much of every demand every station holds.
    private(set) var amounts: [Double]
    /// What every station can still take.
    private var room: [Double]
    /// The demands of which a station holds or once held some.
    private var held: [[Int32]]
    /// The cheapest move of a unit from a station to another one, and the demand
    /// that it moves.
    private var moves: [(cost: Double, demand: Int)]

    /// Prepares an empty transport.
    ///
    /// - Complexity: O(d · s) memory for d demands and s stations.
    init(costs: [Double], weights: [Double], capacities: [Double]) {
        precondition(costs.count == weights.count * capacities.count, "a cost for every pair")
        let stationCount = capacities.count
        self.stationCount = stationCount
        self.costs = costs
        self.weights = weights
        let takeable = weights.indices.map { demand in
            let row = costs[demand * stationCount..<(demand + 1) * stationCount]
            return min(weights[demand], zip(row, capacities).reduce(0) { $1.0 < .infinity ? $0 + $1.1 : $0 })
        }
        var reaching = Array(repeating: 0.0, count: stationCount)
        for demand in weights.indices {
            for station in reaching.indices where costs[demand * stationCount + station] < .infinity {
                reaching[station] += takeable[demand]
            }
        }
        self.takeable = takeable
        self.capacities = zip(capacities, reaching).map { $0 < $1 ? $0 : .infinity }
        rounding = Self.addUpExactly(takeable + self.capacities.filter(\.isFinite)) ? 0 : 1e-13
        costRounding = 1e-14 * costs.reduce(0) { $1 < .infinity ? max($0, $1) : $0 }
        amounts = Array(repeating: 0, count: costs.count)
        room = self.capacities
        held = Array(repeating: [], count: stationCount)
        moves = Array(repeating: (.infinity, -1), count: stationCount * stationCount)
    }

    private static func addUpExactly(_ numbers: [Double]) -> Bool {
        numbers.allSatisfy { $0 == $0.rounded() } && numbers.reduce(0, +) < 0x1p53
    }

    /// What of a demand at a station is no more than rounding.
    private func leastAmount(_ demand: Int, at station: Int) -> Double {
        rounding * min(takeable[demand], capacities[station])
    }

    /// Whether some station is full, so that ways may be long.
    private var isFull = false

    private func hasRoom(_ station: Int) -> Bool {
        capacities[station] == .infinity || room[station] > rounding * capacities[station]
    }

    /// What was sent.
    struct Sent {
        var weight = 0.0
        var cost = 0.0
        /// Whether nothing is left.
        var isComplete = true
        /// Whether there was no time to send all that can be sent.
        var isBrokenOff = false
    }

    /// Sends all that can be sent, or what there is time for.
    ///
    /// - Returns: what was sent, what it costs, and whether nothing is left.
    mutating func send(_ control: PlacementControl? = nil) -> Sent {
        var sent = Sent()
        for demand in weights.indices where weights[demand] > 0 {
            if demand % 64 == 0 || isFull, control?.isOutOfTime == true {
                sent.isBrokenOff = true
                sent.isComplete = false
                return sent
            }
            let rest = send(demand, control)
            sent.weight += takeable[demand] - rest
            let missing = weights[demand] - takeable[demand] + rest
            if rest > 0, control?.isOutOfTime == true { sent.isBrokenOff = true }
            if missing > (rounding > 0 ? PlacementValue.tolerance * weights[demand] : 0) { sent.isComplete = false }
        }
        for pair in amounts.indices where amounts[pair] > 0 { sent.cost += amounts[pair] * costs[pair] }
        return sent
    }

    /// Sends one demand; what is left of all that its stations could take.
    private mutating func send(_ demand: Int, _ control: PlacementControl?) -> Double {
        var rest = takeable[demand]
        while rest > rounding * takeable[demand] {
            guard let stops = shortestPath(of: demand, control), let first = stops.first, let last = stops.last else {
                return rest
            }
            let legs = zip(stops, stops.dropFirst()).map { ($0, $1, moves[$0 * stationCount + $1].demand) }
            var amount = min(rest, room[last])
            for (tail, _, moved) in legs { amount = min(amount, amounts[moved * stationCount + tail]) }
            rest = amount == rest ? 0 : rest - amount
            give(amount, of: demand, to: first)
            for (tail, head, moved) in legs {
                give(amount, of: moved, to: head)
                take(amount, of: moved, from: tail)
            }
            room[last] -= amount
            if !hasRoom(last) { isFull = true }
        }
        return rest
    }

    private mutating func give(_ amount: Double, of demand: Int, to station: Int) {
        let pair = demand * stationCount + station
        if amounts[pair] == 0 { held[station].append(Int32(demand)) }
        amounts[pair] += amount
        for head in 0..<stationCount where head != station {
            let cost = costs[demand * stationCount + head] - costs[pair]
            if cost < moves[station * stationCount + head].cost {
                moves[station * stationCount + head] = (cost, demand)
            }
        }
    }

    private mutating func take(_ amount: Double, of demand: Int, from station: Int) {
        let pair = demand * stationCount + station
        let rest = amounts[pair] - amount
        amounts[pair] = rest > leastAmount(demand, at: station) ? rest : 0
        guard amounts[pair] == 0 else { return }
        held[station].removeAll { $0 == Int32(demand) }
        for head in 0..<stationCount where moves[station * stationCount + head].demand == demand {
            findMove(from: station, to: head)
        }
    }

    private mutating func findMove(from station: Int, to head: Int) {
        var best = (cost: Double.infinity, demand: -1)
        for demand in held[station] {
            let row = Int(demand) * stationCount
            let cost = costs[row + head] - costs[row + station]
            if cost < best.cost { best = (cost, Int(demand)) }
        }
        moves[station * stationCount + head] = best
    }

    /// The stations on the cheapest way of a demand to one with room: it goes to
    /// the first, each passes demand on to the next. `nil` where there is none, or no time to find it.
    private func shortestPath(of demand: Int, _ control: PlacementControl?) -> [Int]? {
        var distance = Array(costs[demand * stationCount..<(demand + 1) * stationCount])
        var nearest = 0
        for station in distance.indices.dropFirst() {
            let isTie = distance[station] == distance[nearest]
            if isTie ? room[station] > room[nearest] : distance[station] < distance[nearest] { nearest = station }
        }
        guard stationCount > 0, distance[nearest] < .infinity else { return nil }
        // No way is shorter than the one to the nearest station, if that has room.
        if hasRoom(nearest) { return [nearest] }
        var arrival = Array(repeating: -1, count: stationCount)
        var isNew = Array(repeating: true, count: stationCount)
        for _ in 0..<stationCount {
            if control?.isOutOfTime == true { return nil }
            var isMoving = false
            for tail in 0..<stationCount where isNew[tail] && distance[tail] < .infinity {
                isNew[tail] = false
                for head in 0..<stationCount {
                    let length = distance[tail] + moves[tail * stationCount + head].cost
                    if length < distance[head] - costRounding {
                        distance[head] = length
                        arrival[head] = tail
                        isNew[head] = true
                        isMoving = true
                    }
                }
            }
            if !isMoving { break }
        }
        let goal = room.indices.filter { hasRoom($0) && distance[$0] < .infinity }
            .min { distance[$0] < distance[$1] }
        guard var station = goal else { return nil }
        var stops = [station]
        while arrival[station] >= 0 && stops.count <= stationCount {
            station = arrival[station]
            stops.append(station)
        }
        return stops.reversed()
    }
}
