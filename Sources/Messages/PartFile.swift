import Foundation

/// A file under construction beside its place, under a name of its own.
///
/// Its maker holds a lock on it as long as it lives, whatever process id it
/// has and in whatever container it runs; what nobody holds was left by a kill
/// and is removed by the next who writes the same file.
package final class PartFile {
    /// Where it is built.
    package let temporaryPath: String
    /// The open file; closed with the value.
    package let descriptor: Int32

    private static let ending = ".part"

    /// Makes an empty file, and removes what killed programs left of others.
    ///
    /// - Throws: `Failure`: `.cannotCreate`, `.inputOutput` where the disk is full.
    package init(beside path: String) throws(Failure) {
        Self.removeLeftovers(of: path)
        while true {
            let temporary = "\(path).\(String(UInt64.random(in: 0...UInt64.max), radix: 16))\(Self.ending)"
            let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else {
                if errno == EEXIST { continue }
                throw Failure(
                    errno == ENOSPC ? .inputOutput : .cannotCreate, .cannotOpen(path, String(cString: strerror(errno))),
                    hint: .freeSpace)
            }
            // File systems without locks keep the file, but nobody else then removes it.
            flock(descriptor, LOCK_EX | LOCK_NB)
            // Who looks for leftovers may have come between the two.
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_nlink > 0 else {
                close(descriptor)
                continue
            }
            self.temporaryPath = temporary
            self.descriptor = descriptor
            return
        }
    }

    deinit { close(descriptor) }

    /// Removes the file, unless it got another name, and what SQLite keeps beside it.
    package func discard() { Self.remove(temporaryPath) }

    private static func remove(_ path: String) {
        for companion in ["-wal", "-shm", "-journal", ""] { unlink(path + companion) }
    }

    /// Removes unfinished files of programs that no longer run.
    package static func removeLeftovers(of path: String) {
        let place = path.lastIndex(of: "/")
        let folder = place.map { String(path[...$0]) } ?? "./"
        let prefix = path[(place.map(path.index(after:)) ?? path.startIndex)...] + "."
        guard let entries = opendir(folder) else { return }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasPrefix(prefix), name.hasSuffix(ending), name.count > prefix.count + ending.count,
                name.dropFirst(prefix.count).dropLast(ending.count).allSatisfy(\.isHexDigit)
            else { continue }
            let descriptor = open(folder + name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
            guard descriptor >= 0 else { continue }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { remove(folder + name) }
            close(descriptor)
        }
    }
}
