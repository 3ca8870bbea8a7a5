import Testing
import TestSupport

@testable import Siting

/// The parts of the covering solver, each judged by trying every choice of columns.
@Suite struct AllCoveringTests {
    /// A random program: whole or broken costs, rows that need up to three, some
    /// with a limit on a second cost.
    private static func program(seed: UInt64) -> CoveringProgram {
        var generator = SeededGenerator(seed: seed)
        let columnCount = Int.random(in: 1...10, using: &generator)
        let mostNeeded = [1, 1, 2, 3].randomElement(using: &generator) ?? 1
        let isWhole = Bool.random(using: &generator)
        var starts = [0]
        var columns: [Int32] = []
        var needs: [Int32] = []
        for _ in 0..<Int.random(in: 0...16, using: &generator) {
            let share = Int.random(in: 1...columnCount, using: &generator)
            columns += (0..<Int32(columnCount)).shuffled(using: &generator).prefix(share).sorted()
            starts.append(columns.count)
            needs.append(Int32.random(in: 1...Int32(mostNeeded), using: &generator))
        }
        func cost() -> Double {
            isWhole ? Double(Int.random(in: 0...4, using: &generator)) : Double.random(in: 0..<4, using: &generator)
        }
        let isUnicost = Bool.random(using: &generator)
        let costs = (0..<columnCount).map { _ in isUnicost ? 1 : cost() }
        guard Int.random(in: 0..<3, using: &generator) == 0 else {
            return CoveringProgram(costs: costs, rowStarts: starts, rowColumns: columns, needs: needs)
        }
        let sideCosts = (0..<columnCount).map { _ in cost() }
        return CoveringProgram(
            costs: costs, sideCosts: sideCosts, sideLimit: Double.random(in: 0...8, using: &generator),
            rowStarts: starts, rowColumns: columns, needs: needs)
    }

    /// The least cost of all covers; infinite where there is none.
    private static func leastCost(_ program: CoveringProgram) -> Double {
        let rows = rows(of: program)
        var (least, chosen) = (Double.infinity, 0)
        while chosen < 1 << program.columnCount {
            if covers(chosen, rows, program) { least = min(least, sum(program.costs, of: chosen)) }
            chosen += 1
        }
        return least
    }

    private static func isCover(_ chosen: [Int32], of program: CoveringProgram) -> Bool {
        covers(chosen.reduce(0) { $0 | 1 << Int($1) }, rows(of: program), program)
    }

    /// The columns of every row, as the bits of a number.
    private static func rows(of program: CoveringProgram) -> [Int] {
        (0..<program.rowCount).map { row in
            program.columns(of: row).reduce(0) { $0 | 1 << Int(program.rowColumns[$1]) }
        }
    }

    private static func covers(_ chosen: Int, _ rows: [Int], _ program: CoveringProgram) -> Bool {
        var row = 0
        while row < rows.count {
            if (rows[row] & chosen).nonzeroBitCount < Int(program.needs[row]) { return false }
            row += 1
        }
        return !program.hasSide || sum(program.sideCosts, of: chosen) <= program.sideLimit
    }

    private static func sum(_ costs: [Double], of chosen: Int) -> Double {
        var (sum, column) = (0.0, 0)
        while column < costs.count {
            if chosen >> column & 1 != 0 { sum += costs[column] }
            column += 1
        }
        return sum
    }

    private static func isEqual(_ left: Double, _ right: Double) -> Bool {
        left == right || abs(left - right) <= 1e-9 * max(abs(left), abs(right))
    }

    @Test func `the best cover is found and proved`() throws {
        for seed in 0..<UInt64(2000) {
            let program = Self.program(seed: seed)
            let least = Self.leastCost(program)
            let outcome = try CoveringSolver.solve(program, CoveringSolver.Wish(), PlacementControl())
            #expect(outcome.end == nil, "seed \(seed)")
            #expect(Self.isEqual(outcome.value, least), "seed \(seed)")
            #expect(outcome.bound == outcome.value, "seed \(seed)")
            if let columns = outcome.columns { #expect(Self.isCover(columns, of: program), "seed \(seed)") }
        }
    }

    @Test func `a target is met or shown to be out of reach`() throws {
        for seed in 0..<UInt64(2000) {
            let program = Self.program(seed: seed)
            let least = Self.leastCost(program)
            var generator = SeededGenerator(seed: seed)
            let target =
                least.isFinite && Bool.random(using: &generator)
                ? least * (1 + 1e-9) : Double.random(in: 0...10, using: &generator)
            let outcome = try CoveringSolver.solve(program, CoveringSolver.Wish(target: target), PlacementControl())
            #expect((outcome.value <= target) == (least <= target), "seed \(seed)")
            #expect((outcome.bound > target) == (least > target), "seed \(seed)")
        }
    }

    @Test func `a tree that begins with nothing ends with the best cover`() throws {
        for seed in 0..<UInt64(1000) {
            let program = Self.program(seed: seed)
            let least = Self.leastCost(program)
            let watch = CoveringWatch(control: PlacementControl(), gap: 0, isAudible: false)
            var tree = try CoveringTree(program, value: .infinity, bound: 0, target: nil, watch: watch)
            try tree.run()
            #expect(tree.end == nil && Self.isEqual(tree.value, least), "seed \(seed)")
            #expect(tree.bound == tree.value, "seed \(seed)")
        }
    }

    @Test func `reducing keeps a best cover`() {
        for seed in 0..<UInt64(2000) {
            let program = Self.program(seed: seed)
            let least = Self.leastCost(program)
            var reduction = CoveringReduction(program)
            reduction.run()
            guard reduction.hopelessRow == nil, reduction.keepsSide else {
                #expect(least.isInfinite, "seed \(seed)")
                continue
            }
            let rest = reduction.rest().program
            #expect(Self.isEqual(program.cost(of: reduction.chosen) + Self.leastCost(rest), least), "seed \(seed)")
        }
    }

    @Test func `no cover costs less than any prices prove`() {
        for seed in 0..<UInt64(2000) {
            let program = Self.program(seed: seed)
            let least = Self.leastCost(program)
            var generator = SeededGenerator(seed: seed)
            var multipliers = CoveringMultipliers(
                program, prices: (0..<program.rowCount).map { _ in Double.random(in: -1...3, using: &generator) },
                sidePrice: Double.random(in: 0...1, using: &generator))
            #expect(multipliers.bound <= least + 1e-9, "seed \(seed)")
            let before = multipliers.bound
            multipliers.improve(program, enough: .infinity, steps: 200) { true }
            #expect(before <= multipliers.bound && multipliers.bound <= least + 1e-9, "seed \(seed)")
        }
    }

    @Test func `exchanges lead to covers only`() {
        for seed in 0..<UInt64(1000) {
            let program = Self.program(seed: seed)
            let least = Self.leastCost(program)
            var search = CoveringLocalSearch(program, from: [], seed: seed)
            let found = search.run(value: .infinity, enough: least, steps: 500) { true }
            if let found { #expect(Self.isCover(found, of: program), "seed \(seed)") }
            if least.isFinite, !program.hasSide { #expect(found != nil, "seed \(seed)") }
        }
    }
}
