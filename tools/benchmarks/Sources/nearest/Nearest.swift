import Atlas
import Foundation

/// Asks an atlas for the buildings nearest to many points, in one process, and
/// says how long an answer takes.
@main
struct Nearest {
    static func main() {
        do {
            let request = try Request(Array(CommandLine.arguments.dropFirst()))
            let positions = try request.positions()
            let atlas = try Atlas(path: request.atlas)
            guard let first = positions.first else { throw Refusal("\(request.points): no points") }
            // The first question reads the schema; it is asked once more below.
            _ = try atlas.near(.position(first), limit: request.count)

            var milliseconds: [Double] = []
            var lines = ""
            for (number, position) in positions.enumerated() {
                let start = ContinuousClock.now
                let found = try atlas.near(.position(position), limit: request.count)
                milliseconds.append((ContinuousClock.now - start) / .milliseconds(1))
                for neighbour in found {
                    let meters = String(format: "%.6f", neighbour.distanceMeters)
                    lines += "\(number),\(neighbour.feature.ref),\(meters)\n"
                }
            }
            try lines.write(toFile: request.answers, atomically: true, encoding: .utf8)
            print(summary(milliseconds))
        } catch {
            FileHandle.standardError.write(Data("nearest: \(error)\n".utf8))
            exit(1)
        }
    }

    /// The times as a JSON object on one line.
    static func summary(_ milliseconds: [Double]) -> String {
        let sorted = milliseconds.sorted()
        func quantile(_ share: Double) -> String {
            String(format: "%.4f", sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))])
        }
        return "{\"points\":\(sorted.count),\"medianMilliseconds\":\(quantile(0.5)),"
            + "\"p95Milliseconds\":\(quantile(0.95)),\"p99Milliseconds\":\(quantile(0.99))}"
    }
}
