import Siting

/// Opens sites of limited capacity one after the other, always the one that
/// helps most beside those before it: that serves most weight or, where all is
/// served or has a price, saves most cost.
struct CapacityOpening {
    private let value: PlacementValue

    /// - Parameter problem: with capacities.
    init(_ problem: PlacementProblem) { value = PlacementValue(problem) }

    /// Orders sites that an answer holds; of equals the first comes first.
    ///
    /// What a site adds shrinks as others open, so that what it added before
    /// bounds what it adds now (Minoux 1978).
    ///
    /// - Complexity: at most k² / 2 ways of sending all demand to k sites.
    func order(of sites: [UInt32]) -> [UInt32] {
        var order: [UInt32] = []
        var rest = sites.map { (site: $0, most: Double.infinity) }
        var now = value.penalty([])
        while !rest.isEmpty {
            var best: (place: Int, penalty: Double)?
            let places = rest.indices.sorted {
                rest[$0].most != rest[$1].most ? rest[$0].most > rest[$1].most : $0 < $1
            }
            for place in places {
                if let best, now - best.penalty >= rest[place].most { break }
                let penalty = value.penalty(order + [rest[place].site])
                rest[place].most = now - penalty
                if penalty < best?.penalty ?? .infinity { best = (place, penalty) }
            }
            let (place, penalty) = best ?? (0, now)
            order.append(rest.remove(at: place).site)
            now = penalty
        }
        return order
    }
}
