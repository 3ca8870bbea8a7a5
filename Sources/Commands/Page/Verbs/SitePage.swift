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
        page.tell(request, weight: plan.weightUnit)
        page.tell(walking: request.walking)
        if request.walking.direction == .away { page.tell(.away) }
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
    func page(_ request: CostRequest, sources: [String]) -> Page {
        var page = page(.siteTitle(Text.stationsOfKind(nil).spoken), .siteQuestion(plan.goal.rawValue, nil))
        page.tell(request)
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

extension Page {
    /// Tells what a plan over an atlas has to keep to.
    fileprivate mutating func tell(_ request: SiteRequest, weight: SitePlan.WeightUnit) {
        if let count = request.stationCount { tell(.stationCount(count)) }
        if request.isFromScratch { tell(.fromScratch) }
        switch request.candidates {
        case .buildings(nil): break
        case .buildings(let condition?): tell(.sites(inBuildings: Self.words(condition, .building)))
        case .stations(let filter): tell(.sites(atStations: filter.expression.map { Self.words($0, .station) }))
        case .file(let path): tell(.sites(ofFile: path.split(separator: "/").last.map(String.init) ?? path))
        }
        tell(.weight(Self.words(weight)))
        if let share = request.eachAtLeast { tell(.eachAtLeast(PageNumber.asked(share * 100))) }
        if let capacity = request.capacity { tell(.capacity(Self.words(capacity))) }
        if let cost = request.siteCost { tell(.cost(Self.words(cost))) }
        if let budget = request.budget { tell(.budget(PageNumber.asked(budget))) }
        if request.backup > 1 { tell(.backup(request.backup)) }
        if request.isEquitable { tell(.equity) }
        if request.comparesApart { tell(.apart) }
        if let count = request.rankedCount { tell(.ranked(count)) }
    }

    /// Tells what a plan over the user's own costs has to keep to.
    fileprivate mutating func tell(_ request: CostRequest) {
        if let count = request.stationCount { tell(.stationCount(count)) }
        if let radius = request.radius { tell(.radius(PageNumber.asked(radius))) }
        if let capacity = request.capacity { tell(.capacity(.plain(PageNumber.asked(capacity)))) }
        if let cost = request.siteCost { tell(.cost(.plain(PageNumber.asked(cost)))) }
        if let budget = request.budget { tell(.budget(PageNumber.asked(budget))) }
        if request.backup > 1 { tell(.backup(request.backup)) }
        if let count = request.rankedCount { tell(.ranked(count)) }
    }

    private static func words(_ condition: String, _ layer: Layer) -> Text {
        ConditionWords.text(condition) { layer.column($0)?.title }
    }

    private static func words(_ unit: SitePlan.WeightUnit) -> Text {
        switch unit {
        case .floorArea: .byFloorArea
        case .residents: .byResidents
        case .count: .byCount
        case .column(let name): Layer.building.column(name)?.title ?? .plain(name)
        }
    }

    private static func words(_ amount: SiteRequest.Amount) -> Text {
        switch amount {
        case .number(let number): .plain(PageNumber.asked(number))
        case .column(let name): (Layer.building.column(name) ?? Layer.station.column(name))?.title ?? .plain(name)
        }
    }
}
