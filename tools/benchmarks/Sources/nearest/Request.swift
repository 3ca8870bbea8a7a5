import Atlas
import Foundation

/// What the command line asks for.
struct Request {
    let atlas: String
    let points: String
    let count: Int
    let answers: String

    static let usage = "usage: nearest --atlas FILE --points POINTS.csv --count N --answers ANSWERS.csv"

    /// - Throws: `Refusal` where an option is missing, unknown or no number.
    init(_ arguments: [String]) throws(Refusal) {
        var values: [String: String] = [:]
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard ["--atlas", "--points", "--count", "--answers"].contains(name), let value = rest.popFirst() else {
                throw Refusal(Self.usage)
            }
            values[name] = value
        }
        guard let atlas = values["--atlas"], let points = values["--points"], let answers = values["--answers"],
            let count = values["--count"].flatMap({ Int($0) }), count > 0
        else { throw Refusal(Self.usage) }
        (self.atlas, self.points, self.count, self.answers) = (atlas, points, count, answers)
    }

    /// The positions of the file `points`, a line `lon,lat` each.
    func positions() throws -> [LonLat] {
        let text = try String(contentsOfFile: points, encoding: .utf8)
        return try text.split(whereSeparator: \.isNewline).map { line in
            let parts = line.split(separator: ",").compactMap { Double($0) }
            guard parts.count == 2 else { throw Refusal("\(points): no position: \(line)") }
            return LonLat(parts[0], parts[1])
        }
    }
}

/// Why nothing was measured.
struct Refusal: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
