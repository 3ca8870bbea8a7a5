import Foundation

/// A file under construction beside its place, under a name of its own.
///
/// Its maker holds a lock on it as long as it lives, whatever process id it
/// has and in whatever container it runs; what nobody holds was left by a kill
/// and is removed by the next who writes the same file. A place that is a
/// symbolic link means the place it leads to.
package final class PartFile {
    /// Where it is built.
    package let temporaryPath: String
    /// The open file; closed with the value.
    package let descriptor: Int32

    /// Where it will stand: behind the symbolic links of the path.
    package let place: String

    private let path: String
    private static let ending = ".part"
    /// What is added to the temporary name for what stood at the place before.
    package static let oldEnding = ".old"

    /// Makes an empty file, and removes what killed programs left of others.
    ///
    /// - Parameters:
    ///   - path: where it will stand.
    ///   - isPrivate: whether nobody else may read it.
    /// - Throws: `Failure`: `.cannotCreate`, `.inputOutput` where the disk is full.
    package init(beside path: String, isPrivate: Bool = false) throws(Failure) {
        self.path = path
        place = OutputPlace(path).path
        Self.removeLeftovers(of: place)
        while true {
            let temporary = "\(place).\(String(UInt64.random(in: 0...UInt64.max), radix: 16))\(Self.ending)"
            let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, isPrivate ? 0o600 : 0o644)
            guard descriptor >= 0 else {
                if errno == EEXIST { continue }
                throw Failure(
                    errno == ENOSPC ? .inputOutput : .cannotCreate, .cannotOpen(path, String(cString: strerror(errno))),
                    hint: .freeSpace)
            }
            // Who looks for leftovers may hold it for a moment, and then remove it.
            Self.lock(descriptor)
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

    /// Gives the finished file its name.
    ///
    /// - Parameter failure: what is thrown where anything stands there by now;
    ///   `nil` replaces it.
    /// - Throws: `Failure` with `.inputOutput`.
    package func publish(orIfTaken failure: Failure?) throws(Failure) {
        guard fsync(descriptor) == 0 else { throw writeFailed }
        guard isInPlace else {
            errno = ENOENT
            throw writeFailed
        }
        if let failure {
            if link(temporaryPath, place) == 0 {
                unlink(temporaryPath)
                return
            }
            // Some file systems have no hard links.
            var status = stat()
            if errno == EEXIST || lstat(place, &status) == 0 { throw failure }
        }
        guard rename(temporaryPath, place) == 0 else { throw writeFailed }
    }

    /// Removes the file, unless it got another name, and what SQLite keeps beside it.
    package func discard() { Self.remove(temporaryPath) }

    /// Removes a file and what SQLite keeps beside it.
    package static func remove(_ path: String) {
        for companion in ["-wal", "-shm", "-journal", ""] { unlink(path + companion) }
    }

    /// Removes unfinished files of programs that no longer run; what they set
    /// aside comes back where nothing stands in its place.
    package static func removeLeftovers(of path: String) {
        let path = OutputPlace(path).path
        let place = path.lastIndex(of: "/")
        let folder = place.map { String(path[...$0]) } ?? "./"
        let prefix = path[(place.map(path.index(after:)) ?? path.startIndex)...] + "."
        guard let entries = opendir(folder) else { return }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            let isOld = name.hasSuffix(ending + oldEnding)
            let temporary = isOld ? name.dropLast(oldEnding.count) : name[...]
            guard temporary.hasPrefix(prefix), temporary.hasSuffix(ending),
                temporary.count > prefix.count + ending.count,
                temporary.dropFirst(prefix.count).dropLast(ending.count).allSatisfy(\.isHexDigit)
            else { continue }
            let descriptor = open(folder + name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
            guard descriptor >= 0 else { continue }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
                if !isOld || link(folder + name, path) == 0 || errno == EEXIST { remove(folder + name) }
            }
            close(descriptor)
        }
    }

    /// Waits for the lock. On file systems without locks (`ENOTSUP`, `ENOLCK`,
    /// `EINVAL`) nobody finds a leftover, and nobody removes this file.
    private static func lock(_ descriptor: Int32) {
        while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
    }

    /// Whether the name still leads to the open file.
    private var isInPlace: Bool {
        var (named, opened) = (stat(), stat())
        return lstat(temporaryPath, &named) == 0 && fstat(descriptor, &opened) == 0
            && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
    }

    private var writeFailed: Failure {
        Failure(.inputOutput, .writeFailed(path, String(cString: strerror(errno))), hint: .freeSpace)
    }
}
