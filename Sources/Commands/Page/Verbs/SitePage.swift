import Atlas
import Messages

extension SiteAnswer {
    /// A plan over an atlas, on paper, with its map.
    func page(_ request: SiteRequest, _ map: SiteMap, _ atlas: Atlas) throws -> Page {
        var page = page(
            .siteTitle(request.stations.kind ?? Text.stationsOfKind(nil).spoken),
            .siteQuestion(plan.goal.rawValue, PageNumber.text(request.minutes, decimals: 1)))
        page.tell(areas: request.demand.areas.map(\.label))
        page.tell(condition: request.demand.expression, of: .building)
        page.tell(walking: request.walking)
        try page.draw(
            [
                MapLayer(.link, .servedByLine, map.lines.map { MapLayer.Shape(wkb: $0) }).unframed,
                MapLayer(.found, .notServedLegend, map.unserved.map { MapLayer.Shape(wkb: $0.wkb) }),
                MapLayer(.station, .keptStations, keptRows.map { MapLayer.Shape(wkb: $0.wkb) }),
                MapLayer(.chosen, .newStations, numbered: stationRows),
            ], of: atlas)
        return page
    }

    /// A plan over the user's own costs, on paper: without a map.
    func page(sources: [String]) -> Page {
        var page = page(.siteTitle(Text.stationsOfKind(nil).spoken), .siteQuestion(plan.goal.rawValue, nil))
        page.provenance = PageProvenance(sources: sources)
        return page
    }

    private func page(_ title: Text, _ question: Text) -> Page {
        var page = Page(title, question)
        page.findings = SiteExplanation(plan, stationCount: stationCount).lines
        page.tables = [PageTable(.newStations, forReading(stationRows), empty: .noNewStation)]
        if !plan.boundaries.isEmpty { page.tables.append(PageTable(.boundariesTitle, unnumbered: boundaryRows)) }
        if rankedCount != nil { page.tables.append(PageTable(.rankingTitle, unnumbered: forReading(rankingRows))) }
        if !keptRows.isEmpty {
            let kept = keptRows.map { $0.leaving(out: ["order", "gain"]) }
            page.tables.append(PageTable(.keptStations, unnumbered: forReading(kept)))
        }
        return page
    }
}
