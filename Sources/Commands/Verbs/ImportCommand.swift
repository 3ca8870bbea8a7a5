import ArgumentParser
import Atlas
import Foundation
import Messages
import Spatial

/// `louyu import FILE…`
struct ImportCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import", abstract: Text.helpImport.spoken, discussion: Text.helpImportDiscussion.spoken)
    }

    @Argument(help: .says(.helpFiles))
    var files: [String] = []

    @Option(help: .says(.helpLayer))
    var layer: String?

    @Option(help: .says(.helpCRS))
    var crs: String?

    @Option(parsing: .upToNextOption, help: .says(.helpMap))
    var map: [String] = []

    @Option(parsing: .upToNextOption, help: .says(.helpSet))
    var set: [String] = []

    @Option(parsing: .upToNextOption, help: .says(.helpKey))
    var key: [String] = []

    @Flag(help: .says(.helpSync))
    var sync = false

    @Option(help: .says(.helpLevel))
    var level: String?

    @Option(help: .says(.helpOnInvalid))
    var onInvalid: String = "repair"

    @Option(parsing: .upToNextOption, help: .says(.helpPromote))
    var promote: [String] = []

    @Option(help: .says(.helpSnapGap))
    var snapGap: String?

    @Option(help: .says(.helpNote))
    var note: String?

    @Flag(help: .says(.helpDryRun))
    var dryRun = false

    @OptionGroup var ledger: LedgerOptionGroup

    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if output.save != nil { throw ValidationError(Text.nothingToSave.spoken) }
    }

    func run() throws {
        var paths = files
        var options = ImportOptions()
        options.layer = try layer.map(LayerArgument.parse)
        options.crs = try crs.map { try CoordinateDeclaration(parsing: $0) }
        options.map = try pairs(map, &paths).map { (column: $0.0, field: $0.1) }
        options.set = try pairs(set, &paths).map { (column: $0.0, value: $0.1) }
        options.key = columns(key, &paths)
        options.sync = sync
        options.level = try level.map { try LayerArgument.parseLevel($0, option: "--level") }
        options.promote = columns(promote, &paths)
        options.isDryRun = dryRun
        options.note = note
        options.ledger = try ledger.options(&paths, columns: columns)
        options.snapGapMeters = try snapGap.map { try LayerArgument.parseMeters($0, option: "--snap-gap") }
        if let gap = options.snapGapMeters, gap > Self.largestSnapGapMeters {
            throw ValidationError(Text.snapGapTooLarge.spoken)
        }
        guard let invalid = ImportOptions.OnInvalid(rawValue: onInvalid) else {
            throw ValidationError(Text.unknownChoice("--on-invalid", onInvalid, "repair|reject|abort").spoken)
        }
        options.onInvalid = invalid
        guard !paths.isEmpty || !options.promote.isEmpty || options.snapGapMeters != nil else {
            throw ValidationError(Text.noFiles.spoken)
        }
        try output.check(besides: [atlas.path] + paths)
        let progress = ProgressLine(isShown: output.showsProgress)
        Interruption.watch()
        let report = try importFiles(
            paths, into: atlas.path, options: options, note: { output.note($0) },
            progress: { file, bytes, records in
                progress.show(file: file, bytesRead: bytes, records: records)
                return !Interruption.isRequested
            })
        progress.clear()
        try ImportAnswer(report: report, isDryRun: dryRun).write(to: output)
        if !dryRun { prepareWalking() }
    }

    /// Beyond it streets would be joined across a road.
    private static let largestSnapGapMeters = 20.0

    /// Prepares the network now, so that no question waits for it. The import
    /// stands whatever becomes of this.
    private func prepareWalking() {
        Interruption.endWatch()
        do {
            let atlas = try Atlas(path: atlas.path)
            guard try atlas.hasStreets() else { return }
            try output.prepareWalking(atlas)
        } catch {
            output.note((error as? Failure)?.what ?? .notPrepared)
        }
    }

    /// `column=value` pairs; what has no `=` was meant as a file.
    private func pairs(_ words: [String], _ paths: inout [String]) throws -> [(String, String)] {
        var pairs: [(String, String)] = []
        for word in words {
            guard let sign = word.firstIndex(of: "=") else {
                paths.append(word)
                continue
            }
            let column = word[..<sign].trimmed
            guard !column.isEmpty else { throw ValidationError(Text.noColumn(word).spoken) }
            pairs.append((column, String(word[word.index(after: sign)...])))
        }
        return pairs
    }

    /// Column names; files that follow them are files.
    private func columns(_ words: [String], _ paths: inout [String]) -> [String] {
        var columns: [String] = []
        for word in words.flatMap({ $0.split(separator: ",").map(String.init) }) {
            if !columns.isEmpty && FileManager.default.fileExists(atPath: word) {
                paths.append(word)
            } else {
                columns.append(word)
            }
        }
        return columns
    }
}

/// What an import says.
private struct ImportAnswer {
    let report: ImportReport
    let isDryRun: Bool

    func write(to output: OutputOptions) throws {
        for note in report.notes { output.note(note) }
        if isDryRun { output.note(.dryRun) }
        if output.chosenFormat == .html {
            try output.write(page)
        } else {
            try output.write(object: object, table: table, rows: rows)
        }
    }

