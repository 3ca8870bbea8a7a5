import ArgumentParser
import Atlas
import Foundation
import Messages
import Spatial

/// `louyu diff`
struct DiffCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "diff", abstract: Text.helpDiff.spoken, discussion: Text.helpDiffDiscussion.spoken)
    }

    @Argument(help: .says(.helpDiffFiles))
    var files: [String] = []

    @Option(help: .says(.helpDiffFrom))
    var from: String?

    @Option(help: .says(.helpDiffTo))
    var to: String?

    @Option(name: .customLong("in"), help: .says(.helpIn))
    var areas: [String] = []

    @Option(help: .says(.helpLayer))
    var layer: String?

    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard files.isEmpty ? from != nil : files.count == 2 && from == nil && to == nil else {
            throw ValidationError(Text.diffNeeds.spoken)
        }
    }

    func run() throws {
        let layers = try LayerArgument.layers(layer)
        let (entries, inside, atlas) = files.isEmpty ? try betweenDates(layers) : try betweenFiles(layers)
        if output.chosenFormat == .html { return try output.write(page(entries, in: inside, atlas)) }
        let rows = entries.map { $0.row() }
        if output.chosenFormat == .table && !rows.isEmpty {
            let counts = DiffEntry.Kind.allCases.map { kind in
                "\(Text.becameOf(kind.rawValue).spoken) \(entries.count { $0.kinds.first == kind })"
            }.joined(separator: Text.listSeparator.spoken)
            return try output.write(text: rows.table(in: Speech.language) + "\n" + counts + "\n")
        }
        try output.write(rows, empty: .noDifference, columns: AnswerRow.placeKeys + ["change", "details"])
    }

    /// What differs, the areas that hold it, and the later atlas.
    private typealias Difference = (entries: [DiffEntry], areas: [StoredFeature], atlas: Atlas)

    private func betweenDates(_ layers: [Layer]) throws -> Difference {
        let begin = try moment(from ?? "", "--from").begin
        let end = try to.map { try moment($0, "--to").end }
        let atlas = try atlas.open(answeringTo: output)
        let inside = try areas.map { try atlas.feature($0, in: [.boundary, .zone]) }
        return (try atlas.diff(from: begin, to: end, in: layers, areas: inside), inside, atlas)
    }

    private func betweenFiles(_ layers: [Layer]) throws -> Difference {
        try output.check(besides: files)
        let (old, new) = (
            try Publication.open(files[0], answeringTo: output), try Publication.open(files[1], answeringTo: output)
        )
        let inside = try areas.map { try new.feature($0, in: [.boundary, .zone]) }
        return (try old.diff(to: new, in: layers, areas: inside), inside, new)
    }

    private func moment(_ text: String, _ option: String) throws -> Moment {
        guard let moment = Moment(text) else { throw ValidationError(Text.badDate(option, text).spoken) }
        return moment
    }
}

extension DiffEntry {
    /// The entry as a line of an answer.
    func row() -> AnswerRow { row([change, changes(shown: cells.shown())]) }

    /// The entry as a line of a page: with the titles of columns.
    func row(onPaper tellsLayer: Bool) -> AnswerRow {
        let layer = feature.layer
        let shown = cells.shown { layer.column($0)?.title.spoken ?? $0 }
        let head: [AnswerRow.Field] =
            tellsLayer ? [.init("layer", .layer, .text(layer.name), shown: layer.title.spoken)] : []
        return row(head + [change, changes(shown: shown)])
    }

    private var change: AnswerRow.Field {
        .init(
            "change", .change, .text(kinds.first?.rawValue ?? ""),
            shown: kinds.map { Text.becameOf($0.rawValue).spoken }.joined(separator: Text.listSeparator.spoken))
    }

    private func changes(shown: String) -> AnswerRow.Field {
        .init("changes", .details, .array(cells.map(\.json)), shown: shown)
    }

    private func row(_ head: [AnswerRow.Field]) -> AnswerRow {
        var fields = head
        fields.append(.init("movedMeters", .distance, movedMeters.map { .meters($0) } ?? .null))
        fields.append(
            .init(
                "areaBeforeSquareMeters", .areaWas, areasSquareMeters.map { .number($0.before, decimals: 2) } ?? .null))
        fields.append(
            .init("areaAfterSquareMeters", .areaIs, areasSquareMeters.map { .number($0.after, decimals: 2) } ?? .null))
        return AnswerRow(feature, fields)
    }
}
