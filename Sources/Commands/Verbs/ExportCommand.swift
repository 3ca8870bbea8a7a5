import ArgumentParser
import Atlas
import Messages
import Spatial

/// `louyu export LAYER`
struct ExportCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export", abstract: Text.helpExport.spoken, discussion: Text.helpExportDiscussion.spoken)
    }

    @Argument(help: .says(.helpLayer))
    var layer: String

    @OptionGroup var filter: FilterOptions

    @Option(parsing: .unconditional, help: .says(.helpBox))
    var bbox: BoxArgument?

    @Option(help: .says(.helpExportCRS))
    var crs: String?

    @Option(help: .says(.helpEncoding))
    var encoding: EncodingArgument?

    @Flag(help: .says(.helpWithBox))
    var withBbox = false

    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    /// How texts of a Shapefile are written.
    enum EncodingArgument: String, ExpressibleByArgument, CaseIterable {
        case utf8, gbk
    }

    func run() throws {
        let crs = try crs.map { try ExportCRS(parsing: $0) }
        let format =
            output.save != nil ? .gpkg : output.format ?? AnswerFormat(path: output.output) ?? .geojson
        guard format != .table && format != .html && output.save == nil || crs == nil else {
            throw Failure(.usage, .tableIsWGS84, hint: .leaveOutCRS)
        }
        guard encoding == nil || format == .shp else { throw Failure(.usage, .encodingIsOfShapefiles) }
        let atlas = try atlas.open(answeringTo: output)
        let layer = try LayerArgument.parse(layer)
        if format == .html { return try writePage(atlas, layer) }
        guard output.save == nil, let form = fileForm(format, layer) else { return try writeRows(atlas, layer) }
        try write(atlas, layer, form, crs)
    }

    /// The form of a file; `nil` for a table or a page to read.
    private func fileForm(_ format: AnswerFormat, _ layer: Layer) -> AnswerFile.Form? {
        switch format {
        case .table, .html: nil
        case .csv: .csvWithWKT
        case .gpkg: .geoPackage(table: layer.name)
        case .geojsonseq: .geojsonseq
        case .geojson, .json: .geojson
        case .shp: .shapefile(isGBK: encoding == .gbk)
        case .fgb: .flatGeobuf(title: layer.name)
        case .kml: .kml(title: layer.title.spoken)
        case .xlsx: .workbook(sheet: layer.title.spoken, tellsPositions: true)
        }
    }

    private func recordFilter(_ atlas: Atlas, _ layer: Layer) throws -> RecordFilter {
        var filter = try filter.filter(atlas, layer, output)
        filter.box = bbox?.box
        return filter
    }

    private func writeRows(_ atlas: Atlas, _ layer: Layer) throws {
        let isTable = output.save == nil
        let rows = try atlas.snapshot {
            try atlas.list(layer, filter: recordFilter(atlas, layer)).map { place in
                AnswerRow(
                    listing: place, withAttributes: !isTable, isTold: { atlas.isPublic($0, in: layer) })
            }
        }
        try output.write(rows, empty: .nothingHere)
    }

    private func writePage(_ atlas: Atlas, _ layer: Layer) throws {
        let page = try atlas.snapshot {
            let filter = try recordFilter(atlas, layer)
            let records = try atlas.list(layer, filter: filter)
            let table = PageTable(records) { place in
                AnswerRow(listing: place, isTold: { atlas.isPublic($0, in: layer) })
            }
            return try listPage(table, records, layer, filter, order: nil, atlas)
        }
        try output.write(page)
    }

    private func write(_ atlas: Atlas, _ layer: Layer, _ form: AnswerFile.Form, _ crs: ExportCRS?) throws {
        let progress = ProgressLine(isShown: output.showsProgress && output.output != "-")
        Interruption.watch()
        try atlas.snapshot {
            let filter = try recordFilter(atlas, layer)
            let transform = try crs.map {
                try CoordinateTransform(atlas.declaration(of: $0, for: layer, filter: filter))
            }
            var details = output.details(
                columns: form.hasColumns ? try atlas.exportColumns(layer, filter: filter) : [],
                titles: Dictionary(
                    (layer.columns + Layer.common).map { ($0.name, $0.title) }, uniquingKeysWith: { first, _ in first })
            )
            details.transform = transform
            details.writesBox = withBbox
            let writer = try AnswerFile.writer(
                form, path: output.output, overwrite: output.overwrite, details: details)
            if let transform { tell(transform, form) }
            let counts = try atlas.export(layer, filter: filter, through: transform, to: writer) { records in
                progress.show(file: layer.name, bytesRead: 0, records: records)
                return !Interruption.isRequested
            }
            progress.clear()
            if let transform, counts.withoutImage > 0 {
                output.note(.withoutImage(counts.withoutImage, transform.declaration.crs.description))
            }
            if output.output != "-" { output.note(.exported(counts.rows, output.output)) }
        }
    }

    /// Says what the coordinates are, where they are not those of the map.
    private func tell(_ transform: CoordinateTransform, _ form: AnswerFile.Form) {
        let declaration = transform.declaration
        guard declaration != CoordinateDeclaration(.wgs84) else { return }
        let name = transform.name ?? declaration.description
        let crs = declaration.crs.description
        let isEastingFirst = declaration.axisOrder == .eastingFirst
        output.note(isEastingFirst ? .writtenInCRS(name, crs) : .writtenNorthingFirst(name, crs))
        if !form.names(transform) { output.note(.crsNotInFile) }
    }
}

extension AnswerFile.Form {
    /// Whether the columns have to be known before the first row.
    fileprivate var hasColumns: Bool {
        switch self {
        case .csv, .csvWithWKT, .csvOfValues, .workbook: true
        case .geojson, .geojsonseq, .geoPackage, .shapefile, .flatGeobuf, .kml: false
        }
    }

    /// Whether a file of this form says what its coordinates are.
    fileprivate func names(_ transform: CoordinateTransform) -> Bool {
        let declaration = transform.declaration
        return switch self {
        case .geoPackage, .kml, .workbook: true
        case .shapefile: transform.wkt(.esri) != nil
        case .geojson, .flatGeobuf:
            declaration.crs.epsgCode != nil && declaration.axisOrder == .eastingFirst
        case .geojsonseq, .csv, .csvWithWKT, .csvOfValues: false
        }
    }
}
