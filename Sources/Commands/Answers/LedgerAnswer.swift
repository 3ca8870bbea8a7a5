import Atlas
import Messages
import Spatial

/// What an import of a ledger says of its rows.
struct LedgerAnswer {
    let report: LedgerReport

    /// Lines that a table shows where not everything is asked for.
    private static let mostLines = 20

    // MARK: JSON

    /// The report for programs.
    var json: JSONValue {
        .object([
            ("sheet", .text(report.sheet)),
            ("review", .optional(report.review)),
            ("columns", .array(report.columns.map(Self.json))),
            ("rows", .array(report.landings.map(Self.json))),
            (
                "remarks",
                .array(
                    report.remarks.map {
                        .object([("row", .integer(Int64($0.row))), ("kind", .text($0.kind)), ("text", .text($0.text))])
                    })
            ),
        ])
    }

    private static func json(_ use: LedgerColumnUse) -> JSONValue {
        .object([
            ("heading", .text(use.heading)), ("field", .optional(use.field)), ("convertedFrom", .optional(use.unit)),
            ("blanks", .integer(Int64(use.blanks))),
        ])
    }

    private static func json(_ landing: LedgerLanding) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("row", landing.row.map { .integer(Int64($0)) } ?? .null), ("landing", .text(landing.kind.rawValue)),
            ("ref", .optional(landing.ref)), ("name", .optional(landing.name)),
        ]
        if let evidence = landing.evidence { members.append(("by", .text(evidence.rawValue))) }
        if let cell = landing.cell { members.append(("cell", .text(cell))) }
        if let reason = landing.reason { members.append(("reason", .text(reason.spoken))) }
        if !landing.changes.isEmpty {
            members.append(
                (
                    "changes",
                    .array(
                        landing.changes.map {
                            .object([
                                ("column", .text($0.column)), ("cell", .text($0.cell)), ("from", JSONValue($0.from)),
                                ("to", JSONValue($0.to)),
                            ])
                        })
                ))
        }
        if !landing.notes.isEmpty {
            members.append(
                (
                    "cells",
                    .array(
                        landing.notes.map { .object([("cell", .text($0.cell)), ("reason", .text($0.text.spoken))]) })
                ))
        }
        if !landing.candidates.isEmpty { members.append(("candidates", .array(landing.candidates.map(json)))) }
        return .object(members)
    }

    private static func json(_ candidate: LedgerCandidate) -> JSONValue {
        .object([
            ("ref", .text(candidate.ref)), ("name", .optional(candidate.name)),
            ("address", .optional(candidate.address)), ("score", .number(candidate.score, decimals: 2)),
            ("distanceMeters", candidate.distanceMeters.map { .number($0, decimals: 1) } ?? .null),
        ])
    }

    // MARK: Table

    /// The rows for people: all of them where nothing is kept, else those
    /// that somebody has to look at.
    func table(isWhole: Bool) -> String {
        let told = told(isWhole: isWhole)
        guard !told.isEmpty else { return asides }
        var text = "\n" + Text.ledgerRowsTitle(report.sheet).spoken + "\n"
        for landing in isWhole ? told[...] : told.prefix(Self.mostLines) { text += "  " + Self.line(landing) + "\n" }
        if !isWhole, told.count > Self.mostLines {
            text += "  " + Text.ledgerMoreRows(told.count - Self.mostLines).spoken + "\n"
        }
        return text + asides
    }

    /// One line on the rows that are no records.
    private var asides: String {
        guard !report.remarks.isEmpty else { return "" }
        let counts = Dictionary(report.remarks.map { ($0.kind, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
        return "\n" + Text.ledgerAsides(counts.map { (kind: $0.key, count: $0.value) }).spoken + "\n"
    }

    /// All rows, or those that somebody has to look at.
    func told(isWhole: Bool) -> [LedgerLanding] {
        report.landings.filter { landing in
            isWhole || landing.kind == .unsure || landing.kind == .rejected || landing.kind == .held
                || !landing.notes.isEmpty
        }
    }

    /// A row of a ledger as a row of a page.
    static func row(_ landing: LedgerLanding) -> AnswerRow {
        AnswerRow(
            nil,
            [
                .init("row", .row, landing.row.map { .integer(Int64($0)) } ?? .null),
                .init("landing", .happening, .text(landing.kind.rawValue), shown: landing.kind.title.spoken),
                .init("name", .name, .optional(landing.name)), .init("ref", .ref, .optional(landing.ref)),
                .init("details", .details, .text(details(landing).joined(separator: Text.listSeparator.spoken))),
            ])
    }

    private static func line(_ landing: LedgerLanding) -> String {
        var parts: [String] = []
        if let row = landing.row { parts.append(Text.ledgerRow(row).spoken) }
        parts.append(landing.kind.title.spoken)
        if let name = landing.name { parts.append(name) }
        if let ref = landing.ref { parts.append(ref) }
        return (parts + details(landing)).joined(separator: "  ")
    }

    /// Why, what changed, and what was noticed.
    private static func details(_ landing: LedgerLanding) -> [String] {
        var parts: [String] = []
        if let reason = landing.reason {
            parts.append([landing.cell, reason.spoken].compactMap(\.self).joined(separator: " "))
        }
        parts += landing.changes.map { change in
            "\(change.cell) \(change.column): \(shown(change.from)) → \(shown(change.to))"
        }
        parts += landing.notes.map { "\($0.cell) \($0.text.spoken)" }
        if let best = landing.candidates.first {
            parts.append(Text.ledgerBest(best.name ?? best.ref, landing.candidates.count).spoken)
        }
        return parts
    }

    private static func shown(_ value: Attribute) -> String {
        switch value {
        case .null: "∅"
        case .text(let text): text
        default: JSONValue(value).json
        }
    }
}

extension LedgerLanding.Kind {
    /// What it is called.
    var title: Text {
        switch self {
        case .added: .added
        case .changed: .changed
        case .unchanged: .unchanged
        case .unsure: .unsure
        case .rejected: .rejected
        case .ended: .ended
        case .held: .held
        }
    }
}
