/// The land between main streets, divided by smaller ones into blocks.
struct Superblock {
    /// A smaller street that runs through.
    struct Split {
        let isVertical: Bool
        /// The column or row it runs along.
        let line: Int
        let from: Int
        let to: Int
    }

    /// What covers it.
    enum Cover { case built, park, lake }

    let id: SuperblockID
    let cells: CellRect
    let cover: Cover
    private(set) var splits: [Split] = []
    private(set) var blocks: [CellRect] = []

    /// Blocks longer than this are divided, in metres.
    private static let longestBlockMeters = 132.0

    init(_ id: SuperblockID, ground: Ground) {
        let plan = ground.plan
        self.id = id
        cells = plan.cells(id)
        cover = plan.cover(id)
        guard cover == .built else { return }
        var random = SplitMix64(seed: plan.seed, .split, id.column, id.row)
        divide(cells, ground, &random)
    }

    private mutating func divide(_ rect: CellRect, _ ground: Ground, _ random: inout SplitMix64) {
        let size = ground.sizeMeters(rect)
        let isWide = size.along >= size.across
        let count = isWide ? rect.columns : rect.rows
        guard max(size.along, size.across) > Self.longestBlockMeters, count >= 2 else {
            blocks.append(rect)
            return
        }
        let swing = count >= 5 ? random.integer(-1, 1) : 0
        let line = (isWide ? rect.west : rect.south) + count / 2 + swing
        var (first, second) = (rect, rect)
        if isWide {
            splits.append(Split(isVertical: true, line: line, from: rect.south, to: rect.north))
            (first.east, second.west) = (line, line)
        } else {
            splits.append(Split(isVertical: false, line: line, from: rect.west, to: rect.east))
            (first.north, second.south) = (line, line)
        }
        divide(first, ground, &random)
        divide(second, ground, &random)
    }

    /// Where along a split others meet it, both ends included, in order.
    func junctions(along split: Split) -> [Int] {
        var places = [split.from, split.to]
        for other in splits where other.isVertical != split.isVertical {
            let touches = other.from == split.line || other.to == split.line
            if touches && other.line > split.from && other.line < split.to { places.append(other.line) }
        }
        return places.sortedUnique()
    }

    /// Where the splits of this superblock meet one of its own sides.
    func junctions(on side: Side) -> [Int] {
        switch side {
        case .south: splits.filter { $0.isVertical && $0.from == cells.south }.map(\.line)
        case .north: splits.filter { $0.isVertical && $0.to == cells.north }.map(\.line)
        case .west: splits.filter { !$0.isVertical && $0.from == cells.west }.map(\.line)
        case .east: splits.filter { !$0.isVertical && $0.to == cells.east }.map(\.line)
        }
    }
}

/// A side of a rectangle.
enum Side: CaseIterable {
    case south, west, north, east

    var opposite: Side {
        switch self {
        case .south: .north
        case .north: .south
        case .west: .east
        case .east: .west
        }
    }

    /// The step to the neighbour on that side.
    var step: (columns: Int, rows: Int) {
        switch self {
        case .south: (0, -1)
        case .north: (0, 1)
        case .west: (-1, 0)
        case .east: (1, 0)
        }
    }
}

extension Ground {
    /// The size of a rectangle of cells through its middle, in metres: along
    /// the rows and across them.
    func sizeMeters(_ rect: CellRect) -> (along: Double, across: Double) {
        let middleColumn = Double(rect.west + rect.east) / 2
        let middleRow = Double(rect.south + rect.north) / 2
        let along = point(Double(rect.east), middleRow) - point(Double(rect.west), middleRow)
        let across = point(middleColumn, Double(rect.north)) - point(middleColumn, Double(rect.south))
        return (along.length, across.length)
    }
}

extension CityPlan {
    /// The park on the ridge of the central district.
    var ridgePark: PrecinctID {
        PrecinctID(column: westColumns + centralColumns / 4, row: bankRows + peninsulaRows / 2)
    }
    /// The precinct of the northern land neighbour that holds the lake.
    var lakePrecinct: PrecinctID { PrecinctID(column: 0, row: bankRows + peninsulaRows / 2) }

    /// What covers a superblock.
    func cover(_ id: SuperblockID) -> Superblock.Cover {
        let inside = superblocksPerPrecinct / 2
        func isMiddle(of precinct: PrecinctID) -> Bool {
            id.column == precinct.column * superblocksPerPrecinct + inside
                && id.row == precinct.row * superblocksPerPrecinct + inside
        }
        if isMiddle(of: lakePrecinct) { return .lake }
        if isMiddle(of: ridgePark) { return .park }
        var random = SplitMix64(seed: seed, .green, id.column, id.row)
        return random.chance(0.02) ? .park : .built
    }
}

extension Array where Element == Int {
    /// The different numbers, in order.
    func sortedUnique() -> [Int] {
        var result: [Int] = []
        for number in sorted() where result.last != number { result.append(number) }
        return result
    }
}