    private var object: JSONValue {
        let layers = parts.map { ($0.part.name, Self.json($0.counts, isLedger: isLedger)) }
        var members: [(String, JSONValue)] = [("layers", .object(layers))]
        if report.conflictCount > 0 {
            members.append(("conflictCount", .integer(Int64(report.conflictCount))))
            members.append(("conflicts", .array(report.conflicts.map { Self.json($0.conflict, of: $0.layer) })))
        }
        if isLedger { members.append(("ledgers", .array(report.ledgers.map { LedgerAnswer(report: $0).json }))) }
        return .object(members)
    }

    /// What records came for: layers, then elevation.
    private var parts: [(part: AtlasPart, counts: ImportCounts)] {
        report.layers.map { (.layer($0.layer), $0.counts) } + (report.elevation.map { [(.elevation, $0)] } ?? [])
    }

    /// Whether rows of a ledger came, some of which may be unsure.
    private var isLedger: Bool { !report.ledgers.isEmpty }

    private static func fields(_ counts: ImportCounts, isLedger: Bool) -> [AnswerRow.Field] {
        func field(_ key: String, _ title: Text, _ value: Int) -> AnswerRow.Field {
            AnswerRow.Field(key, title, .integer(Int64(value)))
        }
        let unsure = isLedger ? [field("unsure", .unsure, counts.unsure)] : []
        return [
            field("read", .read, counts.read), field("added", .added, counts.added),
            field("changed", .changed, counts.changed), field("unchanged", .unchanged, counts.unchanged),
            field("ended", .ended, counts.ended), field("repaired", .repaired, counts.repaired),
            field("rejected", .rejected, counts.rejected), field("incomplete", .incomplete, counts.incomplete),
        ] + unsure
    }

    private static func json(_ counts: ImportCounts, isLedger: Bool) -> JSONValue {
        .object(fields(counts, isLedger: isLedger).map { ($0.key, $0.value) })
    }

    private static func json(_ conflict: CorrectionConflict, of layer: Layer) -> JSONValue {
        .object([
            ("layer", .text(layer.name)), ("ref", .text(conflict.ref)),
            ("position", .text(conflict.position.words.en)), ("column", .text(conflict.column)),
            ("present", JSONValue(conflict.present)), ("incoming", JSONValue(conflict.incoming)),
        ])
    }

    private var rows: [AnswerRow] {
        parts.map {
            AnswerRow(
                nil,
                [.init("layer", .layer, .text($0.part.name), shown: $0.part.title.spoken)]
                    + Self.fields($0.counts, isLedger: isLedger))
        }
    }

    private var table: String {
        var text = rows.isEmpty ? Text.nothingImported.spoken + "\n" : rows.table(in: Speech.language)
        if !report.repairs.isEmpty {
            text += "\n" + Text.repairsTitle.spoken + "\n"
            for (_, repair) in report.repairs.prefix(10) {
                let before = JSONValue.digits(repair.areaBeforeSquareMeters, decimals: 1)
                let after = JSONValue.digits(repair.areaAfterSquareMeters, decimals: 1)
                text += "  \(repair.ref): \(repair.reason.spoken); \(before) → \(after) m²\n"
            }
        }
        text += conflicts
        for ledger in report.ledgers { text += LedgerAnswer(report: ledger).table(isWhole: isDryRun) }
        if !report.rejections.isEmpty, !isLedger {
            text += "\n" + Text.rejectionsTitle.spoken + "\n"
            for (_, rejection) in report.rejections.prefix(10) {
                text += "  \(rejection.position.words.spoken): \(rejection.reason.spoken)\n"
            }
        }
        return text
    }

    private var page: Page {
        var page = Page(.importTitle)
        page.findings = report.notes + (isDryRun ? [.dryRun] : [])
        page.tables = [PageTable(nil, unnumbered: rows, empty: .nothingImported)]
        for ledger in report.ledgers {
            page.tables.append(
                PageTable(
                    .ledgerRowsTitle(ledger.sheet),
                    unnumbered: LedgerAnswer(report: ledger).told(isWhole: isDryRun).map(LedgerAnswer.row)))
        }
        let rejected = report.rejections.map {
            Self.row(.row, $0.rejection.position.words, $0.rejection.reason)
        }
        if !rejected.isEmpty, !isLedger { page.tables.append(PageTable(.rejectionsTitle, unnumbered: rejected)) }
        let repaired = report.repairs.map {
            Self.row(.ref, Text(zh: $0.repair.ref, en: $0.repair.ref), $0.repair.reason)
        }
        if !repaired.isEmpty { page.tables.append(PageTable(.repairsTitle, unnumbered: repaired)) }
        return page
    }

    private static func row(_ heading: Text, _ record: Text, _ reason: Text) -> AnswerRow {
        AnswerRow(
            nil,
            [.init("record", heading, .text(record.spoken)), .init("reason", .reason, .text(reason.spoken))])
    }

    /// Values that a person and the source have changed both, for people.
    private var conflicts: String {
        guard report.conflictCount > 0 else { return "" }
        var text = "\n" + Text.conflictsTitle.spoken + "\n"
        for (_, conflict) in report.conflicts.prefix(Self.mostLines) {
            let column = conflict.column == "geom" ? Text.outline.spoken : conflict.column
            let values = Text.conflict(column, JSONValue(conflict.present).cell, JSONValue(conflict.incoming).cell)
            text += "  \(conflict.position.words.spoken): \(conflict.ref)  \(values.spoken)\n"
        }
        let rest = report.conflictCount - min(report.conflicts.count, Self.mostLines)
        if rest > 0 { text += "  " + Text.moreConflicts(rest).spoken + "\n" }
        return text
    }

    private static let mostLines = 10
}
