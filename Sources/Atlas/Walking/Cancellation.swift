import Messages

/// Long work asks now and then whether anybody still waits for it.
enum Cancellation {
    /// - Throws: `Failure` with `.interrupted` where the task that runs this
    ///   was cancelled.
    static func check() throws(Failure) {
        if Task.isCancelled { throw Failure(.interrupted, .interrupted) }
    }
}
