/// How much deciding a column has raised the bound, for one unit that its value
/// was moved (pseudocosts: Bénichou et al. 1971).
struct BranchingGains {
    private var outs: [Double]
    private var intos: [Double]
    private var counts: [Int32]

    init(columnCount: Int) {
        outs = [Double](repeating: 0, count: columnCount)
        intos = outs
        counts = [Int32](repeating: 0, count: columnCount)
    }

    /// Whether enough is known about a column.
    func isReliable(_ column: Int) -> Bool { counts[column] >= 2 }

    /// Learns what both decisions gained.
    mutating func learn(_ column: Int, out: Double, into: Double) {
        outs[column] += max(0, out)
        intos[column] += max(0, into)
        counts[column] += 1
    }

    /// How good it is to decide a column that has a value.
    func score(_ column: Int, value: Double) -> Double {
        let count = Double(max(1, counts[column]))
        let out = outs[column] / count * value
        let into = intos[column] / count * (1 - value)
        return max(out, 1e-6) * max(into, 1e-6)
    }
}
