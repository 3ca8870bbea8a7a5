import Foundation
import Messages

/// One line on the terminal that says how far long work has come.
final class ProgressLine {
    private let isShown: Bool
    private var last = Date.distantPast
    private var sizes: [String: Int] = [:]

    init(isShown: Bool) { self.isShown = isShown }

    /// Shows the state, ten times a second at most.
    func show(file: String, bytesRead: Int, records: Int) {
        guard isShown, Date.now.timeIntervalSince(last) > 0.1 else { return }
        last = .now
        let size = sizes[file] ?? Self.size(file)
        sizes[file] = size
        let share = size > 0 ? " \(min(100, bytesRead * 100 / size)) %" : ""
        write("\r\u{1B}[K\(file)\(share)  \(Text.recordsSoFar(records).spoken)")
    }

    /// Takes the line away.
    func clear() { if isShown { write("\r\u{1B}[K") } }

    private func write(_ text: String) { StandardError.write(text) }

    private static func size(_ path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }
}

/// Ctrl-C: noticed between batches, so that nothing is left half done.
enum Interruption {
    nonisolated(unsafe) private static let flag = {
        let flag = UnsafeMutablePointer<sig_atomic_t>.allocate(capacity: 1)
        flag.initialize(to: 0)
        return flag
    }()

    /// Begins to watch; the first Ctrl-C asks for an end, the second ends at once.
    static func watch() {
        flag.pointee = 0
        keepWatching()
    }

    /// Watches on, in case somebody else took the signal over.
    static func keepWatching() {
        signal(SIGINT) { _ in
            Interruption.raise()
        }
    }

    /// Ends to watch: Ctrl-C ends the program at once again.
    static func endWatch() { signal(SIGINT, SIG_DFL) }

    private static func raise() {
        flag.pointee = 1
        signal(SIGINT, SIG_DFL)
    }

    /// Whether Ctrl-C was pressed.
    static var isRequested: Bool { flag.pointee != 0 }
}
