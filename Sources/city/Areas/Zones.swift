import Spatial

/// The zones: they overlap each other and cross borders, and one is scattered.
struct Zones {
    let ground: Ground
    private var plan: CityPlan { ground.plan }

    /// A zone with its outlines.
    struct Zone {
        let name: String
        let kind: String
        let polygons: [Polygon]
    }

    var all: [Zone] {
        let (tip, west) = (plan.tipPrecinct, plan.westColumns)
        let middle = plan.bankRows + plan.peninsulaRows / 2
        let quarter = max(1, plan.centralColumns / 4)
        let lower = plan.bankRows + 1
        return [
            Zone(
                name: "汐屿中央商务区管理委员会", kind: "管委会",
                polygons: [polygon(columns: tip - quarter..<tip, rows: lower..<2 * middle - lower)]),
            Zone(
                name: "屿心商圈", kind: "商圈",
                polygons: [polygon(columns: tip - quarter - 2..<tip - quarter + 1, rows: middle - 1..<middle + 1)]),
            Zone(
                name: "屿脊公园", kind: "公园",
                polygons: [ground.polygon(plan.outline(plan.cells(plan.ridgeParkSuperblock)))]),
            Zone(
                name: "霜屏滨江经济带管理委员会", kind: "管委会",
                polygons: [
                    ground.polygon(
                        plan.outline(
                            CellRect(
                                west: plan.columnLine(precinct: west - 1), south: plan.southShore,
                                east: plan.columnLine(precinct: tip - 2), north: plan.southStreet + 3)))
                ]),
            Zone(
                name: "栖澜科创园", kind: "产业园区",
                polygons: [
                    polygon(columns: west + 1..<west + 3, rows: middle - 1..<middle),
                    polygon(columns: 1..<west, rows: middle..<middle + 1),
                    polygon(columns: west + 4..<west + 6, rows: 0..<1),
                ]),
        ]
    }

    /// The land of a rectangle of precincts of one band.
    private func polygon(columns: Range<Int>, rows: Range<Int>) -> Polygon {
        let scale = plan.superblocksPerPrecinct
        let last = plan.rowLine(superblock: rows.upperBound * scale - 1)
        return ground.polygon(
            plan.outline(
                CellRect(
                    west: plan.columnLine(precinct: columns.lowerBound),
                    south: plan.rowLine(superblock: rows.lowerBound * scale),
                    east: plan.columnLine(precinct: columns.upperBound), north: last + CityPlan.superblockCells)))
    }
}

extension CityPlan {
    /// The superblock that the park on the ridge fills.
    var ridgeParkSuperblock: SuperblockID {
        let inside = superblocksPerPrecinct / 2
        return SuperblockID(
            column: ridgePark.column * superblocksPerPrecinct + inside,
            row: ridgePark.row * superblocksPerPrecinct + inside)
    }
}
