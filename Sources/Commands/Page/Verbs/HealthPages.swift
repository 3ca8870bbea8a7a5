import Atlas
import Messages
import Spatial

extension InfoCommand {
    /// What the atlas holds, on paper.
    func page(_ info: AtlasInfo, _ atlas: Atlas) throws -> Page {
        var page = Page(.infoTitle)
        page.terms = info.publishing.declared.map { ($0.name, $0.value ?? .undeclared) }
        if !info.elevation.isEmpty {
            let tiles = elevation(info.elevation)
            page.terms.append((.elevation, Text(zh: tiles, en: tiles)))
        }
        page.findings = [.extentFinding(PageNumber.text(info.extentSquareKilometers, decimals: 1))]
        if info.rejected + info.repaired > 0 { page.findings.append(.healthFinding(info.rejected, info.repaired)) }
        if let last = info.lastChange {
            page.findings.append(.changesMade(info.changes, .verb(last.verb), last.madeAt))
        }
        page.tables = [PageTable(.layersTitle, unnumbered: layerRows(info).map { $0.leaving(out: ["extent"]) })]
        if !info.stationKinds.isEmpty {
            var kinds = PageTable(
                .stationKindsTitle,
                unnumbered: Self.kinds(info).map { kind, count in
                    AnswerRow(nil, [.init("kind", .kind, .text(kind)), count])
                })
            kinds.summed = info.stationKinds.contains { $0.count == nil } ? [] : ["count"]
            page.tables.append(kinds)
        }
        if !info.savedLayers.isEmpty {
            let saved = info.savedLayers.map { layer in
                AnswerRow(
                    nil,
                    [
                        .init("name", .name, .text(layer.name)),
                        .init("count", .count, .integer(Int64(layer.count))),
                        .init("description", .questionTerm, .text(layer.description)),
                    ])
            }
            page.tables.append(PageTable(.savedLayers, unnumbered: saved))
        }
        if !info.sources.isEmpty { page.tables.append(PageTable(.importsTitle, unnumbered: sourceRows(info))) }
        try page.draw(
            [MapLayer(.area, .extentLegend, [.init(wkb: Self.outline(info.extent))])].filter { _ in !info.extent.isEmpty
            },
            of: atlas)
        return page
    }

    private static func outline(_ box: BoundingBox) -> [UInt8] {
        let corners = [
            LonLat(box.west, box.south), LonLat(box.east, box.south), LonLat(box.east, box.north),
            LonLat(box.west, box.north), LonLat(box.west, box.south),
        ]
        return Geometry.polygon(Polygon(LineString(corners))).wkb
    }
}

extension CheckCommand {
    /// What is wrong with the data, on paper.
    func page(_ rows: [AnswerRow], _ layers: [Layer], _ atlas: Atlas) throws -> Page {
        let titles = layers.map(\.title)
        var page = Page(.checkTitle, layers.count == Layer.all.count ? nil : .checkQuestion(titles))
        page.findings = [rows.isEmpty ? .nothingWrong : .findingCount(rows.count)]
        var table = PageTable(nil, rows, empty: .nothingWrong)
        table.leftOut.insert("repair")
        page.tables = rows.isEmpty ? [] : [table]
        try page.draw([MapLayer(.found, .numberedRows, numbered: rows)], of: atlas)
        return page
    }
}
