import ArgumentParser
import Atlas
import Messages
import Synchronization

/// A verb whose answer may leave the office: all that it tells of records it
/// reads as `Publication.open` discloses them.
protocol AnsweringCommand {
    var output: OutputOptions { get }
}

/// What this run tells outside of the office, and what it left out.
///
/// One run gives one answer; every verb opens here the atlas that it is of, a
/// comparison first the earlier one.
enum Publication {
    private struct State {
        var settings: PublishingSettings?
        /// One of each atlas that the answer is made of.
        var disclosed: [Disclosure] = []
        var withheldGroups = 0
    }

    private static let state = Mutex(State())

    /// Opens the atlas of this run's answer; for the public where it is asked for.
    static func open(_ path: String, answeringTo output: OutputOptions) throws(Failure) -> Atlas {
        guard output.isPublic else {
            let atlas = try Atlas(path: path)
            if output.chosenFormat == .html {
                let settings = try atlas.file.publishingSettings()
                state.withLock { $0.settings = settings }
            }
            return atlas
        }
        let (atlas, settings) = try Atlas.forPublication(path: path)
        let disclosed = atlas.disclosed
        state.withLock {
            $0.settings = settings
            if let disclosed { $0.disclosed.append(disclosed) }
        }
        return atlas
    }

    /// What has to stand on pages and public layers.
    static var notices: [Text] { (state.withLock { $0.settings } ?? PublishingSettings()).notices }

    /// The same as one line.
    static var notice: String { notices.map(\.spoken).joined(separator: Text.sentenceSeparator.spoken) }

    /// The office that answers for the data.
    static var office: String? { state.withLock { $0.settings?.office } }

    /// Remembers that the numbers of some groups are withheld.
    static func tell(withheldGroups count: Int) { state.withLock { $0.withheldGroups += count } }

    /// Runs a command and says what its answer left out.
    ///
    /// - Throws: `Failure` with `.usage` for a public answer of a verb that
    ///   gives none; else what the command throws.
    static func run(_ command: inout any ParsableCommand, _ arguments: [String]) throws {
        guard let answering = command as? any AnsweringCommand else {
            guard !arguments.contains("--public") else {
                throw Failure(.usage, .publicIsForAnswers, hint: .leaveOut("--public"))
            }
            return try command.run()
        }
        let ending = Result { try command.run() }
        // An exit status of its own ends an answer as well.
        if case .failure(let error) = ending, !(error is ExitCode) { throw error }
        try finish(answering.output)
        try ending.get()
    }

    /// Says what the answer left out, and puts the notices beside a file that
    /// has no room for them; called when the answer is written.
    private static func finish(_ output: OutputOptions) throws {
        let (disclosed, groups) = state.withLock { ($0.disclosed, $0.withheldGroups) }
        guard !disclosed.isEmpty else { return }
        let columns = Set(disclosed.flatMap(\.leftOut)).sorted()
        if !columns.isEmpty { output.note(.leftOut(columns)) }
        let masked = disclosed.map(\.maskedValues).reduce(0, +)
        if masked > 0 { output.note(.maskedNumbers(masked)) }
        if groups > 0 { output.note(.withheldGroups(groups)) }
        guard !output.holdsNotice else { return }
        if let path = output.noticePath {
            try AnswerFile.write(notice + "\n", to: path, overwrite: output.overwrite)
        } else {
            notices.forEach(output.note)
        }
    }
}

extension OutputOptions {
    /// Whether the form itself has room for notices.
    fileprivate var holdsNotice: Bool {
        switch format ?? AnswerFormat(path: output) {
        case .geojson, .gpkg, .fgb, .kml, .html, .table, nil: true
        case .json, .geojsonseq, .csv, .shp, .xlsx: false
        }
    }

    /// The text beside an answer in a form without room for notices; `nil`
    /// where the answer is no file.
    var noticePath: String? { isPublic && !holdsNotice && output != "-" ? output + ".txt" : nil }

    /// The same text below a table.
    func withNotice(_ text: String) -> String {
        isPublic && chosenFormat == .table && !text.isEmpty ? text + "\n" + Publication.notice + "\n" : text
    }
}
