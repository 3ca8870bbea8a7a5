import Atlas
import Foundation
import Messages

/// Standard error: what is said beside an answer. What nobody hears is lost
/// without complaint.
enum StandardError {
    /// Says a text.
    static func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let wrote = bytes.withUnsafeBytes { Foundation.write(2, $0.baseAddress, $0.count) }
            if wrote < 0 && errno == EINTR { continue }
            guard wrote > 0 else { return }
            bytes = bytes.dropFirst(wrote)
        }
    }
}

/// Standard output, for texts that are no answer of a verb.
enum StandardOutput {
    /// Writes a text as a line of its own.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    static func write(line: String) throws(Failure) {
        try AnswerFile.write(line + "\n", to: "-", overwrite: false)
    }
}

/// The three streams that every process is born with.
enum StandardStreams {
    /// Fills the places of those that the caller closed: a file opened there
    /// would be taken for one of them. Writing to such a place fails.
    static func fillClosed() {
        for descriptor in [Int32(0), 1, 2] where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
            _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
        }
    }
}
