import Foundation
import Spatial

/// The shape of the land: bends the lattice of a plan into a peninsula
/// between two rivers, and gives every place its height.
struct Ground {
    let plan: CityPlan
    private let warpEast: SmoothNoise
    private let warpNorth: SmoothNoise
    private let hills: SmoothNoise
    private let knolls: SmoothNoise
    private let halfWidthMeters: Double
    private let riverScale: Double
    private let origin: PlanarPoint

    /// Along the peninsula from its root (0) to its tip (1) and beyond, as
    /// shares of the largest half width.
    private static let ridgeLine = Profile(
        spacing: 0.125, [0.45, 0.15, -0.12, -0.05, 0.22, 0.38, 0.3, 0.05, -0.2, -0.42, -0.55, -0.6])
    private static let northWidth = Profile(
        spacing: 0.125, [0.95, 0.84, 0.72, 0.86, 1.04, 1.02, 0.86, 0.60, 0.30, 0.11, 0.06, 0.05])
    private static let southWidth = Profile(
        spacing: 0.125, [0.98, 0.82, 0.70, 0.92, 1.02, 0.92, 0.74, 0.54, 0.28, 0.10, 0.06, 0.05])
    /// In metres for a small city.
    private static let northRiver = Profile(spacing: 0.25, [230, 205, 240, 215, 235, 260, 280])
    private static let southRiver = Profile(spacing: 0.25, [300, 340, 290, 320, 300, 330, 350])

    init(plan: CityPlan) {
        self.plan = plan
        warpEast = SmoothNoise(seed: plan.seed, .warpEast)
        warpNorth = SmoothNoise(seed: plan.seed, .warpNorth)
        hills = SmoothNoise(seed: plan.seed, .hills)
        knolls = SmoothNoise(seed: plan.seed, .knolls)
        halfWidthMeters = Double(plan.northShore - plan.southShore) * CityPlan.cellMeters / 2
        riverScale = (halfWidthMeters / 520).squareRoot()
        origin = PlanarPoint(Double(plan.cellColumns) * CityPlan.cellMeters / 2, 0)
    }

    // MARK: Places

    /// The place of a point of the lattice, between nodes too.
    func point(_ column: Double, _ row: Double) -> PlanarPoint {
        let (u, v) = warped(column, row)
        let northing = crossSection(u).northing(row: v, plan)
        return PlanarPoint(u * CityPlan.cellMeters + bulge(u, v), northing) - origin
    }

    /// The place of a node.
    func point(_ node: Node) -> PlanarPoint { point(Double(node.column), Double(node.row)) }

    /// The position of a node.
    func position(_ node: Node) -> LonLat { Site.position(point(node)) }

    /// The point of the lattice at a place: the inverse of `point`.
    func lattice(at place: PlanarPoint) -> (column: Double, row: Double) {
        let target = place + origin
        var (u, v) = (target.x / CityPlan.cellMeters, 0.0)
        for _ in 0..<10 {
            v = crossSection(u).row(northing: target.y, plan)
            u = (target.x - bulge(u, v)) / CityPlan.cellMeters
        }
        var (column, row) = (u, v)
        for _ in 0..<10 {
            let (atU, atV) = warped(column, row)
            column += u - atU
            row += v - atV
        }
        return (column, row)
    }

    /// Streets that are not drawn with a ruler.
    private func warped(_ column: Double, _ row: Double) -> (Double, Double) {
        let (x, y) = (column / 9, row / 9)
        let (finerX, finerY) = (column / 4.6 + 100, row / 4.6)
        return (
            column + 0.8 * warpEast.value(x, y) + 0.18 * warpEast.value(finerX, finerY),
            row + 0.8 * warpNorth.value(x, y) + 0.18 * warpNorth.value(finerX, finerY)
        )
    }

    /// Rounds the tip of the peninsula, in metres east.
    private func bulge(_ column: Double, _ row: Double) -> Double {
        let (south, north) = (Double(plan.southShore), Double(plan.northShore))
        let across = (2 * row - south - north) / (north - south)
        guard abs(across) < 1 else { return 0 }
        let amount = 0.26 * halfWidthMeters
        let ramp = max(9, amount / 14)
        let past = column - Double(plan.tipShore)
        let share = past < 0 ? smoothStep(1 + past / ramp) : 1 - smoothStep(past / ramp)
        return amount * (1 - across * across) * share
    }

    // MARK: Cross sections

