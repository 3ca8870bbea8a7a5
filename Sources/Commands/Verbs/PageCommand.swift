import ArgumentParser
import Atlas
import Messages

/// `louyu page BUILDING`
struct PageCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "page", abstract: Text.helpPage.spoken, discussion: Text.helpPageDiscussion.spoken)
    }

    @Argument(help: .says(.helpPageBuilding))
    var building: String

    @Option(help: .says(.helpMinutes))
    var minutes: String = "15"

    @Option(help: .says(.helpPace))
    var pace: PaceArgument = .standard

    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    mutating func run() throws {
        // Without another word the answer is a page, and what opens the atlas has to know.
        if output.save == nil { output.format = output.format ?? AnswerFormat(path: output.output) ?? .html }
        try answer()
    }

    private func answer() throws {
        let minutes = try MinutesArgument.parseOne(minutes)
        let opened = try atlas.open(answeringTo: output)
        if try opened.hasStreets() { try output.prepareWalking(opened) }
        let write: () throws -> Void = try opened.snapshot {
            let walking = WalkingOptions(paceMetersPerMinute: pace.metersPerMinute, direction: .away)
            let dossier = try opened.dossier(of: record(opened), minutes: minutes, walking: walking)
            guard output.chosenFormat == .html else {
                return {
                    try output.write(
                        object: json(dossier, minutes), table: table(dossier, minutes), rows: rows(dossier))
                }
            }
            let page = try page(dossier, minutes, walking, opened)
            return { try output.write(page) }
        }
        try write()
        try opened.keepPrepared()
    }

    /// The building that is named, or the one at a position.
    private func record(_ atlas: Atlas) throws -> StoredFeature {
        switch try atlas.place(building, in: [.building]) {
        case .feature(let feature): return feature
        case .position(let position):
            guard let found = try atlas.locate(.position(position)).building else {
                throw Failure(.notFound, .noBuildingAt(building), hint: .howToName)
            }
            return found
        }
    }

    // MARK: Rows

    /// The columns that have a value, by their titles.
    func record(_ building: StoredFeature) -> [AnswerRow.Field] {
        building.attributes.compactMap { key, value in
            guard key != "attributes" else { return nil }
            let title = building.layer.column(key)?.title ?? Text(zh: key, en: key)
            return AnswerRow.Field(key, title, JSONValue(value))
        }
    }

    func chain(_ dossier: Dossier) -> [AnswerRow] {
        dossier.boundaries.map { AnswerRow($0, [.level($0)]) }
            + dossier.zones.map { zone in
                AnswerRow(
                    zone,
                    [.init("level", .level, .optional(zone.text("kind")), shown: zone.text("kind") ?? Text.zone.spoken)]
                )
            }
    }

    func neighbours(_ dossier: Dossier) -> [AnswerRow] {
        dossier.neighbours.map { AnswerRow($0.building, AdjacentCommand.fields($0.pair)) }
    }

    func areas(_ dossier: Dossier) -> [AnswerRow] {
        dossier.borderingAreas.map { AnswerRow($0.area, [.level($0.area)] + AdjacentCommand.fields($0.border)) }
    }

    func stations(_ dossier: Dossier) -> [AnswerRow] {
        (dossier.stations ?? []).map { found in
            AnswerRow(
                found.feature,
                [.init("kind", .kind, .optional(found.feature.text("kind")))]
                    + AnswerRow.walk(seconds: found.seconds, meters: found.meters))
        }
    }

    private func rows(_ dossier: Dossier) -> [AnswerRow] { [AnswerRow(dossier.building)] + stations(dossier) }

    // MARK: Forms

    private func json(_ dossier: Dossier, _ minutes: Double) -> JSONValue {
        .object([
            ("building", AnswerRow(dossier.building, record(dossier.building)).json),
            ("boundaries", .array(dossier.boundaries.map { AnswerRow($0, [.level($0)]).json })),
            ("zones", .array(dossier.zones.map { AnswerRow($0).json })),
            ("neighbours", .array(neighbours(dossier).map(\.json))),
            ("borderingAreas", .array(areas(dossier).map(\.json))),
            ("minutes", .number(minutes, decimals: 3)),
            ("stations", dossier.stations == nil ? .null : .array(stations(dossier).map(\.json))),
        ])
    }

    private func table(_ dossier: Dossier, _ minutes: Double) -> String {
        let record = record(dossier.building).map { [$0.title.spoken, $0.shown ?? $0.value.cell] }
        var parts = [
            TextTable(headings: [Text.what.spoken, dossier.building.label], isNumeric: [false, false], rows: record)
                .text
        ]
        let stationsTitle = Text.stationsWithin(PageNumber.text(minutes, decimals: 1))
        for (title, rows) in [
            (Text.chainTitle, chain(dossier)), (.nextBuildingsTitle, neighbours(dossier)),
            (.nextAreasTitle(dossier.boundaries.first?.label ?? ""), areas(dossier)),
            (stationsTitle, stations(dossier)),
        ] where !rows.isEmpty {
            parts.append(title.spoken + "\n" + rows.table(in: Speech.language))
        }
        return parts.joined(separator: "\n")
    }
}
