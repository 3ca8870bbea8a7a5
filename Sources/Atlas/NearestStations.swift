public import Messages
import Reach
import Store

/// The stations nearest to a building on foot, nearest first.
public struct StationsOfBuilding: Sendable {
    /// The building's row.
    public let fid: Int64
    /// The stations within the minutes, and the time to each.
    public let stations: [(station: Place, seconds: Double)]
}

extension Atlas {
    /// The nearest, second nearest, … stations of every building: who is left
    /// when the nearest one closes, who is served twice.
    ///
    /// - Parameters:
    ///   - query: which stations and buildings, how far; on foot.
    ///   - count: how many of each building, 1 to 8.
    /// - Returns: by fid; buildings that no station reaches have none.
    /// - Throws: `Failure`: `.notFound` where there are no streets, `.usage`
    ///   for another count.
    /// - Complexity: O(count × (crossings + buildings)).
    public func nearestStations(_ query: CoverageQuery, count: Int) throws(Failure) -> [StationsOfBuilding] {
        guard (1...8).contains(count) else { throw Failure(.usage, .oneToEight) }
        return try file.snapshot {
            let parts = try WalkingParts(self)
            let table = try parts.places(.building)
            let mask = try parts.mask(query.buildings, of: table, .building)
            let stations = try parts.stations(query.stations, without: query.removed, with: query.added)
            let lists = NearestSearch(try parts.arcs(query.walking), count: count).nearest(
                of: table.footholds, to: stations.footholds, in: try parts.network(query.walking),
                limitTicks: query.limitTicks)
            let storeys = StoreyTicks(table, query.walking)
            return (0..<table.count).filter { mask?[$0] ?? true }.map { building in
                let more = storeys.ticks(of: building)
                return StationsOfBuilding(
                    fid: table.fids[building],
                    stations: lists.stations(of: building).filter { $0.ticks + more <= query.limitTicks }.map {
                        (stations.places[Int($0.label)], Ticks.seconds($0.ticks + more))
                    })
            }
        }
    }
}
