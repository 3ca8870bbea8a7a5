import Atlas
import Messages

extension SiteAnswer {
    /// A plan over an atlas, on paper, with its map.
    func page(_ request: SiteRequest, _ map: SiteMap, _ atlas: Atlas) throws -> Page {
        var page = page(
            .siteTitle(request.stations.kind ?? Text.stationsOfKind(nil).spoken),
            .siteQuestion(plan.goal.rawValue, PageNumber.text(request.minutes, decimals: 1)))
        page.tell(areas: request.demand.areas.map(plan.name(of:)))
        page.tell(condition: request.demand.expression, of: .building)
        page.tell(walking: request.walking)
        let kept = MapLayer(.station, .keptStations, keptRows.map { MapLayer.Shape(wkb: $0.wkb) })
        try page.draw(
            [
                MapLayer(.area, .areasAsked, request.demand.areas, labelled: true).unframed,
                MapLayer(.link, .servedByLine, map.lines.map { MapLayer.Shape(wkb: $0) }),
                MapLayer(.found, .notServedLegend, map.unserved.map { MapLayer.Shape(wkb: $0.wkb) }),
                request.demand.areas.isEmpty ? kept : kept.unframed,
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
        page.findings = SiteExplanation(plan, stationCount: stationCount).reasons
        page.tables = [
            PageTable(.newStations, forReading(stationRows.map { $0.leaving(out: ["order"]) }), empty: .noNewStation)
        ]
        if !plan.boundaries.isEmpty { page.tables.append(PageTable(.boundariesTitle, unnumbered: boundaryRows)) }
        if rankedCount != nil { page.tables.append(PageTable(.rankingTitle, unnumbered: forReading(rankingRows))) }
        if !keptRows.isEmpty {
            let kept = keptRows.map { $0.leaving(out: ["order", "gain"]) }
            page.tables.append(PageTable(.keptStations, unnumbered: forReading(kept)))
        }
        return page
    }
}
