/// Finds good sets of sites fast: greedy, then swaps of one open and one closed
/// site until none helps (Teitz and Bart 1968).
enum CoverInterchange {
    /// Opens the site that adds most, again and again, until no slot is free,
    /// none can be paid or none adds anything.
    ///
    /// With a budget what a site adds for its cost decides where `byCost` says so.
    /// Asks before every site whether to go on.
    static func fill(_ state: inout CoverState, byCost: Bool = false, while goesOn: () -> Bool) {
        let model = state.model
        var promises = CoverPromises(state)
        while state.open.count < model.stationCount, goesOn() {
            var best: (site: Int, gain: Double)?
            for site in 0..<model.siteCount where state.slots[site] < 0 {
                var gain = state.gains[site] + promises.of(site)
                if gain <= 0 { continue }
                if !model.siteCosts.isEmpty {
                    if state.cost + model.siteCosts[site] > model.budget { continue }
                    if byCost { gain /= max(model.siteCosts[site], model.budget * 1e-9) }
                }
                if gain > best?.gain ?? 0 { best = (site, gain) }
            }
            guard let best else { return }
            promises.open(best.site, state)
            state.open(Int32(truncatingIfNeeded: best.site))
        }
    }

    /// Swaps, and opens where a slot is free, until nothing adds to the value.
    ///
    /// - Returns: false where it was broken off.
    @discardableResult
    static func improve(_ state: inout CoverState, while goesOn: () -> Bool) -> Bool {
        // Less may be the rounding of sums: swaps would go round in circles.
        let least = state.weights.reduce(0, +) * 1e-10
        while let move = bestMove(state), move.gain > least {
            guard goesOn() else { return false }
            if let site = move.close { state.close(site) }
            state.open(move.open)
        }
        return true
    }

    private struct Move {
        var close: Int32?
        var open: Int32
        var gain: Double
    }

    private static func bestMove(_ state: CoverState) -> Move? {
        let model = state.model
        let hasCosts = !model.siteCosts.isEmpty
        let hasCorrections = state.hasCorrections
        let limit = model.budget
        var best: Move?
        var bestGain = 0.0
        if state.open.count < model.stationCount {
            for site in 0..<model.siteCount where state.slots[site] < 0 && state.gains[site] > bestGain {
                if hasCosts, state.cost + model.siteCosts[site] > limit { continue }
                bestGain = state.gains[site]
                best = Move(close: nil, open: Int32(truncatingIfNeeded: site), gain: bestGain)
            }
        }
        // Without corrections a swap never looks better than it is where one site
        // covers a row; else it may.
        guard state.hasCorrections || !model.hasBackup else { return best }
        for (slot, closing) in state.open.enumerated() {
            let loss = state.losses[slot]
            let first = slot * model.siteCount
            let room = hasCosts ? limit - state.cost + model.siteCosts[Int(closing)] : 0
            for site in 0..<model.siteCount {
                let gain = state.gains[site] - loss + (hasCorrections ? state.corrections[first + site] : 0)
                guard gain > bestGain, state.slots[site] < 0 else { continue }
                if hasCosts, model.siteCosts[site] > room { continue }
                bestGain = gain
                best = Move(close: closing, open: Int32(truncatingIfNeeded: site), gain: gain)
            }
        }
        return best
    }
}
