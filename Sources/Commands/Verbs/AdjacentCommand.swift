import ArgumentParser
import Atlas
import Messages
import Spatial

/// `louyu adjacent PLACE`, `louyu adjacent --layer L --all`
struct AdjacentCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "adjacent", abstract: Text.helpAdjacent.spoken, discussion: Text.helpAdjacentDiscussion.spoken)
    }

    @Argument(help: .says(.helpPlace))
    var place: String?

    @Option(help: .says(.helpAdjacentLayer))
    var layer: String?

    @Option(help: .says(.helpAdjacentLevel))
    var level: String?

    @Option(help: .says(.helpTolerance))
    var tolerance: String = "1m"

    @Option(help: .says(.helpGap))
    var gap: String = "0.5m"

    @Flag(help: .says(.helpAll))
    var all = false

    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    /// Beyond it nearly everything would border everything.
    private static let largestToleranceMeters = 10_000.0

    func validate() throws {
        if place == nil && !all { throw ValidationError(Text.placeOrAll.spoken) }
        if place != nil && all { throw ValidationError(Text.placeAndAll.spoken) }
    }

    func run() throws {
        let atlas = try atlas.open(answeringTo: output)
        let toleranceMeters = try LayerArgument.parseMeters(tolerance, option: "--tolerance")
        let gapMeters = try LayerArgument.parseMeters(gap, option: "--gap")
        guard max(toleranceMeters, gapMeters) <= Self.largestToleranceMeters else {
            throw ValidationError(Text.toleranceTooLarge.spoken)
        }
        let level = try level.map { try LayerArgument.parseLevel($0, option: "--level") }
        let write: () throws -> Void = try atlas.snapshot {
            guard let place else {
                let layer = try LayerArgument.parse(layer ?? "boundary")
                if layer == .building { return try allBuildings(atlas, gapMeters) }
                return try allAreas(atlas, layer, level, toleranceMeters)
            }
            let layers = try layer.map { [try LayerArgument.parse($0)] } ?? [.boundary, .zone, .building]
            let feature = try atlas.feature(place, in: layers, level: level)
            if feature.layer == .building { return try building(atlas, feature, gapMeters) }
            return try area(atlas, feature, level, toleranceMeters)
        }
        try write()
    }

    // Each asks at once and gives back what writes the answer.

    // MARK: Areas

    private func area(
        _ atlas: Atlas, _ area: StoredFeature, _ level: BoundaryLevel?, _ toleranceMeters: Double
    ) throws -> () throws -> Void {
        let answer = try atlas.borders(of: area, level: level, toleranceMeters: toleranceMeters)
        let rows = answer.neighbours.map { neighbour in
            AnswerRow(
                neighbour.area,
                [.level(neighbour.area)] + Self.fields(neighbour.border))
        }
        if answer.explainedShare < 0.5 {
            output.note(
                .littleExplained(Int((answer.explainedShare * 100).rounded()), tolerance, answer.servingToleranceMeters)
            )
        }
        if !answer.terrainBeyondTolerance.isEmpty {
            let names = answer.terrainBeyondTolerance.map(\.label).joined(separator: ", ")
            output.note(.terrainBeyond(names, tolerance, Int(Atlas.terrainReachMeters)))
        }
        if output.chosenFormat == .html {
            let share = Int((answer.explainedShare * 100).rounded())
            let page = try page(rows, of: area, findings: [.explainedOutline(share)], atlas)
            return { try output.write(page) }
        }
        return { try output.write(rows, empty: .noNeighbours) }
    }

    private func allAreas(
        _ atlas: Atlas, _ layer: Layer, _ level: BoundaryLevel?, _ toleranceMeters: Double
    ) throws -> () throws -> Void {
        let pairs = try atlas.borders(of: layer, level: level, toleranceMeters: toleranceMeters)
        return try writingPairs(pairs.map { ($0.a, $0.b, Self.fields($0.border)) }, layer, atlas)
    }

    static func fields(_ border: BorderSummary) -> [AnswerRow.Field] {
        [
            .init("contact", .contact, .text(border.contact), shown: Text.contact(border.contact).spoken),
            .init("sharedBorderMeters", .sharedBorder, .number(border.sharedBorderMeters, decimals: 1)),
            .init("waterShare", .waterShare, .number(border.waterShare, decimals: 4)),
            .init("gapMeters", .gap, .meters(border.gapMeters)),
            .init(
                "bridges", .bridges, .array(border.bridges.map { .text($0) }),
                shown: border.bridges.joined(separator: Text.listSeparator.spoken)),
        ]
    }

    // MARK: Buildings

    private func building(
        _ atlas: Atlas, _ building: StoredFeature, _ gapMeters: Double
    ) throws -> () throws -> Void {
        let rows = try atlas.neighbours(of: building, gapMeters: gapMeters).map { neighbour in
            AnswerRow(neighbour.building, Self.fields(neighbour.pair))
        }
        if output.chosenFormat == .html {
            let page = try page(rows.map(\.withBuildingDetails), of: building, findings: [], atlas)
            return { try output.write(page) }
        }
        return { try output.write(rows, empty: .noNeighbours) }
    }

    private func allBuildings(_ atlas: Atlas, _ gapMeters: Double) throws -> () throws -> Void {
        let pairs = try atlas.buildingPairs(gapMeters: gapMeters)
        let places = try atlas.places(.building, fids: Set(pairs.flatMap { [$0.a, $0.b] }))
        let found: [(StoredFeature, StoredFeature, [AnswerRow.Field])] = pairs.compactMap { pair in
            guard let a = places[pair.a], let b = places[pair.b] else { return nil }
            return (a, b, Self.fields(pair))
        }
        return try writingPairs(found, .building, atlas)
    }

    static func fields(_ pair: BuildingPair) -> [AnswerRow.Field] {
        [
            .init("contact", .contact, .text(pair.contact), shown: Text.contact(pair.contact).spoken),
            .init("sharedMeters", .sharedWall, .meters(pair.sharedMeters)),
            .init("gapMeters", .gap, .meters(pair.gapMeters)),
        ]
    }

    // MARK: Pairs

    private func writingPairs(
        _ pairs: [(StoredFeature, StoredFeature, [AnswerRow.Field])], _ layer: Layer, _ atlas: Atlas
    ) throws -> () throws -> Void {
        guard output.chosenFormat == .html else { return { try writePairs(pairs) } }
        let page = try page(pairs, layer, atlas)
        return { try output.write(page) }
    }

    private func writePairs(_ pairs: [(StoredFeature, StoredFeature, [AnswerRow.Field])]) throws {
        switch output.chosenFormat {
        case .json:
            let objects = pairs.map { a, b, fields in
                JSONValue.object(
                    [("a", AnswerRow(a).json), ("b", AnswerRow(b).json)] + fields.map { ($0.key, $0.value) })
            }
            try output.write(text: JSONValue.array(objects).json + "\n")
        default:
            let rows = pairs.map { a, b, fields in
                AnswerRow(
                    output.chosenFormat == .table ? nil : a,
                    [
                        .init("a", .firstOfPair, .text(a.label)),
                        .init("b", .secondOfPair, .text(b.label)),
                        .init("aId", .firstID, .text(a.id)), .init("bId", .secondID, .text(b.id)),
                    ] + fields)
            }
            try output.write(rows, empty: .noNeighbours)
        }
    }
}
