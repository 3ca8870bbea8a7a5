import Atlas
import Messages

extension AdjacentCommand {
    /// The neighbours of an area or a building, on paper.
    func page(_ rows: [AnswerRow], of place: StoredFeature, findings: [Text], _ atlas: Atlas) throws -> Page {
        let isArea = place.layer != .building
        var page = Page(
            .adjacentTitle(place.label, isArea: isArea),
            .adjacentQuestion(place.label, isArea: isArea, meters: isArea ? tolerance : gap))
        page.findings = findings
        page.tables = [PageTable(nil, rows, empty: .noNeighbours)]
        try page.draw(
            [
                MapLayer(isArea ? .neighbour : .found, .numberedRows, numbered: rows),
                MapLayer(isArea ? .area : .subject, .askedPlace, [place], labelled: true),
            ], of: atlas)
        return page
    }

    /// Pairs of neighbours, on paper.
    func page(_ pairs: [(StoredFeature, StoredFeature, [AnswerRow.Field])], _ layer: Layer, _ atlas: Atlas) throws
        -> Page
    {
        var page = Page(.pairsPageTitle(layer.title))
        let rows = pairs.map { a, b, fields in
            AnswerRow(
                nil,
                [
                    .init("a", .firstOfPair, .text(a.paperName)), .init("b", .secondOfPair, .text(b.paperName)),
                ] + fields)
        }
        page.tables = [PageTable(nil, unnumbered: rows, empty: .noNeighbours)]
        var seen: Set<String> = []
        let places = pairs.flatMap { [$0.0, $0.1] }.filter { seen.insert($0.id).inserted }
        try page.draw([MapLayer(layer == .building ? .found : .neighbour, layer.title, places)], of: atlas)
        return page
    }
}
