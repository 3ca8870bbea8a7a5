import Foundation
import Messages

/// Several files that are of use together only: all of them appear, or none.
final class FileSet {
    /// A file of the set under construction.
    final class Member {
        /// The bytes so far.
        private(set) var size = 0

        fileprivate let part: PartFile
        /// The name that what stood there has meanwhile, locked.
        fileprivate var setAside: (path: String, descriptor: Int32)?
        private let path: String
        private var buffer: [UInt8] = []

        fileprivate init(_ path: String) throws(Failure) {
            self.path = path
            part = try PartFile(beside: path)
        }

        deinit { part.discard() }

        /// Appends bytes.
        ///
        /// - Throws: `Failure` with `.inputOutput`.
        func write(_ bytes: some Collection<UInt8>) throws(Failure) {
            buffer += bytes
            size += bytes.count
            if buffer.count >= 1 << 18 { try flush() }
        }

        /// Replaces the first bytes.
        ///
        /// - Throws: `Failure` with `.inputOutput`.
        func overwriteHead(_ bytes: [UInt8]) throws(Failure) {
            try flush()
            try put(bytes, at: 0)
        }

        fileprivate func flush() throws(Failure) {
            try put(buffer, at: size - buffer.count)
            buffer.removeAll(keepingCapacity: true)
        }

        private func put(_ bytes: [UInt8], at offset: Int) throws(Failure) {
            var done = 0
            while done < bytes.count {
                let count = bytes.withUnsafeBytes {
                    pwrite(
                        part.descriptor, $0.baseAddress?.advanced(by: done), bytes.count - done, off_t(offset + done))
                }
                if count >= 0 { done += count } else if errno != EINTR { throw failure }
            }
        }

        fileprivate func sync() throws(Failure) {
            try flush()
            guard fsync(part.descriptor) == 0 else { throw failure }
        }

        fileprivate var failure: Failure {
            Failure(.inputOutput, .writeFailed(path, String(cString: strerror(errno))), hint: .freeSpace)
        }
    }

    private let overwrite: Bool
    private var members: [(path: String, member: Member)] = []

    /// - Parameter overwrite: whether files that stand there are replaced.
    init(overwrite: Bool) { self.overwrite = overwrite }

    /// Begins a file.
    ///
    /// - Throws: `Failure`: `.cannotCreate`, `.inputOutput`.
    func add(_ path: String) throws(Failure) -> Member {
        try Self.check(path, overwrite: overwrite)
        let member = try Member(path)
        members.append((path, member))
        return member
    }

    /// Looks whether a file may be made there.
    ///
    /// - Throws: `Failure` with `.cannotCreate`.
    static func check(_ path: String, overwrite: Bool) throws(Failure) {
        switch PathKind(output: path) {
        case .absent: break
        case .folder: throw Failure(.cannotCreate, .isFolder(path), hint: .nameAFile)
        case .file: if !overwrite { throw Failure(.cannotCreate, .outputExists(path), hint: .useOverwrite) }
        case .device: throw Failure(.usage, .shapefileNeedsFile, hint: .giveShapefile)
        }
    }

    /// Gives all files their names; what they replace comes back where one cannot get it.
    ///
    /// - Throws: `Failure`: `.cannotCreate`, `.inputOutput`.
    func publish() throws(Failure) {
        for (_, member) in members { try member.sync() }
        var published = 0
        do throws(Failure) {
            for (path, member) in members {
                if overwrite { try setAside(member) }
                try member.part.publish(
                    orIfTaken: overwrite ? nil : Failure(.cannotCreate, .outputExists(path), hint: .useOverwrite))
                published += 1
            }
        } catch {
            for (index, (_, member)) in members.enumerated() {
                if let old = member.setAside {
                    rename(old.path, member.part.place)
                    // Of two names of one file none goes by that.
                    unlink(old.path)
                } else if index < published {
                    unlink(member.part.place)
                }
            }
            releaseOld()
            throw error
        }
        for (_, member) in members { if let old = member.setAside { unlink(old.path) } }
        releaseOld()
    }

    private func releaseOld() {
        for (_, member) in members {
            if let old = member.setAside { close(old.descriptor) }
            member.setAside = nil
        }
    }

    /// Gives what stands there a second name, under which it outlives a kill
    /// until the next writer comes; a moment without it there never is.
    private func setAside(_ member: Member) throws(Failure) {
        let place = member.part.place
        guard access(place, F_OK) == 0 else { return }
        let descriptor = open(place, O_RDONLY | O_CLOEXEC)
        if descriptor >= 0 { flock(descriptor, LOCK_EX | LOCK_NB) }
        let old = member.part.temporaryPath + PartFile.oldEnding
        // Some file systems have no hard links.
        guard link(place, old) == 0 || rename(place, old) == 0 else {
            let failure = member.failure
            close(descriptor)
            throw failure
        }
        member.setAside = (old, descriptor)
    }
}
