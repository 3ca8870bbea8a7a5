/// How close the houses stand, so that exactly as many are built as were asked for.
struct Density {
    /// Metres of street that a house takes.
    let frontageMeters: Double
    /// Lots of the whole city, and how many of them get a building.
    let lotCount: Int
    let builtLots: Int

    /// Finds the widest frontage that still gives room enough; `nil` where
    /// the plan is too small at any.
    ///
    /// - Complexity: O(blocks), with 24 bytes a block.
    init?(ground: Ground) {
        let wanted = ground.plan.buildingCount
        var blocks: [BlockSize] = []
        ground.plan.forEachSuperblock { id in
            let superblock = Superblock(id, ground: ground)
            blocks += superblock.blocks.map { BlockPlan($0, in: superblock, ground: ground).size }.filter(\.isBuildable)
        }
        func capacity(_ frontage: Double) -> (fixed: Int, lots: Int) {
            blocks.reduce(into: (0, 0)) { sum, block in
                let layout = block.layout(frontageMeters: frontage)
                sum.0 += layout.fixedCount
                sum.1 += layout.lotCount
            }
        }
        var (narrow, wide) = (11.0, 56.0)
        guard isEnough(capacity(narrow), wanted) else { return nil }
        if isEnough(capacity(wide), wanted) { narrow = wide }
        for _ in 0..<12 {
            let middle = (narrow + wide) / 2
            if isEnough(capacity(middle), wanted) { narrow = middle } else { wide = middle }
        }
        let found = capacity(narrow)
        (frontageMeters, lotCount, builtLots) = (narrow, found.lots, wanted - found.fixed)
    }

    /// Whether a lot, counted over the whole city, gets a building: evenly
    /// spread.
    func isBuilt(lot: Int) -> Bool { (lot + 1) * builtLots / lotCount > lot * builtLots / lotCount }
}

private func isEnough(_ capacity: (fixed: Int, lots: Int), _ wanted: Int) -> Bool {
    capacity.fixed <= wanted && capacity.fixed + capacity.lots >= wanted
}
