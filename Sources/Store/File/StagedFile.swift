import Foundation
import Messages

/// A file that is built under another name beside its place and gets its own
/// when it is complete: never half a file.
struct StagedFile {
    /// Where it will stand.
    let path: String
    /// Where it is built.
    var temporary: String { part.temporaryPath }

    private let part: PartFile

    /// Makes the file, empty; removes unfinished ones of programs that no longer run.
    ///
    /// - Throws: `Failure`.
    init(path: String) throws(Failure) {
        self.path = path
        part = try PartFile(beside: path)
    }

    /// Gives the finished file its name.
    ///
    /// - Parameter failure: what is thrown where a file of that name stands
    ///   there by now; `nil` replaces it.
    /// - Throws: `Failure`.
    func publish(orIfTaken failure: Failure?) throws(Failure) {
        if failure == nil { try settle() }
        try part.publish(orIfTaken: failure)
    }

    /// Removes what was built, unless it has its name.
    func discard() { part.discard() }

    /// Folds the log of the file that is to be replaced into it: beside the
    /// new file it would be taken for its own.
    private func settle() throws(Failure) {
        let place = part.place
        guard let header = try? FileHeader(path: place), header.hasUnfinishedLog else { return }
        try? AtlasFile.openForeign(path: place).close()
        guard let settled = try? FileHeader(path: place), !settled.hasUnfinishedLog else {
            throw Failure(.locked, .atlasLocked(path), hint: .closeOther)
        }
    }
}
