import Atlas
import Foundation
import Messages
import Synchronization

/// Watches a search for the best answer: shows how far it is, and hears Ctrl-C.
final class SearchWatch: Sendable {
    private let isShown: Bool
    private let state = Mutex(State())

    private struct State {
        var lastShown = ContinuousClock.now - .seconds(1)
        var isShowing = false
        var isOver = false
    }

    /// Begins to hear Ctrl-C: the first one asks for an end, the second ends
    /// the program at once.
    init(isShown: Bool) {
        self.isShown = isShown
        Interruption.watch()
    }

    /// Whether Ctrl-C was pressed.
    var isInterrupted: Bool { Interruption.isRequested }

    /// Shows how much of the files is read; `false` asks to break off.
    func show(bytesRead: Int, of total: Int) -> Bool {
        if total > 0 { show(.readingCosts(percent: min(100, bytesRead * 100 / total))) }
        return !isInterrupted
    }

    /// Shows value, bound and gap.
    func show(_ progress: PlacementControl.Progress) {
        guard let value = progress.value else { return show(.searching(value: nil, bound: nil, gap: nil)) }
        let gap = PlacementAnswer.gap(value: value, bound: progress.bound)
        show(
            .searching(
                value: JSONValue.readable(value),
                bound: progress.bound.isFinite ? JSONValue.readable(progress.bound) : nil,
                gap: progress.bound.isFinite ? JSONValue.percent(gap) : nil))
    }

    /// Runs a search; Ctrl-C cancels its control meanwhile.
    ///
    /// The libraries behind a search may take the signal over while they work,
    /// so it is taken back again and again.
    func run<Answer>(_ control: PlacementControl, _ search: () throws -> Answer) rethrows -> Answer {
        let watcher = Thread { [self] in
            while !state.withLock({ $0.isOver }) {
                if isInterrupted {
                    control.cancel()
                    Interruption.endWatch()
                } else {
                    Interruption.keepWatching()
                }
                usleep(20_000)
            }
        }
        watcher.start()
        defer { end() }
        return try search()
    }

    /// Takes the line away.
    func end() {
        let wasShowing = state.withLock { state in
            state.isOver = true
            defer { state.isShowing = false }
            return state.isShowing
        }
        if wasShowing { StandardError.write("\r\u{1B}[K") }
    }

    /// Ten times a second at most.
    private func show(_ text: Text) {
        guard isShown else { return }
        state.withLock { state in
            guard !state.isOver, .now - state.lastShown > .milliseconds(100) else { return }
            (state.lastShown, state.isShowing) = (.now, true)
            StandardError.write("\r\u{1B}[K" + text.spoken)
        }
    }
}
