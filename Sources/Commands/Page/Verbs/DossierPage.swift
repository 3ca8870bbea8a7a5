import Atlas
import Messages

extension PageCommand {
    /// One building on one sheet.
    func page(_ dossier: Dossier, _ minutes: Double, _ walking: WalkingOptions, _ atlas: Atlas) throws -> Page {
        let building = dossier.building
        var page = Page(.dossierTitle(building.label))
        page.isCompact = true
        page.record = record(building).map { ($0.title, Self.text($0, of: building.layer)) }
        page.terms.append((.chainTitle, Self.chain(dossier)))
        page.tell(walking: walking)
        let stations = ToldStations(stations(dossier))
        page.tables = tables(dossier, stations, PageNumber.text(minutes, decimals: 1))
        var layers: [MapLayer] = []
        if let smallest = dossier.boundaries.first {
            layers.append(MapLayer(.area, .smallestArea, [smallest]).unframed)
        }
        layers.append(MapLayer(.station, .stationsByNumber, numbered: stations.rows))
        layers.append(MapLayer(.subject, .thisBuilding, [building], labelled: true))
        page.provenance = try PageProvenance(atlas)
        try page.draw(layers, of: atlas, height: DossierSheet(page).mapMillimeters)
        return page
    }

    /// A value as the record holds it; only numbers of the layer's own columns are set out.
    private static func text(_ field: AnswerRow.Field, of layer: Layer) -> String {
        guard layer.column(field.key) != nil, let number = field.number, abs(number) >= 10_000 else {
            return field.shown ?? field.value.cell
        }
        let decimals = JSONValue.digits(number, decimals: 3).split(separator: ".").dropFirst().first?.count ?? 0
        return PageNumber.fixed(number, decimals: decimals, isGrouped: true)
    }

    /// The areas that hold the building, smallest first.
    private static func chain(_ dossier: Dossier) -> Text {
        let areas =
            dossier.boundaries.map { ($0.label, $0.level?.title) }
            + dossier.zones.map { zone in (zone.label, zone.text("kind").map { Text(zh: $0, en: $0) }) }
        guard !areas.isEmpty else { return .inNoBoundary }
        func words(_ language: Language) -> String {
            areas.map { name, kind in
                kind.map { Text.withAddress(name, $0[language])[language] } ?? name
            }.joined(separator: Text.listSeparator[language])
        }
        return Text(zh: words(.zh), en: words(.en))
    }

    /// What is beside the building and its area, then the stations.
    private func tables(_ dossier: Dossier, _ stations: ToldStations, _ minutes: String) -> [PageTable] {
        let next = neighbours(dossier).map { $0.withBuildingDetails.leaving(out: ["contact", "gapMeters"]) }
        var tables = [PageTable(.nextBuildingsTitle, unnumbered: next, empty: .noNextBuildings)]
        if let smallest = dossier.boundaries.first {
            let areas = areas(dossier).map { $0.leaving(out: ["level", "waterShare", "gapMeters"]) }
            tables.append(PageTable(.nextAreasTitle(smallest.label), unnumbered: areas, empty: .noNeighbours))
        }
        let title =
            stations.ofEachKind.map { Text.nearestStationsWithin(minutes, stations.count, ofEachKind: $0) }
            ?? .stationsWithin(minutes)
        tables.append(
            PageTable(title, stations.rows, empty: dossier.stations == nil ? .noStreetsToWalk : .noStationsWithin))
        for index in tables.indices { tables[index].tellsAddress = false }
        return tables
    }
}

/// The stations that one sheet has room for: all, or the nearest of each kind.
private struct ToldStations {
    let rows: [AnswerRow]
    /// How many there are.
    let count: Int
    /// How many of each kind are told; `nil` where all are.
    let ofEachKind: Int?

    private static let most = 20

    /// Keeps as many of each kind as there is room for.
    ///
    /// - Parameter all: by kind, of each kind nearest first.
    init(_ all: [AnswerRow]) {
        count = all.count
        var ranks: [Int] = []
        for (index, row) in all.enumerated() {
            let isNext = index > 0 && row.place?.text("kind") == all[index - 1].place?.text("kind")
            ranks.append(isNext ? ranks[index - 1] + 1 : 1)
        }
        var most = ranks.max() ?? 0
        while most > 1, ranks.count(where: { $0 <= most }) > Self.most { most -= 1 }
        rows = zip(all, ranks).filter { $1 <= most }.map(\.0)
        ofEachKind = rows.count < all.count ? most : nil
    }
}

/// How the height of a sheet is shared out: what the text leaves is the map's.
private struct DossierSheet {
    private let page: Page

    init(_ page: Page) { self.page = page }

    /// The height of the map, between what shows something and what is enough.
    var mapMillimeters: Int { Int(min(max(Self.height - text, 45), 100)) }

    /// Between the margins of A4, less what lines may need beyond the estimate.
    private static let height = 262.0 - 10
    /// Title, day, legend and lines to sign.
    private static let fixed = 15.0 + 12 + 16
    private static let row = 5.0

    private var text: Double {
        let terms = page.terms.map(\.value.spoken) + [page.provenance.sources.joined(separator: "、"), ""]
        let termLines = terms.reduce(0) { $0 + Self.lines($1, of: 92) }
        var recordLines = 0
        for start in stride(from: 0, to: page.record.count, by: 2) {
            let cells = page.record[start..<min(start + 2, page.record.count)]
            let lines = cells.map { max(Self.lines($0.name.spoken, of: 20), Self.lines($0.value, of: 32)) }
            recordLines += lines.max() ?? 0
        }
        let left = page.tables.dropLast().reduce(0) { $0 + Self.height(of: $1, namesOf: 14) }
        let right = page.tables.last.map { Self.height(of: $0, namesOf: 28) } ?? 0
        return Self.fixed + 5.8 * Double(termLines) + Self.row * Double(recordLines) + max(left, right)
    }

    private static func height(of table: PageTable, namesOf width: Int) -> Double {
        let count = table.rows.reduce(0) { $0 + lines($1.place?.label ?? "", of: width) }
        return 9 + (count == 0 ? 5 : row * (Double(count) + 2.5))
    }

    private static func lines(_ text: String, of width: Int) -> Int {
        max(1, (TextTable.width(text) + width - 1) / width)
    }
}
