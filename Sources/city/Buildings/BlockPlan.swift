/// How a block is built over: what stands on it and how it is parcelled.
struct BlockPlan {
    /// What a block is made of.
    enum Character { case podium, offices, lanes, estate, works }

    let rect: CellRect
    let character: Character
    /// The buildable part between the streets, in fractions of the lattice.
    let west: Double
    let south: Double
    let east: Double
    let north: Double
    /// Whether lots stand in a row along the columns' direction, eastward.
    let isWide: Bool
    /// Metres along the longer and the shorter side of the buildable part.
    let longMeters: Double
    let shortMeters: Double

    /// Metres from the middle of a street to the first wall, and more along main streets.
    private static let setbackMeters = 8.5
    private static let mainSetbackMeters = 13.0

    init(_ rect: CellRect, in superblock: Superblock, ground: Ground) {
        self.rect = rect
        let size = ground.sizeMeters(rect)
        let cellAlong = size.along / Double(rect.columns)
        let cellAcross = size.across / Double(rect.rows)
        func setback(_ isMain: Bool) -> Double { isMain ? Self.mainSetbackMeters : Self.setbackMeters }
        west = Double(rect.west) + setback(rect.west == superblock.cells.west) / cellAlong
        east = Double(rect.east) - setback(rect.east == superblock.cells.east) / cellAlong
        south = Double(rect.south) + setback(rect.south == superblock.cells.south) / cellAcross
        north = Double(rect.north) - setback(rect.north == superblock.cells.north) / cellAcross
        let (along, across) = ((east - west) * cellAlong, (north - south) * cellAcross)
        isWide = along >= across
        longMeters = max(along, across)
        shortMeters = min(along, across)
        character = Self.character(of: rect, superblock.id, ground.plan, isLarge: min(along, across) >= 48)
    }

    /// Whether there is room for a house at all.
    var isBuildable: Bool { shortMeters >= 12 }

    private static func character(
        of rect: CellRect, _ id: SuperblockID, _ plan: CityPlan, isLarge: Bool
    ) -> Character {
        var random = SplitMix64(seed: plan.seed, .block, rect.west, rect.south)
        let draw = random.unit()
        let precinct = plan.precinct(of: id)
        guard plan.band(precinctRow: precinct.row) == .peninsula, precinct.column >= plan.westColumns else {
            return pick(draw, [(0.008, isLarge ? .podium : .offices), (0.04, .offices), (0.08, .lanes), (0.22, .works)])
        }
        let isCenter = precinct.column >= plan.tipPrecinct - max(2, plan.centralColumns * 2 / 5)
        return isCenter
            ? pick(draw, [(0.15, isLarge ? .podium : .offices), (0.42, .offices), (0.48, .lanes)])
            : pick(draw, [(0.025, isLarge ? .podium : .offices), (0.10, .offices), (0.20, .lanes)])
    }

    private static func pick(_ draw: Double, _ choices: [(Double, Character)]) -> Character {
        for (limit, character) in choices where draw < limit { return character }
        return .estate
    }

    /// How lots are laid out where a house takes that frontage.
    func layout(frontageMeters frontage: Double) -> Layout {
        let frontage = character == .works ? frontage * 1.5 : frontage
        let depth = min(max(frontage * 1.2, 14), 44)
        var layout = Layout(
            along: max(1, Int(longMeters / frontage + 0.5)), across: max(1, Int(shortMeters / depth + 0.5)), rowHouses: 0,
            towers: 0)
        switch character {
        case .podium: layout.towers = longMeters > 85 ? 3 : 2
        case .lanes:
            let house = max(5.5, frontage * 0.3)
            layout.rowHouses = max(3, Int(longMeters / house))
        case .offices, .estate, .works: break
        }
        return layout
    }

    /// The lots of a block.
    struct Layout {
        /// Lots along the longer side, and rows of them.
        let along: Int
        let across: Int
        /// Houses wall to wall in the first row; none in most blocks.
        var rowHouses: Int
        /// Towers on one podium over the whole block; none in most blocks.
        var towers: Int

        /// Buildings that are always built.
        var fixedCount: Int { towers > 0 ? 1 + towers : rowHouses }
        /// Lots with one building that may also stay empty.
        var lotCount: Int { towers > 0 ? 0 : along * (rowHouses > 0 ? across - 1 : across) }
    }
}
