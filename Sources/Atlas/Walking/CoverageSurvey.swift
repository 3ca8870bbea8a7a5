import Messages
import Reach
import Spatial
import Store

/// Answers one question of coverage on one state of the file.
struct CoverageSurvey {
    private let query: CoverageQuery
    private let parts: WalkingParts
    let buildings: PlaceTable
    /// Which buildings the question is about; `nil` for all.
    private let mask: [Bool]?
    let boundaries: [StoredFeature]
    private let homes: Homes
    private let residents: Residents

    init(_ atlas: Atlas, _ query: CoverageQuery) throws(Failure) {
        self.query = query
        parts = try WalkingParts(atlas)
        buildings = try parts.places(.building, query.means)
        boundaries = try atlas.boundaries(of: query.level)
        homes = try parts.homes(.building, query.level, count: buildings.count)
        residents = try parts.residents(of: buildings)
        mask = try parts.mask(query.buildings, of: buildings, .building)
    }

    func answer() throws(Failure) -> Coverage {
        let stations = try parts.stations(
            query.stations, without: query.removed, with: query.added, means: query.means)
        let isTrial = !query.added.isEmpty || !query.removed.isEmpty
        guard stations.count > 0 || isTrial else { throw Failure(.notFound, .noStations, hint: .importStations) }
        let reach = try reach(stations)
        let nearest = reach.nearest()
        let (rows, across, foreign) = try tally(nearest, reach, stations)
        let counts = Array(zip(boundaries.map(Optional.some) + [nil], rows))
        return Coverage(
            boundaries: counts.filter(isShown).map { ($0, $1) },
            total: rows.reduce(into: CoverageCount()) { $0.add($1) }, knowsResidents: !residents.ofBuilding.isEmpty,
            blindSpots: try blindSpots(nearest, stations, isShown: counts.map(isShown)), services: across,
            links: links(foreign, nearest, stations),
            unplacedStations: stations.unplaced(query.means == .walk ? try parts.connectedParts() : nil),
            stationCount: stations.count,
            before: try totalBefore())
    }

    /// Whether a row says anything: a boundary without buildings does only where
    /// the question is about all of them.
    private func isShown(_ boundary: StoredFeature?, _ count: CoverageCount) -> Bool {
        count.buildings > 0 || boundary != nil && mask == nil
    }

    private func reach(_ stations: StationSet) throws(Failure) -> StationReach {
        try StationReach(
            stations, to: .building, parts, query.walking, query.means, limitTicks: query.limitTicks)
    }

    /// What the stations reach without those added and with those left out.
    private func totalBefore() throws(Failure) -> CoverageCount? {
        guard !query.added.isEmpty || !query.removed.isEmpty else { return nil }
        let stations = try parts.stations(query.stations, means: query.means)
        let reach = try reach(stations)
        return try tally(reach.nearest(), reach, stations).rows.reduce(into: CoverageCount()) { $0.add($1) }
    }

    // MARK: Counting

    /// Whether the question is about a building.
    func isAsked(_ building: Int) -> Bool { mask?[building] ?? true }

    /// The row of a building: its boundary's, the last one outside of all.
    private func row(_ building: Int) -> Int {
        let home = homes.homeOf[building]
        return home < 0 ? boundaries.count : Int(home)
    }

    private func residents(of building: Int) -> Int64 {
        residents.ofBuilding.isEmpty ? 0 : Int64(residents.ofBuilding[building])
    }

    /// Counts a building, reached or not.
    func count(_ building: Int, into rows: inout [CoverageCount]) {
        let row = row(building)
        rows[row].buildings += 1
        rows[row].floorAreaTenths += buildings.floorAreas[building]
        rows[row].residents += residents(of: building)
    }

    /// Counts a building as reached, or takes that back with -1.
    func countReached(_ building: Int, _ times: Int, into rows: inout [CoverageCount]) {
        let row = row(building)
        rows[row].reached += times
        rows[row].reachedFloorAreaTenths += Int64(times) * buildings.floorAreas[building]
        rows[row].reachedResidents += Int64(times) * residents(of: building)
    }

    private func tally(
        _ nearest: NearestStations, _ reach: StationReach, _ stations: StationSet
    ) throws(Failure) -> (rows: [CoverageCount], across: [CrossBorderService], foreign: [[Int32]]) {
        var rows = [CoverageCount](repeating: CoverageCount(), count: boundaries.count + 1)
        for building in 0..<buildings.count where isAsked(building) {
            count(building, into: &rows)
            if nearest.ticks[building] != Ticks.never { countReached(building, 1, into: &rows) }
        }
        let (across, foreign) = try tallyAcross(nearest, reach, homes(of: stations), into: &rows)
        return (rows, across, foreign)
    }

