import Atlas
import Messages

extension ReachCommand {
    /// Service areas, on paper: the smallest lies on top.
    func page(_ rows: [AnswerRow], _ query: ReachQuery, _ minutes: [Double], _ atlas: Atlas) throws -> Page {
        let names = query.places.map(\.label)
        let told = minutes.map { PageNumber.text($0, decimals: 1) }
        var page = Page(.reachTitle(names), .reachQuestion(names, told, isAway: direction == .away))
        page.tell(walking: query.walking, query.means)
        page.tables = [PageTable(nil, unnumbered: rows, empty: .nothing)]
        var layers: [MapLayer] = []
        for (index, minute) in minutes.enumerated().reversed() {
            let areas = rows.indices.filter { $0 % minutes.count == index }
            layers.append(
                MapLayer(
                    .ring(minutes.count == 1 ? 1 : index), .withinMinutes(told[index]),
                    areas.map { MapLayer.Shape(wkb: rows[$0].wkb) }))
            _ = minute
        }
        layers += query.places.enumerated().map { MapLayer(.subject, $0 == 0 ? .askedPlace : nil, $1, labelled: true) }
        try page.draw(layers, of: atlas)
        return page
    }

    /// What lies in reach, on paper.
    func page(
        _ rows: [AnswerRow], _ query: ReachQuery, _ minutes: Double, _ layer: Layer, _ filter: RecordFilter,
        _ atlas: Atlas
    ) throws -> Page {
        let names = query.places.map(\.label)
        let what = filter.kind.map { Text(zh: $0, en: $0) } ?? layer.title
        var page = Page(
            .reachListTitle(names, what),
            .reachListQuestion(names, what, PageNumber.text(minutes, decimals: 1), isAway: direction == .away))
        page.tell(areas: filter.areas.map(\.label))
        page.tell(condition: filter.expression, of: layer)
        page.tell(walking: query.walking, query.means)
        let rows = rows.map(\.withBuildingDetails)
        page.tables = [PageTable(nil, rows, empty: .nothingInReach)]
        var layers = query.places.enumerated().map {
            MapLayer(.subject, $0 == 0 ? .askedPlace : nil, $1, labelled: true)
        }
        layers.append(MapLayer(layer == .station ? .station : .found, .numberedRows, numbered: rows))
        try page.draw(layers, of: atlas)
        return page
    }
}

extension CoverageCommand {
    /// What of a coverage stands on paper.
    struct Paper {
        let query: CoverageQuery
        let coverage: Coverage
        /// Boundary by boundary, in the coverage's order.
        let rows: [AnswerRow]
        /// The total, and what it was before a trial.
        let closing: [AnswerRow]
        let spots: [AnswerRow]
        let services: [AnswerRow]
    }

    /// How much of every area is covered, on paper.
    func page(_ paper: Paper, _ atlas: Atlas) throws -> Page {
        let (coverage, query) = (paper.coverage, paper.query)
        let kind = query.stations.kind ?? Text.stationsOfKind(nil).spoken
        let minutes = PageNumber.text(query.minutes, decimals: 1)
        var page = Page(
            .coverageTitle(kind, minutes),
            .coverageQuestion(kind, minutes, query.level.title, byRadius: query.means == .radius))
        page.tell(areas: query.buildings.areas.map(\.label))
        page.tell(condition: query.buildings.expression, of: .building)
        if !query.added.isEmpty { page.tell(.added(query.added.map(\.label))) }
        if !query.removed.isEmpty {
            let removed = try atlas.places(.station, fids: query.removed)
            page.tell(.removed(removed.sorted { $0.key < $1.key }.map(\.value.label)))
        }
        page.tell(walking: query.walking, query.means)
        page.findings = [
            .coverageFinding(
                coverage.total.buildings, coverage.total.reached,
                share: coverage.total.share.map { PageNumber.text($0 * 100, decimals: 1) } ?? "—", kind, minutes)
        ]
        if coverage.withheld?.withholdsReach(of: nil) == true { page.findings = [] }
        if coverage.knowsResidents { page.findings.append(.residentsEstimated) }
        let hidden = unknown(coverage)
        var table = PageTable(.perLevelTitle(query.level.title), paper.rows.map { $0.leaving(out: hidden) })
        table.closing = paper.closing.map { $0.leaving(out: hidden) }
        table.isNumbered = !blindSpots
        page.tables = [table]
        if across { page.tables.append(PageTable(.acrossTitle, unnumbered: paper.services, empty: .noneAcross)) }
        let spots = paper.spots.map(\.withBuildingDetails)
        if blindSpots { page.tables.append(PageTable(.blindSpotsTitle, spots, empty: .noBlindSpots)) }
        var layers = shares(paper, isNumbered: !blindSpots)
        layers.append(
            MapLayer(.station, .stationsOfKind(query.stations.kind), try atlas.list(.station, filter: query.stations))
                .unframed)
        layers += query.added.map { MapLayer(.chosen, .addedStation, $0) }
        if blindSpots { layers.append(MapLayer(.found, .blindSpotsLegend, numbered: spots)) }
        try page.draw(layers, of: atlas)
        return page
    }

    /// The areas by classes of their share.
    private func shares(_ paper: Paper, isNumbered: Bool) -> [MapLayer] {
        let limits = [0.5, 0.7, 0.85, 0.95]
        var shapes = Array(repeating: [MapLayer.Shape](), count: limits.count + 1)
        for (index, (boundary, count)) in paper.coverage.boundaries.enumerated() {
            guard let boundary, let share = count.share, paper.coverage.withheld?.withholdsReach(of: index) != true
            else { continue }
            shapes[limits.count { $0 <= share }].append(
                MapLayer.Shape(wkb: boundary.wkb, number: isNumbered ? index + 1 : nil))
        }
        return shapes.enumerated().map { index, shapes in
            let low = index > 0 ? Int(limits[index - 1] * 100) : nil
            let high = index < limits.count ? Int(limits[index] * 100) : nil
            return MapLayer(.share(index), .shareClass(from: low, to: high), shapes)
        }
    }
}
