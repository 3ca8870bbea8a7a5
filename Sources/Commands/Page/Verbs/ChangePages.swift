import Atlas
import Messages
import Spatial

extension DiffCommand {
    /// What came, went, moved and changed, on paper.
    ///
    /// - Parameters:
    ///   - entries: what differs.
    ///   - areas: the areas that hold it.
    ///   - atlas: the later state, which the map shows around it.
    /// - Returns: the page.
    /// - Throws: `Failure`.
    func page(_ entries: [DiffEntry], in areas: [StoredFeature], _ atlas: Atlas) throws -> Page {
        let question: Text =
            files.count == 2
            ? .diffOfFiles(fileName(files[0]), fileName(files[1])) : .diffOfDates(from ?? "", to)
        var page = Page(.diffTitle, question)
        page.tell(areas: areas.map(\.label))
        page.findings = [.diffFinding(DiffEntry.Kind.allCases.map { kind in entries.count { $0.kinds.first == kind } })]
        let layers = Set(entries.map(\.feature.layer.name))
        let rows = entries.map { $0.row(onPaper: layers.count > 1) }
        page.tables = [PageTable(nil, rows, empty: .noDifference)]
        func shapes(_ isMeant: (DiffEntry.Kind) -> Bool) -> [MapLayer.Shape] {
            entries.enumerated().compactMap { index, entry in
                guard let kind = entry.kinds.first, isMeant(kind) else { return nil }
                return MapLayer.Shape(
                    wkb: entry.feature.wkb, number: index < PageTable.mostRows ? index + 1 : nil)
            }
        }
        try page.draw(
            [
                MapLayer(.area, .areasAsked, areas, labelled: true).unframed,
                MapLayer(.found, .changedLegend, shapes { ![.came, .went].contains($0) }),
                MapLayer(.gone, .wentLegend, shapes { $0 == .went }),
                MapLayer(.chosen, .cameLegend, shapes { $0 == .came }),
            ], of: atlas)
        return page
    }

    private func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}

extension HistoryCommand {
    /// What happened to one record, on paper.
    func page(_ rows: [AnswerRow], of id: String, _ feature: StoredFeature?, _ atlas: Atlas) throws -> Page {
        var page = Page(.historyTitle(feature?.label ?? id))
        page.terms = [(.record, Text(zh: id, en: id))]
        page.tables = [PageTable(nil, unnumbered: rows, empty: .noChanges)]
        let place = feature.map { [$0] } ?? []
        try page.draw([MapLayer(.subject, .thisRecord, place, labelled: true)], of: atlas, height: 60)
        return page
    }

    /// All changes of the atlas, on paper.
    func page(_ rows: [AnswerRow], _ atlas: Atlas) throws -> Page {
        var page = Page(.changesTitle)
        page.tables = [PageTable(nil, unnumbered: rows, empty: .noChanges)]
        try page.draw([], of: atlas)
        return page
    }
}
