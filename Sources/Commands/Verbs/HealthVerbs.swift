import ArgumentParser
import Atlas
import Foundation
import Messages
import Spatial

/// `louyu info`
struct InfoCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "info", abstract: Text.helpInfo.spoken)
    }

    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        let opened = try atlas.open(answeringTo: output)
        if output.chosenFormat == .html {
            return try output.write(opened.snapshot { try page(told(opened.info()), opened) })
        }
        let info = try told(opened.info())
        try output.write(object: json(info), table: table(info), rows: layerRows(info))
    }

    /// The same; says how many of its numbers are withheld.
    private func told(_ info: AtlasInfo) -> AtlasInfo {
        Publication.tell(withheldGroups: info.stationKinds.count { $0.count == nil })
        return info
    }

    private func json(_ info: AtlasInfo) -> JSONValue {
        let layers = info.layers.map { layer in
            (
                layer.layer.name,
                JSONValue.object([
                    ("count", .integer(Int64(layer.count))), ("ended", .integer(Int64(layer.ended))),
                    ("extent", Self.box(layer.extent)),
                ])
            )
        }
        let sources = info.sources.map { source in
            JSONValue.object([
                ("layer", .text(source.layer)), ("file", .optional(source.file.isEmpty ? nil : source.file)),
                ("sha256", .optional(source.sha256)),
                ("crs", .text(source.crs)), ("importedAt", .text(source.importedAt)),
                ("read", .integer(Int64(source.read))), ("rejected", .integer(Int64(source.rejected))),
            ])
        }
        let tiles = info.elevation.map { tile in
            JSONValue.object([
                ("name", .text(tile.name)), ("spacingArcSeconds", .integer(Int64(tile.spacingArcSeconds))),
                ("extent", Self.box(tile.box)),
            ])
        }
        return .object(
            [
                ("file", .text(toldPath)), ("layers", .object(layers)), ("elevation", .array(tiles)),
                ("extent", Self.box(info.extent)),
                ("extentSquareKilometers", .number(info.extentSquareKilometers, decimals: 3)),
                ("stationKinds", .object(Self.kinds(info).map { ($0.kind, $0.field.value) })),
                ("sources", .array(sources)), ("rejectedRecords", .integer(Int64(info.rejected))),
                ("repairedGeometries", .integer(Int64(info.repaired))),
                ("dataVersion", .integer(Int64(info.dataVersion))),
                ("changes", .integer(Int64(info.changes))), ("lastChange", info.lastChange?.json ?? .null),
                ("savedLayers", .array(info.savedLayers.map(Self.saved))),
            ] + info.publishing.members)
    }

    /// The atlas as it is told: to the public without the folders it is in.
    private var toldPath: String { output.isPublic ? URL(filePath: atlas.path).lastPathComponent : atlas.path }

    /// The kinds of stations; the numbers of some are withheld from the public.
    static func kinds(_ info: AtlasInfo) -> [(kind: String, field: AnswerRow.Field)] {
        info.stationKinds.map { kind, count in
            guard let count else { return (kind, .withheld("count", .count)) }
            return (kind, AnswerRow.Field("count", .count, .integer(Int64(count))))
        }
    }

    private static func saved(_ layer: SavedLayer) -> JSONValue {
        .object([
            ("name", .text(layer.name)), ("count", .integer(Int64(layer.count))),
            ("description", .text(layer.description)),
        ])
    }

    private static func box(_ box: BoundingBox) -> JSONValue {
        guard !box.isEmpty else { return .null }
        return .array([.degrees(box.west), .degrees(box.south), .degrees(box.east), .degrees(box.north)])
    }

    func layerRows(_ info: AtlasInfo) -> [AnswerRow] {
        info.layers.filter { $0.count + $0.ended > 0 }.map { layer in
            AnswerRow(
                nil,
                [
                    .init("layer", .layer, .text(layer.layer.name), shown: layer.layer.title.spoken),
                    .init("count", .count, .integer(Int64(layer.count))),
                    .init("ended", .ended, .integer(Int64(layer.ended))),
                    .init(
                        "extent", .extent,
                        .text(
                            layer.extent.isEmpty ? "" : Self.box(layer.extent).json.trimmingCharacters(in: ["[", "]"]))),
                ])
        }
    }

    /// How many tiles there are of which spacing, and the first of them by name.
    func elevation(_ tiles: [StoredTile]) -> String {
        Dictionary(grouping: tiles, by: \.spacingArcSeconds).sorted { $0.key < $1.key }.map { spacing, tiles in
            let names = tiles.prefix(Self.mostTileNames).map(\.name) + (tiles.count > Self.mostTileNames ? ["…"] : [])
            let list = names.joined(separator: Text.listSeparator.spoken)
            return Text.tiles(tiles.count, arcSeconds: spacing, list).spoken
        }.joined(separator: "; ")
    }

    private static let mostTileNames = 8

    private func table(_ info: AtlasInfo) -> String {
        var text = "\(toldPath)\n" + layerRows(info).table(in: Speech.language)
        let area = JSONValue.digits(info.extentSquareKilometers, decimals: 1)
        text += "\n\(Text.extentArea.spoken): \(area)\n" + info.publishing.lines
        if !info.stationKinds.isEmpty {
            text +=
                "\(Text.kind.spoken): "
                + Self.kinds(info).map { "\($0.kind) \($0.field.shown ?? $0.field.value.cell)" }.joined(separator: ", ")
                + "\n"
        }
        if !info.elevation.isEmpty { text += "\(Text.elevation.spoken): \(elevation(info.elevation))\n" }
        if info.rejected + info.repaired > 0 {
            text += "\(Text.rejected.spoken): \(info.rejected)  \(Text.repaired.spoken): \(info.repaired)\n"
        }
        if let last = info.lastChange {
            text += Text.changesMade(info.changes, .verb(last.verb), last.madeAt).spoken + "\n"
        }
        if !info.savedLayers.isEmpty {
            let list = info.savedLayers.map { "\(TextTable.printable($0.name)) (\($0.count))" }
            text += "\(Text.savedLayers.spoken): \(list.joined(separator: Text.listSeparator.spoken))\n"
        }
        let sources = sourceRows(info)
        return sources.isEmpty ? text : text + "\n" + sources.table(in: Speech.language)
    }

    func sourceRows(_ info: AtlasInfo) -> [AnswerRow] {
        info.sources.map { source in
            AnswerRow(
                nil,
                [
                    .init("importedAt", .importedAt, .text(source.importedAt)),
                    .init(
                        "layer", .layer, .text(source.layer),
                        shown: AtlasPart.named(source.layer)?.title.spoken),
                    .init("file", .file, .optional(source.file.isEmpty ? nil : source.file)),
                    .init("crs", .crs, .text(source.crs)),
                    .init("read", .read, .integer(Int64(source.read))),
                    .init("rejected", .rejected, .integer(Int64(source.rejected))),
                ])
        }
    }
}

