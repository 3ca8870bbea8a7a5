/// How long the steps of the volume algorithm are, and how much of the newest
/// violations goes into their mean.
struct StepPace {
    private var scale = 1.0
    private var target: Double
    private var best: Double
    private var sinceBetter = 0
    private var steps = 0
    private var weight = 0.2
    private var boundAtCheck: Double

    /// Begins at a bound.
    init(bound: Double) {
        best = bound
        boundAtCheck = bound
        target = bound
        raiseTarget()
    }

    /// Whether longer searching gains next to nothing.
    private(set) var isSpent = false

    /// The length of a step from a bound.
    func length(from bound: Double, norm: Double) -> Double { scale * (target - bound) / norm }

    /// Learns what a step came to; how much the newest violations weigh.
    mutating func take(_ bound: Double, isBetter: Bool, agreement: Double) -> Double {
        steps += 1
        if isBetter {
            best = bound
            if agreement >= 0 { scale = min(2, scale * 1.1) }
            sinceBetter = 0
            raiseTarget()
        } else {
            sinceBetter += 1
            if sinceBetter >= 15 {
                scale *= 0.66
                sinceBetter = 0
            }
        }
        if steps % 100 == 0 {
            let gain = (best - boundAtCheck) / max(1e-9, abs(best))
            if gain < 0.005 { weight = max(0.01, weight / 2) }
            if gain < 1e-5 { isSpent = true }
            boundAtCheck = best
        }
        if scale < 1e-4 { isSpent = true }
        return weight
    }

    private mutating func raiseTarget() {
        if best >= target - 0.05 * abs(target) { target = best + max(0.05 * abs(best), 1e-3) }
    }
}
