/// The size of a city and the lattice that everything in it stands on.
///
/// The city is one lattice of cells, some 40 m wide, bent into the shape of a
/// peninsula by `Ground`. Six by six cells make a superblock between main
/// streets; `superblocksPerPrecinct` squared superblocks make a precinct, the
/// unit of all boundaries. From south to north the rows are: the southern
/// bank, an embankment, the southern river, an embankment, the peninsula, and
/// the same again; columns count from west, the root of the peninsula, to
/// east. East of the tip the two rivers are one.
struct CityPlan {
    /// The width of a cell before bending, in metres.
    static let cellMeters = 40.0
    /// Cells along a superblock.
    static let superblockCells = 6
    /// Rows from a bank to the middle of the river.
    static let halfRiverRows = 4

    let seed: UInt64
    let buildingCount: Int
    /// Superblocks along a precinct.
    let superblocksPerPrecinct: Int
    /// Columns of precincts: the two land neighbours, the central district,
    /// and what lies east of the tip.
    let westColumns: Int
    let centralColumns: Int
    let eastColumns: Int
    /// Rows of precincts on the peninsula (even) and on each bank.
    let peninsulaRows: Int
    let bankRows: Int

    /// The smallest plan that has room for that many buildings at the usual
    /// density; `extraBankRows` widen it.
    init(seed: UInt64, buildingCount: Int, extraBankRows: Int) {
        self.seed = seed
        self.buildingCount = buildingCount
        let ratio = Double(buildingCount) / 3000
        let buildingsPerSuperblock = min(85, 24 * ratio.squareRoot().squareRoot())
        let superblocks = Double(buildingCount) / buildingsPerSuperblock
        superblocksPerPrecinct = min(max(Int((superblocks / 118).squareRoot()), 1), 6)
        let precincts = superblocks / Double(superblocksPerPrecinct * superblocksPerPrecinct)
        let growth = min(max((precincts / 118).squareRoot(), 1), 2.4)
        peninsulaRows = 2 * Int(2 * growth)
        westColumns = Int(3 * growth)
        centralColumns = Int(15 * growth)
        eastColumns = Int(5 * growth)
        let onPeninsula = peninsulaRows * (westColumns + centralColumns)
        let acrossBanks = 2 * (westColumns + centralColumns + eastColumns)
        bankRows = max(1, (Int(precincts) - onPeninsula) / acrossBanks) + extraBankRows
    }

    // MARK: Columns

    var precinctColumns: Int { westColumns + centralColumns + eastColumns }
    var precinctRows: Int { 2 * bankRows + peninsulaRows }
    /// The first precinct column east of the tip.
    var tipPrecinct: Int { westColumns + centralColumns }
    var superblockColumns: Int { precinctColumns * superblocksPerPrecinct }
    var superblockRows: Int { precinctRows * superblocksPerPrecinct }
    var tipSuperblock: Int { tipPrecinct * superblocksPerPrecinct }

    /// The line of cells where a superblock column begins. Behind the tip one
    /// more cell, the embankment, shifts the columns.
    func columnLine(superblock column: Int) -> Int {
        column * Self.superblockCells + (column > tipSuperblock ? 1 : 0)
    }

    /// The line of cells where a precinct column begins.
    func columnLine(precinct column: Int) -> Int { columnLine(superblock: column * superblocksPerPrecinct) }

    /// The street that closes the peninsula at its tip, and the water's edge.
    var tipStreet: Int { columnLine(superblock: tipSuperblock) }
    var tipShore: Int { tipStreet + 1 }
    var cellColumns: Int { columnLine(superblock: superblockColumns) }

    // MARK: Rows

    private var bankCells: Int { bankRows * superblocksPerPrecinct * Self.superblockCells }
    private var peninsulaCells: Int { peninsulaRows * superblocksPerPrecinct * Self.superblockCells }

