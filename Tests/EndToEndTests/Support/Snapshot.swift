import Foundation
import Testing

/// Blessed answers: what the program said when somebody last looked.
enum Snapshot {
    /// Whether answers are written rather than compared.
    static let isBlessing = ProcessInfo.processInfo.environment["LOUYU_BLESS"] == "1"

    /// Compares an answer with the blessed one of a name, or blesses it.
    static func check(_ answer: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = Repository.snapshots.appending(path: name)
        if isBlessing {
            try FileManager.default.createDirectory(at: Repository.snapshots, withIntermediateDirectories: true)
            return try Data(answer.utf8).write(to: file)
        }
        guard let bytes = try? Data(contentsOf: file) else {
            Issue.record("\(name) is not blessed yet: tools/bless", sourceLocation: sourceLocation)
            return
        }
        let blessed = String(decoding: bytes, as: UTF8.self)
        guard blessed != answer else { return }
        let (old, new) = (lines(blessed), lines(answer))
        let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
        let blessedLine = line < old.count ? old[line] : "(end)"
        let newLine = line < new.count ? new[line] : "(end)"
        Issue.record(
            """
            \(name) differs in line \(line + 1) (tools/bless if that is meant):
            - \(blessedLine)
            + \(newLine)
            """, sourceLocation: sourceLocation)
    }

    /// Takes out what differs from run to run: the time of an import.
    static func masked(_ text: String) -> String {
        text.replacing(#/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z/#, with: "2000-01-01T00:00:00Z")
            .replacing(#/"seconds":[\d.]+,"readSeconds":[\d.]+/#, with: "\"seconds\":0,\"readSeconds\":0")
            .replacing(#/Prepared in [\d.]+ s, solved in [\d.]+ s/#, with: "Prepared in 0 s, solved in 0 s")
            .replacing(#/准备 [\d.]+ 秒，求解 [\d.]+ 秒/#, with: "准备 0 秒，求解 0 秒")
    }

    private static func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
    }
}
