import ArgumentParser
import Atlas
import Foundation
import Messages
import Spatial

/// `louyu undo`
struct UndoCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "undo", abstract: Text.helpUndo.spoken, discussion: Text.helpUndoDiscussion.spoken)
    }

    @Flag(help: .says(.helpDryRun))
    var dryRun = false

    @Option(help: .says(.helpNote))
    var note: String?

    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.check(besides: [atlas.path])
        let report = try undoLastChange(atlas.path, note: note, isDryRun: dryRun)
        if dryRun { output.note(.dryRun) }
        let layers = report.layers.map { layer, removed, restored in
            AnswerRow(
                nil,
                [
                    .init("layer", .layer, .text(layer.name), shown: layer.title.spoken),
                    .init("removed", .removed, .integer(Int64(removed))),
                    .init("restored", .restored, .integer(Int64(restored))),
                ])
        }
        let change = report.change
        let from = change.files.isEmpty ? Text.byHand.spoken : change.files.joined(separator: Text.listSeparator.spoken)
        let line = Text.tookBack(change.id, .verb(change.verb), change.madeAt, from).spoken + "\n"
        try output.write(
            object: .object([
                ("change", change.json), ("layers", .array(layers.map(\.json))),
                ("elevationTiles", .integer(Int64(report.tiles))),
                ("rejectedRecords", .integer(Int64(report.rejected))),
                ("ledgerRows", .integer(Int64(report.ledgerRows))),
            ]),
            table: line + layers.table(in: Speech.language), rows: layers, title: .undoTitle)
    }
}

/// `louyu history [ID]`
struct HistoryCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "history", abstract: Text.helpHistory.spoken)
    }

    @Argument(help: .says(.helpHistoryPlace))
    var place: String?

    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        guard !output.isPublic else { throw Failure(.usage, .historyStaysInside, hint: .diffInstead) }
        let atlas = try atlas.open(answeringTo: output)
        guard let place else { return try write(try atlas.changes(), atlas) }
        let history = try atlas.history(of: place)
        if output.chosenFormat == .html {
            let layer = Layer.named(String(history.id.prefix { $0 != "/" }))
            let rows = history.events.flatMap { $0.rows { layer?.column($0)?.title.spoken ?? $0 } }
            return try output.write(page(rows, of: history.id, history.feature, atlas))
        }
        let rows = history.events.flatMap { $0.rows { $0 } }
        guard output.chosenFormat == .json else {
            return try output.write(rows, empty: .noChanges, columns: Self.columns)
        }
        let members: [(String, JSONValue)] =
            history.feature.map { AnswerRow($0).members.map { ($0.key, $0.value) } }
            ?? [("id", .text(history.id))]
        try output.write(
            text: JSONValue.object(members + [("events", .array(history.events.map(\.json)))]).json + "\n")
    }

    private func write(_ changes: [StoredChange], _ atlas: Atlas) throws {
        let rows = changes.reversed().map { change in
            AnswerRow(
                nil,
                [
                    .init("change", .changeNumber, .integer(change.id)), .init("when", .when, .text(change.madeAt)),
                    .init("verb", .verb, .text(change.verb), shown: Text.verb(change.verb).spoken),
                    .init("files", .file, .array(change.files.map { .text($0) })),
                    .init("note", .note, .optional(change.note)),
                    .init("undoneBy", .undoneBy, change.undoneBy.map { .integer($0) } ?? .null),
                ])
        }
        if output.chosenFormat == .json {
            return try output.write(text: JSONValue.array(changes.reversed().map(\.json)).json + "\n")
        }
        if output.chosenFormat == .html { return try output.write(page(rows, atlas)) }
        try output.write(rows, empty: .noChanges, columns: ["change", "when", "verb", "files", "note", "undoneBy"])
    }

    private static let columns = ["when", "verb", "file", "place", "note", "what", "column", "from", "to"]
}

extension StoredChange {
    /// The change for programs.
    var json: JSONValue {
        .object([
            ("change", .integer(id)), ("when", .text(madeAt)), ("verb", .text(verb)),
            ("files", .array(files.map { .text($0) })), ("note", .optional(note)),
            ("undoes", undoes.map { .integer($0) } ?? .null), ("undoneBy", undoneBy.map { .integer($0) } ?? .null),
        ])
    }
}

extension RecordEvent {
    /// The event for programs.
    fileprivate var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("what", .text(kind.rawValue)), ("change", change.map { .integer($0.id) } ?? .null),
            ("when", .optional(change?.madeAt)), ("verb", .optional(change?.verb)), ("file", .optional(file)),
            ("position", position.map { .text($0.words.en) } ?? .null), ("note", .optional(change?.note)),
            ("undoneBy", change?.undoneBy.map { .integer($0) } ?? .null),
            ("columns", .array(cells.map(\.json))),
        ]
        if let movedMeters { members.append(("movedMeters", .meters(movedMeters))) }
        if let areas = areasSquareMeters {
            members.append(("areaBeforeSquareMeters", .number(areas.before, decimals: 2)))
            members.append(("areaAfterSquareMeters", .number(areas.after, decimals: 2)))
        }
        return .object(members)
    }

    /// The event for people: a line for each column that changed, under the
    /// name that `title` gives it.
    fileprivate func rows(_ title: (String) -> String) -> [AnswerRow] {
        var lines: [(column: String, from: JSONValue, to: JSONValue, shown: String?)] = cells.map {
            (title($0.name), JSONValue($0.from), JSONValue($0.to), nil)
        }
        if geometry != nil {
            let moved = movedMeters.map { Text.moved(JSONValue.digits($0, decimals: 1)).spoken }
            let areas = areasSquareMeters.map { areas in
                [areas.before, areas.after].map { Text.area(JSONValue.digits($0, decimals: 1)).spoken }
            }
            lines.append(
                (
                    Text.outline.spoken, .optional(areas?[0]),
                    .optional(areas.map { [$0[1], moved ?? ""].joined(separator: " ") } ?? moved), nil
                )
            )
        }
        if lines.isEmpty { lines.append(("", .null, .null, nil)) }
        let source = file ?? (kind == .elsewhere || kind == .removed ? "" : Text.byHand.spoken)
        return lines.map { line in
            AnswerRow(
                nil,
                [
                    .init("when", .when, .optional(change?.madeAt)),
                    .init(
                        "verb", .verb, .optional(change?.verb), shown: change.map { Text.verb($0.verb).spoken } ?? ""),
                    .init("file", .file, .optional(file), shown: source),
                    .init("place", .sourcePlace, .optional(position?.words.spoken)),
                    .init("note", .note, .optional(change?.note)),
                    .init("what", .happening, .text(kind.rawValue), shown: Text.event(kind.rawValue).spoken),
                    .init("column", .column, .text(line.column)), .init("from", .from, line.from),
                    .init("to", .to, line.to),
                ])
        }
    }
}

extension [RecordEvent.Cell] {
    /// The changes of the columns of a record for people, by the names or titles of the columns.
    func shown(title: (String) -> String = { $0 }) -> String {
        map { "\(title($0.name)): \(JSONValue($0.from).cell) → \(JSONValue($0.to).cell)" }.joined(separator: "; ")
    }
}

extension RecordEvent.Cell {
    /// The change of a column for programs.
    var json: JSONValue { .object([("column", .text(name)), ("from", JSONValue(from)), ("to", JSONValue(to))]) }
}
