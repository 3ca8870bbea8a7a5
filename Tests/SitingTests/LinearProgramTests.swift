@testable import Siting
import Testing
import TestSupport

@Suite struct LinearProgramTests {
    @Test func `least cost and duals agree with their signs`() throws {
        // 2x + 3y, x + y ≥ 4, x ≤ 3, y ≤ 5, x - y ≤ 1: least at x = 2.5, y = 1.5.
        let program = try LinearProgram()
        try program.addColumns(lower: [0, 0], upper: [3, 5], costs: [2, 3])
        var rows = LinearProgram.Rows()
        rows.add(columns: [0, 1], values: [1, 1], lower: 4, upper: .infinity)
        rows.add(columns: [0, 1], values: [1, -1], lower: -.infinity, upper: 1)
        try program.addRows(rows)
        #expect(try program.solve() == .optimal)
        #expect(abs(program.objective - 9.5) < 1e-9)
        #expect(program.rowDuals[0] > 0 && program.rowDuals[1] < 0)
        let cost = zip(program.rowDuals, [4.0, 1.0]).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(cost - 9.5) < 1e-9)

        program.setBounds(0, 0, 1)
        #expect(try program.solve() == .optimal)
        #expect(program.columnValues.map { $0.rounded() } == [1, 3])

        program.setBounds(1, 0, 2)
        #expect(try program.solve() == .infeasible)
    }

    @Test func `rows and columns are added, and the basis comes back`() throws {
        let program = try LinearProgram()
        try program.addColumns(lower: [0, 0, 0], upper: [1, 1, 1], costs: [1, 1, 1])
        var rows = LinearProgram.Rows()
        rows.add(columns: [0, 1], values: [1, 1], lower: 1, upper: .infinity)
        #expect(try program.addRows(rows) == 0)
        #expect(try program.solve() == .optimal)
        #expect(abs(program.objective - 1) < 1e-9)
        let basis = program.basis
        rows = LinearProgram.Rows()
        rows.add(columns: [1, 2], values: [1, 1], lower: 1, upper: .infinity)
        rows.add(columns: [0, 2], values: [1, 1], lower: 1, upper: .infinity)
        #expect(try program.addRows(rows) == 1)
        #expect(try program.solve() == .optimal)
        #expect(abs(program.objective - 1.5) < 1e-9)
        program.restore(basis)
        #expect(try program.solve() == .optimal)
        #expect(abs(program.objective - 1.5) < 1e-9)
        #expect(try program.addColumn(lower: 0, upper: 5, cost: 0.25, rows: [0, 1], values: [1, 1]) == 3)
        #expect(try program.solve() == .optimal)
        #expect(abs(program.objective - 1.125) < 1e-9)
    }

    @Test func `limits end a solution, and the next one goes on`() throws {
        let program = try LinearProgram()
        var generator = SeededGenerator(seed: 5)
        let ones = Array(repeating: 1.0, count: 60)
        try program.addColumns(lower: ones.map { _ in 0 }, upper: ones, costs: ones)
        var rows = LinearProgram.Rows()
        for _ in 0..<80 {
            let columns = (0..<60).filter { _ in Int.random(in: 0..<5, using: &generator) == 0 }.map(Int32.init)
            rows.add(columns: columns, values: Array(repeating: 1, count: columns.count), lower: 1, upper: .infinity)
        }
        try program.addRows(rows)
        #expect(try program.solve(maxIterations: 1) == .limit)
        let cancelled = PlacementControl()
        cancelled.cancel()
        #expect(try program.solve(control: cancelled) == .limit)
        #expect(try program.solve(control: PlacementControl()) == .optimal)
        let least = program.objective
        program.setBounds(0, 0, 0)
        #expect(try program.solve() == .optimal)
        #expect(program.objective >= least - 1e-9)
    }

    @Test func `an unbounded program is told`() throws {
        let program = try LinearProgram()
        try program.addColumns(lower: [0, 0], upper: [.infinity, .infinity], costs: [-1, -1])
        var rows = LinearProgram.Rows()
        rows.add(columns: [0, 1], values: [1, -1], lower: -.infinity, upper: 1)
        try program.addRows(rows)
        #expect(try program.solve() == .unbounded)
    }
}
