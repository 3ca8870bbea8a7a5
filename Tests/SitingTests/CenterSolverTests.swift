import Foundation
import Testing
import TestSupport

@testable import Siting

@Suite struct CenterSolverTests {
    /// Points in a square that all serve and are served.
    private static func square(count: Int, stations: Int, seed: UInt64) -> PlacementProblem {
        var generator = SeededGenerator(seed: seed)
        let points = (0..<count).map { _ in
            (x: Double.random(in: 0..<100, using: &generator), y: Double.random(in: 0..<100, using: &generator))
        }
        var costs: [Double] = []
        for from in points {
            for to in points {
                costs.append(((to.x - from.x) * (to.x - from.x) + (to.y - from.y) * (to.y - from.y)).squareRoot())
            }
        }
        let table = CostTable(
            siteCount: count, rowStarts: (0...count).map { $0 * count },
            sites: (0..<count * count).map { UInt32($0 % count) }, costs: costs)
        return PlacementProblem(
            goal: .center, table: table, weights: [Double](repeating: 1, count: count), stationCount: stations)
    }

    @Test func `one worse than the answer is enough, one better is not`() throws {
        for seed in 0..<UInt64(8) {
            let problem = Self.square(count: 60, stations: 6, seed: seed)
            let answer = try CenterSolver.solve(problem, PlacementControl())
            #expect(answer.isProved && answer.sites.count <= 6, "seed \(seed)")
            // The same question, asked as set covering.
            for (radius, isEnough) in [(answer.value, true), (answer.value.nextDown, false)] {
                var covering = problem
                covering.goal = .all
                covering.stationCount = nil
                covering.radius = radius
                #expect(try (AllSolver.solve(covering, PlacementControl()).value <= 6) == isEnough, "seed \(seed)")
            }
        }
    }

    @Test func `limits leave an answer with a bound that holds`() throws {
        for seed in 0..<UInt64(3) {
            let problem = Self.square(count: 80, stations: 7, seed: seed)
            let best = try CenterSolver.solve(problem, PlacementControl())
            for limit in [5, 20, 60] {
                let first = try CenterSolver.solve(problem, PlacementControl(workLimit: limit))
                let second = try CenterSolver.solve(problem, PlacementControl(workLimit: limit))
                #expect(first == second, "seed \(seed)")
                #expect(first.bound <= best.value && best.value <= first.value, "seed \(seed)")
            }
            let near = try CenterSolver.solve(problem, PlacementControl(gap: 0.2))
            #expect(near.gap <= 0.2 && near.value <= best.value / 0.8, "seed \(seed)")
        }
    }

    @Test func `whatever the limit, there is an answer where one is easily found`() throws {
        let problem = Self.square(count: 80, stations: 7, seed: 1)
        let best = try CenterSolver.solve(problem, PlacementControl())
        let cancelled = PlacementControl()
        cancelled.cancel()
        for control in [cancelled, PlacementControl(timeLimitSeconds: 0), PlacementControl(workLimit: 1)] {
            let answer = try Placement.solve(problem, control)
            #expect(!answer.isProved && answer.bound <= best.value && best.value <= answer.value)
            #expect(answer.sites.count <= 7 && answer.value == PlacementValue(problem)(answer.sites))
        }
    }

    @Test func `demand that the stations cannot all serve is named`() throws {
        let table = CostTable(siteCount: 3, rowStarts: [0, 1, 2, 3, 3], sites: [0, 1, 2], costs: [1, 2, 3])
        var problem = PlacementProblem(goal: .center, table: table, weights: [1, 1, 1, 1], stationCount: 2)
        #expect(throws: PlacementFailure.self) { try Placement.solve(problem) }
        problem.beyondCost = 2.5
        let answer = try Placement.solve(problem)
        #expect(answer.value == 2.5 && answer.isProved)
        problem.stationCount = 3
        #expect(try Placement.solve(problem).value == 2.5)
        problem.beyondCost = nil
        #expect(try Placement.solve(problem).value == 3)
    }

    @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
    func `the published optima of OR-Library are proved`() throws {
        let folder = "placement/pmed"
        let optima = try String(contentsOf: SharedData.file("\(folder)/optima.csv"), encoding: .utf8)
        let lines = optima.split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",") }
        #expect(lines.count == 20)
        for line in lines {
            let problem = try Self.network(SharedData.file("\(folder)/\(line[0]).txt"))
            let answer = try Placement.solve(problem)
            #expect(answer.isProved && answer.value == Double(line[2]), "\(line[0])")
        }
    }

    /// An OR-Library p-median file: the last of equal edges counts, all shortest paths.
    private static func network(_ file: URL) throws -> PlacementProblem {
        let numbers = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isWhitespace)
            .compactMap { Int($0) }
        let (count, edges, stations) = (numbers[0], numbers[1], numbers[2])
        var lengths = [Double](repeating: .infinity, count: count * count)
        for node in 0..<count { lengths[node * count + node] = 0 }
        for edge in 0..<edges {
            let (a, b) = (numbers[3 + 3 * edge] - 1, numbers[4 + 3 * edge] - 1)
            lengths[a * count + b] = Double(numbers[5 + 3 * edge])
            lengths[b * count + a] = lengths[a * count + b]
        }
        lengths.withUnsafeMutableBufferPointer { lengths in
            for via in 0..<count {
                for from in 0..<count {
                    let first = lengths[from * count + via]
                    if first == .infinity { continue }
                    for to in 0..<count {
                        let length = first + lengths[via * count + to]
                        if length < lengths[from * count + to] { lengths[from * count + to] = length }
                    }
                }
            }
        }
        let table = CostTable(
            siteCount: count, rowStarts: (0...count).map { $0 * count },
            sites: (0..<count * count).map { UInt32($0 % count) }, costs: lengths)
        return PlacementProblem(
            goal: .center, table: table, weights: [Double](repeating: 1, count: count), stationCount: stations)
    }
}
