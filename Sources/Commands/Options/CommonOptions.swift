import ArgumentParser
import Atlas
import Foundation
import Messages

/// Where the atlas is.
struct AtlasOption: ParsableArguments {
    @Option(name: .long, help: .says(.helpAtlas))
    var atlas: String?

    @Option(name: .long, help: .says(.helpLang))
    var lang: String?

    /// The atlas's path: the option, else `LOUYU_ATLAS`, else `louyu.gpkg`.
    var path: String { atlas ?? Environment.value("LOUYU_ATLAS") ?? "./louyu.gpkg" }

    func validate() throws {
        if let lang, Language(rawValue: lang) == nil { throw ValidationError(Text.unknownLanguage(lang).spoken) }
    }

    /// The atlas, opened for questions.
    func open() throws -> Atlas { try Atlas(path: path) }
}

/// A form that answers come in.
enum AnswerFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, geojson, geojsonseq, csv, gpkg

    /// The form that a file's ending asks for.
    init?(path: String) {
        switch URL(filePath: path).pathExtension.lowercased() {
        case "json": self = .json
        case "geojson": self = .geojson
        case "geojsonseq", "geojsonl", "ndjson", "jsonl": self = .geojsonseq
        case "csv": self = .csv
        case "gpkg": self = .gpkg
        case "txt": self = .table
        default: return nil
        }
    }
}

/// Where an answer goes, and in which form.
struct OutputOptions: ParsableArguments {
    @Option(name: .long, help: .says(.helpFormat))
    var format: AnswerFormat?

    @Option(name: .shortAndLong, help: .says(.helpOutput))
    var output: String = "-"

    @Flag(name: .long, help: .says(.helpOverwrite))
    var overwrite = false

    @Flag(name: .shortAndLong, help: .says(.helpQuiet))
    var quiet = false

    @Flag(name: .long, help: .says(.helpNoProgress))
    var noProgress = false

    /// The form: as told, else by the output's ending, else a table.
    var chosenFormat: AnswerFormat { format ?? (output == "-" ? nil : AnswerFormat(path: output)) ?? .table }
}
