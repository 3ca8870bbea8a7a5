extension StreetTable {
    /// Finds out which way stairs lead that do not say it themselves, where
    /// they join ways on different levels: a footbridge and the street below.
    ///
    /// - Complexity: O(n) for n corners.
    mutating func directStairs() {
        guard rows.contains(where: { $0.kind == .stairs }) else { return }
        // The levels of the other ways at each corner.
        var lowest = [Double](repeating: .infinity, count: table.positions.count)
        var highest = [Double](repeating: -.infinity, count: table.positions.count)
        for row in rows where row.kind == .path {
            for place in row.corners {
                let corner = Int(corners[place])
                lowest[corner] = min(lowest[corner], row.levels?.lowerBound ?? 0)
                highest[corner] = max(highest[corner], row.levels?.upperBound ?? 0)
            }
        }
        for number in rows.indices where rows[number].kind == .stairs {
            guard let (start, end) = ends(of: rows[number]) else { continue }
            if highest[Int(start)] < lowest[Int(end)], lowest[Int(start)].isFinite, highest[Int(end)].isFinite {
                rows[number].leadsUp = true
            } else if highest[Int(end)] < lowest[Int(start)], lowest[Int(end)].isFinite, highest[Int(start)].isFinite {
                rows[number].leadsUp = false
            }
        }
    }
}
