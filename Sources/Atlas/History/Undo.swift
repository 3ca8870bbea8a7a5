import Foundation
import Messages
public import Store

/// Takes the last change of an atlas back: an import, an edit, a repair. Doing
/// it again goes further back.
///
/// - Parameters:
///   - path: the atlas.
///   - note: why; kept in the history.
///   - isDryRun: whether nothing is kept.
/// - Returns: what was done.
/// - Throws: `Failure`: `.notFound` where there is no change to take back;
///   `.unusableInput` where another program has changed rows of it since; the
///   atlas is then as it was.
/// - Complexity: reads every row that the change touched.
public func undoLastChange(_ path: String, note: String? = nil, isDryRun: Bool = false) throws -> UndoReport {
    guard FileManager.default.fileExists(atPath: path) else {
        throw Failure(.notFound, .noSuchAtlas(path), hint: .importFirst)
    }
    let body = { (change: AtlasChange) throws -> (UndoReport, AtlasFile.Ending) in
        change.describe(as: .undo, note: note)
        guard let report = try change.undoLast() else {
            throw Failure(.notFound, .nothingToUndo(path), hint: .historyBegins)
        }
        guard report.conflicts.isEmpty else {
            let shown = report.conflicts.prefix(8).map { "\($0.layer.name)/\($0.fid)" }.joined(separator: ", ")
            throw Failure(
                .unusableInput,
                .editedSince(
                    report.change.id, report.conflicts.count, report.conflicts.count > 8 ? shown + ", …" : shown),
                hint: .takeEditsBackFirst)
        }
        return (report, .commit)
    }
    return isDryRun ? try AtlasFile.rehearse(path: path, body) : try AtlasFile.change(path: path, body)
}
