import Atlas
import Foundation
import Messages
import Spatial

extension OutputOptions {
    /// Writes rows in the form that was asked for; where there are none, a
    /// table says `empty` and CSV has a header all the same.
    func write(_ rows: [AnswerRow], empty: Text, columns: [String] = AnswerRow.placeKeys) throws {
        switch chosenFormat {
        case .json: try write(text: JSONValue.array(rows.map(\.json)).json + "\n")
        case .table: try write(text: rows.isEmpty ? empty.spoken + "\n" : rows.table(in: Speech.language))
        case .html:
            var page = Page(.answerTitle)
            page.tables = [PageTable(nil, rows, empty: empty)]
            try write(page)
        case .geojson, .geojsonseq, .csv, .gpkg:
            // A cell of a spreadsheet holds no object, but what it is called.
            let batch = (chosenFormat == .csv ? rows.map(\.withNamesForObjects) : rows).batch
            let writer = try answerWriter(columns: rows.isEmpty ? columns : batch.keys)
            try writer.write(batch)
            try writer.finish()
        }
    }

    /// Writes an answer that is one object; map formats and CSV get the rows.
    func write(object: JSONValue, table: String, rows: [AnswerRow]) throws {
        switch chosenFormat {
        case .json: try write(text: object.json + "\n")
        case .table: try write(text: table)
        case .geojson, .geojsonseq, .csv, .gpkg, .html: try write(rows, empty: Text.nothing)
        }
    }

    /// Writes a page for paper.
    func write(_ page: Page) throws { try write(text: PageWriter.document(page)) }

    func write(text: String) throws { try AnswerFile.write(withNotice(text), to: output, overwrite: overwrite) }

    /// A writer of features in the form that was asked for.
    func answerWriter(columns: [String]) throws -> any FeatureWriter {
        let form: AnswerFile.Form =
            switch chosenFormat {
            case .geojsonseq: .geojsonseq
            case .csv: .csvOfValues
            case .gpkg: .geoPackage(table: "answer")
            default: .geojson
            }
        return try AnswerFile.writer(
            form, path: output, overwrite: overwrite, columns: columns, notice: isPublic ? Publication.notice : "")
    }

    /// Says something beside the answer, unless told to be quiet.
    func note(_ text: Text) {
        guard !quiet else { return }
        StandardError.write(TextTable.printable(text.spoken) + "\n")
    }

    /// Whether progress is shown: on a terminal only.
    var showsProgress: Bool { !quiet && !noProgress && isatty(2) == 1 }
}
