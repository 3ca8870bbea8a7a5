import Messages
import Reach
import Spatial
import Store

/// Answers one question of coverage on one state of the file.
struct CoverageSurvey {
    private let query: CoverageQuery
    private let parts: WalkingParts
    private let buildings: PlaceTable
    /// Which buildings the question is about; `nil` for all.
    private let isAsked: [Bool]?
    private let boundaries: [StoredFeature]
    private let homes: Homes
    private let residents: Residents

    init(_ atlas: Atlas, _ query: CoverageQuery) throws(Failure) {
        self.query = query
        parts = try WalkingParts(atlas)
        buildings = try parts.places(.building, query.means)
        boundaries = try atlas.boundaries(of: query.level)
        homes = try parts.homes(.building, query.level)
        residents = try parts.residents(of: buildings)
        guard homes.homeOf.count == buildings.count else { throw Failure(.unusableInput, .damagedPreparation) }
        isAsked = try parts.mask(query.buildings, of: buildings, .building)
    }

    func answer() throws(Failure) -> Coverage {
        let stations = try parts.stations(
            query.stations, without: query.removed, with: query.added, means: query.means)
        guard stations.count > 0 else { throw Failure(.notFound, .noStations, hint: .importStations) }
        let reach = try reach(stations)
        let nearest = reach.nearest()
        var rows = [CoverageCount](repeating: CoverageCount(), count: boundaries.count + 1)
        tally(nearest, into: &rows)
        let stationHomes = homes(of: stations)
        let across = tallyAcross(nearest, reach, stationHomes, into: &rows)
        var total = CoverageCount()
        for row in rows { total.add(row) }
        return Coverage(
            boundaries: zip(boundaries.map(Optional.some) + [nil], rows)
                .filter { $0 != nil || $1.buildings > 0 }.map { ($0, $1) },
            total: total, knowsResidents: !residents.ofBuilding.isEmpty,
            blindSpots: try blindSpots(nearest, stations), services: across,
            unplacedStations: stations.unplaced, stationCount: stations.count, before: try totalBefore())
    }

    private func reach(_ stations: StationSet) throws(Failure) -> StationReach {
        try StationReach(
            stations, to: .building, parts, query.walking, query.means,
            limitTicks: Ticks.of(seconds: query.minutes * 60))
    }

    /// What the stations reach without those added and with those left out.
    private func totalBefore() throws(Failure) -> CoverageCount? {
        guard !query.added.isEmpty || !query.removed.isEmpty else { return nil }
        let stations = try parts.stations(query.stations, means: query.means)
        var rows = [CoverageCount](repeating: CoverageCount(), count: boundaries.count + 1)
        tally(try reach(stations).nearest(), into: &rows)
        var total = CoverageCount()
        for row in rows { total.add(row) }
        return total
    }

    // MARK: Counting

    /// The row of a building: its boundary's, the last one outside of all.
    private func row(_ building: Int) -> Int {
        let home = homes.homeOf[building]
        return home < 0 ? boundaries.count : Int(home)
    }

    private func tally(_ nearest: NearestStations, into rows: inout [CoverageCount]) {
        for building in 0..<buildings.count where isAsked?[building] ?? true {
            let isReached = nearest.ticks[building] != Ticks.never
            let people = residents.ofBuilding.isEmpty ? 0 : Int64(residents.ofBuilding[building])
            let row = row(building)
            rows[row].buildings += 1
            rows[row].floorAreaTenths += buildings.floorAreas[building]
            rows[row].residents += people
            guard isReached else { continue }
            rows[row].reached += 1
            rows[row].reachedFloorAreaTenths += buildings.floorAreas[building]
            rows[row].reachedResidents += people
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
    ) -> [CrossBorderService] {
        var served = [[Int: Int]](repeating: [:], count: rows.count)
        var foreign = [[Int32]](repeating: [], count: rows.count)
        for building in 0..<buildings.count where isAsked?[building] ?? true && nearest.ticks[building] != Ticks.never {
            let own = row(building)
            let other = stationHomes[Int(nearest.labels[building])]
            guard own != other else { continue }
            served[own][other, default: 0] += 1
            foreign[own].append(Int32(building))
        }
        for (row, members) in foreign.enumerated() where !members.isEmpty {
            let own = stationHomes.indices.filter { stationHomes[$0] == row }
            let reached = own.isEmpty ? 0 : reach.count(members, reachedBy: own)
            rows[row].reachedOnlyAcross = members.count - reached
        }
        func boundary(_ row: Int) -> StoredFeature? { row < boundaries.count ? boundaries[row] : nil }
        return served.enumerated().flatMap { own, others in
            others.sorted { $0.key < $1.key }.map {
                CrossBorderService(of: boundary(own), by: boundary($0.key), buildings: $0.value)
            }
        }
    }

    // MARK: Blind spots

    private func blindSpots(_ nearest: NearestStations, _ stations: StationSet) throws(Failure) -> [BlindSpot] {
        let islands = query.means == .walk ? try Islands(parts, stations) : nil
        var spots: [BlindSpot] = []
        for building in 0..<buildings.count
        where isAsked?[building] ?? true && nearest.ticks[building] == Ticks.never {
            var reason = query.means == .walk ? buildings.obstacles[building] : .none
            if reason == .none { reason = .tooFar }
            if let foothold = buildings.footholds[building], islands?.isCutOff(foothold) == true { reason = .island }
            spots.append(BlindSpot(fid: buildings.fids[building], reason: reason))
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
