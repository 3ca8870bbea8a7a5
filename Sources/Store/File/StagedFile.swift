import Foundation
import Messages

/// A file that is built under another name beside its place and gets its own
/// when it is complete: never half a file.
struct StagedFile {
    /// Where it will stand.
    let path: String
    /// Where it is built.
    let temporary: String

    init(path: String) {
        self.path = path
        temporary = "\(path).\(getpid()).part"
    }

    /// Gives the finished file its name.
    ///
    /// - Parameter failure: what is thrown where a file of that name stands
    ///   there by now; `nil` replaces it.
    /// - Throws: `Failure`.
    func publish(orIfTaken failure: Failure?) throws(Failure) {
        let descriptor = open(temporary, O_RDONLY | O_CLOEXEC)
        let isOnDisk = descriptor >= 0 && fsync(descriptor) == 0
        if descriptor >= 0 { close(descriptor) }
        guard isOnDisk else { throw writeFailed }
        if let failure {
            if link(temporary, path) == 0 { return }
            if errno == EEXIST { throw failure }
            // File systems without hard links.
        } else {
            try settle()
        }
        guard rename(temporary, path) == 0 else { throw writeFailed }
    }

    /// Removes what was built, unless it has its name, with its logs.
    func discard() { for ending in Self.endings { unlink(temporary + ending) } }

    private static let endings = ["", "-wal", "-shm", "-journal"]

    /// Removes unfinished files of programs that no longer run.
    static func removeLeftovers(of path: String) {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let prefix = URL(filePath: path).lastPathComponent + "."
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            guard name.hasPrefix(prefix), let ending = endings.first(where: { name.hasSuffix(".part" + $0) }),
                let process = Int32(name.dropFirst(prefix.count).dropLast(5 + ending.count)),
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            unlink(folder + "/" + name)
        }
    }

    /// Folds the log of the file that is to be replaced into it: beside the
    /// new file it would be taken for its own.
    private func settle() throws(Failure) {
        guard let header = try? FileHeader(path: path), header.hasUnfinishedLog else { return }
        try? AtlasFile.openForeign(path: path).close()
        guard let settled = try? FileHeader(path: path), !settled.hasUnfinishedLog else {
            throw Failure(.locked, .atlasLocked(path), hint: .closeOther)
        }
    }

    private var writeFailed: Failure {
        Failure(.inputOutput, .writeFailed(path, String(cString: strerror(errno))), hint: .freeSpace)
    }
}
