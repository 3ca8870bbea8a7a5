import Spatial

/// The service stations. They leave blind spots on purpose: the northern bank
/// east of the tip has none at all, and only some subdistricts have a party
/// service centre.
struct Stations {
    let ground: Ground
    let territory: Territory
    private var plan: CityPlan { ground.plan }

    /// A station with its fields.
    struct Station {
        let name: String
        let kind: String
        let address: String
        let position: LonLat
        let capacity: Int
    }

    /// Subdistricts, by order of code, that have a party service centre.
    private static let subdistrictsWithCenter: Set<Int> = [0, 1, 4, 6, 9, 12, 14, 16, 19]
    /// Kinds of smaller stations: the share of communities that have one, and tens of people it serves a day.
    private static let kinds: [(kind: String, share: Double, tens: ClosedRange<Int>)] = [
        ("党群驿站", 0.26, 4...12), ("便民服务点", 0.22, 3...8), ("社区卫生服务站", 0.24, 6...20),
        ("楼宇综合服务站", 0.10, 5...15), ("学校", 0.16, 40...180),
    ]
    /// Nothing is placed within this many precinct columns west of the tip
    /// on the northern bank, nor anywhere east of it.
    private static let emptyColumns = 1

    var all: [Station] { centers + posts + [borderStation] }

    /// The party service centres, each in the middle of its subdistrict.
    private var centers: [Station] {
        let subdistricts = territory.areas.indices.filter { territory.areas[$0].level == .subdistrict }
        return subdistricts.enumerated().compactMap { number, subdistrict in
            guard Self.subdistrictsWithCenter.contains(number) else { return nil }
            var precincts: [PrecinctID] = []
            plan.forEachPrecinct { precinct in
                let community = territory.community(of: precinct)
                if isPlaced(precinct), territory.ancestor(of: community, .subdistrict) == subdistrict {
                    precincts.append(precinct)
                }
            }
            guard !precincts.isEmpty else { return nil }
            var random = SplitMix64(seed: plan.seed, .station, -1, number)
            return station(
                "党群服务中心", named: territory.areas[subdistrict].name + "党群服务中心",
                at: precincts[precincts.count / 2], place: 0, capacity: random.integer(20, 60) * 10)
        }
    }

    /// The smaller stations of the communities.
    private var posts: [Station] {
        var stations: [Station] = []
        var served: Set<Int> = []
        plan.forEachPrecinct { precinct in
            let community = territory.community(of: precinct)
            guard isPlaced(precinct), served.insert(community).inserted else { return }
            var random = SplitMix64(seed: plan.seed, .station, precinct.column, precinct.row)
            let name = territory.areas[community].name.droppingSuffix("社区")
            for (place, entry) in Self.kinds.enumerated() where random.chance(entry.share) {
                stations.append(
                    station(
                        entry.kind, named: name + (entry.kind == "学校" ? "小学" : entry.kind), at: precinct,
                        place: place + 1, capacity: random.integer(entry.tens.lowerBound, entry.tens.upperBound) * 10))
            }
        }
        return stations
    }

    /// A health station that stands on the land border between the two
    /// communities of one name, so that both can walk to it.
    private var borderStation: Station {
        station(
            "社区卫生服务站", named: "双樾岭界上社区卫生服务站", at: plan.landBorderEast, place: -1, capacity: 240)
    }

    private func isPlaced(_ precinct: PrecinctID) -> Bool {
        let first = plan.columnLine(precinct: precinct.column)
        guard first < plan.tipStreet || plan.band(precinctRow: precinct.row) == .southBank else { return false }
        if plan.band(precinctRow: precinct.row) == .northBank {
            return precinct.column < plan.tipPrecinct - Self.emptyColumns
        }
        return true
    }

    /// A station beside the street along the western side of a precinct;
    /// `place` counts from south.
    private func station(
        _ kind: String, named name: String, at precinct: PrecinctID, place: Int, capacity: Int
    ) -> Station {
        let superblocks = plan.superblocksPerPrecinct
        let id = SuperblockID(
            column: precinct.column * superblocks, row: precinct.row * superblocks + superblocks / 2)
        let cells = plan.cells(id)
        let row = Double(cells.south) + 0.35 + 0.93 * Double(place < 0 ? 3 : place)
        let street = StreetNames(plan: plan).name(isVertical: true, line: cells.west, cell: cells.south, id)
        return Station(
            name: name, kind: kind, address: "\(street)\(place < 0 ? 1 : 12 + place * 8)号",
            position: Site.position(ground.point(Double(cells.west) + 0.16, row)), capacity: capacity)
    }
}

extension String {
    /// The text without an ending, where it has it.
    func droppingSuffix(_ suffix: String) -> String { hasSuffix(suffix) ? String(dropLast(suffix.count)) : self }
}
