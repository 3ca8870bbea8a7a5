import Foundation

/// Puts the buildings on the blocks of a superblock.
struct BuildingMaker {
    let ground: Ground
    let density: Density
    private let names: StreetNames
    private var lot = 0

    init(ground: Ground, density: Density) {
        self.ground = ground
        self.density = density
        names = StreetNames(plan: ground.plan)
    }

    /// The buildings of a superblock; superblocks come in the order of
    /// `CityPlan.forEachSuperblock`.
    mutating func buildings(on superblock: Superblock) -> [Building] {
        var buildings: [Building] = []
        for rect in superblock.blocks {
            let block = BlockPlan(rect, in: superblock, ground: ground)
            guard block.size.isBuildable else { continue }
            let layout = block.size.layout(frontageMeters: density.frontageMeters)
            var random = SplitMix64(seed: ground.plan.seed, .building, rect.west, rect.south)
            if layout.towers > 0 {
                buildings += complex(block, layout, superblock.id, &random)
            } else {
                buildings += lots(block, layout, superblock.id, &random)
            }
        }
        return buildings
    }

    // MARK: Lots

    /// A corner of the lots of a block: `along` and `across` are shares of
    /// its longer and shorter side.
    private func corner(_ block: BlockPlan, _ along: Double, _ across: Double) -> PlanarPoint {
        let (east, north) = block.isWide ? (along, across) : (across, along)
        return ground.point(
            block.west + (block.east - block.west) * east, block.south + (block.north - block.south) * north)
    }

    /// The land between four such shares, its front towards the nearer long street.
    private func quad(
        _ block: BlockPlan, along: ClosedRange<Double>, across: ClosedRange<Double>, isBackward: Bool
    ) -> Quad {
        let a = corner(block, along.lowerBound, across.lowerBound)
        let b = corner(block, along.upperBound, across.lowerBound)
        let c = corner(block, along.upperBound, across.upperBound)
        let d = corner(block, along.lowerBound, across.upperBound)
        if block.isWide { return isBackward ? Quad(c, d, a, b) : Quad(a, b, c, d) }
        return isBackward ? Quad(d, c, b, a) : Quad(b, a, d, c)
    }

    private mutating func lots(
        _ block: BlockPlan, _ layout: BlockSize.Layout, _ id: SuperblockID, _ random: inout SplitMix64
    ) -> [Building] {
        var buildings: [Building] = []
        for row in 0..<layout.across {
            let across = Double(row) / Double(layout.across)...Double(row + 1) / Double(layout.across)
            let isBackward = row * 2 >= layout.across && layout.across > 1
            if row == 0 && layout.rowHouses > 0 {
                let strip = quad(block, along: 0...1, across: across, isBackward: isBackward)
                buildings += rowHouses(strip, layout.rowHouses, block, id, &random)
                continue
            }
            for column in 0..<layout.along {
                lot += 1
                guard density.isBuilt(lot: lot - 1) else { continue }
                let along = Double(column) / Double(layout.along)...Double(column + 1) / Double(layout.along)
                let land = quad(block, along: along, across: across, isBackward: isBackward)
                let address = address(block, id, isBackward: isBackward, number: column)
                buildings.append(House(land: land, character: block.size.character, address: address).building(&random))
            }
        }
        return buildings
    }

    private func rowHouses(
        _ strip: Quad, _ count: Int, _ block: BlockPlan, _ id: SuperblockID, _ random: inout SplitMix64
    ) -> [Building] {
        let depth = min(block.size.shortMeters * 0.45, random.between(9, 12))
        let rectangle = strip.rectangle(
            along: strip.front, halfWidth: block.size.longMeters / 2, halfDepth: depth / 2, margin: 0.8)
        let year = random.integer(1936, 1988)
        return Footprint.row(rectangle, houses: count).enumerated().map { number, footprint in
            let address = address(block, id, isBackward: false, number: number)
            return House.rowHouse(footprint, address: address, yearBuilt: year, &random)
        }
    }

    /// A podium over the whole block with towers on it.
    private func complex(
        _ block: BlockPlan, _ layout: BlockSize.Layout, _ id: SuperblockID, _ random: inout SplitMix64
    ) -> [Building] {
        let land = quad(block, along: 0...1, across: 0...1, isBackward: false)
        let podium = land.rectangle(
            along: land.front, halfWidth: min(block.size.longMeters / 2, 46),
            halfDepth: min(block.size.shortMeters / 2, 34),
            margin: 3)
        let address = address(block, id, isBackward: false, number: 0)
        return TowerComplex(podium: podium, towers: layout.towers, address: address).buildings(&random)
    }

    // MARK: Addresses

    /// The street that a lot faces, with a house number.
    private func address(_ block: BlockPlan, _ id: SuperblockID, isBackward: Bool, number: Int) -> String {
        let rect = block.rect
        let line: Int
        let cell: Int
        if block.isWide {
            (line, cell) = (isBackward ? rect.north : rect.south, rect.west)
        } else {
            (line, cell) = (isBackward ? rect.east : rect.west, rect.south)
        }
        let street = names.name(isVertical: !block.isWide, line: line, cell: cell, id)
        let houses = (cell % (CityPlan.superblockCells * 4)) * 12 + number * 2
        return "\(street)\(houses + (isBackward ? 2 : 1))号"
    }
}
