import ArgumentParser
import Atlas
import Foundation
import Messages
import Spatial

/// What the verbs of corrections share.
struct EditOptionGroup: ParsableArguments {
    @Option(help: .says(.helpNote))
    var note: String?

    @Option(help: .says(.helpFrom))
    var from: String?

    @Flag(help: .says(.helpPartial))
    var partial = false

    @Flag(help: .says(.helpDryRun))
    var dryRun = false

    /// How edits are made.
    func options(layer: Layer? = nil) -> EditOptions {
        var options = EditOptions()
        options.note = note
        options.file = from
        options.isPartial = partial
        options.isDryRun = dryRun
        if let layer { options.layers = [layer] }
        return options
    }
}

/// `louyu add LAYER NAME`
struct AddCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "add", abstract: Text.helpAdd.spoken)
    }

    @Argument(help: .says(.helpLayer))
    var layer: String

    @Argument(help: .says(.helpNewName))
    var name: String?

    @Option(parsing: .unconditional, help: .says(.helpAt))
    var at: String?

    @Option(parsing: .upToNextOption, help: .says(.helpAssignments))
    var set: [String] = []

    @OptionGroup var edit: EditOptionGroup
    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard edit.from == nil ? name != nil && at != nil : name == nil && at == nil && set.isEmpty else {
            throw ValidationError(Text.addNeeds.spoken)
        }
    }

    func run() throws {
        try output.check(besides: [atlas.path])
        let layer = try LayerArgument.parse(layer)
        guard let file = edit.from else {
            var record = RecordEdit(record: name ?? "")
            record.values = try set.map { try Assignment.parse($0) }
            guard let position = try position() else { throw Failure(.notFound, .noPosition) }
            record.geometry = .point(Point(position))
            let report = try addRecords([record], to: layer, in: atlas.path, options: edit.options())
            return try EditAnswer(report: report, verb: "add", isDryRun: edit.dryRun).write(to: output, isSingle: true)
        }
        let table = try EditFile(path: file, purpose: .add)
        var options = edit.options()
        options.unread = table.rejections
        let report = try addRecords(table.edits, to: layer, in: atlas.path, options: options)
        try EditAnswer(report: report, verb: "add", isDryRun: edit.dryRun).write(to: output, isSingle: false)
    }

    /// Where the record stands; a position needs no atlas yet.
    private func position() throws -> LonLat? {
        let text = at ?? ""
        if let position = try Atlas.position(text.trimmed) { return position }
        return try Atlas(path: atlas.path).place(text).position
    }
}

/// `louyu set ID column=value …`
struct SetCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "set", abstract: Text.helpSetVerb.spoken, discussion: Text.helpSetDiscussion.spoken)
    }

    @Argument(help: .says(.helpHistoryPlace))
    var place: String?

    @Argument(help: .says(.helpAssignments))
    var assignments: [String] = []

    @Option(name: .customLong("if"), parsing: .upToNextOption, help: .says(.helpIf))
    var expected: [String] = []

    @Option(help: .says(.helpEditLayer))
    var layer: String?

    @OptionGroup var edit: EditOptionGroup
    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        let isOne = place != nil && !assignments.isEmpty
        guard edit.from == nil ? isOne : place == nil && assignments.isEmpty && expected.isEmpty else {
            throw ValidationError(Text.setNeeds.spoken)
        }
    }

    func run() throws {
        try output.check(besides: [atlas.path])
        var options = edit.options(layer: try layer.map(LayerArgument.parse))
        guard let file = edit.from else {
            var record = RecordEdit(record: place ?? "")
            record.values = try assignments.map { try Assignment.parse($0) }
            record.expected = try expected.map { try Assignment.parse($0) }
            let report = try setRecords([record], in: atlas.path, options: options)
            return try EditAnswer(report: report, verb: "set", isDryRun: edit.dryRun).write(to: output, isSingle: true)
        }
        let table = try EditFile(path: file, purpose: .change)
        options.unread = table.rejections
        let report = try setRecords(table.edits, in: atlas.path, options: options)
        try EditAnswer(report: report, verb: "set", isDryRun: edit.dryRun).write(to: output, isSingle: false)
    }
}

/// `louyu end ID`
struct EndCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "end", abstract: Text.helpEnd.spoken)
    }

    @Argument(help: .says(.helpHistoryPlace))
    var places: [String] = []

    @Option(help: .says(.helpEditLayer))
    var layer: String?

    @OptionGroup var edit: EditOptionGroup
    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard places.isEmpty == (edit.from != nil) else { throw ValidationError(Text.endNeeds.spoken) }
    }

    func run() throws {
        try output.check(besides: [atlas.path])
        var options = edit.options(layer: try layer.map(LayerArgument.parse))
        guard let file = edit.from else {
            let report = try endRecords(places.map { RecordEdit(record: $0) }, in: atlas.path, options: options)
            return try EditAnswer(report: report, verb: "end", isDryRun: edit.dryRun).write(
                to: output, isSingle: places.count == 1)
        }
        let table = try EditFile(path: file, purpose: .change)
        options.unread = table.rejections
        let report = try endRecords(table.edits, in: atlas.path, options: options)
        try EditAnswer(report: report, verb: "end", isDryRun: edit.dryRun).write(to: output, isSingle: false)
    }
}

/// `column=value` as users write it.
enum Assignment {
    static func parse(_ word: String) throws -> (column: String, text: String) {
        guard let sign = word.firstIndex(of: "="), !word[..<sign].trimmed.isEmpty else {
            throw ValidationError(Text.noColumn(word).spoken)
        }
        return (word[..<sign].trimmed, String(word[word.index(after: sign)...]))
    }
}
