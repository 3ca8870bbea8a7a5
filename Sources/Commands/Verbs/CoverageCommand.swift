import ArgumentParser
import Atlas
import Messages
import Spatial

/// `louyu coverage`
struct CoverageCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "coverage", abstract: Text.helpCoverage.spoken,
            discussion: Text.helpCoverageDiscussion.spoken)
    }

    @Option(help: .says(.helpStationKind))
    var kind: String?

    @Option(help: .says(.helpMinutes))
    var minutes: String = "15"

    @Option(help: .says(.helpPer))
    var per: String = "subdistrict"

    @Flag(help: .says(.helpBlindSpots))
    var blindSpots = false

    @Flag(help: .says(.helpAcross))
    var across = false

    @Option(name: .customLong("with"), help: .says(.helpWith))
    var added: [String] = []

    @Option(name: .customLong("without"), help: .says(.helpWithout))
    var removed: [String] = []

    @Option(name: .customLong("in"), help: .says(.helpCoverageIn))
    var areas: [String] = []

    @Option(name: .customLong("where"), help: .says(.helpBuildingWhere))
    var condition: String?

    @OptionGroup var walking: WalkingOptionGroup
    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        let minutes = try MinutesArgument.parseOne(minutes)
        let level = try LayerArgument.parseLevel(per, option: "--per")
        let atlas = try atlas.open(answeringTo: output)
        if walking.by == .walk { try output.prepareWalking(atlas) }
        let write: () throws -> Void = try atlas.snapshot {
            var query = CoverageQuery(minutes: minutes, per: level)
            query.stations = try StationKind.filter(kind, atlas, mayBeNew: !added.isEmpty)
            query.walking = walking.options()
            query.means = walking.by.means
            query.buildings.expression = condition
            query.buildings.areas = try areas.map { try atlas.feature($0, in: [.boundary, .zone]) }
            query.added = try added.map { try atlas.place($0) }
            query.removed = Set(try removed.map { try atlas.feature($0, in: [.station]).fid })
            let coverage = try atlas.coverage(query)
            note(coverage, level)
            if output.chosenFormat == .html {
                let page = try page(paper(query, coverage, atlas), atlas)
                return { try output.write(page) }
            }
            return try answer(coverage, atlas, kind: query.stations.kind, minutes)
        }
        try write()
        try atlas.keepPrepared()
    }

    private func note(_ coverage: Coverage, _ level: BoundaryLevel) {
        if coverage.boundaries.allSatisfy({ $0.boundary == nil }) { output.note(.noBoundariesOfLevel(level.title)) }
        if coverage.knowsResidents { output.note(.residentsEstimated) }
        if let withheld = coverage.withheld { Publication.tell(withheldGroups: withheld.withheldGroups) }
        let unplaced = coverage.unplacedStations
        guard !unplaced.isEmpty else { return }
        let list = unplaced.prefix(8).map { station, reason in
            "\(station.label) (\(Text.obstacle(reason.word).spoken))"
        }.joined(separator: Text.listSeparator.spoken)
        output.note(.unplacedStations(unplaced.count, list + (unplaced.count > 8 ? " …" : "")))
    }

    // MARK: Answers

    private func answer(
        _ coverage: Coverage, _ atlas: Atlas, kind: String?, _ minutes: Double
    ) throws -> () throws -> Void {
        let rows = rows(coverage)
        // One by one they could be counted, where their numbers are withheld.
        let isWanted = blindSpots || output.chosenFormat == .json && coverage.withheld == nil
        let spots = isWanted ? try spots(coverage, atlas) : []
        let services = across ? services(coverage) : []
        switch output.chosenFormat {
        case .json:
            let object = object(coverage, rows, spots, services, kind: kind, minutes)
            return { try output.write(text: object.json + "\n") }
        case .table:
            // Without boundaries of the level the total says it all.
            let hasBoundaries = coverage.boundaries.contains { $0.boundary != nil }
            let total = (hasBoundaries ? rows : []) + [row(nil, coverage.total, coverage, name: .total)]
            let change = coverage.before.map { [row(nil, $0, coverage, name: .before, isBefore: true)] } ?? []
            var tables = [(total + change).map { $0.leaving(out: unknown(coverage)) }.table(in: Speech.language)]
            if across {
                tables.append(services.isEmpty ? Text.noneAcross.spoken + "\n" : services.table(in: Speech.language))
            }
            if blindSpots {
                tables.append(spots.isEmpty ? Text.noBlindSpots.spoken + "\n" : spots.table(in: Speech.language))
            }
            let text = tables.joined(separator: "\n")
            return { try output.write(text: text) }
        default:
            let isTable = output.chosenFormat.isSheet
            let layer = blindSpots ? spots : across ? isTable ? services : try links(coverage, atlas) : rows
            return { try output.write(layer, empty: blindSpots ? .noBlindSpots : .noneAcross) }
        }
    }

    private func paper(_ query: CoverageQuery, _ coverage: Coverage, _ atlas: Atlas) throws -> Paper {
        Paper(
            query: query, coverage: coverage, rows: rows(coverage),
            closing: [row(nil, coverage.total, coverage, name: .total)]
                + (coverage.before.map { [row(nil, $0, coverage, name: .before, isBefore: true)] } ?? []),
            spots: blindSpots ? try spots(coverage, atlas) : [], services: across ? services(coverage) : [])
    }

    /// Columns that tell nothing, because the atlas does not know.
    func unknown(_ coverage: Coverage) -> Set<String> {
        var keys: Set<String> = []
        if !coverage.knowsResidents { keys.formUnion(["residents", "reachedResidents"]) }
        if coverage.total.floorAreaTenths == 0 {
            keys.formUnion(["floorAreaSquareMeters", "reachedFloorAreaSquareMeters"])
        }
        return keys
    }

    private func object(
        _ coverage: Coverage, _ rows: [AnswerRow], _ spots: [AnswerRow], _ services: [AnswerRow], kind: String?,
        _ minutes: Double
    ) -> JSONValue {
        func counts(_ count: CoverageCount, of index: Int? = nil, isBefore: Bool = false) -> [(String, JSONValue)] {
            fields(count, of: index, coverage, isBefore: isBefore).map { ($0.key, $0.value) }
        }
        var members: [(String, JSONValue)] = [
            ("kind", .optional(kind)), ("minutes", .number(minutes, decimals: 3)),
            ("stations", .integer(Int64(coverage.stationCount))),
            (
                "boundaries",
                .array(
                    coverage.boundaries.enumerated().map { index, row in
                        .object(
                            [("boundary", row.boundary.map { AnswerRow($0).json } ?? .null)]
                                + counts(row.count, of: index))
                    })
            ),
            ("residentsEstimated", .boolean(coverage.knowsResidents)),
            ("total", .object(counts(coverage.total))),
            ("blindSpots", blindSpots || coverage.withheld == nil ? .array(spots.map(\.json)) : .null),
        ]
        if let before = coverage.before { members.append(("before", .object(counts(before, isBefore: true)))) }
        if across { members.append(("across", .array(services.map(\.json)))) }
        members.append(
            (
                "unplacedStations",
                .array(
                    coverage.unplacedStations.map { station, reason in
                        AnswerRow(station, [Self.reason(reason)]).json
                    })
            ))
        return .object(members)
    }

    private func rows(_ coverage: Coverage) -> [AnswerRow] {
        coverage.boundaries.enumerated().map { row($1.boundary, $1.count, of: $0, coverage) }
    }

    private func row(
        _ boundary: StoredFeature?, _ count: CoverageCount, of index: Int? = nil, _ coverage: Coverage,
        name: Text = .inNoBoundary, isBefore: Bool = false
    ) -> AnswerRow {
        let fields = fields(count, of: index, coverage, isBefore: isBefore)
        guard boundary == nil else { return AnswerRow(boundary, fields) }
        let empty: [AnswerRow.Field] = [
            .init("lon", .longitude, .null), .init("lat", .latitude, .null), .init("id", .id, .null),
        ]
        return AnswerRow(nil, [.init("name", .name, .text(name.spoken))] + fields + empty)
    }

    /// The numbers of a boundary, or of the total, without those that are withheld.
    private func fields(
        _ count: CoverageCount, of index: Int?, _ coverage: Coverage, isBefore: Bool
    ) -> [AnswerRow.Field] {
        func people(_ value: Int64) -> JSONValue { coverage.knowsResidents ? .integer(value) : .null }
        let fields: [AnswerRow.Field] = [
            .init("buildings", .buildings, .integer(Int64(count.buildings))),
            .init("reached", .reached, .integer(Int64(count.reached))),
            .init(
                "share", .share, count.share.map { .number($0, decimals: 4) } ?? .null,
                shown: count.share.map { JSONValue.digits($0 * 100, decimals: 1) + " %" } ?? ""),
            .init("floorAreaSquareMeters", .floorAreaSquareMeters, .tenths(count.floorAreaTenths)),
            .init("reachedFloorAreaSquareMeters", .reachedFloorArea, .tenths(count.reachedFloorAreaTenths)),
            .init("residents", .residents, people(count.residents)),
            .init("reachedResidents", .reachedResidents, people(count.reachedResidents)),
            .init("reachedOnlyAcross", .onlyAcross, .integer(Int64(count.reachedOnlyAcross))),
        ]
        guard let withheld = coverage.withheld else { return fields }
        return fields.map { field in
            let isWithheld =
                switch field.key {
                case "buildings", "floorAreaSquareMeters", "residents": withheld.withholdsAll(of: index)
                case "reachedOnlyAcross": withheld.withholdsAcross(of: index) || isBefore && withheld.withholdsBefore
                default: withheld.withholdsReach(of: index) || isBefore && withheld.withholdsBefore
                }
            let isUntold = !withheld.tellsFloorAreas && Self.floorAreas.contains(field.key)
            return isWithheld || isUntold ? .withheld(field.key, field.title) : field
        }
    }

    private static let floorAreas: Set = ["floorAreaSquareMeters", "reachedFloorAreaSquareMeters"]

    private func services(_ coverage: Coverage) -> [AnswerRow] {
        coverage.services.enumerated().map { index, pair in
            let row = service(pair)
            guard coverage.withheld?.isServiceWithheld[index] == true else { return row }
            return row.leaving(out: ["buildings"]).adding(.withheld("buildings", .buildings))
        }
    }

    private func service(_ service: CrossBorderService) -> AnswerRow {
        func label(_ boundary: StoredFeature?) -> String { boundary?.label ?? Text.inNoBoundary.spoken }
        return AnswerRow(
            nil,
            [
                .init(
                    "of", .buildingsOf, service.of.map { AnswerRow($0).json } ?? .null, shown: label(service.of)),
                .init(
                    "by", .stationsOf, service.by.map { AnswerRow($0).json } ?? .null, shown: label(service.by)),
                .init("buildings", .buildings, .integer(Int64(service.buildings))),
            ])
    }

    /// Lines from the buildings that are served across a border to their
    /// stations, without those that would tell a number that is withheld.
    private func links(_ coverage: Coverage, _ atlas: Atlas) throws -> [AnswerRow] {
        let places = try atlas.places(.building, fids: Set(coverage.links.map(\.fid)))
        return coverage.links.compactMap { link in
            guard coverage.withheld?.isServiceWithheld[link.service] != true, let building = places[link.fid],
                let start = building.position, let end = link.station.position
            else { return nil }
            return AnswerRow(
                fields: [
                    .init("building", .building, .text(building.id), shown: building.label),
                    .init("station", .servedBy, .optional(link.station.id), shown: link.station.label),
                    .init(seconds: "seconds", .walkMinutes, link.seconds),
                ], geometry: .lineString(LineString([start, end])))
        }
    }

    /// What nobody reaches, without what would tell a number that is withheld.
    private func spots(_ coverage: Coverage, _ atlas: Atlas) throws -> [AnswerRow] {
        let places = try atlas.places(.building, fids: Set(coverage.blindSpots.map(\.fid)))
        return coverage.blindSpots.compactMap { spot in
            guard coverage.withheld?.withholdsReach(of: spot.boundary) != true else { return nil }
            return places[spot.fid].map { AnswerRow($0, [Self.reason(spot.reason)]) }
        }
    }

    private static func reason(_ reason: Obstacle) -> AnswerRow.Field {
        .init("reason", .reason, .text(reason.word), shown: Text.obstacle(reason.word).spoken)
    }
}

extension AnswerRow.Field {
    /// A number that is withheld from the public.
    static func withheld(_ key: String, _ title: Text) -> AnswerRow.Field {
        AnswerRow.Field(key, title, .null, shown: Text.withheld.spoken)
    }
}

extension JSONValue {
    /// Tenths as a number.
    fileprivate static func tenths(_ value: Int64) -> JSONValue { .number(Double(value) / 10, decimals: 1) }
}
