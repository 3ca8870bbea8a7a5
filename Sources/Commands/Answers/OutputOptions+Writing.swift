import Atlas
import Foundation
import Messages
import Spatial
import Synchronization

extension OutputOptions {
    /// Writes rows in the form that was asked for; where there are none, a
    /// table says `empty` and CSV has a header all the same.
    func write(
        _ rows: [AnswerRow], empty: Text, columns: [String] = AnswerRow.placeKeys, title: Text = .answerTitle
    ) throws {
        switch chosenFormat {
        case .json: try write(text: JSONValue.array(rows.map(\.json)).json + "\n")
        case .table: try write(text: rows.isEmpty ? empty.spoken + "\n" : rows.table(in: Speech.language))
        case .html:
            var page = Page(title)
            page.tables = [PageTable(nil, unnumbered: rows, empty: empty)]
            try write(page)
        case .geojson, .geojsonseq, .csv, .gpkg, .shp, .fgb, .kml, .xlsx:
            if save != nil, !rows.isEmpty, rows.allSatisfy(\.wkb.isEmpty) { throw Failure(.usage, .nothingToSave) }
            // A cell of a spreadsheet holds no object, but what it is called.
            let batch = (chosenFormat.isSheet ? rows.map(\.withNamesForObjects) : rows).batch
            let titles = Dictionary(
                rows.first?.members.map { ($0.key, $0.title) } ?? [], uniquingKeysWith: { first, _ in first })
            if isKept { Interruption.watch() }
            let writer = try answerWriter(columns: rows.isEmpty ? columns : batch.keys, titles: titles)
            try write(batch, to: writer)
        }
    }

    /// Writes features piece by piece and finishes, unless Ctrl-C is pressed meanwhile.
    private func write(_ batch: FeatureBatch, to writer: any FeatureWriter) throws {
        var piece = batch
        for start in stride(from: 0, to: batch.records.count, by: Self.recordsBetweenLooks) {
            piece.records = Array(batch.records[start...].prefix(Self.recordsBetweenLooks))
            try writer.write(piece)
            if isKept, Interruption.isRequested { throw Failure(.interrupted, .interrupted) }
        }
        try writer.finish()
    }

    private static let recordsBetweenLooks = 1000

    /// Whether the answer goes to a file or a layer, of which nothing may stay half done.
    private var isKept: Bool { output != "-" || save != nil }

    /// Writes an answer that is one object; map formats and CSV get the rows.
    func write(
        object: @autoclosure () -> JSONValue, table: @autoclosure () -> String, rows: @autoclosure () -> [AnswerRow],
        title: Text = .answerTitle
    ) throws {
        switch chosenFormat {
        case .json: try write(text: object().json + "\n")
        case .table: try write(text: table())
        case .geojson, .geojsonseq, .csv, .gpkg, .shp, .fgb, .kml, .xlsx, .html:
            try write(rows(), empty: Text.nothing, title: title)
        }
    }

    /// Writes a page for paper.
    func write(_ page: Page) throws { try write(text: PageWriter.document(page)) }

    func write(text: String) throws {
        guard save == nil else { throw Failure(.usage, .nothingToSave) }
        try AnswerFile.write(withNotice(text), to: output, overwrite: overwrite)
    }

    /// A writer of features in the form that was asked for.
    func answerWriter(columns: [String], titles: [String: Text] = [:]) throws -> any FeatureWriter {
        if let save { return try layerWriter(save) }
        let form: AnswerFile.Form =
            switch chosenFormat {
            case .geojsonseq: .geojsonseq
            case .csv: .csvOfValues
            case .gpkg: .geoPackage(table: "answer")
            case .shp: .shapefile(isGBK: false)
            case .fgb: .flatGeobuf(title: "answer")
            case .kml: .kml(title: Text.answerTitle.spoken)
            case .xlsx: .workbook(sheet: Text.answerTitle.spoken, tellsPositions: false)
            case .geojson, .json, .table, .html: .geojson
            }
        return try AnswerFile.writer(
            form, path: output, overwrite: overwrite, details: details(columns: columns, titles: titles))
    }

    /// What the writer of a form needs to know.
    func details(columns: [String], titles: [String: Text]) -> AnswerFile.Details {
        var details = AnswerFile.Details()
        details.columns = columns
        details.titles = titles
        details.language = Speech.language
        details.madeAt = FileClock.moment
        details.notice = isPublic ? Publication.notice : ""
        details.note = { note($0) }
        if isKept { details.isBrokenOff = { Interruption.isRequested } }
        return details
    }

    /// A writer that keeps the answer in the atlas it came from.
    private func layerWriter(_ name: String) throws -> any FeatureWriter {
        guard let atlas = AtlasOption.answering.withLock({ $0 }) else { throw Failure(.usage, .nothingToSave) }
        let question = CommandLine.arguments.dropFirst().joined(separator: " ")
        return try AnswerFile.layerWriter(
            atlas: atlas, name: name, description: "louyu \(question)", overwrite: overwrite
        ) { note($0) }
    }

    /// Says something beside the answer, unless told to be quiet.
    func note(_ text: Text) {
        guard !quiet else { return }
        StandardError.write(TextTable.printable(text.spoken) + "\n")
    }

    /// Whether progress is shown: on a terminal only.
    var showsProgress: Bool { !quiet && !noProgress && isatty(2) == 1 }
}
