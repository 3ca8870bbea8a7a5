import Foundation

/// Where an output goes when symbolic links stand in its way.
package struct OutputPlace {
    /// The path behind all links; a new file there leaves the links as they are.
    package let path: String
    /// The number of the open file that the path names, as `/dev/stdout` and
    /// `/dev/fd/3` do; `nil` where it names a place.
    package let descriptor: Int32?

    private static let descriptorFolders = ["/dev/fd/", "/proc/self/fd/"]
    private static let mostLinks = 40

    /// Follows the links of a path, of which the last may lead to nothing.
    package init(_ path: String) {
        var path = path
        for _ in 0..<Self.mostLinks {
            // What stands behind an open file is not for others to replace.
            guard Self.descriptor(path) == nil, let next = Self.next(path) else { break }
            path = next
        }
        self.path = path
        descriptor = Self.descriptor(path)
    }

    /// Another name of the open file, if who started the program handed it
    /// over: what the program itself opened is nobody's output.
    ///
    /// - Returns: a descriptor to be closed by the caller; -1, and the reason
    ///   in `errno`, where there is none.
    package static func duplicate(_ descriptor: Int32) -> Int32 {
        let flags = fcntl(descriptor, F_GETFD)
        guard flags >= 0, flags & FD_CLOEXEC == 0 else {
            errno = EBADF
            return -1
        }
        return dup(descriptor)
    }

    private static func descriptor(_ path: String) -> Int32? {
        for folder in descriptorFolders where path.hasPrefix(folder) {
            let digits = path.dropFirst(folder.count)
            if digits.allSatisfy(\.isWholeNumber), let number = Int32(digits) { return number }
        }
        return nil
    }

    private static func next(_ path: String) -> String? {
        guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { return nil }
        guard !next.hasPrefix("/"), let end = path.lastIndex(of: "/") else { return next }
        return path[...end] + next
    }
}
