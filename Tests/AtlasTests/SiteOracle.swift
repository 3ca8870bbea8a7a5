import Atlas
import Foundation
import Store

/// Walks between the houses of a small town and sites, each site asked by
/// itself, and every choice of sites tried: what a plan is held against.
struct SiteOracle {
    /// The houses that are served, by fid.
    let houses: [StoredFeature]
    /// The seconds from every house to every site, infinite beyond the limit;
    /// by site, then by house.
    let seconds: [[Double]]
    let weights: [Double]

    init(
        _ atlas: Atlas, houses: [StoredFeature], sites: [StoredFeature], minutes: Double,
        walking: WalkingOptions = WalkingOptions(), weight: (StoredFeature) -> Double = SiteOracle.floorArea
    ) throws {
        self.houses = houses
        weights = houses.map(weight)
        seconds = try sites.map { site in
            var query = ReachQuery([.feature(site)])
            query.walking = walking
            var row = [Double](repeating: .infinity, count: houses.count)
            guard let reached = try? atlas.reached(query, minutes: minutes) else { return row }
            let found = Dictionary(uniqueKeysWithValues: reached.map { ($0.feature.fid, $0.seconds) })
            for (index, house) in houses.enumerated() {
                if let time = found[house.fid] { row[index] = time }
                if house.id == site.id { row[index] = 0 }
            }
            return row
        }
    }

    /// The same houses and some of the sites.
    init(_ oracle: SiteOracle, sites: [Int]) {
        self.init(oracle, seconds: sites.map { oracle.seconds[$0] })
    }

    /// The same houses and other walks.
    init(_ oracle: SiteOracle, seconds: [[Double]]) {
        (houses, weights, self.seconds) = (oracle.houses, oracle.weights, seconds)
    }

    static func floorArea(_ house: StoredFeature) -> Double {
        switch house["floor_area_m2"] {
        case .real(let value): value
        case .integer(let value): Double(value)
        default: 0
        }
    }

    /// The seconds from every house to the nearest of some sites.
    func nearest(_ open: [Int]) -> [Double] {
        houses.indices.map { house in open.map { seconds[$0][house] }.min() ?? .infinity }
    }

    /// The weight that some sites serve.
    func served(_ open: [Int]) -> Double {
        zip(nearest(open), weights).reduce(0) { $0 + ($1.0.isFinite ? $1.1 : 0) }
    }

    /// Whether a house can be served by any of all sites.
    func isReachable(_ house: Int) -> Bool { seconds.contains { $0[house].isFinite } }

    /// The sum of weight times seconds, a walk beyond the limit counting as that.
    func walks(_ open: [Int], limit: Double) -> Double {
        let times = nearest(open)
        return houses.indices.filter(isReachable).reduce(0) { $0 + weights[$1] * min(times[$1], limit) }
    }

    /// The best of all choices of one or two of some sites beside those that stand.
    func best(of sites: [Int], kept: [Int], count: Int, _ value: ([Int]) -> Double, isLeast: Bool = false) -> Double {
        var best = value(kept)
        for (index, first) in sites.enumerated() {
            for second in count > 1 ? Array(sites[index...]) : [first] {
                let value = value(kept + [first, second])
                best = isLeast ? min(best, value) : max(best, value)
            }
        }
        return best
    }
}
