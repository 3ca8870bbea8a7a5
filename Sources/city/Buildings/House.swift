/// One building on one lot.
struct House {
    let land: Quad
    let character: BlockSize.Character
    let address: String

    /// Builds it.
    func building(_ random: inout SplitMix64) -> Building {
        switch character {
        case .offices, .podium: office(&random)
        case .works: works(&random)
        case .lanes, .estate: random.chance(0.03) ? school(&random) : dwelling(&random)
        }
    }

    private func rectangle(_ random: inout SplitMix64, widest: Double, deepest: Double) -> Rectangle {
        let halfWidth = min((land.corners[1] - land.corners[0]).length / 2 * random.between(0.78, 0.97), widest / 2)
        let halfDepth = min((land.corners[2] - land.corners[1]).length / 2 * random.between(0.6, 0.92), deepest / 2)
        return land.rectangle(along: land.front, halfWidth: halfWidth, halfDepth: halfDepth, margin: 0.6)
    }

    // MARK: Uses

    private func office(_ random: inout SplitMix64) -> Building {
        let rectangle = rectangle(&random, widest: 44, deepest: 36)
        let footprint: Footprint =
            random.chance(0.3)
            ? .angle(rectangle, wing: random.between(0.4, 0.6), isMirrored: random.chance(0.5))
            : .rectangle(rectangle)
        let storeys = random.integer(9, 38)
        let firm = Words.firm(&random)
        let ending = random.pick([("大厦", "Tower"), ("中心", "Center"), ("广场", "Plaza"), ("国际", "International")])
        var building = Building(
            footprint, use: random.chance(0.25) ? .mixed : .office, storeys: storeys, storeyMeters: 3.8,
            address: address,
            yearBuilt: random.integer(1994, 2024))
        building.name = firm.zh + ending.0
        building.nameEnglish = firm.en + " " + ending.1
        building.addLedger(&random)
        return building
    }

    private func works(_ random: inout SplitMix64) -> Building {
        let rectangle = rectangle(&random, widest: 70, deepest: 40)
        var building = Building(
            .rectangle(rectangle), use: .industry, storeys: random.integer(1, 5), storeyMeters: 4.5, address: address,
            yearBuilt: random.integer(1978, 2019))
        building.forget(&random)
        return building
    }

    private func school(_ random: inout SplitMix64) -> Building {
        let rectangle = rectangle(&random, widest: 60, deepest: 40)
        return Building(
            .courtyard(rectangle, open: 0.5), use: .education, storeys: random.integer(3, 6), storeyMeters: 3.6,
            address: address, yearBuilt: random.integer(1965, 2020))
    }

    private func dwelling(_ random: inout SplitMix64) -> Building {
        let isOld = character == .lanes || random.chance(0.35)
        let isSlab = !isOld && random.chance(0.5)
        let rectangle = rectangle(&random, widest: isSlab ? 60 : 32, deepest: isOld ? 16 : isSlab ? 15 : 28)
        let footprint: Footprint
        switch random.unit() {
        case ..<0.22: footprint = .angle(rectangle, wing: random.between(0.38, 0.6), isMirrored: random.chance(0.5))
        case ..<0.25: footprint = .courtyard(rectangle, open: random.between(0.35, 0.55))
        case ..<0.265: footprint = .pair(rectangle)
        case ..<0.285: footprint = .point(rectangle)
        default: footprint = .rectangle(rectangle)
        }
        let storeys = isOld ? random.integer(3, 8) : isSlab ? random.integer(8, 18) : random.integer(17, 33)
        var building = Building(
            footprint, use: random.chance(0.1) ? .mixed : .residential, storeys: storeys, storeyMeters: 3.0,
            address: address,
            yearBuilt: isOld ? random.integer(1956, 1999) : random.integer(1998, 2024))
        building.settle(&random)
        building.forget(&random)
        return building
    }

    /// A house in a row, wall to wall with the next.
    static func rowHouse(
        _ footprint: Footprint, address: String, yearBuilt: Int, _ random: inout SplitMix64
    ) -> Building {
        var building = Building(
            footprint, use: random.chance(0.3) ? .mixed : .residential, storeys: random.integer(2, 4),
            storeyMeters: 3.1,
            address: address, yearBuilt: yearBuilt)
        building.settle(&random)
        return building
    }
}

/// Towers that stand on one podium.
struct TowerComplex {
    let podium: Rectangle
    let towers: Int
    let address: String

    /// The podium, then its towers: all of one `complex`.
    func buildings(_ random: inout SplitMix64) -> [Building] {
        let firm = Words.firm(&random)
        let complex = firm.zh + "城"
        let year = random.integer(2004, 2024)
        var base = Building(
            .rectangle(podium), use: .commerce, storeys: random.integer(3, 6), storeyMeters: 5, address: address,
            yearBuilt: year)
        base.name = complex + "裙楼"
        base.nameEnglish = firm.en + " City Podium"
        base.addLedger(&random)
        var buildings = [base]
        for number in 0..<towers {
            let width = 2 / Double(towers)
            let left = -1 + width * Double(number)
            let rectangle = podium.part(left + width * 0.14...left + width * 0.86, -0.62...random.between(0.3, 0.75))
            let letter = ["A", "B", "C"][number % 3]
            var tower = Building(
                .rectangle(rectangle), use: number == 0 ? .office : random.pick([.office, .mixed]),
                storeys: random.integer(24, 58), storeyMeters: 3.9, address: address, yearBuilt: year)
            tower.name = complex + letter + "座"
            tower.nameEnglish = firm.en + " City Tower " + letter
            tower.addLedger(&random)
            buildings.append(tower)
        }
        for index in buildings.indices { buildings[index].complex = complex }
        return buildings
    }
}
