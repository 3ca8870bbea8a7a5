/// Which precinct belongs to which community, subdistrict and district.
struct Territory {
    let plan: CityPlan
    /// All of them: the city, then districts, then subdistricts, then
    /// communities, each in the order of its code.
    private(set) var areas: [Area] = []
    /// The community of each precinct, row by row from south, as an index of `areas`.
    private var communities: [Int]

    /// An area of administration.
    struct Area {
        enum Level: String { case province, district, subdistrict, community }

        let level: Level
        let code: String
        var name: String
        /// The area it is part of, as an index of `areas`.
        let parent: Int?
    }

    /// Two communities bear this name, one on each side of a land border.
    static let sharedName = "双樾岭社区"

    init(plan: CityPlan) {
        self.plan = plan
        communities = Array(repeating: 0, count: plan.precinctRows * plan.precinctColumns)
        areas.append(Area(level: .province, code: Self.code(nil), name: Words.city, parent: nil))
        for district in District.allCases {
            areas.append(Area(level: .district, code: Self.code(district), name: district.name, parent: 0))
        }
        let division = Division(plan: plan)
        var nextName = 0
        for district in District.allCases {
            for ordinal in 0..<division.subdistrictCount(district) {
                areas.append(
                    Area(
                        level: .subdistrict, code: Self.code(district, ordinal + 1),
                        name: Words.subdistricts[nextName] + "街道", parent: 1 + district.rawValue))
                nextName += 1
            }
        }
        addCommunities(division)
        shareName()
    }

    private static func code(_ district: District?, _ subdistrict: Int = 0, _ community: Int = 0) -> String {
        func digits(_ number: Int, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        guard let district else { return "990000000000" }
        return "9901" + digits(district.rawValue + 1, 2) + digits(subdistrict, 3) + digits(community, 3)
    }

    private mutating func addCommunities(_ division: Division) {
        var nextName = 0
        let subdistricts = areas.indices.filter { areas[$0].level == .subdistrict }
        var place = 0
        for district in District.allCases {
            for ordinal in 0..<division.subdistrictCount(district) {
                var count = 0
                plan.forEachPrecinct { precinct in
                    guard division.anchor(precinct) == precinct, division.district(precinct) == district,
                        division.subdistrict(precinct) == ordinal
                    else { return }
                    count += 1
                    communities[index(precinct)] = areas.count
                    areas.append(
                        Area(
                            level: .community, code: Self.code(district, ordinal + 1, count),
                            name: Words.place(nextName) + "社区", parent: subdistricts[place]))
                    nextName += 1
                }
                place += 1
            }
        }
        plan.forEachPrecinct { communities[index($0)] = communities[index(division.anchor($0))] }
    }

    private mutating func shareName() {
        for precinct in [plan.landBorderWest, plan.landBorderEast] {
            areas[community(of: precinct)].name = Self.sharedName
        }
    }

    private func index(_ precinct: PrecinctID) -> Int { precinct.row * plan.precinctColumns + precinct.column }

    /// The community of a precinct, as an index of `areas`.
    func community(of precinct: PrecinctID) -> Int { communities[index(precinct)] }

    /// The community of a superblock, as an index of `areas`.
    func community(of id: SuperblockID) -> Int { community(of: plan.precinct(of: id)) }

    /// The area of a level that a community is part of.
    func ancestor(of area: Int, _ level: Area.Level) -> Int {
        var area = area
        while areas[area].level != level, let parent = areas[area].parent { area = parent }
        return area
    }

    /// The outline of an area through the nodes of the lattice: closed, the
    /// area on its left.
    func outline(of area: Int) -> [Node] {
        let level = areas[area].level
        return plan.outline { ancestor(of: community(of: $0), level) == area }
    }
}

extension CityPlan {
    /// The precincts of the two communities of one name.
    var landBorderWest: PrecinctID {
        PrecinctID(column: westColumns - 1, row: bankRows + peninsulaRows / 2 - 1)
    }
    var landBorderEast: PrecinctID { PrecinctID(column: westColumns, row: landBorderWest.row) }

    /// The precinct that holds a superblock.
    func precinct(of id: SuperblockID) -> PrecinctID {
        PrecinctID(column: id.column / superblocksPerPrecinct, row: id.row / superblocksPerPrecinct)
    }

    /// Calls `body` with every precinct, those on the water too.
    func forEachPrecinct(_ body: (PrecinctID) -> Void) {
        for row in 0..<precinctRows {
            for column in 0..<precinctColumns { body(PrecinctID(column: column, row: row)) }
        }
    }
}
