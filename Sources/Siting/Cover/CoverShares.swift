/// The groups that still want weight covered, and how much.
struct CoverShares: Sendable {
    /// What the rows of a group have to bring, above 0: its share less what the
    /// kept stations cover.
    private(set) var wanted: [Double] = []
    /// The problem's number of every group that wants something.
    private(set) var groups: [Int] = []
    private var numbers: [Int32] = []

    /// Takes the shares of a problem.
    init(_ problem: PlacementProblem, _ covers: EqualCovers) {
        guard let shares = problem.shares else { return }
        numbers = [Int32](repeating: -1, count: shares.groupCount)
        for group in 0..<shares.groupCount {
            let whole = covers.weightsOfGroups[group]
            let left = shares.leastShare * whole - covers.keptWeightsOfGroups[group]
            guard left > whole * Self.rounding else { continue }
            numbers[group] = Int32(truncatingIfNeeded: wanted.count)
            wanted.append(left - whole * Self.rounding)
            groups.append(group)
        }
    }

    /// The place of a group in `wanted`; -1 where it wants nothing.
    func number(ofGroup group: UInt32) -> Int32 {
        group == PlacementProblem.Shares.noGroup ? -1 : numbers[Int(group)]
    }

    /// What of a group's weight sums of weights may be off.
    private static let rounding = 1e-9
}
