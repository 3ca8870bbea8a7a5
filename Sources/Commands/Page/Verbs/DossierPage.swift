import Atlas
import Messages

extension PageCommand {
    /// One building, on paper.
    func page(_ dossier: Dossier, _ minutes: Double, _ walking: WalkingOptions, _ atlas: Atlas) throws -> Page {
        let building = dossier.building
        var page = Page(.dossierTitle(building.label))
        page.record = record(building).map { ($0.title, PageNumber.text($0)) }
        page.tell(walking: walking)
        let stations = stations(dossier)
        page.tables = [PageTable(.chainTitle, unnumbered: chain(dossier), empty: .inNoBoundary)]
        page.tables.append(
            PageTable(
                .nextBuildingsTitle, unnumbered: neighbours(dossier).map(\.withBuildingDetails), empty: .noNeighbours))
        if let smallest = dossier.boundaries.first {
            page.tables.append(
                PageTable(.nextAreasTitle(smallest.label), unnumbered: areas(dossier), empty: .noNeighbours))
        }
        page.tables.append(
            PageTable(
                .stationsWithin(PageNumber.text(minutes, decimals: 1)), stations,
                empty: dossier.stations == nil ? .noStreetsToWalk : .noStationsWithin))
        var layers: [MapLayer] = []
        if let smallest = dossier.boundaries.first {
            layers.append(MapLayer(.area, .smallestArea, [smallest]).unframed)
        }
        layers.append(MapLayer(.station, .stationsByNumber, numbered: stations))
        layers.append(MapLayer(.subject, .thisBuilding, [building], labelled: true))
        try page.draw(layers, of: atlas)
        return page
    }
}
