import Synchronization

/// What a search may take, who may end it, and who hears how far it is.
///
/// Safe for any number of threads.
public final class PlacementControl: Sendable {
    /// How far a search is.
    public struct Progress: Sendable {
        /// The best value so far; `nil` before the first answer.
        public var value: Double?
        /// What no answer can be better than; infinite where nothing is known.
        public var bound: Double

        /// Makes a report.
        public init(value: Double?, bound: Double) {
            self.value = value
            self.bound = bound
        }
    }

    /// The gap that is good enough, 0 to 1; 0 asks for a proof.
    public let gap: Double
    /// The most steps of work (nodes of a tree, rounds of cuts, iterations of a
    /// Lagrangian): the same for every run and any number of threads.
    public let workLimit: Int?
    /// The seed of everything that is random.
    public let seed: UInt64
    private let deadline: ContinuousClock.Instant?
    private let isCancelled = Atomic<Bool>(false)
    private let work = Atomic<Int>(0)
    /// Nanoseconds that do not count towards the time limit.
    private let uncounted = Atomic<Int64>(0)
    private let report: (@Sendable (Progress) -> Void)?
    /// The search that this one is a part of.
    private let whole: PlacementControl?

    /// Makes a control; without arguments one that asks for a proof, however long.
    ///
    /// - Parameters:
    ///   - timeLimitSeconds: from now on; 0 or less is used up already, and what
    ///     is no number, or more than a hundred years, is no limit.
    ///   - gap: that is good enough.
    ///   - workLimit: the most steps of work.
    ///   - seed: of everything that is random.
    ///   - report: hears value and bound whenever one of them moves.
    public init(
        timeLimitSeconds: Double? = nil, gap: Double = 0, workLimit: Int? = nil, seed: UInt64 = 1,
        report: (@Sendable (Progress) -> Void)? = nil
    ) {
        self.gap = gap
        self.workLimit = workLimit
        self.seed = seed
        deadline = timeLimitSeconds.flatMap(Self.deadline)
        self.report = report
        whole = nil
    }

    /// Makes a control for one part of a search that has several equal parts to
    /// go: it ends with the whole, and earlier where its share of time or work
    /// is used up.
    init(partOf whole: PlacementControl, partsLeft: Int) {
        gap = whole.gap
        workLimit = whole.workLeft.map { $0 / partsLeft }
        seed = whole.seed
        deadline = whole.secondsLeft.flatMap { Self.deadline(inSeconds: $0 / Double(partsLeft)) }
        report = nil
        self.whole = whole
    }

    /// Makes a control for a question within a search, which wants a sure answer
    /// without a gap: it ends with the whole, and after so much work.
    init(questionOf whole: PlacementControl, workLimit: Int? = nil) {
        gap = 0
        self.workLimit = workLimit
        seed = whole.seed
        deadline = nil
        report = nil
        self.whole = whole
    }

    /// A number of seconds from now; `nil` where that is further than a clock counts.
    private static func deadline(inSeconds seconds: Double) -> ContinuousClock.Instant? {
        guard seconds < 100 * 365.25 * 86_400 else { return nil }
        return .now + .seconds(max(seconds, 0))
    }

    /// Asks the search to end with the best answer so far.
    public func cancel() { isCancelled.store(true, ordering: .relaxed) }

    /// Counts steps of work; solvers call it from one thread.
    func add(work steps: Int) {
        work.add(steps, ordering: .relaxed)
        whole?.add(work: steps)
    }

    /// Does what is no part of the search, reading or walking for instance: the
    /// time limit is put off by the time that takes.
    ///
    /// - Parameter preparation: what is done; it may look whether somebody
    ///   cancelled, but not whether time is left.
    /// - Returns: what the preparation returns.
    /// - Throws: what the preparation throws.
    public func withoutCounting<Prepared, Problem: Error>(
        _ preparation: () throws(Problem) -> Prepared
    ) throws(Problem) -> Prepared {
        let start = ContinuousClock.now
        defer {
            let taken = start.duration(to: .now).components
            uncounted.add(taken.seconds * 1_000_000_000 + taken.attoseconds / 1_000_000_000, ordering: .relaxed)
        }
        return try preparation()
    }

    /// When the time is used up, if it is limited.
    private var countedDeadline: ContinuousClock.Instant? {
        deadline.map { $0 + .nanoseconds(uncounted.load(ordering: .relaxed)) }
    }

    /// Why the search has to end now; `nil` where it may go on.
    public var end: PlacementAnswer.End? {
        if isCancelled.load(ordering: .relaxed) { return .cancelled }
        if let workLimit, work.load(ordering: .relaxed) >= workLimit { return .limitReached }
        if let countedDeadline, .now >= countedDeadline { return .limitReached }
        return whole?.end
    }

    /// Whether there is no time to finish a step: the time is used up, or somebody
    /// broke off. A limit in work ends a search between steps only.
    var isOutOfTime: Bool {
        if isCancelled.load(ordering: .relaxed) { return true }
        if let countedDeadline, .now >= countedDeadline { return true }
        return whole?.isOutOfTime ?? false
    }

    /// Seconds until the time is used up, if it is limited.
    var secondsLeft: Double? {
        countedDeadline.map { deadline in
            let left = ContinuousClock.now.duration(to: deadline).components
            return Double(left.seconds) + Double(left.attoseconds) / 1e18
        }
    }

    /// Steps of work until the limit, if there is one.
    var workLeft: Int? { workLimit.map { max(0, $0 - work.load(ordering: .relaxed)) } }

    /// Tells whoever listens.
    func tell(value: Double?, bound: Double) { report?(Progress(value: value, bound: bound)) }
}
