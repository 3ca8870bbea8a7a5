import Atlas
import Messages

extension BorderCommand {
    /// What lies along a border, on paper.
    func page(_ services: BorderServices, _ query: BorderQuery, _ atlas: Atlas) throws -> Page {
        let (a, b, kind) = (name(query.a, query), name(query.b, query), query.stations.kind)
        let kindName = kind ?? Text.stationsOfKind(nil).spoken
        let minutes = PageNumber.text(query.minutes, decimals: 1)
        let isRadius = query.means == .radius
        var page = Page(
            .borderTitle(a, b, kindName, isUnserved: unserved),
            .borderQuestion(
                a, b, within: PageNumber.text(query.withinMeters, decimals: 1), kindName, minutes: minutes,
                isUnserved: unserved, byRadius: isRadius))
        page.tell(condition: condition, of: .building)
        page.tell(walking: query.walking, query.means)
        page.findings = [
            .borderSummary(services.border?.contact, a, b),
            .borderFinding(services.buildings.count, unserved: services.unserved, kindName, minutes: minutes),
        ]
        let shown = services.buildings.filter { !unserved || $0.servedBy == nil }
        let redundant: Set = unserved ? ["servedBy", "servedOnlyAcross", "nearerAcross", "seconds"] : []
        let rows = shown.map { row($0, query).leaving(out: redundant).withBuildingDetails }
        page.tables = [
            PageTable(.alongTitle, rows),
            PageTable(.sidesTitle, unnumbered: [true, false].map { summary(services, query, isInA: $0) }),
        ]
        if !unserved, !services.crossings.isEmpty {
            page.tables.append(PageTable(.crossingsTitle, unnumbered: services.crossings.map(row)))
        }
        let areas = MapLayer(.area, .areasAsked, [query.a, query.b], labelled: true)
        try page.draw(
            [
                rows.isEmpty ? areas : areas.unframed,
                MapLayer(.station, .stationsOfKind(kind), try atlas.list(.station, filter: query.stations)).unframed,
                MapLayer(.found, .numberedRows, numbered: rows),
            ], of: atlas)
        return page
    }
}
