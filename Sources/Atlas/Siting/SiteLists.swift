import Siting

/// The demand that sites can serve, site by site: a table of costs turned
/// round, in flat arrays.
struct SiteLists {
    /// Where every site's entries begin; one more than there are sites.
    let starts: [Int]
    /// The demand of all sites, ascending by site, then by demand.
    let demands: [UInt32]
    /// What it costs.
    let costs: [Double]

    /// Turns some sites of a problem round; the lists are numbered as these.
    ///
    /// Entries beyond the radius are left out, where one counts.
    init(_ sites: [UInt32], of problem: PlacementProblem) {
        let table = problem.table
        var number = [Int32](repeating: -1, count: table.siteCount)
        for (index, site) in sites.enumerated() { number[Int(site)] = Int32(index) }
        let radius = problem.reach
        var starts = [Int](repeating: 0, count: sites.count + 1)
        for entry in table.sites.indices where table.costs[entry] <= radius {
            let list = number[Int(table.sites[entry])]
            if list >= 0 { starts[Int(list) + 1] += 1 }
        }
        for list in sites.indices { starts[list + 1] += starts[list] }
        var next = starts
        var demands = [UInt32](repeating: 0, count: starts[sites.count])
        var costs = [Double](repeating: 0, count: starts[sites.count])
        for demand in 0..<table.demandCount {
            for entry in table.row(demand) where table.costs[entry] <= radius {
                let list = Int(number[Int(table.sites[entry])])
                guard list >= 0 else { continue }
                demands[next[list]] = UInt32(demand)
                costs[next[list]] = table.costs[entry]
                next[list] += 1
            }
        }
        (self.starts, self.demands, self.costs) = (starts, demands, costs)
    }

    /// The entries of a site.
    func list(_ site: Int) -> Range<Int> { starts[site]..<starts[site + 1] }
}

extension PlacementProblem {
    /// Entries of greater cost do not count: the radius, where the goal has one.
    var reach: Double {
        switch goal {
        case .cover, .all: radius ?? .infinity
        case .median, .center: .infinity
        }
    }

    /// The weight of a demand in sums: in `center` every demand is one.
    func sumWeight(_ demand: Int) -> Double { goal == .center ? 1 : weights[demand] }
}