/// `louyu check`
struct CheckCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "check", abstract: Text.helpCheck.spoken)
    }

    @Option(help: .says(.helpCheckLayer))
    var layer: String?

    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        let layers = try LayerArgument.layers(layer)
        let opened = try atlas.open(answeringTo: output)
        let findings = try opened.check(layers)
        let rows = findings.map { finding in
            AnswerRow(
                nil,
                [
                    .init(
                        "kind", .problem, .text(finding.kind.rawValue),
                        shown: Text.problem(finding.kind.rawValue).spoken),
                    .init("layer", .layer, .text(finding.layer.name), shown: finding.layer.title.spoken),
                    .init("ref", .ref, .optional(finding.ref)), .init("reason", .reason, .text(finding.reason.spoken)),
                    .init("lon", .longitude, finding.position.map { .degrees($0.longitude) } ?? .null),
                    .init("lat", .latitude, finding.position.map { .degrees($0.latitude) } ?? .null),
                    .init("repair", .repairCommand, .optional(finding.repair)),
                ], at: finding.position)
        }
        if output.chosenFormat == .html {
            try output.write(opened.snapshot { try page(rows, layers, opened) })
        } else {
            try output.write(findings: rows)
        }
        if !findings.isEmpty { throw ExitCode(Failure.Code.unusableInput.rawValue) }
    }
}

/// `louyu repair`
struct RepairCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "repair", abstract: Text.helpRepair.spoken)
    }

    @Option(help: .says(.helpCheckLayer))
    var layer: String?

    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if output.save != nil { throw ValidationError(Text.nothingToSave.spoken) }
    }

    func run() throws {
        let layers = try LayerArgument.layers(layer)
        try output.check(besides: [atlas.path])
        let (mended, beyond) = try repairAtlas(atlas.path, layers: layers)
        let rows =
            mended.map { feature, note in
                AnswerRow(
                    feature,
                    [
                        .init("reason", .reason, .text(note.reason.spoken)),
                        .init("areaBeforeSquareMeters", .areaBefore, .number(note.areaBeforeSquareMeters, decimals: 2)),
                        .init("areaAfterSquareMeters", .areaAfter, .number(note.areaAfterSquareMeters, decimals: 2)),
                        .init("repaired", .repaired, .boolean(true)),
                    ])
            }
            + beyond.map { feature, reason in
                AnswerRow(
                    feature,
                    [
                        .init("reason", .reason, .text(reason.spoken)),
                        .init("areaBeforeSquareMeters", .areaBefore, .null),
                        .init("areaAfterSquareMeters", .areaAfter, .null),
                        .init("repaired", .repaired, .boolean(false)),
                    ])
            }
        try output.write(rows, empty: .nothingToRepair)
        if !beyond.isEmpty { throw ExitCode(Failure.Code.unusableInput.rawValue) }
    }
}

extension OutputOptions {
    /// Findings: empty output means healthy.
    fileprivate func write(findings rows: [AnswerRow]) throws {
        if chosenFormat == .table && rows.isEmpty { return try write(text: "") }
        try write(rows, empty: .nothing, columns: ["kind", "layer", "ref", "reason", "lon", "lat", "repair"])
    }
}