    /// Where banks and shores lie at one place along the peninsula, in metres north.
    private struct CrossSection {
        var southEnd: Double
        var southBank: Double
        var southMiddle: Double
        var south: Double
        var north: Double
        var northMiddle: Double
        var northBank: Double
        var northEnd: Double

        func northing(row: Double, _ plan: CityPlan) -> Double {
            let (rows, northings) = knots(plan)
            var index = 0
            while index < 6 && row > rows[index + 1] { index += 1 }
            let share = (row - rows[index]) / (rows[index + 1] - rows[index])
            return northings[index] + share * (northings[index + 1] - northings[index])
        }

        func row(northing: Double, _ plan: CityPlan) -> Double {
            let (rows, northings) = knots(plan)
            var index = 0
            while index < 6 && northing > northings[index + 1] { index += 1 }
            let share = (northing - northings[index]) / (northings[index + 1] - northings[index])
            return rows[index] + share * (rows[index + 1] - rows[index])
        }

        private func knots(_ plan: CityPlan) -> (InlineArray<8, Double>, InlineArray<8, Double>) {
            (
                [
                    0, Double(plan.southBankShore), Double(plan.southMiddle), Double(plan.southShore),
                    Double(plan.northShore), Double(plan.northMiddle), Double(plan.northBankShore),
                    Double(plan.cellRows),
                ],
                [southEnd, southBank, southMiddle, south, north, northMiddle, northBank, northEnd]
            )
        }
    }

    private func crossSection(_ column: Double) -> CrossSection {
        let along = column / Double(plan.tipShore)
        let middle = Self.ridgeLine(along) * halfWidthMeters
        let south = middle - Self.southWidth(along) * halfWidthMeters
        let north = middle + Self.northWidth(along) * halfWidthMeters
        let southBank = south - Self.southRiver(along) * riverScale
        let northBank = north + Self.northRiver(along) * riverScale
        let bankDepth = Double(plan.southBankShore) * CityPlan.cellMeters
        // Behind the tip the middles of the two rivers run together.
        let precinct = Double(plan.superblocksPerPrecinct * CityPlan.superblockCells)
        let share = 0.5 + 0.42 * smoothStep((column - Double(plan.tipShore)) / precinct)
        return CrossSection(
            southEnd: southBank - bankDepth, southBank: southBank,
            southMiddle: southBank + share * (south - southBank), south: south, north: north,
            northMiddle: northBank + share * (north - northBank), northBank: northBank,
            northEnd: northBank + bankDepth)
    }

    // MARK: Heights

    /// The level of both rivers, in metres.
    static let waterLevelMeters = 168.0
    /// The level of the sand around the city, in metres.
    static let desertLevelMeters = 205.0

    /// The height of the ground in metres: low along the shores, steep behind
    /// them, hilly inside; the water level on the rivers.
    func heightMeters(_ column: Double, _ row: Double) -> Double {
        let (shore, isPeninsula) = metersFromShore(column, row)
        guard shore >= 0 else { return Self.waterLevelMeters }
        let base = isPeninsula ? 52.0 : 24.0
        let swing = isPeninsula ? 30.0 : 18.0
        let hill =
            base + swing * hills.value(column / 11, row / 11) + 7 * knolls.value(column / 4, row / 4)
        return Self.waterLevelMeters + 4 + 6 * smoothStep(shore / 35) + max(hill, 0) * smoothStep((shore - 15) / 380)
    }

    /// The height of a node, in metres rounded to decimetres.
    func heightMeters(_ node: Node) -> Double {
        (heightMeters(Double(node.column), Double(node.row)) * 10).rounded() / 10
    }

    /// Roughly how far the water is; negative on the water.
    private func metersFromShore(_ column: Double, _ row: Double) -> (meters: Double, isPeninsula: Bool) {
        if row <= Double(plan.southBankShore) {
            return ((Double(plan.southBankShore) - row) * CityPlan.cellMeters, false)
        }
        if row >= Double(plan.northBankShore) {
            return ((row - Double(plan.northBankShore)) * CityPlan.cellMeters, false)
        }
        let (south, north) = (Double(plan.southShore), Double(plan.northShore))
        guard row >= south, row <= north, column <= Double(plan.tipShore) else { return (-1, false) }
        let section = crossSection(column)
        let metersPerRow = (section.north - section.south) / (north - south)
        let fromTip = (Double(plan.tipShore) - column) * CityPlan.cellMeters
        return (min(min(row - south, north - row) * metersPerRow, fromTip), true)
    }
}