    private func links(
        _ foreign: [[Int32]], _ nearest: NearestStations, _ stations: StationSet
    ) -> [CrossBorderLink] {
        let stationHomes = homes(of: stations)
        /// A pair of boundaries; the pairs have the order of the services.
        func pair(_ building: Int32) -> Int {
            row(Int(building)) * (boundaries.count + 1) + stationHomes[Int(nearest.labels[Int(building)])]
        }
        let members = foreign.joined().sorted()
        let pairs = Set(members.map(pair)).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(pairs, pairs.indices))
        return members.compactMap { building in
            places[pair(building)].map { service in
                CrossBorderLink(
                    fid: buildings.fids[Int(building)], station: stations.places[Int(nearest.labels[Int(building)])],
                    seconds: Ticks.seconds(nearest.ticks[Int(building)]), service: service)
            }
        }
    }

    /// The boundary of each station; the last row outside of all.
    private func homes(of stations: StationSet) -> [Int] {
        let index = BoundaryIndex(boundaries)
        return stations.places.map { place in
            place.position.flatMap(index.first) ?? boundaries.count
        }
    }

    /// Counts the buildings that only stations of other boundaries reach, and
    /// tells who serves whom.
    ///
    /// Only buildings whose nearest station stands elsewhere are asked again,
    /// by the stations of their own boundary.
    private func tallyAcross(
        _ nearest: NearestStations, _ reach: StationReach, _ stationHomes: [Int], into rows: inout [CoverageCount]
    ) throws(Failure) -> (services: [CrossBorderService], foreign: [[Int32]]) {
        var served = [[Int: Int]](repeating: [:], count: rows.count)
        var foreign = [[Int32]](repeating: [], count: rows.count)
        for building in 0..<buildings.count where isAsked(building) && nearest.ticks[building] != Ticks.never {
            let own = row(building)
            let other = stationHomes[Int(nearest.labels[building])]
            guard own != other else { continue }
            served[own][other, default: 0] += 1
            foreign[own].append(Int32(building))
        }
        for (row, members) in foreign.enumerated() where !members.isEmpty {
            try Cancellation.check()
            let own = stationHomes.indices.filter { stationHomes[$0] == row }
            let reached = own.isEmpty ? 0 : reach.count(members, reachedBy: own)
            rows[row].reachedOnlyAcross = members.count - reached
        }
        func boundary(_ row: Int) -> StoredFeature? { row < boundaries.count ? boundaries[row] : nil }
        let services = served.enumerated().flatMap { own, others in
            others.sorted { $0.key < $1.key }.map {
                CrossBorderService(of: boundary(own), by: boundary($0.key), buildings: $0.value)
            }
        }
        return (services, foreign)
    }

    // MARK: Blind spots

    // Rows that are shown have a place among the answer's boundaries.
    private func blindSpots(
        _ nearest: NearestStations, _ stations: StationSet, isShown: [Bool]
    ) throws(Failure) -> [BlindSpot] {
        var shown = 0
        let places = isShown.map { isShown in
            defer { shown += isShown ? 1 : 0 }
            return shown
        }
        let islands = query.means == .walk ? try Islands(parts, stations) : nil
        var spots: [BlindSpot] = []
        for building in 0..<buildings.count
        where isAsked(building) && nearest.ticks[building] == Ticks.never {
            var reason = buildings.obstacles[building]
            if reason == .none { reason = .tooFar }
            if let foothold = buildings.footholds[building], islands?.isCutOff(foothold) == true { reason = .island }
            spots.append(BlindSpot(fid: buildings.fids[building], reason: reason, boundary: places[row(building)]))
        }
        return spots
    }
}

/// Parts of the network where no station stands.
private struct Islands {
    private let parts: NetworkParts
    private let hasStation: [Bool]

    init(_ walking: WalkingParts, _ stations: StationSet) throws(Failure) {
        parts = try walking.connectedParts()
        var hasStation = [Bool](repeating: false, count: parts.count)
        for foothold in stations.footholds {
            if let foothold { hasStation[Int(parts.partOfEdge[Int(foothold.edge)])] = true }
        }
        self.hasStation = hasStation
    }

    func isCutOff(_ foothold: Foothold) -> Bool { !hasStation[Int(parts.partOfEdge[Int(foothold.edge)])] }
}
