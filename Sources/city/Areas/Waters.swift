import Spatial

/// The rivers and the lake.
struct Waters {
    let ground: Ground
    private var plan: CityPlan { ground.plan }

    /// A water with its outline.
    struct Water {
        let name: String
        let kind: String
        let polygon: Polygon
    }

    /// The southern river with all that lies behind the tip, the northern
    /// river up to there, and the lake.
    var all: [Water] {
        let end = plan.cellColumns
        let south = [
            Node(0, plan.southBankShore), Node(end, plan.southBankShore), Node(end, plan.northBankShore),
            Node(plan.tipShore, plan.northBankShore), Node(plan.tipShore, plan.southShore), Node(0, plan.southShore),
            Node(0, plan.southBankShore),
        ]
        let north = CellRect(west: 0, south: plan.northShore, east: plan.tipShore, north: plan.northBankShore)
        return [
            Water(name: Words.southRiver, kind: "river", polygon: ground.polygon(plan.path(through: south))),
            Water(name: Words.northRiver, kind: "river", polygon: ground.polygon(plan.outline(north))),
            Water(name: Words.lake, kind: "lake", polygon: Polygon(LineString(lakeShore))),
        ]
    }

    /// Directions of the compass, sixteen to the turn.
    private static let compass: [(Double, Double)] = {
        let first = [(1.0, 0.0), (0.92388, 0.38268), (0.70711, 0.70711), (0.38268, 0.92388)]
        return (0..<4).flatMap { turn in
            first.map { direction in
                (0..<turn).reduce(direction) { direction, _ in (-direction.1, direction.0) }
            }
        }
    }()

    private var lakeShore: [LonLat] {
        let cells = plan.cells(plan.lakeSuperblock)
        let column = Double(cells.west + cells.east) / 2
        let row = Double(cells.south + cells.north) / 2
        let dents = SmoothNoise(seed: plan.seed, .green)
        let shore = Self.compass.map { direction in
            let radius = 2.1 + 0.4 * dents.value(direction.0 * 2, direction.1 * 2)
            return Site.position(ground.point(column + radius * direction.0, row + radius * direction.1))
        }
        return shore + shore.prefix(1)
    }
}

extension Ground {
    /// The polygon of a closed outline.
    func polygon(_ outline: [Node]) -> Polygon { Polygon(LineString(outline.map { position($0) })) }
}

extension CityPlan {
    /// The superblock that the lake fills.
    var lakeSuperblock: SuperblockID {
        let inside = superblocksPerPrecinct / 2
        return SuperblockID(
            column: lakePrecinct.column * superblocksPerPrecinct + inside,
            row: lakePrecinct.row * superblocksPerPrecinct + inside)
    }
}
