/// The heights along one street.
enum HeightProfile {
    /// Fills in what is not known.
    ///
    /// Between two corners of known height the height runs straight; before
    /// the first and behind the last the ground is taken to be level.
    ///
    /// - Parameters:
    ///   - heights: of the corners in metres; what is not finite is not known.
    ///   - meters: from the start to every corner.
    /// - Returns: `nil` where no height is known.
    static func complete(_ heights: [Double], meters: [Double]) -> [Double]? {
        let known = heights.indices.filter { heights[$0].isFinite }
        guard let first = known.first, let last = known.last else { return nil }
        if known.count == heights.count { return heights }
        var heights = heights
        for index in 0..<first { heights[index] = heights[first] }
        for index in last..<heights.count { heights[index] = heights[last] }
        for (from, to) in zip(known, known.dropFirst()) {
            let run = meters[to] - meters[from]
            for index in from + 1..<to {
                let share = run > 0 ? (meters[index] - meters[from]) / run : 0
                heights[index] = heights[from] + (heights[to] - heights[from]) * share
            }
        }
        return heights
    }
}
