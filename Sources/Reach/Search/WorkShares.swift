import Dispatch

/// Work on a range of indices, shared among the cores.
enum WorkShares {
    /// As many shares of a range as there may be, in no order, some at once.
    ///
    /// - Parameters:
    ///   - count: how many indices there are.
    ///   - least: fewer are no share.
    ///   - body: gets the indices of one share; nothing else may write what it
    ///     reads or writes.
    static func forEach(of count: Int, atLeast least: Int, _ body: @Sendable (Range<Int>) -> Void) {
        let shares = min(most, count / least)
        guard shares > 1 else { return body(0..<count) }
        DispatchQueue.concurrentPerform(iterations: shares) { share in
            body(count * share / shares..<count * (share + 1) / shares)
        }
    }

    /// Some more shares than cores, so that none waits long for another.
    private static let most = 8
}
