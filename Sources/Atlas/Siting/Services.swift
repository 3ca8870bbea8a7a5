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
    /// - Parameters:
    ///   - problem: the problem.
    ///   - open: its open sites, kept ones among them.
    init(_ problem: PlacementProblem, open: [UInt32]) {
        let table = problem.table
        unservedWeights = problem.weights
        isServed = [Bool](repeating: false, count: table.demandCount)
        guard !problem.capacities.isEmpty else {
            add(Self.nearest(problem, open) { _ in true })
            return
        }
        let sent = CapacityServices(problem, open: open).parts.map {
            Service(demand: $0.demand, site: $0.site, cost: $0.cost, weight: $0.weight)
        }
        // What weighs nothing takes no capacity: it is served wherever a station is in reach.
        let weightless = Self.nearest(problem, open) { problem.weights[$0] == 0 }
        add(Self.merged(sent, weightless))
    }

    /// Demand and its nearest station, ascending by demand.
    private static func nearest(
        _ problem: PlacementProblem, _ open: [UInt32], where isAsked: (Int) -> Bool
    ) -> [Service] {
        let table = problem.table
        var isOpen = [Bool](repeating: false, count: table.siteCount)
        for site in open { isOpen[Int(site)] = true }
        let reach = min(problem.reach, problem.beyondCost ?? .infinity)
        let wanted = problem.goal == .median ? 1 : problem.backup
        return (0..<table.demandCount).compactMap { demand in
            guard isAsked(demand) else { return nil }
            var nearest: Int?
            var found = 0
            for entry in table.row(demand) where isOpen[Int(table.sites[entry])] && table.costs[entry] <= reach {
                nearest = nearest ?? entry
                found += 1
                if found == wanted { break }
            }
            guard let nearest, found == wanted else { return nil }
            return Service(
                demand: UInt32(demand), site: table.sites[nearest], cost: table.costs[nearest],
                weight: problem.weights[demand])
        }
    }

    /// Two lists as one, ascending by demand; no demand is in both.
    private static func merged(_ first: [Service], _ second: [Service]) -> [Service] {
        var merged: [Service] = []
        merged.reserveCapacity(first.count + second.count)
        var rest = second[...]
        for service in first {
            while let other = rest.first, other.demand < service.demand { merged.append(rest.removeFirst()) }
            merged.append(service)
        }
        return merged + rest
    }

    private mutating func add(_ services: [Service]) {
        for service in services {
            all.append(service)
            isServed[Int(service.demand)] = true
            unservedWeights[Int(service.demand)] -= service.weight
        }
    }

    /// Whether a rest of a weight is more than rounding left of it.
    static func isAny(_ rest: Double, of weight: Double) -> Bool { rest > 1e-9 * weight }
}
