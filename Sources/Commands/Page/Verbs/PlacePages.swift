import Atlas
import Messages

extension FindCommand {
    /// What was found, on paper.
    func page(_ rows: [AnswerRow], _ atlas: Atlas) throws -> Page {
        var page = Page(.findTitle(text), .findQuestion(text, layer.flatMap(Layer.named)?.title))
        if rows.count > top { page.findings.append(.firstRows(top)) }
        let rows = rows.prefix(top).map { row in
            row.adding(.init("layer", .layer, .text(""), shown: row.place?.layer.title.spoken))
        }
        page.tables = [PageTable(nil, rows, empty: .nothingFound(text))]
        try page.draw([MapLayer(.found, .numberedRows, numbered: rows)], of: atlas)
        return page
    }
}

extension NearCommand {
    /// What is near a place, on paper.
    func page(_ rows: [AnswerRow], _ place: Place, _ layer: Layer, _ filter: RecordFilter, _ atlas: Atlas) throws
        -> Page
    {
        let meters = try within.map { try LayerArgument.parseMeters($0, option: "--within") }
        let what = filter.kind.map { Text(zh: $0, en: $0) } ?? layer.title
        var page = Page(
            .nearTitle(place.label, what),
            .nearQuestion(
                place.label, what, count: top ?? (meters == nil ? 10 : nil),
                meters: meters.map { PageNumber.text($0, decimals: 1) }, onFoot: by == .walk))
        page.tell(areas: filter.areas.map(\.label))
        page.tell(condition: filter.expression, of: layer)
        if by == .walk {
            page.tell(walking: WalkingOptions(paceMetersPerMinute: (pace ?? .standard).metersPerMinute))
        }
        let rows = rows.map(\.withBuildingDetails)
        page.tables = [PageTable(nil, rows, empty: .nothingNear)]
        try page.draw(
            [
                MapLayer(.subject, .askedPlace, place, labelled: true),
                MapLayer(layer == .station ? .station : .found, .numberedRows, numbered: rows),
            ], of: atlas)
        return page
    }
}

extension LocateCommand {
    /// Where a place is, on paper.
    func page(_ location: Location, _ place: Place, _ atlas: Atlas) throws -> Page {
        var page = Page(.locateTitle(place.label), .locateQuestion(place.label))
        page.tables = [PageTable(nil, unnumbered: Self.chain(location))]
        let subject = location.building.map(Place.feature) ?? place
        var layers = [MapLayer(.subject, .askedPlace, subject, labelled: true)]
        if let smallest = location.boundaries.first {
            layers.insert(MapLayer(.area, .smallestArea, [smallest]), at: 0)
        }
        try page.draw(layers, of: atlas)
        return page
    }

    /// The position, the building, and the areas that hold it, smallest first.
    static func chain(_ location: Location) -> [AnswerRow] {
        func row(_ what: Text, _ name: String, _ ref: String) -> AnswerRow {
            AnswerRow(
                nil,
                [
                    .init("what", .what, .text(what.spoken)), .init("name", .name, .text(name)),
                    .init("ref", .ref, .text(ref)),
                ])
        }
        let position = Place.position(location.position).label
        var rows = [row(.position, position, "")]
        if let building = location.building { rows.append(row(.building, building.paperName, building.ref)) }
        for boundary in location.boundaries {
            rows.append(row(boundary.level?.title ?? .boundary, boundary.label, boundary.text("code") ?? boundary.ref))
        }
        for zone in location.zones { rows.append(row(.zone, zone.label, zone.ref)) }
        if location.boundaries.isEmpty { rows.append(row(.boundary, Text.inNoBoundary.spoken, "")) }
        return rows
    }
}
