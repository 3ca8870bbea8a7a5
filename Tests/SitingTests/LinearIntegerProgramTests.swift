@testable import Siting
import Testing
import Foundation
import TestSupport

@Suite struct LinearIntegerProgramTests {
    /// A set cover of which the least number of columns is not obvious.
    private static func cover(columns: Int, rows: Int, seed: UInt64) -> (program: IntegerProgram, rows: [UInt64]) {
        var generator = SeededGenerator(seed: seed)
        var program = IntegerProgram()
        var masks: [UInt64] = []
        for column in 0..<columns {
            program.addColumn(lower: 0, upper: 1, cost: 1 + Double(column % 3), isInteger: true)
        }
        for _ in 0..<rows {
            var mask: UInt64 = 0
            while mask == 0 {
                for column in 0..<columns where Int.random(in: 0..<4, using: &generator) == 0 { mask |= 1 << column }
            }
            masks.append(mask)
            for column in 0..<columns where mask >> column & 1 != 0 { program.add(column, 1) }
            program.endRow(lower: 1, upper: .infinity)
        }
        return (program, masks)
    }

    private static func leastCost(_ masks: [UInt64], columns: Int) -> Double {
        var least = Double.infinity
        for chosen in 0..<UInt64(1) << columns where masks.allSatisfy({ $0 & chosen != 0 }) {
            var cost = 0.0
            for column in 0..<columns where chosen >> column & 1 != 0 { cost += 1 + Double(column % 3) }
            least = min(least, cost)
        }
        return least
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `least cost equals that of all subsets`(seed: UInt64) throws {
        let (program, masks) = Self.cover(columns: 10, rows: 14, seed: seed)
        let least = Self.leastCost(masks, columns: 10)
        let answer = try program.solve(control: PlacementControl())
        #expect(answer.status == .optimal)
        #expect(abs((answer.value ?? .nan) - least) < 1e-6)
        #expect(abs(answer.bound - least) < 1e-6)
        #expect(answer.columnValues.allSatisfy { $0 == 0 || $0 == 1 })
        let none = try program.solve(control: PlacementControl(), cutoff: least - 0.5)
        #expect(none.status == .infeasible && none.bound == .infinity)
        let again = try program.solve(control: PlacementControl(), cutoff: least + 0.5)
        #expect(abs((again.value ?? .nan) - least) < 1e-6)
    }

    @Test func `what cannot be is told`() throws {
        var program = IntegerProgram()
        program.addColumn(lower: 0, upper: 1, cost: 1, isInteger: true)
        program.add(0, 2)
        program.endRow(lower: 1, upper: 1)
        #expect(try program.solve(control: PlacementControl()).status == .infeasible)
    }

    @Test func `limits and cancelling end a search, with a value and a bound`() throws {
        let program = Self.cover(columns: 50, rows: 200, seed: 3).program
        let some = try program.solve(control: PlacementControl(workLimit: 1))
        #expect(some.status == .limit)
        #expect(some.bound <= some.value ?? .infinity)
        let control = PlacementControl()
        control.cancel()
        #expect(try program.solve(control: control).status == .limit)
    }

    /// CBC prints by itself, and so would spoil what the program prints.
    @Test func `nothing is printed, and SIGINT stays with whoever has it`() async throws {
        let ended = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            signal(SIGINT, SIG_IGN)
            let program = Self.cover(columns: 30, rows: 60, seed: 9).program
            let linear = try program.relaxation()
            #expect(try linear.solve() == .optimal)
            #expect(try program.solve(control: PlacementControl()).status == .optimal)
            #expect(try program.solve(control: PlacementControl(), cutoff: 1).status == .infeasible)
            let before = signal(SIGINT, SIG_DFL)
            #expect(unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self))
        }
        let result = try #require(ended)
        #expect(result.standardOutputContent.isEmpty)
        #expect(result.standardErrorContent.isEmpty)
    }
}
