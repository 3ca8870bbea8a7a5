import Foundation
import TestSupport
import Testing

@testable import Siting

/// The p-median instances of the OR-Library (Beasley 1985) against their published
/// optima; the ten smaller ones, because the shortest paths of the others take long
/// in a debug build.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data")) struct MedianPublishedTests {
    @Test(arguments: 1...10)
    func `the published optimum is proved`(_ number: Int) throws {
        let text = try String(contentsOf: SharedData.file("placement/pmed/pmed\(number).txt"), encoding: .utf8)
        let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        let optimum = try Self.optimum("pmed\(number)")
        let table = Self.table(nodeCount: numbers[0], edges: Array(numbers[3...]))
        let problem = PlacementProblem(
            goal: .median, table: table, weights: Array(repeating: 1, count: numbers[0]), stationCount: numbers[2])
        let answer = try MedianSolver.solve(problem, PlacementControl())
        #expect(answer.isProved)
        #expect(answer.value == optimum)
        #expect(answer.bound == optimum)
    }

    private static func optimum(_ instance: String) throws -> Double {
        let text = try String(contentsOf: SharedData.file("placement/pmed/optima.csv"), encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix(instance + ",") }
        return try #require(line?.split(separator: ",").dropFirst().first.flatMap { Double($0) })
    }

    /// All shortest paths (Floyd and Warshall); of an edge listed twice the last counts.
    private static func table(nodeCount: Int, edges: [Int]) -> CostTable {
        let far = Int.max / 4
        var lengths = Array(repeating: far, count: nodeCount * nodeCount)
        for node in 0..<nodeCount { lengths[node * nodeCount + node] = 0 }
        for edge in stride(from: 0, to: edges.count - 2, by: 3) {
            let (first, second) = (edges[edge] - 1, edges[edge + 1] - 1)
            lengths[first * nodeCount + second] = edges[edge + 2]
            lengths[second * nodeCount + first] = edges[edge + 2]
        }
        for middle in 0..<nodeCount {
            for from in 0..<nodeCount {
                let toMiddle = lengths[from * nodeCount + middle]
                if toMiddle == far { continue }
                for to in 0..<nodeCount {
                    let length = toMiddle + lengths[middle * nodeCount + to]
                    if length < lengths[from * nodeCount + to] { lengths[from * nodeCount + to] = length }
                }
            }
        }
        return CostTable(
            siteCount: nodeCount, rowStarts: (0...nodeCount).map { $0 * nodeCount },
            sites: (0..<nodeCount).flatMap { _ in 0..<UInt32(nodeCount) }, costs: lengths.map(Double.init))
    }
}
