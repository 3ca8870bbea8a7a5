/// The heights along one street.
enum HeightProfile {
    /// Fills in what is not known.
    ///
    /// Between two corners of known height the height runs straight; before
    /// the first and behind the last the ground is taken to be level. Along
    /// bridges, tunnels and passages the height runs straight from end to
    /// end, whatever is said of the corners between.
    ///
    /// - Parameters:
    ///   - heights: of the corners in metres; what is not finite is not known.
    ///   - meters: from the start to every corner.
    ///   - isStraight: whether the street is a bridge, a tunnel or a passage.
    /// - Returns: `nil` where no height is known.
    static func complete(_ heights: [Double], meters: [Double], isStraight: Bool) -> [Double]? {
        let known = heights.indices.filter { heights[$0].isFinite && (!isStraight || isEnd($0, heights)) }
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

    private static func isEnd(_ index: Int, _ heights: [Double]) -> Bool { index == 0 || index == heights.count - 1 }
}
