import TestSupport
import Testing

@testable import Siting

/// What a program costs at least, from prices that are right and from wrong ones.
@Suite struct LinearSafeBoundTests {
    /// Covering rows over ten columns.
    private static func cover(seed: UInt64) -> (program: IntegerProgram, rows: [[Int]], costs: [Double]) {
        var generator = SeededGenerator(seed: seed)
        var program = IntegerProgram()
        let costs = (0..<10).map { _ in Double.random(in: 0.1...9, using: &generator) }
        for cost in costs { program.addColumn(lower: 0, upper: 1, cost: cost, isInteger: true) }
        var rows: [[Int]] = []
        for _ in 0..<12 {
            let row = (0..<10).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
            if row.isEmpty { continue }
            rows.append(row)
            for column in row { program.add(column, 1) }
            program.endRow(lower: 1, upper: .infinity)
        }
        return (program, rows, costs)
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func `bounds are those of the program, and never above its answers`(seed: UInt64) throws {
        let (program, rows, costs) = Self.cover(seed: seed)
        var least = Double.infinity
        for chosen in 0..<1 << 10 where rows.allSatisfy({ $0.contains { chosen >> $0 & 1 != 0 } }) {
            least = min(least, (0..<10).reduce(0) { chosen >> $1 & 1 != 0 ? $0 + costs[$1] : $0 })
        }
        let linear = try program.relaxation()
        #expect(try linear.solve() == .optimal)
        var bound = program.safeBound
        let (lower, upper) = program.columnBounds
        let proved = bound(duals: linear.rowDuals, lower: lower, upper: upper)
        #expect(abs(proved - linear.objective) <= 1e-6 * linear.objective)
        #expect(proved <= least)
        #expect(bound(duals: [], lower: lower, upper: upper) <= 0)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let prices = rows.map { _ in Double.random(in: -3...9, using: &generator) }
            #expect(bound(duals: prices, lower: lower, upper: upper) <= least, "any prices prove a bound")
        }
    }

    @Test func `rows that are added count`() throws {
        var program = IntegerProgram()
        program.addColumn(lower: 0, upper: 1, cost: 2, isInteger: true)
        var bound = program.safeBound
        var row = LinearProgram.Rows()
        row.add(columns: [0], values: [1], lower: 1, upper: .infinity)
        bound.add(row)
        let value = bound(duals: [2], lower: [0], upper: [1])
        #expect(value <= 2 && value > 2 - 1e-12)
        #expect(bound(duals: [-2], lower: [0], upper: [1]) <= 0, "a price of the wrong sign proves nothing")
    }
}
