/// The levels that OpenStreetMap's `level` or `layer` names: `2`, `-1;0`,
/// `0-3`, `-2--1`, `0,5`.
struct LevelList {
    /// From the lowest to the highest.
    let range: ClosedRange<Double>

    /// Beyond, no number is a level.
    private static let highest = 1000.0

    /// Reads a value; `nil` where it names no level.
    init?(_ text: String) {
        let levels = text.split { ";,".contains($0) }.compactMap { Self.levels(of: $0) }
        guard let lowest = levels.map(\.lowerBound).min(), let highest = levels.map(\.upperBound).max() else {
            return nil
        }
        range = lowest...highest
    }

    private static func levels(of part: Substring) -> ClosedRange<Double>? {
        let part = part.filter { $0 != " " }
        if let level = level(part[...]) { return level...level }
        for dash in part.indices.dropFirst() where part[dash] == "-" {
            guard let first = level(part[..<dash]), let last = level(part[part.index(after: dash)...]) else { continue }
            return min(first, last)...max(first, last)
        }
        return nil
    }

    private static func level(_ text: Substring) -> Double? {
        Double(text).flatMap { abs($0) <= highest ? $0 : nil }
    }
}
