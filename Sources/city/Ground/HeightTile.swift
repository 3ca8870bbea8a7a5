import Foundation
import Spatial

/// The heights as a tile of three arc seconds, like those of the Shuttle
/// Radar Topography Mission.
struct HeightTile {
    let ground: Ground

    static let name = "N39E082.hgt"
    static let samples = 1201
    /// Bytes from a sample to the next, and to the one south of it.
    static let strides = [2, 2 * samples]

    /// Heights in metres, rows from north, each from west, big-endian.
    var bytes: [UInt8] {
        let (west, north) = (Site.center.longitude - 0.5, Site.center.latitude + 0.5)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.samples * Self.samples * 2)
        for row in 0..<Self.samples {
            for column in 0..<Self.samples {
                let place = Site.point(LonLat(west + Double(column) / 1200, north - Double(row) / 1200))
                let meters = Int16(height(at: place).rounded())
                bytes.append(UInt8(truncatingIfNeeded: meters >> 8))
                bytes.append(UInt8(truncatingIfNeeded: meters))
            }
        }
        return bytes
    }

    /// Cells over which the city passes into the desert.
    private static let fringeCells = 12.0

    private func height(at place: PlanarPoint) -> Double {
        let plan = ground.plan
        let halfWidth = (Double(plan.cellColumns) / 2 + 2 * Self.fringeCells) * CityPlan.cellMeters
        let halfHeight = Double(plan.cellRows) * CityPlan.cellMeters + 2000
        guard abs(place.x) < halfWidth, abs(place.y) < halfHeight else { return Ground.desertLevelMeters }
        let (column, row) = ground.lattice(at: place)
        let (columns, rows) = (Double(plan.cellColumns), Double(plan.cellRows))
        let outside = max(max(-column, column - columns), max(-row, row - rows), 0)
        guard outside < Self.fringeCells else { return Ground.desertLevelMeters }
        let inside = ground.heightMeters(min(max(column, 0), columns), min(max(row, 0), rows))
        let share = smoothStep(outside / Self.fringeCells)
        return inside * (1 - share) + Ground.desertLevelMeters * share
    }
}
