/// Who is served from where when stations can serve only so much: as much
/// weight as they can, of all such ways the one of least cost.
public struct CapacityServices: Sendable {
    /// A part of a demand and the station that serves it.
    public struct Part: Sendable, Hashable {
        /// The demand.
        public let demand: UInt32
        /// The site of the station.
        public let site: UInt32
        /// What it costs a unit of weight.
        public let cost: Double
        /// How much of the demand's weight.
        public let weight: Double
    }

    /// The parts, ascending by demand, then in the order of the open sites.
    public let parts: [Part]

    /// Sends the demand of a problem to open stations.
    ///
    /// - Parameters:
    ///   - problem: with capacities; its radius counts for `cover` and `all`,
    ///     and nobody is served for more than `beyondCost`.
    ///   - open: the open sites, kept ones among them.
    /// - Complexity: as `Transport`; for some thousand demands.
    public init(_ problem: PlacementProblem, open: [UInt32]) {
        precondition(problem.capacities.count == problem.table.siteCount, "one capacity a site")
        let table = problem.table
        var numbers = [Int](repeating: -1, count: table.siteCount)
        for (number, site) in open.enumerated() { numbers[Int(site)] = number }
        let radius = problem.goal == .cover || problem.goal == .all ? problem.radius ?? .infinity : .infinity
        let limit = min(radius, problem.beyondCost ?? .infinity)
        // Nowhere is a station, too, with room for all and dearer than any way of moving others.
        let stationCount = open.count + 1
        let dearest = Double(stationCount) * (1 + (table.costs.max() ?? 0))
        let nowhere = problem.goal == .median ? problem.beyondCost ?? dearest : dearest
        var costs = [Double](repeating: .infinity, count: table.demandCount * stationCount)
        for demand in 0..<table.demandCount {
            costs[demand * stationCount + open.count] = nowhere
            for entry in table.row(demand) where table.costs[entry] <= limit {
                let number = numbers[Int(table.sites[entry])]
                if number >= 0 { costs[demand * stationCount + number] = table.costs[entry] }
            }
        }
        var transport = Transport(
            costs: costs, weights: problem.weights, capacities: open.map { problem.capacities[Int($0)] } + [.infinity])
        _ = transport.send()
        var parts: [Part] = []
        for demand in 0..<table.demandCount {
            for (number, site) in open.enumerated() {
                let pair = demand * stationCount + number
                guard transport.amounts[pair] > 0 else { continue }
                parts.append(
                    Part(demand: UInt32(demand), site: site, cost: costs[pair], weight: transport.amounts[pair]))
            }
        }
        self.parts = parts
    }
}
