/// Climbs on from a local best: some sites are swapped at random, swaps improve
/// what comes out, and what is not worse stays (iterated local search).
struct CoverClimb {
    private(set) var state: CoverState
    /// The best set so far.
    private(set) var best: [Int32]
    /// Its value by the weights of the search.
    private(set) var bestValue: Double
    /// Where it stands.
    private(set) var current: [Int32]
    private var currentValue: Double
    private var random: SplitMix

    /// Starts from a state that swaps do not improve.
    init(_ state: CoverState, seed: UInt64) {
        self.state = state
        best = state.open
        bestValue = state.value
        current = best
        currentValue = bestValue
        random = SplitMix(seed: seed)
    }

    /// One kick and the swaps after it.
    ///
    /// - Returns: whether the best set is a new one.
    mutating func climb(while goesOn: () -> Bool) -> Bool {
        guard !state.open.isEmpty, state.open.count < state.model.siteCount else { return false }
        kickSites()
        guard CoverInterchange.improve(&state, while: goesOn) else { return false }
        if state.value >= currentValue * (1 - 1e-4) {
            current = state.open
            currentValue = state.value
        } else {
            restore(current)
        }
        guard currentValue > bestValue * (1 + 1e-12) else { return false }
        best = current
        bestValue = currentValue
        return true
    }

    private mutating func kickSites() {
        let model = state.model
        for _ in 0..<min(1 + random.below(4), state.open.count) {
            state.close(state.open[random.below(state.open.count)])
        }
        for _ in 0..<8 where state.open.count < model.stationCount {
            let site = random.below(model.siteCount)
            if state.slots[site] >= 0 { continue }
            if !model.siteCosts.isEmpty, state.cost + model.siteCosts[site] > model.budget { continue }
            state.open(Int32(truncatingIfNeeded: site))
        }
    }

    private mutating func restore(_ sites: [Int32]) {
        for site in state.open where !sites.contains(site) { state.close(site) }
        for site in sites where state.slots[Int(site)] < 0 { state.open(site) }
    }
}
