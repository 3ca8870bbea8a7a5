import ArgumentParser
import Atlas
import Messages
import Spatial

/// `louyu find TEXT`
struct FindCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "find", abstract: Text.helpFind.spoken)
    }

    @Argument(help: .says(.helpFindText))
    var text: String

    @Option(help: .says(.helpLayer))
    var layer: String?

    @Option(name: [.long, .customLong("limit")], help: .says(.helpTop))
    var top: Int = 20

    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if top < 1 { throw ValidationError(Text.topBelowOne.spoken) }
    }

    func run() throws {
        let layers = try LayerArgument.layers(layer)
        let atlas = try atlas.open(answeringTo: output)
        let isPage = output.chosenFormat == .html
        // A page tells whether there are more.
        let rows = try atlas.find(text, in: layers, limit: isPage && top < Int.max ? top + 1 : top).map { place in
            AnswerRow(place, [.init("address", .address, .optional(place.text("address")))])
        }
        if isPage { return try output.write(page(rows, atlas)) }
        try output.write(rows, empty: .nothingFound(text))
    }
}

/// `louyu near PLACE`
struct NearCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "near", abstract: Text.helpNear.spoken, discussion: Text.helpNearDiscussion.spoken)
    }

    @Argument(help: .says(.helpPlace))
    var place: String

    @Option(help: .says(.helpWithin))
    var within: String?

    @Option(help: .says(.helpTop))
    var top: Int?

    @Option(help: .says(.helpNearLayer))
    var layer: String?

    @Option(help: .says(.helpNearBy))
    var by: Way?

    @Option(help: .says(.helpPace))
    var pace: PaceArgument?

    @OptionGroup var filter: FilterOptions
    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    /// What nearness is measured by, where not by distance.
    enum Way: String, ExpressibleByArgument, CaseIterable {
        case walk
    }

    func validate() throws {
        if let top, top < 1 { throw ValidationError(Text.topBelowOne.spoken) }
        if by == nil && pace != nil { throw ValidationError(Text.onlyOnFoot("--pace").spoken) }
    }

    func run() throws {
        let atlas = try atlas.open(answeringTo: output)
        let layer = try layer.map(LayerArgument.parse) ?? (filter.kind == nil ? .building : .station)
        let meters = try within.map { try LayerArgument.parseMeters($0, option: "--within") }
        if by == .walk, try atlas.hasStreets() { try output.prepareWalking(atlas) }
        let write: () throws -> Void = try atlas.snapshot {
            let filter = try filter.filter(atlas, layer, output)
            if layer == .station { try atlas.requireOneKind(filter) }
            let place = try atlas.place(place)
            let rows = try rows(place, layer, meters, filter, atlas)
            guard output.chosenFormat == .html else { return { try output.write(rows, empty: .nothingNear) } }
            let page = try page(rows, place, layer, filter, atlas)
            return { try output.write(page) }
        }
        try write()
    }

    private func rows(
        _ place: Place, _ layer: Layer, _ meters: Double?, _ filter: RecordFilter, _ atlas: Atlas
    ) throws -> [AnswerRow] {
        guard by == nil else {
            let walking = WalkingOptions(paceMetersPerMinute: (pace ?? .standard).metersPerMinute, direction: .away)
            return try atlas.nearOnFoot(
                place, layer: layer, limit: top, withinMeters: meters, filter: filter, walking: walking
            ).map { found in
                // The straight line, which a table has no room for.
                let distance = place.distanceMeters(to: found.feature).map(JSONValue.meters) ?? .null
                let straight = [AnswerRow.Field("distanceMeters", .distance, distance)]
                return AnswerRow(
                    found.feature,
                    AnswerRow.walk(seconds: found.seconds, meters: found.meters)
                        + (output.chosenFormat == .table ? [] : straight))
            }
        }
        let labels = AnswerRow.labelColumns.filter { layer.column($0) != nil }
        return try atlas.near(
            place, layer: layer, limit: top, withinMeters: meters, filter: filter,
            columns: output.chosenFormat == .html ? nil : labels
        ).map { AnswerRow($0.feature, [.init("distanceMeters", .distance, .meters($0.distanceMeters))]) }
    }
}

/// `louyu locate PLACE`
struct LocateCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "locate", abstract: Text.helpLocate.spoken)
    }

    @Argument(help: .says(.helpPlace))
    var place: String

    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        let atlas = try atlas.open(answeringTo: output)
        let answer: () throws -> Void = try atlas.snapshot {
            let place = try atlas.place(place)
            let location = try atlas.locate(place)
            guard output.chosenFormat == .html else { return { try write(location) } }
            let page = try page(location, place, atlas)
            return { try output.write(page) }
        }
        try answer()
    }

    private func write(_ location: Location) throws {
        let boundaries = location.boundaries.map { boundary in
            AnswerRow(boundary, [.level(boundary)])
        }
        let zones = location.zones.map { zone in
            AnswerRow(zone, [.init("kind", .kind, .optional(zone.text("kind")))])
        }
        let building = location.building.map { AnswerRow($0) }
        let at: [(String, JSONValue)] = [
            ("lon", .degrees(location.position.longitude)), ("lat", .degrees(location.position.latitude)),
        ]
        let object: [(String, JSONValue)] = [
            ("at", .object(at)), ("building", building?.json ?? .null), ("boundaries", .array(boundaries.map(\.json))),
            ("zones", .array(zones.map(\.json))),
        ]
        try output.write(
            object: .object(object), table: table(location),
            rows: (building.map { [$0] } ?? []) + boundaries + zones)
    }

    private func table(_ location: Location) -> String {
        var rows: [[String]] = []
        rows.append([
            Text.position.spoken,
            "\(JSONValue.degrees(location.position.longitude).json),\(JSONValue.degrees(location.position.latitude).json)",
            "",
        ])
        if let building = location.building {
            rows.append([Text.building.spoken, building.label, building.id])
        }
        for boundary in location.boundaries {
            let level = boundary.level?.title ?? .boundary
            rows.append([level.spoken, boundary.label, boundary.id])
        }
        for zone in location.zones { rows.append([Text.zone.spoken, zone.label, zone.id]) }
        if location.boundaries.isEmpty { rows.append([Text.boundary.spoken, Text.inNoBoundary.spoken, ""]) }
        return TextTable(
            headings: [Text.what.spoken, Text.name.spoken, Text.id.spoken], isNumeric: [false, false, false], rows: rows
        ).text
    }
}
