import ArgumentParser
import Atlas
import Messages
import Spatial

/// Which records a question is about.
struct FilterOptions: ParsableArguments {
    @Option(name: .customLong("where"), help: .says(.helpWhere))
    var condition: String?

    @Option(name: .customLong("in"), help: .says(.helpIn))
    var areas: [String] = []

    @Option(help: .says(.helpKind))
    var kind: String?

    /// The filter, its places looked up. A kind that no record of the layer
    /// has is worth a note.
    func filter(_ atlas: Atlas, _ layer: Layer, _ output: OutputOptions) throws -> RecordFilter {
        var filter = RecordFilter()
        filter.expression = condition
        filter.areas = try areas.map { try atlas.feature($0, in: [.boundary, .zone]) }
        filter.kind = kind
        if let kind {
            let known = try atlas.kinds(of: layer)
            if !known.contains(kind) { output.note(.noSuchKind(kind, known)) }
        }
        return filter
    }
}

/// A box as users write it: `west,south,east,north`.
struct BoxArgument: ExpressibleByArgument {
    let box: BoundingBox

    init?(argument: String) {
        let numbers = argument.split(separator: ",", omittingEmptySubsequences: false)
            .map { Double($0.trimmed) }
        guard numbers.count == 4, let west = numbers[0], let south = numbers[1], let east = numbers[2],
            let north = numbers[3], [west, south, east, north].allSatisfy(\.isFinite), south <= north,
            // West greater than east crosses the antimeridian.
            west <= east || max(abs(west), abs(east)) <= 180
        else { return nil }
        box = BoundingBox(west: west, south: south, east: east, north: north)
    }
}
