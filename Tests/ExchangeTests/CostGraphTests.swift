@testable import Exchange
import Foundation
import Messages
import Synchronization
import TestSupport
import Testing

/// p-median files of the OR-Library.
@Suite struct CostGraphTests {
    private func read(_ text: String, demand: String? = nil) throws -> CostList {
        let file = try TemporaryFile(text)
        let demandFile = try demand.map { try TemporaryFile($0) }
        return try CostReader.read(file.path, demandPath: demandFile?.path)
    }

    @Test func pathsAreShortestAndTheLastOfTwoEdgesCounts() throws {
        let list = try read(" 4 5 2 \n 1 2 9\n 2 3 4 \n 1 3 7\n 2 1 2\n\n 3 3 1")
        #expect(list.stationCount == 2)
        #expect((0..<4).map { list.demandNames[$0] } == ["1", "2", "3", "4"])
        #expect(list.named["1"] == [.init("1", 0), .init("2", 2), .init("3", 6)])
        #expect(list.named["4"] == [.init("4", 0)])
    }

    @Test func nodesMayHaveWeights() throws {
        let text = "2 1 1\n1 2 5\n"
        #expect(try read(text, demand: "demand,weight\n2,7\n1,3\n").weights == [3, 7])
        for demand in ["demand,weight\n1,3\n", "demand,weight\n1,3\n2,1\n3,1\n", "demand,weight\n1,3\nx,1\n"] {
            let error = #expect(throws: Failure.self) { try read(text, demand: demand) }
            #expect(error?.code == .unusableInput)
        }
    }

    @Test(arguments: 0..<200) func pathsEqualThoseOfFloydAndWarshall(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let count = Int.random(in: 1...14, using: &random)
        var matrix = [[Double]](repeating: [Double](repeating: .infinity, count: count), count: count)
        var lines: [String] = []
        for _ in 0..<Int.random(in: 0...30, using: &random) {
            let (from, to) = (Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random))
            let cost = Double(Int.random(in: 0...9, using: &random))
            lines.append("\(from + 1) \(to + 1) \(Int(cost))")
            if from != to { (matrix[from][to], matrix[to][from]) = (cost, cost) }
        }
        for node in 0..<count { matrix[node][node] = 0 }
        for by in 0..<count {
            for from in 0..<count {
                for to in 0..<count { matrix[from][to] = min(matrix[from][to], matrix[from][by] + matrix[by][to]) }
            }
        }
        let list = try read("\(count) \(lines.count) 1\n" + lines.joined(separator: "\n"))
        #expect(list.isSorted, "seed \(seed)")
        for demand in 0..<count {
            let row = list.rowStarts[demand]..<list.rowStarts[demand + 1]
            let expected = matrix[demand].indices.filter { matrix[demand][$0].isFinite }
            #expect(row.map { Int(list.sites[$0]) }.sorted() == expected, "seed \(seed)")
            for entry in row { #expect(list.costs[entry] == matrix[demand][Int(list.sites[entry])], "seed \(seed)") }
        }
    }

    @Test(arguments: [
        ("3 2\n1 2 3\n2 3 1\n", "first line"), ("3 2 4\n1 2 3\n2 3 1\n", "counts"), ("0 0 0\n", "counts"),
        ("3 9 1\n1 2 3\n2 3 1\n", "edges"), ("3 1 1\n1 2 3\n2 3 1\n", "more behind"),
        ("3 2 1\n1 2 3\n2 3\n", "cut off"),
        ("3 2 1\n1 2 3\n2 4 1\n", "line 3"), ("3 2 1\n1 2 3\n2 0 1\n", "line 3"), ("3 2 1\n1 2 3\n2 3 -1\n", "below 0"),
        ("3 2 1\n1 2 3\n2 3 nan\n", "no finite number"), ("3 2 1\n1 2 3\n2 1.5 3\n", "line 3"),
        ("3 2 1\n1 2 3\n2 3 0." + String(repeating: "0", count: 500) + "1\n", "no finite number"),
        ("999999999 1 1\n1 2 3\n", "cannot join"), ("99999999999999999999 1 1\n1 2 3\n", "above 10^15"),
        ("3 99999999999 1\n1 2 3\n", "edges"), ("3 3 1\n1 2 3\n2 3 1\n", "edges"),
    ]) func filesThatLieAreRefused(_ text: String, _ says: String) throws {
        let error = try #require(#expect(throws: Failure.self) { try read(text) })
        #expect(error.code == .unusableInput && error.what.en.contains(says), "\(error.what.en)")
    }

    @Test(arguments: [60, 64, 65, 128, 390]) func aNumberOfManyDigitsIsOneNumber(_ zeros: Int) throws {
        let digits = String(repeating: "0", count: zeros)
        let list = try read("3 2 1\n1 2 3.5\(digits)\n\(digits)2 3 4\n")
        #expect(list.named["1"] == [.init("1", 0), .init("2", 3.5), .init("3", 7.5)])
    }

    @Test func theSearchForPathsIsToldAndCanBeBrokenOff() throws {
        let file = try TemporaryFile("400 399 1\n" + (1..<400).map { "\($0) \($0 + 1) 1\n" }.joined())
        let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0
        let told = Mutex([Int]())
        var options = CostOptions()
        options.progress = { done, total in
            told.withLock { $0.append(done) }
            return total == 2 * size && done <= size + size / 2
        }
        let error = #expect(throws: Failure.self) { try CostReader.read(file.path, options: options) }
        #expect(error?.code == .interrupted)
        // Broken off about half way: each thread may have been told once more.
        #expect(told.withLock { $0.count } > 100 && (told.withLock { $0.max() } ?? 0) < 2 * size)
        options.progress = { done, total in
            told.withLock { $0.append(done) }
            return done <= total
        }
        #expect(try CostReader.read(file.path, options: options).costs.count == 400 * 400)
        #expect(told.withLock { $0.max() } == 2 * size)
    }

    @Test func moreNodesThanMemoryAreRefused() throws {
        let edges = (1..<3000).map { "\($0) \($0 + 1) 1" }
        let file = try TemporaryFile("3000 2999 1\n" + edges.joined(separator: "\n"))
        var options = CostOptions()
        options.memoryLimitBytes = 50_000_000
        let error = #expect(throws: Failure.self) { try CostReader.read(file.path, options: options) }
        #expect(error?.what.en.contains("3000 nodes") == true)
    }
}
