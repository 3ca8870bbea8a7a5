import Foundation
import Siting
import TestSupport
import Testing

/// 205 census tracts and 16 stores of San Francisco: every model, for every
/// number of stores, beside all 65,536 sets of stores.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data")) struct AllSanFranciscoTests {
    private static let radii = [5000.0, 8000, 10000]

    /// Walks and residents, from the published table of network distances.
    private static func table() throws -> (table: CostTable, weights: [Double]) {
        let file = "placement/spopt_sf/SF_network_distance_candidateStore_16_censusTract_205_new.csv"
        let lines = try String(contentsOf: SharedData.file(file), encoding: .utf8).split(whereSeparator: \.isNewline)
        var stores: [Substring: UInt32] = [:]
        var tracts: [Substring: Int] = [:]
        var rows: [[(site: UInt32, cost: Double)]] = []
        var weights: [Double] = []
        for line in lines.dropFirst() {
            let cells = line.split(separator: ",")
            let store = stores[cells[1], default: UInt32(stores.count)]
            stores[cells[1]] = store
            let tract = tracts[cells[2], default: rows.count]
            if tract == rows.count {
                tracts[cells[2]] = tract
                rows.append([])
                weights.append(Double(cells[3]) ?? .nan)
            }
            rows[tract].append((store, Double(cells[0]) ?? .nan))
        }
        let starts = rows.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        let entries = rows.flatMap { $0 }
        let table = CostTable(
            siteCount: stores.count, rowStarts: starts, sites: entries.map(\.site), costs: entries.map(\.cost))
        return (table, weights)
    }

    /// The best of all sets, by how many stores they have.
    private struct Best {
        var median = [Double](repeating: .infinity, count: 17)
        var center = [Double](repeating: .infinity, count: 17)
        var covered = [[Double]](repeating: [Double](repeating: 0, count: 17), count: 3)
        var fewest = [17, 17, 17]
        private let weights: [Double]
        private let columns: [[Double]]
        private let reachable: [Int]

        init(_ table: CostTable, _ weights: [Double]) {
            var columns = [[Double]](
                repeating: [Double](repeating: .infinity, count: weights.count), count: table.siteCount)
            for demand in weights.indices {
                for entry in table.row(demand) { columns[Int(table.sites[entry])][demand] = table.costs[entry] }
            }
            self.weights = weights
            self.columns = columns
            reachable = radii.map { radius in
                weights.indices.filter { demand in columns.contains { $0[demand] <= radius } }.count
            }
            extend([Double](repeating: .infinity, count: weights.count), from: 0, count: 0)
        }

        private mutating func extend(_ nearest: [Double], from site: Int, count: Int) {
            if count > 0 { consider(nearest, count: count) }
            for next in site..<max(site, columns.count) {
                var nearer = nearest
                for (demand, cost) in columns[next].enumerated() where cost < nearer[demand] { nearer[demand] = cost }
                extend(nearer, from: next + 1, count: count + 1)
            }
        }

        private mutating func consider(_ nearest: [Double], count: Int) {
            var (sum, worst) = (0.0, 0.0)
            var weight = (0.0, 0.0, 0.0)
            var reached = (0, 0, 0)
            for (demand, cost) in nearest.enumerated() {
                sum += weights[demand] * cost
                if cost > worst { worst = cost }
                if cost <= 5000 { (weight.0, reached.0) = (weight.0 + weights[demand], reached.0 + 1) }
                if cost <= 8000 { (weight.1, reached.1) = (weight.1 + weights[demand], reached.1 + 1) }
                if cost <= 10000 { (weight.2, reached.2) = (weight.2 + weights[demand], reached.2 + 1) }
            }
            median[count] = min(median[count], sum)
            center[count] = min(center[count], worst)
            for (place, weight) in [weight.0, weight.1, weight.2].enumerated() {
                covered[place][count] = max(covered[place][count], weight)
            }
            for (place, reached) in [reached.0, reached.1, reached.2].enumerated() where reached == reachable[place] {
                fewest[place] = min(fewest[place], count)
            }
        }
    }

    @Test func `every model finds the best of all sets of stores`() throws {
        let (table, weights) = try Self.table()
        #expect(table.siteCount == 16 && weights.count == 205)
        let best = Best(table, weights)
        func expect(_ problem: PlacementProblem, _ value: Double) throws {
            let answer = try Placement.solve(problem)
            let name = Comment("\(problem.goal) \(problem.stationCount ?? 0) \(problem.radius ?? 0)")
            #expect(answer.isProved && answer.bound == answer.value, name)
            #expect(abs(answer.value - value) <= 1e-9 * value, name)
        }
        for count in 1...16 {
            var problem = PlacementProblem(goal: .median, table: table, weights: weights, stationCount: count)
            try expect(problem, best.median[1...count].min() ?? .nan)
            problem.goal = .center
            try expect(problem, best.center[1...count].min() ?? .nan)
            problem.goal = .cover
            for (place, radius) in Self.radii.enumerated() {
                problem.radius = radius
                try expect(problem, best.covered[place][1...count].max() ?? .nan)
            }
        }
        for (place, radius) in Self.radii.enumerated() {
            let problem = PlacementProblem(
                goal: .all, table: table, weights: weights, stationCount: nil, radius: radius)
            try expect(problem, Double(best.fewest[place]))
        }
    }
}
