/// The five districts in the order of their codes.
enum District: Int, CaseIterable {
    case central, southernRoot, northernRoot, southBank, northBank

    var name: String {
        switch self {
        case .central: "汐屿区"
        case .southernRoot: "砚岗区"
        case .northernRoot: "榆隘区"
        case .southBank: "霜南区"
        case .northBank: "漪北区"
        }
    }
}

/// How precincts are divided among districts and subdistricts, by rule.
struct Division {
    let plan: CityPlan

    /// Subdistricts of the central district: columns of the peninsula, each
    /// with its share of the width (in fifteenths) and its number of parts.
    private static let slabs: [(share: Int, parts: Int)] = [(4, 3), (3, 2), (4, 3), (2, 2), (2, 2)]

    /// The district of a precinct that is its own anchor.
    func district(_ precinct: PrecinctID) -> District {
        switch plan.band(precinctRow: precinct.row) {
        case .southBank: return .southBank
        case .northBank: return .northBank
        case .peninsula:
            guard precinct.column < plan.westColumns else { return .central }
            return isNorthernHalf(precinct) ? .northernRoot : .southernRoot
        }
    }

    /// How many subdistricts a district has.
    func subdistrictCount(_ district: District) -> Int {
        switch district {
        case .central: Self.slabs.reduce(0) { $0 + $1.parts }
        case .southernRoot, .northernRoot: 2
        case .southBank, .northBank: 3
        }
    }

    /// The subdistrict within its district, of a precinct that is its own anchor.
    func subdistrict(_ precinct: PrecinctID) -> Int {
        switch district(precinct) {
        case .central: centralSubdistrict(precinct)
        case .southernRoot, .northernRoot: precinct.column * 2 / plan.westColumns
        case .southBank, .northBank: precinct.column * 3 / plan.precinctColumns
        }
    }

    /// The precinct whose community also holds this one: itself, or a
    /// neighbour where the precinct lies on the water or has few buildings.
    func anchor(_ precinct: PrecinctID) -> PrecinctID {
        guard plan.band(precinctRow: precinct.row) == .peninsula else { return landAnchor(precinct) }
        if precinct.column > plan.tipPrecinct {
            let row = isNorthernHalf(precinct) ? plan.bankRows + plan.peninsulaRows : plan.bankRows - 1
            return landAnchor(PrecinctID(column: precinct.column, row: row))
        }
        let column = min(precinct.column, plan.tipPrecinct - 1)
        return landAnchor(PrecinctID(column: column, row: precinct.row))
    }

    private func landAnchor(_ precinct: PrecinctID) -> PrecinctID {
        var precinct = precinct
        while joinsItsWesternNeighbor(precinct) {
            precinct = PrecinctID(column: precinct.column - 1, row: precinct.row)
        }
        return precinct
    }

    private func joinsItsWesternNeighbor(_ precinct: PrecinctID) -> Bool {
        guard precinct.column > 0 else { return false }
        let western = PrecinctID(column: precinct.column - 1, row: precinct.row)
        guard district(western) == district(precinct), subdistrict(western) == subdistrict(precinct) else {
            return false
        }
        if plan.superblocksPerPrecinct == 1 {
            func isGreen(_ id: PrecinctID) -> Bool {
                plan.cover(SuperblockID(column: id.column, row: id.row)) != .built
            }
            if isGreen(precinct) || isGreen(western) { return true }
        }
        var random = SplitMix64(seed: plan.seed, .merge, precinct.column, precinct.row)
        return random.chance(0.08)
    }

    private func isNorthernHalf(_ precinct: PrecinctID) -> Bool {
        precinct.row >= plan.bankRows + plan.peninsulaRows / 2
    }

    private func centralSubdistrict(_ precinct: PrecinctID) -> Int {
        let row = precinct.row - plan.bankRows
        var (slab, share, first) = (0, 0, 0)
        while slab < Self.slabs.count - 1 {
            share += Self.slabs[slab].share
            if precinct.column - plan.westColumns < cut(share: share, row: row, slab: slab) { break }
            first += Self.slabs[slab].parts
            slab += 1
        }
        if Self.slabs[slab].parts == 2 { return first + (row * 2 >= plan.peninsulaRows ? 1 : 0) }
        let quarter = row * 4 / plan.peninsulaRows
        return first + [0, 1, 1, 2][quarter]
    }

    /// The column where a slab ends; it swings by one from row to row.
    private func cut(share: Int, row: Int, slab: Int) -> Int {
        var random = SplitMix64(seed: plan.seed, .border, slab, row)
        return plan.centralColumns * share / 15 + random.integer(0, 1)
    }
}
