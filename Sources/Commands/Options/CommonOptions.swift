import ArgumentParser
import Atlas
import Foundation
import Messages
import Synchronization

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

    /// The atlas, opened for a question whose answer goes elsewhere.
    func open(answeringTo output: OutputOptions) throws -> Atlas {
        try output.check(besides: [path])
        let path = path
        Self.answering.withLock { $0 = path }
        let atlas = try Publication.open(path, answeringTo: output)
        try FileClock.follow(atlas, answeringIn: output.chosenFormat)
        if !atlas.file.needsClosing { Self.openTillTheEnd.withLock { $0.append(atlas) } }
        return atlas
    }

    /// The atlas that this process answers from: where `--save` keeps the answer.
    static let answering = Mutex<String?>(nil)

    /// What the end of the process closes well enough: closing a file that was
    /// only read costs a short question 0.4 ms.
    private static let openTillTheEnd = Mutex<[Atlas]>([])
}

/// A form that answers come in.
enum AnswerFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, geojson, geojsonseq, csv, gpkg, shp, fgb, kml, xlsx, html

    /// The form that a file's ending asks for.
    init?(path: String) {
        switch URL(filePath: path).pathExtension.lowercased() {
        case "json": self = .json
        case "geojson": self = .geojson
        case "geojsonseq", "geojsonl", "ndjson", "jsonl": self = .geojsonseq
        case "csv": self = .csv
        case "gpkg": self = .gpkg
        case "html", "htm": self = .html
        case "shp": self = .shp
        case "fgb": self = .fgb
        case "kml": self = .kml
        case "xlsx": self = .xlsx
        case "txt": self = .table
        default: return nil
        }
    }

    /// Whether a cell holds one value, and no geometry.
    var isSheet: Bool { self == .csv || self == .xlsx }
}

/// Where an answer goes, and in which form.
struct OutputOptions: ParsableArguments {
    @Option(name: .long, help: .says(.helpFormat))
    var format: AnswerFormat?

    @Option(name: .shortAndLong, help: .says(.helpOutput))
    var output: String = "-"

    @Flag(name: .long, help: .says(.helpOverwrite))
    var overwrite = false

    @Option(name: .long, help: .says(.helpSave))
    var save: String?

    @Flag(name: .customLong("public"), help: .says(.helpPublic))
    var isPublic = false

    @Flag(name: .shortAndLong, help: .says(.helpQuiet))
    var quiet = false

    @Flag(name: .long, help: .says(.helpNoProgress))
    var noProgress = false

    func validate() throws {
        if output.isEmpty { throw ValidationError(Text.emptyOutput.spoken) }
        if save != nil, output != "-" || format != nil { throw ValidationError(Text.saveIsAnOutput.spoken) }
    }

    /// Refuses, before any work is done, an output that cannot be: a file that
    /// the answer is made of, one that exists, an ending of a form that is not
    /// written.
    func check(besides sources: [String]) throws {
        if save != nil, isPublic { throw Failure(.usage, .saveStaysInside, hint: .publicIntoAFile) }
        guard output != "-" else { return }
        try AnswerFile.checkTarget(output, overwrite: overwrite, sources: sources)
        if let noticePath { try AnswerFile.checkTarget(noticePath, overwrite: overwrite, sources: sources) }
        let ending = URL(filePath: output).pathExtension.lowercased()
        if Self.packedEndings.contains(ending) {
            throw Failure(.usage, .unwrittenForm(ending), hint: .packElsewhere)
        }
        if format == nil && Self.foreignEndings.contains(ending) {
            throw Failure(.usage, .unwrittenForm(ending), hint: .writtenForms)
        }
    }

    private static let packedEndings: Set = ["gz", "bz2", "xz", "zst", "zip"]
    private static let foreignEndings: Set = [
        "dbf", "kmz", "gml", "gpx", "parquet", "arrow", "xls", "ods", "dxf", "tab", "mif",
        "gdb", "sqlite", "db", "pbf", "osm", "topojson", "wkt", "wkb", "pdf", "svg", "png", "tsv", "xml",
    ]

    /// The form: as told, else by the output's ending, else a table; what is
    /// kept in the atlas has the form of a map.
    var chosenFormat: AnswerFormat {
        if save != nil { return .gpkg }
        return format ?? (output == "-" ? nil : AnswerFormat(path: output)) ?? .table
    }
}
