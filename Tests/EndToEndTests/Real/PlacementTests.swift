import Foundation
import TestSupport
import Testing

/// The p-median instances of the OR-Library, proved by the built program.
@Suite(
    "Published optima", .serialized, .enabled(if: Louyu.path != nil, "needs the built program"),
    .enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct PlacementTests {
    /// The optima of all instances: median, then center.
    private static func optima() throws -> [(name: String, median: Double, center: Double)] {
        let text = try String(contentsOf: SharedData.file("placement/pmed/optima.csv"), encoding: .utf8)
        return try text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            let cells = line.split(separator: ",").map(String.init)
            return (cells[0], try #require(Double(cells[1])), try #require(Double(cells[2])))
        }
    }

    @Test(arguments: ["median", "center"]) func `all twenty are solved to the published optimum`(_ goal: String) throws
    {
        let place = try Workplace()
        let optima = try Self.optima()
        #expect(optima.count == 20)
        let start = ContinuousClock.now
        for optimum in optima {
            let path = try SharedData.file("placement/pmed/\(optimum.name).txt").path
            let answer = try place.json(["site", "--costs", path, "--goal", goal])
            let expected = goal == "median" ? optimum.median : optimum.center
            #expect(answer["value"].number == expected, "\(optimum.name): \(answer["value"])")
            #expect(answer["bound"].number == expected && answer["gap"].number == 0, "\(optimum.name)")
            #expect(answer["proven"] == .boolean(true), "\(optimum.name)")
            #expect(answer["stations"].array.count <= answer["k"].integer ?? 0, "\(optimum.name)")
        }
        print("20 instances, \(goal): \(ContinuousClock.now - start)")
    }
}
