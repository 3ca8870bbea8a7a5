/// Which street bears which name.
struct StreetNames {
    let plan: CityPlan

    /// The name of the street along a line of the lattice, at a cell of it.
    func name(isVertical: Bool, line: Int, cell: Int, _ id: SuperblockID) -> String {
        if let name = landmark(isVertical: isVertical, line: line, cell: cell) { return name }
        let cells = plan.cells(id)
        let isMain = isVertical ? line == cells.west || line == cells.east : line == cells.south || line == cells.north
        if isMain {
            let chunk = cell / (CityPlan.superblockCells * 5 * plan.superblocksPerPrecinct)
            let number = ((isVertical ? 2 : 1) * 7919 + line * 53 + chunk * 17) &* 31
            return Words.place(number) + (isVertical ? "街" : "路")
        }
        var random = SplitMix64(seed: plan.seed, .street, id.column * 64 + line, id.row * 2 + (isVertical ? 1 : 0))
        return Words.place(Int(random.next() >> 40)) + random.pick(["巷", "坡", "里", "支路", "梯道"])
    }

    private func landmark(isVertical: Bool, line: Int, cell: Int) -> String? {
        if isVertical {
            let isTip = line == plan.tipStreet && cell >= plan.southStreet && cell < plan.northStreet
            return isTip ? "合水门路" : nil
        }
        switch line {
        case plan.southStreet: return Words.southRiver + "滨江路"
        case plan.northStreet: return Words.northRiver + "滨江路"
        case plan.southBankStreet: return "霜南滨江大道"
        case plan.northBankStreet: return "漪北滨江大道"
        case plan.ridgeStreet: return "屿脊大道"
        default: return nil
        }
    }

    /// Whether the line lies between superblocks.
    func isMain(isVertical: Bool, line: Int, row: Int = 0) -> Bool {
        let cells = CityPlan.superblockCells
        if isVertical {
            return line % cells == 0 && line <= plan.tipStreet || line > plan.tipStreet && (line - 1) % cells == 0
        }
        let start =
            row <= plan.southBankStreet ? 0 : row <= plan.northStreet ? plan.southStreet : plan.northBankStreet
        return (line - start) % cells == 0
    }
}
