import Foundation
import Spatial

/// The streets along the lines of the lattice.
struct StreetGrid {
    let ground: Ground
    let names: StreetNames
    private var plan: CityPlan { ground.plan }

    /// A residential street steeper than this is a flight of steps.
    private static let steepestResidential = 0.13
    /// A main street steeper than this is one.
    private static let steepestSecondary = 0.17

    init(ground: Ground) {
        self.ground = ground
        names = StreetNames(plan: ground.plan)
    }

    /// The streets that belong to a superblock: those inside it, its southern
    /// and western side, and a side that nobody else has.
    func streets(of superblock: Superblock) -> [Street] {
        var streets: [Street] = []
        for side in Side.allCases {
            let neighbor = plan.neighbor(of: superblock.id, columns: side.step.columns, rows: side.step.rows)
            guard side == .south || side == .west || neighbor == nil else { continue }
            let cells = superblock.cells
            let isVertical = side == .west || side == .east
            let line =
                isVertical ? (side == .west ? cells.west : cells.east) : (side == .south ? cells.south : cells.north)
            let ends = isVertical ? [cells.south, cells.north] : [cells.west, cells.east]
            var places = ends + superblock.junctions(on: side)
            if let neighbor {
                places += Superblock(neighbor, ground: ground).junctions(on: side.opposite)
            }
            append(&streets, isVertical: isVertical, line: line, places: places.sortedUnique(), superblock.id)
        }
        for split in superblock.splits {
            append(
                &streets, isVertical: split.isVertical, line: split.line,
                places: superblock.junctions(along: split), superblock.id)
        }
        if superblock.cover == .park { streets.append(parkPath(superblock)) }
        return streets
    }

    private func append(
        _ streets: inout [Street], isVertical: Bool, line: Int, places: [Int], _ id: SuperblockID
    ) {
        for (from, to) in zip(places, places.dropFirst()) {
            streets.append(piece(isVertical: isVertical, line: line, from: from, to: to, id))
        }
    }

    private func piece(isVertical: Bool, line: Int, from: Int, to: Int, _ id: SuperblockID) -> Street {
        let nodes = (from...to).map { isVertical ? Node(line, $0) : Node($0, line) }
        let points = nodes.map { Site.point(ground.position($0)) }
        let heights = nodes.map { ground.heightMeters($0) }
        let length = zip(points, points.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0).length }
        let slope = abs(heights[heights.count - 1] - heights[0]) / length
        var kind = streetClass(isVertical: isVertical, line: line, at: nodes[0])
        if kind == .residential && slope > Self.steepestResidential { kind = .steps }
        if kind == .secondary && slope > Self.steepestSecondary { kind = .steps }
        var street = Street(
            name: names.name(isVertical: isVertical, line: line, cell: from, id), kind: kind,
            fromNode: ground.streetNode(nodes[0]).id, toNode: ground.streetNode(nodes[nodes.count - 1]).id,
            positions: nodes.map { ground.position($0) }, heightsMeters: heights)
        if kind == .residential {
            var random = SplitMix64(seed: plan.seed, .street, line * 2 + (isVertical ? 1 : 0), from)
            street.isOneWay = random.chance(0.06)
        }
        if !isVertical && line == plan.southStreet && plan.viaductColumns.contains(from) {
            street.isBridge = true
            street.layer = 1
        }
        return street
    }

    /// The class before slopes are looked at.
    private func streetClass(isVertical: Bool, line: Int, at node: Node) -> Street.Class {
        if isVertical {
            if line == plan.tipStreet && node.row >= plan.southStreet && node.row < plan.northStreet { return .primary }
            return names.isMain(isVertical: true, line: line) ? .secondary : .residential
        }
        let isRiverside = [plan.southBankStreet, plan.southStreet, plan.northStreet, plan.northBankStreet]
            .contains(line)
        if isRiverside || line == plan.ridgeStreet { return .primary }
        return names.isMain(isVertical: false, line: line, row: node.row) ? .secondary : .residential
    }

    /// A path from corner to corner of a park.
    private func parkPath(_ superblock: Superblock) -> Street {
        let cells = superblock.cells
        let nodes = (0...CityPlan.superblockCells).map { Node(cells.west + $0, cells.south + $0) }
        let ends = (ground.streetNode(nodes[0]), ground.streetNode(Node(cells.east, cells.north)))
        let inner = nodes.dropFirst().dropLast()
        return Street(
            name: nil, kind: .footway, fromNode: ends.0.id, toNode: ends.1.id,
            positions: [ends.0.position] + inner.map { ground.position($0) } + [ends.1.position],
            heightsMeters: [ends.0.heightMeters] + inner.map { ground.heightMeters($0) } + [ends.1.heightMeters])
    }
}

extension CityPlan {
    /// Where the southern riverside street stands on pillars along the bank.
    var viaductColumns: Range<Int> {
        let first = westColumns + centralColumns / 3
        return columnLine(precinct: first)..<columnLine(precinct: first + max(2, centralColumns / 8))
    }
}
