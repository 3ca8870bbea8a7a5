import Atlas
import Messages

/// The rows of a layer, on paper.
func listPage(
    _ table: PageTable, _ records: [StoredFeature], _ layer: Layer, _ filter: RecordFilter, order: Text?, _ atlas: Atlas
) throws -> Page {
    var page = Page(.listTitle(filter.kind.map { Text(zh: $0, en: $0) } ?? layer.title), order)
    page.tell(areas: filter.areas.map(\.label))
    page.tell(condition: filter.expression, of: layer)
    if let box = filter.box {
        page.tell(.box([box.west, box.south, box.east, box.north].map { JSONValue.digits($0, decimals: 7) }))
    }
    page.tables = [table]
    let style: MapStyle =
        switch layer {
        case .boundary, .zone: .neighbour
        case .station: .station
        default: .found
        }
    try page.draw(
        [
            MapLayer(.area, .areasAsked, filter.areas, labelled: true).unframed,
            MapLayer(style, .numberedRows, numbered: records),
        ], of: atlas)
    return page
}

extension ListCommand {
    /// Rows, on paper.
    func page(
        _ table: PageTable, _ records: [StoredFeature], _ layer: Layer, _ filter: RecordFilter, sort: String?,
        descends: Bool, limit: Int?,
        _ atlas: Atlas
    ) throws -> Page {
        let column = sort.map { $0.hasPrefix("-") ? String($0.dropFirst()) : $0 }
        let title = column.map { layer.column($0)?.title ?? Text(zh: $0, en: $0) }
        let order = title.map { Text.sortedBy($0, descends: descends, limit: limit) } ?? limit.map(Text.firstRows)
        return try listPage(table, records, layer, filter, order: order, atlas)
    }

    /// Totals per boundary, on paper.
    func page(
        _ rows: [AnswerRow], _ layer: Layer, _ filter: RecordFilter, per level: BoundaryLevel, summed: Set<String>?,
        _ atlas: Atlas
    ) throws -> Page {
        var page = Page(.totalsTitle(layer.title, level.title), .totalsQuestion(layer.title, level.title))
        page.tell(areas: filter.areas.map(\.label))
        page.tell(condition: filter.expression, of: layer)
        var table = PageTable(nil, rows)
        // Of groups that are withheld there is no sum.
        table.summed = summed?.union(["count"]) ?? []
        page.tables = [table]
        try page.draw([MapLayer(.neighbour, .numberedRows, numbered: rows)], of: atlas)
        return page
    }
}
