/// Where on a block one may build.
struct BlockPlan {
    let rect: CellRect
    let size: BlockSize
    /// The buildable part between the streets, in fractions of the lattice.
    let west: Double
    let south: Double
    let east: Double
    let north: Double
    /// Whether lots stand in a row along the columns' direction, eastward.
    let isWide: Bool

    /// Metres from the middle of a street to the first wall, and more along main streets.
    private static let setbackMeters = 8.5
    private static let mainSetbackMeters = 13.0

    init(_ rect: CellRect, in superblock: Superblock, ground: Ground) {
        self.rect = rect
        let whole = ground.sizeMeters(rect)
        let cellAlong = whole.along / Double(rect.columns)
        let cellAcross = whole.across / Double(rect.rows)
        func setback(_ isMain: Bool) -> Double { isMain ? Self.mainSetbackMeters : Self.setbackMeters }
        west = Double(rect.west) + setback(rect.west == superblock.cells.west) / cellAlong
        east = Double(rect.east) - setback(rect.east == superblock.cells.east) / cellAlong
        south = Double(rect.south) + setback(rect.south == superblock.cells.south) / cellAcross
        north = Double(rect.north) - setback(rect.north == superblock.cells.north) / cellAcross
        let (along, across) = ((east - west) * cellAlong, (north - south) * cellAcross)
        isWide = along >= across
        size = BlockSize(
            longMeters: max(along, across), shortMeters: min(along, across),
            character: Self.character(of: rect, superblock.id, ground.plan, isLarge: min(along, across) >= 48))
    }

    private static func character(
        of rect: CellRect, _ id: SuperblockID, _ plan: CityPlan, isLarge: Bool
    ) -> BlockSize.Character {
        var random = SplitMix64(seed: plan.seed, .block, rect.west, rect.south)
        let draw = random.unit()
        let precinct = plan.precinct(of: id)
        guard plan.band(precinctRow: precinct.row) == .peninsula, precinct.column >= plan.westColumns else {
            return pick(
                draw, [(0.008, isLarge ? .podium : .offices), (0.04, .offices), (0.08, .lanes), (0.22, .works)])
        }
        let isCenter = precinct.column >= plan.tipPrecinct - max(2, plan.centralColumns * 2 / 5)
        return isCenter
            ? pick(draw, [(0.15, isLarge ? .podium : .offices), (0.42, .offices), (0.48, .lanes)])
            : pick(draw, [(0.025, isLarge ? .podium : .offices), (0.10, .offices), (0.20, .lanes)])
    }

    private static func pick(_ draw: Double, _ choices: [(Double, BlockSize.Character)]) -> BlockSize.Character {
        for (limit, character) in choices where draw < limit { return character }
        return .estate
    }
}
