import ArgumentParser
import Atlas
import Messages
import Spatial

/// What corrections by hand say.
struct EditAnswer {
    let report: EditReport
    let verb: String
    let isDryRun: Bool

    /// Writes what was done and what was refused; a refusal ends in status 65,
    /// a value of a single record that its column cannot take in 64.
    func write(to output: OutputOptions, isSingle: Bool) throws {
        if isSingle, let refusal = report.refused.first { throw failure(refusal) }
        if isDryRun { output.note(.dryRun) }
        if !report.attributes.isEmpty {
            output.note(.wentToAttributes(report.attributes.joined(separator: Text.listSeparator.spoken)))
        }
        if report.done.isEmpty && report.refused.isEmpty { output.note(.nothingToSet) }
        if output.chosenFormat == .html {
            try output.write(page)
        } else {
            try output.write(object: json, table: table, rows: rows)
        }
        guard !report.refused.isEmpty else { return }
        for hint in Set(report.refused.compactMap(\.hint)).sorted(by: { $0.en < $1.en }) { output.note(hint) }
        if !isDryRun {
            output.note(
                report.isKept
                    ? .partlyEdited(report.done.count, report.refused.count) : .nothingEdited(report.refused.count))
        }
        throw ExitCode(Failure.Code.unusableInput.rawValue)
    }

    private func failure(_ refusal: EditReport.Refusal) -> Failure {
        Failure(refusal.code, Self.reason(refusal), hint: refusal.hint)
    }

    /// Why, with both values of each conflict.
    private static func reason(_ refusal: EditReport.Refusal) -> Text {
        guard !refusal.conflicts.isEmpty else { return refusal.reason }
        let isExpectation = refusal.reason == .notAsExpected
        let conflicts = refusal.conflicts.map { column, present, wanted in
            let (present, wanted) = (JSONValue(present).cell, JSONValue(wanted).cell)
            return isExpectation ? Text.unexpected(column, present, wanted) : .conflict(column, present, wanted)
        }
        return Text(
            zh: refusal.reason.zh + "（" + conflicts.map(\.zh).joined(separator: "；") + "）",
            en: refusal.reason.en + " (" + conflicts.map(\.en).joined(separator: "; ") + ")")
    }

    private var json: JSONValue {
        .object([
            ("verb", .text(verb)), ("kept", .boolean(report.isKept)),
            (
                "done",
                .array(
                    report.done.map { feature, cells in
                        .object(
                            AnswerRow(feature).members.map { ($0.key, $0.value) }
                                + [("changes", .array(cells.map(\.json)))])
                    })
            ),
            ("unchanged", .integer(Int64(report.unchanged))),
            ("refused", .array(report.refused.map(Self.json))),
        ])
    }

    private static func json(_ refusal: EditReport.Refusal) -> JSONValue {
        .object([
            ("record", .text(refusal.edit.record)),
            ("position", refusal.edit.position.map { .text($0.words.en) } ?? .null),
            ("reason", .text(refusal.reason.spoken)), ("hint", .optional(refusal.hint?.spoken)),
            (
                "conflicts",
                .array(
                    refusal.conflicts.map {
                        .object([
                            ("column", .text($0.column)), ("present", JSONValue($0.present)),
                            ("wanted", JSONValue($0.wanted)),
                        ])
                    })
            ),
        ])
    }

    /// The records that were changed.
    private var rows: [AnswerRow] {
        report.done.map { feature, cells in
            AnswerRow(
                feature,
                [
                    .init("changes", .details, .array(cells.map(\.json)), shown: cells.shown())
                ])
        }
    }

    private var table: String {
        let isDone = report.isKept || report.refused.isEmpty
        var text = rows.isEmpty || !isDone ? "" : rows.table(in: Speech.language)
        guard !report.refused.isEmpty else { return text }
        text += (text.isEmpty ? "" : "\n") + refusedRows.table(in: Speech.language)
        return text
    }

    /// The rows that were refused, with why.
    private var refusedRows: [AnswerRow] {
        report.refused.map { refusal in
            AnswerRow(
                nil,
                [
                    .init("row", .row, .optional(refusal.edit.position?.words.spoken)),
                    .init("record", .record, .text(refusal.edit.record)),
                    .init("reason", .reason, .text(Self.reason(refusal).spoken)),
                ])
        }
    }

    private var page: Page {
        var page = Page(.correctionsTitle)
        let isDone = report.isKept || report.refused.isEmpty
        page.tables = [PageTable(.correctedTitle, unnumbered: isDone ? rows : [], empty: .nothingToSet)]
        if !report.refused.isEmpty { page.tables.append(PageTable(.refusedTitle, unnumbered: refusedRows)) }
        return page
    }
}
