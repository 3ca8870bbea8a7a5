import Messages
import Reach
import Spatial
import Store

/// Finds the boundaries that a question of placement looks across, and those
/// that shall each have their share.
struct DistrictFinder {
    let atlas: Atlas
    let parts: WalkingParts
    let request: SiteRequest
    let table: PlaceTable
    let demand: DemandSet
    let sites: SiteSet

    /// The boundaries whose borders count: the question's areas where it names
    /// several; else districts where the demand lies in several; else the
    /// largest boundaries below in which it does. `nil` where there are none.
    func districts() throws(Failure) -> Districts? {
        let areas = request.demand.areas
        if areas.count > 1 { return try districts(areas) }
        for level in BoundaryLevel.allCases where level >= .district {
            let districts = try districts(of: level)
            if Set(districts.ofDemand).count > 1 { return districts }
        }
        return nil
    }

    /// The boundaries that shall each have their share: of the level below the
    /// question's areas, else subdistricts; the areas where nothing is below.
    func shareGroups() throws(Failure) -> Districts {
        let above = request.demand.areas.compactMap(\.level).max() ?? .district
        for level in BoundaryLevel.allCases where level > above {
            let districts = try districts(of: level)
            if districts.ofDemand.contains(where: { $0 >= 0 }) { return districts }
        }
        guard !request.demand.areas.isEmpty else { throw Failure(.usage, .noBoundariesForShares) }
        return try districts(request.demand.areas)
    }

    private func districts(of level: BoundaryLevel) throws(Failure) -> Districts {
        let boundaries = try atlas.boundaries(of: level)
        guard !boundaries.isEmpty else {
            return Districts(
                boundaries: [], ofDemand: demand.rows.map { _ in -1 }, ofSite: sites.sites.map { _ in -1 })
        }
        let homes = try parts.homes(.building, level, count: table.count).homeOf
        return self.districts(boundaries, BoundaryIndex(boundaries)) { homes[$0] }
    }

    private func districts(_ areas: [StoredFeature]) throws(Failure) -> Districts {
        var seen: Set<String> = []
        let boundaries = areas.filter { seen.insert($0.id).inserted }.sorted { ($0.ref, $0.fid) < ($1.ref, $1.fid) }
        let positions = try parts.positions(.building)
        guard positions.count == table.count else {
            throw Failure(.unusableInput, .damagedPreparation, hint: .prepareAgain)
        }
        let index = BoundaryIndex(boundaries)
        return districts(boundaries, index) { row in
            positions[row].longitude.isFinite ? index.first(holding: positions[row]).map { Int32($0) } ?? -1 : -1
        }
    }

    private func districts(
        _ boundaries: [StoredFeature], _ index: BoundaryIndex, _ home: (Int) -> Int32
    ) -> Districts {
        Districts(
            boundaries: boundaries, ofDemand: demand.rows.map(home),
            ofSite: sites.sites.map { site in
                if let row = site.row, row.layer == .building, let building = table.index(of: row.fid) {
                    return home(building)
                }
                return site.place?.position.flatMap(index.first).map { Int32($0) } ?? -1
            })
    }
}