    /// Riverside streets, shores and river middles from south to north.
    var southBankStreet: Int { bankCells }
    var southBankShore: Int { southBankStreet + 1 }
    var southMiddle: Int { southBankShore + Self.halfRiverRows }
    var southShore: Int { southMiddle + Self.halfRiverRows }
    var southStreet: Int { southShore + 1 }
    var northStreet: Int { southStreet + peninsulaCells }
    var northShore: Int { northStreet + 1 }
    var northMiddle: Int { northShore + Self.halfRiverRows }
    var northBankShore: Int { northMiddle + Self.halfRiverRows }
    var northBankStreet: Int { northBankShore + 1 }
    var cellRows: Int { northBankStreet + bankCells }
    /// The main street along the ridge, and border of the two land neighbours.
    var ridgeStreet: Int { southStreet + peninsulaCells / 2 }

    /// A stretch of land between rivers.
    enum Band { case southBank, peninsula, northBank }

    /// Where a row of superblocks lies.
    func band(superblockRow row: Int) -> Band { band(precinctRow: row / superblocksPerPrecinct) }

    /// Where a row of precincts lies.
    func band(precinctRow row: Int) -> Band {
        if row < bankRows { return .southBank }
        return row < bankRows + peninsulaRows ? .peninsula : .northBank
    }

    /// The line of cells where a row of superblocks begins.
    func rowLine(superblock row: Int) -> Int {
        let (bank, cells) = (bankRows * superblocksPerPrecinct, Self.superblockCells)
        let peninsulaEnd = bank + peninsulaRows * superblocksPerPrecinct
        if row < bank { return row * cells }
        if row < peninsulaEnd { return southStreet + (row - bank) * cells }
        return northBankStreet + (row - peninsulaEnd) * cells
    }

    /// The line of cells where the territory of a row of precincts begins:
    /// like the land, but in the middle of the river for the first row behind it.
    func territoryLine(precinctRow row: Int) -> Int {
        if row == bankRows { return southMiddle }
        if row == bankRows + peninsulaRows { return northMiddle }
        return row == precinctRows ? cellRows : rowLine(superblock: row * superblocksPerPrecinct)
    }

    /// The cells of a superblock.
    func cells(_ id: SuperblockID) -> CellRect {
        let bottom = rowLine(superblock: id.row)
        return CellRect(
            west: columnLine(superblock: id.column), south: bottom,
            east: columnLine(superblock: id.column + 1), north: bottom + Self.superblockCells)
    }

    /// Whether there is a superblock of land at that place.
    func isLand(_ id: SuperblockID) -> Bool {
        guard id.column >= 0, id.column < superblockColumns, id.row >= 0, id.row < superblockRows else { return false }
        return id.column < tipSuperblock || band(superblockRow: id.row) != .peninsula
    }

    /// The superblock on the other side of the street, `nil` for water or the
    /// end of the city.
    func neighbor(of id: SuperblockID, columns: Int, rows: Int) -> SuperblockID? {
        let other = SuperblockID(column: id.column + columns, row: id.row + rows)
        guard isLand(other), band(superblockRow: other.row) == band(superblockRow: id.row) else { return nil }
        return other
    }

    /// Calls `body` with every superblock of land, row by row from south.
    func forEachSuperblock(_ body: (SuperblockID) throws -> Void) rethrows {
        for row in 0..<superblockRows {
            for column in 0..<superblockColumns {
                let id = SuperblockID(column: column, row: row)
                if isLand(id) { try body(id) }
            }
        }
    }
}

/// The place of a superblock, from west and from south.
struct SuperblockID: Equatable {
    let column: Int
    let row: Int
}

/// The place of a precinct, from west and from south.
struct PrecinctID: Equatable {
    let column: Int
    let row: Int
}

/// A rectangle of cells by its lattice lines.
struct CellRect: Equatable {
    var west: Int
    var south: Int
    var east: Int
    var north: Int

    var columns: Int { east - west }
    var rows: Int { north - south }
}

/// A node of the lattice.
struct Node: Equatable {
    var column: Int
    var row: Int

    init(_ column: Int, _ row: Int) {
        self.column = column
        self.row = row
    }
}
