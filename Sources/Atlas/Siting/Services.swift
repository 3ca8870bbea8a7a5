import Siting

/// Who is served from where by the open stations of a problem.
struct Services {
    /// A part of a demand and the station that serves it.
    struct Service {
        let demand: UInt32
        let site: UInt32
        let cost: Double
        let weight: Double
    }

    /// Ascending by demand; several of one demand only with capacities.
    private(set) var all: [Service] = []
    /// How much of each demand is not served.
    private(set) var unservedWeights: [Double]
    /// Whether each demand is served, whole or in part.
    private(set) var isServed: [Bool]
    /// The worst cost of those who are; with backup that of the last station
    /// that counts.
    private(set) var worstCost = 0.0

    /// - Parameters:
    ///   - problem: the problem.
    ///   - open: its open sites, kept ones among them.
    init(_ problem: PlacementProblem, open: [UInt32]) {
        let table = problem.table
        unservedWeights = problem.weights
        isServed = [Bool](repeating: false, count: table.demandCount)
        if problem.capacities.isEmpty {
            addNearest(problem, open)
        } else {
            add(
                CapacityServices(problem, open: open).parts.map {
                    Service(demand: $0.demand, site: $0.site, cost: $0.cost, weight: $0.weight)
                })
            worstCost = all.reduce(0) { max($0, $1.cost) }
        }
    }

    /// Every demand by its nearest station.
    private mutating func addNearest(_ problem: PlacementProblem, _ open: [UInt32]) {
        let table = problem.table
        var isOpen = [Bool](repeating: false, count: table.siteCount)
        for site in open { isOpen[Int(site)] = true }
        let reach = min(problem.reach, problem.beyondCost ?? .infinity)
        let wanted = problem.goal == .median ? 1 : problem.backup
        for demand in 0..<table.demandCount {
            var nearest: Int?
            var last: Int?
            var found = 0
            for entry in table.row(demand) where isOpen[Int(table.sites[entry])] && table.costs[entry] <= reach {
                nearest = nearest ?? entry
                last = entry
                found += 1
                if found == wanted { break }
            }
            guard let nearest, let last, found == wanted else { continue }
            worstCost = max(worstCost, table.costs[last])
            add([
                Service(
                    demand: UInt32(demand), site: table.sites[nearest], cost: table.costs[nearest],
                    weight: problem.weights[demand])
            ])
        }
    }

    private mutating func add(_ services: [Service]) {
        for service in services {
            all.append(service)
            isServed[Int(service.demand)] = true
            unservedWeights[Int(service.demand)] -= service.weight
        }
    }

    /// What the open stations are worth by the goal of the problem; `nil`
    /// where somebody is not served who has to be. For `all` the weight served.
    func value(_ problem: PlacementProblem) -> Double? {
        switch problem.goal {
        case .cover, .all: return all.reduce(0) { $0 + $1.weight }
        case .median:
            let walks = all.reduce(0) { $0 + $1.weight * $1.cost }
            let rest = unservedDemand(problem)
            guard !rest.isEmpty else { return walks }
            return problem.beyondCost.map { beyond in walks + rest.reduce(0) { $0 + unservedWeights[$1] * beyond } }
        case .center: return unservedDemand(problem).isEmpty ? worstCost : problem.beyondCost
        }
    }

    /// Demand that some site could serve and no open one does.
    private func unservedDemand(_ problem: PlacementProblem) -> [Int] {
        isServed.indices.filter { demand in
            (!isServed[demand] || Self.isAny(unservedWeights[demand], of: problem.weights[demand]))
                && !problem.table.row(demand).isEmpty
        }
    }

    /// Whether a rest of a weight is more than rounding left of it.
    static func isAny(_ rest: Double, of weight: Double) -> Bool { rest > 1e-9 * weight }
}
