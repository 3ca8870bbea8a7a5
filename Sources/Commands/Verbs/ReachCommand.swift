import ArgumentParser
import Atlas
import Messages
import Spatial

/// `louyu reach PLACE…`
struct ReachCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "reach", abstract: Text.helpReach.spoken, discussion: Text.helpReachDiscussion.spoken)
    }

    @Argument(help: .says(.helpReachPlaces))
    var places: [String]

    @Option(help: .says(.helpReachMinutes))
    var minutes: String = "5,10,15"

    @Option(help: .says(.helpReachList))
    var list: ReachedLayer?

    @Flag(exclusivity: .exclusive)
    var direction: DirectionFlag = .toward

    @OptionGroup var filter: FilterOptions
    @OptionGroup var walking: WalkingOptionGroup
    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    /// What `--list` lists.
    enum ReachedLayer: String, ExpressibleByArgument, CaseIterable {
        case building, station

        var layer: Layer { self == .building ? .building : .station }
    }

    func validate() throws {
        if list == nil && (filter.condition != nil || !filter.areas.isEmpty || filter.kind != nil) {
            throw ValidationError(Text.filterNeedsList.spoken)
        }
        if walking.by == .radius && direction == .away { throw ValidationError(Text.onlyOnFoot("--away").spoken) }
    }

    func run() throws {
        let minutes = try MinutesArgument.parse(minutes)
        let atlas = try atlas.open(answeringTo: output)
        if walking.by == .walk { try output.prepareWalking(atlas) }
        let write: () throws -> Void = try atlas.snapshot {
            var query = ReachQuery(try places.map { try atlas.place($0) })
            query.walking = walking.options(direction.direction)
            query.means = walking.by.means
            guard let layer = list?.layer else { return try areas(atlas, query, minutes) }
            return try rows(atlas, query, minutes.last ?? 15, layer)
        }
        try write()
        try atlas.keepPrepared()
    }

    private func areas(_ atlas: Atlas, _ query: ReachQuery, _ minutes: [Double]) throws -> () throws -> Void {
        let areas = try atlas.serviceAreas(query, minutes: minutes)
        let withheld = atlas.suppression(ofNested: areas.map { ($0.place, $0.buildings) })
        let rows = areas.enumerated().map { index, area in
            let place = query.places[area.place]
            let isWithheld = withheld[index]
            if isWithheld { Publication.tell(withheldGroups: 1) }
            let fields: [AnswerRow.Field] = [
                .init("place", .place, AnswerRow.json(of: place), shown: place.label),
                .init("minutes", .minutes, .number(area.minutes, decimals: 3)),
                .init("areaSquareMeters", .area, .number(area.areaSquareMeters, decimals: 1)),
                isWithheld
                    ? .withheld("buildings", .buildings)
                    : .init("buildings", .buildings, .integer(Int64(area.buildings))),
            ]
            return AnswerRow(fields: fields, geometry: area.geometry)
        }
        if output.chosenFormat == .html {
            let page = try page(rows, query, minutes, atlas)
            return { try output.write(page) }
        }
        return { try output.write(rows, empty: .nothing) }
    }

    private func rows(
        _ atlas: Atlas, _ query: ReachQuery, _ minutes: Double, _ layer: Layer
    ) throws -> () throws -> Void {
        let filter = try filter.filter(atlas, layer, output)
        if layer == .station { try atlas.requireOneKind(filter) }
        let found = try atlas.reached(query, minutes: minutes, layer: layer, filter: filter)
        let rows = found.map { found in
            let place = query.places[found.place]
            let labels: [AnswerRow.Field] =
                query.places.count > 1
                ? [.init("nearest", .nearestPlace, AnswerRow.json(of: place), shown: place.label)] : []
            return AnswerRow(found.feature, AnswerRow.walk(seconds: found.seconds, meters: found.meters) + labels)
        }
        if output.chosenFormat == .html {
            let page = try page(rows, query, minutes, layer, filter, atlas)
            return { try output.write(page) }
        }
        return { try output.write(rows, empty: .nothingInReach) }
    }
}

/// Which way people walk, as users say it.
enum DirectionFlag: String, EnumerableFlag {
    case toward, away

    static func help(for value: DirectionFlag) -> ArgumentHelp? {
        .says(value == .toward ? .helpToward : .helpAway)
    }

    /// The same for the atlas.
    var direction: WalkingDirection { self == .toward ? .toward : .away }
}

extension AnswerRow {
    /// How long a walk takes, and how long it is.
    static func walk(seconds: Double, meters: Double) -> [Field] {
        [
            .init(seconds: "seconds", .walkMinutes, seconds),
            .init("meters", .meters, .number(meters, decimals: 1)),
        ]
    }

    /// The six of a place; of a bare position what it has of them.
    static func json(of place: Place) -> JSONValue {
        switch place {
        case .feature(let feature): AnswerRow(feature).json
        case .position(let position):
            .object([
                ("id", .null), ("ref", .null), ("layer", .null), ("name", .null),
                ("lon", .degrees(position.longitude)), ("lat", .degrees(position.latitude)),
            ])
        }
    }
}

extension Place {
    /// What the place is called where people read it.
    var label: String {
        switch self {
        case .feature(let feature): feature.label
        case .position(let position):
            "\(JSONValue.degrees(position.longitude).json),\(JSONValue.degrees(position.latitude).json)"
        }
    }
}
