import ArgumentParser
import Atlas
import Messages
import Spatial

/// `louyu border A B`
struct BorderCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "border", abstract: Text.helpBorder.spoken, discussion: Text.helpBorderDiscussion.spoken)
    }

    @Argument(help: .says(.helpBorderArea))
    var a: String

    @Argument(help: .says(.helpBorderOther))
    var b: String

    @Option(help: .says(.helpStationKind))
    var kind: String?

    @Option(help: .says(.helpMinutes))
    var minutes: String = "15"

    @Option(help: .says(.helpBorderWithin))
    var within: String = "500m"

    @Flag(help: .says(.helpUnserved))
    var unserved = false

    @Option(name: .customLong("where"), help: .says(.helpBuildingWhere))
    var condition: String?

    @OptionGroup var walking: WalkingOptionGroup
    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        let minutes = try MinutesArgument.parseOne(minutes)
        let meters = try LayerArgument.parseMeters(within, option: "--within")
        let atlas = try atlas.open(answeringTo: output)
        if walking.by == .walk { try output.prepareWalking(atlas) }
        let write: () throws -> Void = try atlas.snapshot {
            let areas = try [a, b].map { try atlas.feature($0, in: [.boundary, .zone]) }
            if areas[0].id == areas[1].id { throw ValidationError(Text.sameArea.spoken) }
            var query = BorderQuery(areas[0], areas[1], minutes: minutes)
            query.stations = try StationKind.filter(kind, atlas)
            query.buildings.expression = condition
            query.withinMeters = meters
            query.walking = walking.options()
            query.means = walking.by.means
            let services = try atlas.borderServices(query)
            if output.chosenFormat == .html {
                let page = try page(services, query, atlas)
                return { try output.write(page) }
            }
            return answer(services, query, kind: query.stations.kind)
        }
        try write()
        try atlas.keepPrepared()
    }

    private func answer(_ services: BorderServices, _ query: BorderQuery, kind: String?) -> () throws -> Void {
        let buildings = services.buildings.filter { !unserved || $0.servedBy == nil }.map { row($0, query) }
        // In a table only those that tell something.
        let isTold = { (pair: BorderServices.Pair) in
            output.chosenFormat == .json || pair.isSameName || pair.ofA.nearerAcross + pair.ofB.nearerAcross > 0
        }
        let pairs = services.pairs.filter(isTold).map(row)
        let crossings = services.crossings.map(row)
        switch output.chosenFormat {
        case .json:
            let members: [(String, JSONValue)] = [
                ("a", AnswerRow(query.a).json), ("b", AnswerRow(query.b).json), ("kind", .optional(kind)),
                ("minutes", .number(query.minutes, decimals: 3)),
                (
                    "border",
                    services.border.map { .object(AdjacentCommand.fields($0).map { ($0.key, $0.value) }) } ?? .null
                ),
                ("buildings", .array(buildings.map(\.json))), ("pairs", .array(pairs.map(\.json))),
                ("crossings", .array(crossings.map(\.json))), ("unserved", .integer(Int64(services.unserved))),
            ]
            return { try output.write(text: JSONValue.object(members).json + "\n") }
        case .table:
            let text = table(services, query, pairs, crossings, buildings)
            return { try output.write(text: text) }
        default: return { try output.write(buildings, empty: .nothingHere) }
        }
    }

    private func table(
        _ services: BorderServices, _ query: BorderQuery, _ pairs: [AnswerRow], _ crossings: [AnswerRow],
        _ buildings: [AnswerRow]
    ) -> String {
        var parts = [
            Text.borderSummary(services.border?.contact, name(query.a, query), name(query.b, query)).spoken + "\n"
        ]
        parts.append([true, false].map { summary(services, query, isInA: $0) }.table(in: Speech.language))
        for (title, rows) in [(Text.crossingsTitle, crossings), (.pairsTitle, pairs), (.alongTitle, buildings)]
        where !rows.isEmpty {
            parts.append(title.spoken + "\n" + rows.table(in: Speech.language))
        }
        if buildings.isEmpty { parts.append(Text.nothingHere.spoken + "\n") }
        return parts.joined(separator: "\n")
    }

    /// An area's name; with its id where both have one name.
    func name(_ area: StoredFeature, _ query: BorderQuery) -> String {
        query.a.label == query.b.label ? "\(area.label) (\(area.id))" : area.label
    }

    /// One side in numbers.
    func summary(_ services: BorderServices, _ query: BorderQuery, isInA: Bool) -> AnswerRow {
        let own = services.buildings.filter { $0.isInA == isInA }
        return AnswerRow(
            nil,
            [
                .init("side", .side, .text(name(isInA ? query.a : query.b, query))),
                .init("buildings", .buildings, .integer(Int64(own.count))),
                .init("served", .served, .integer(Int64(own.count { $0.servedBy != nil }))),
                .init("servedOnlyAcross", .onlyAcross, .integer(Int64(own.count { $0.servedOnlyAcross }))),
                .init("nearerAcross", .nearerAcross, .integer(Int64(own.count { $0.nearerAcross }))),
                .init("unserved", .unserved, .integer(Int64(own.count { $0.servedBy == nil }))),
            ])
    }

    func row(_ building: BorderServices.Building, _ query: BorderQuery) -> AnswerRow {
        let side = building.isInA ? query.a : query.b
        return AnswerRow(
            building.feature,
            [
                .init("side", .side, .text(building.isInA ? "a" : "b"), shown: name(side, query)),
                .init(
                    "servedBy", .servedBy, building.servedBy.map(AnswerRow.json) ?? .null,
                    shown: building.servedBy?.label ?? Text.nobody.spoken),
                .init(seconds: "seconds", .walkMinutes, building.seconds),
                .init(seconds: "ownSeconds", .ownMinutes, building.ownSeconds),
                .init(seconds: "acrossSeconds", .acrossMinutes, building.acrossSeconds),
                .flag("servedOnlyAcross", .onlyAcross, building.servedOnlyAcross),
                .flag("nearerAcross", .nearerAcross, building.nearerAcross),
                .init(
                    "reason", .reason, building.reason == .none ? .null : .text(building.reason.word),
                    shown: building.reason == .none ? "" : Text.obstacle(building.reason.word).spoken),
            ])
    }

    private func row(_ pair: BorderServices.Pair) -> AnswerRow {
        AnswerRow(
            nil,
            [
                .init("a", .firstOfPair, AnswerRow(pair.a).json, shown: pair.a.label),
                .init("b", .secondOfPair, AnswerRow(pair.b).json, shown: pair.b.label),
                .flag("sameName", .sameName, pair.isSameName),
                .init("nearerAcross", .nearerAcross, .integer(Int64(pair.ofA.nearerAcross + pair.ofB.nearerAcross))),
                .init("nearerAcrossOfA", .nearerAcrossOfA, .integer(Int64(pair.ofA.nearerAcross))),
                .init("buildingsOfA", .buildingsOfA, .integer(Int64(pair.ofA.buildings))),
                .init("nearerAcrossOfB", .nearerAcrossOfB, .integer(Int64(pair.ofB.nearerAcross))),
                .init("buildingsOfB", .buildingsOfB, .integer(Int64(pair.ofB.buildings))),
            ])
    }

    func row(_ crossing: BorderServices.Crossing) -> AnswerRow {
        AnswerRow(
            crossing.street,
            [
                .flag("bridge", .bridge, crossing.isBridge),
                .init("buildings", .buildings, .integer(Int64(crossing.buildings))),
            ])
    }
}

extension AnswerRow.Field {
    /// Yes or no.
    fileprivate static func flag(_ key: String, _ title: Text, _ value: Bool) -> AnswerRow.Field {
        AnswerRow.Field(key, title, .boolean(value), shown: value ? Text.yes.spoken : "")
    }
}
