import Dispatch
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The places in reach of each of many candidate sites: what a placement
/// chooses from.
public struct CandidateLists: Sendable {
    /// Where each candidate's entries begin, and where the last one's end.
    public let starts: [Int]
    /// The places, candidate by candidate, by number.
    public let places: [UInt32]
    /// The ticks between the candidate and the place.
    public let ticks: [UInt32]

    /// How many candidates there are.
    public var count: Int { starts.count - 1 }

    /// Which entries are a candidate's.
    public func range(of candidate: Int) -> Range<Int> { starts[candidate]..<starts[candidate + 1] }

    /// Searches from every candidate, on all cores.
    ///
    /// - Parameters:
    ///   - candidates: on edges of the places' network; `nil` for those that
    ///     meet none, whose lists are empty.
    ///   - places: what is searched for.
    ///   - arcs: the ways of the places' network in their direction.
    ///   - limitTicks: the most that is of interest, itself included.
    ///   - threadCount: how many at once; `nil` for as many as there are
    ///     cores. The lists are the same for any.
    ///   - isCancelled: asked before every candidate, by all threads.
    /// - Throws: `CancellationError` where `isCancelled` said so.
    /// - Complexity: O(candidates × what each reaches).
    public init(
        _ candidates: [Foothold?], _ places: PlacesOnNetwork, _ arcs: Arcs, limitTicks: UInt32,
        threadCount: Int? = nil, isCancelled: @Sendable () -> Bool = { false }
    ) throws(CancellationError) {
        let shareCount = (candidates.count + Self.candidatesAShare - 1) / Self.candidatesAShare
        let threads = max(1, min(threadCount ?? Self.coreCount, shareCount))
        let next = Atomic<Int>(0)
        let isStopped = Atomic<Bool>(false)
        let found = Mutex([Share?](repeating: nil, count: shareCount))
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            let search = PlaceSearch(arcs, places)
            while true {
                let number = next.add(1, ordering: .relaxed).oldValue
                guard number < shareCount, !isStopped.load(ordering: .relaxed) else { return }
                let first = number * Self.candidatesAShare
                var share = Share()
                for candidate in candidates[first..<min(first + Self.candidatesAShare, candidates.count)] {
                    guard !isCancelled() else {
                        isStopped.store(true, ordering: .relaxed)
                        return
                    }
                    search.run([candidate], limitTicks: limitTicks)
                    share.append(search.reached)
                }
                found.withLock { [share] in $0[number] = share }
            }
        }
        guard !isStopped.load(ordering: .relaxed) else { throw CancellationError() }
        self.init(found.withLock { $0.compactMap { $0 } })
    }

    private static var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// So few that no thread is idle for long at the end.
    private static let candidatesAShare = 32

    /// What some candidates next to each other reach.
    private struct Share {
        var counts: [Int] = []
        var places: [UInt32] = []
        var ticks: [UInt32] = []

        mutating func append(_ reached: [PlaceInReach]) {
            counts.append(reached.count)
            for place in reached {
                places.append(place.place)
                ticks.append(place.ticks)
            }
        }
    }

    private init(_ shares: [Share]) {
        var starts = [0]
        var places: [UInt32] = []
        var ticks: [UInt32] = []
        let total = shares.reduce(0) { $0 + $1.places.count }
        places.reserveCapacity(total)
        ticks.reserveCapacity(total)
        for share in shares {
            for count in share.counts { starts.append(starts[starts.count - 1] + count) }
            places.append(contentsOf: share.places)
            ticks.append(contentsOf: share.ticks)
        }
        (self.starts, self.places, self.ticks) = (starts, places, ticks)
    }
}
