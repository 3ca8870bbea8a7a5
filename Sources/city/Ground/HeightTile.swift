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
        var heights = Array(repeating: Ground.desertLevelMeters, count: Self.samples * Self.samples)
        for row in 0..<Self.samples {
            let latitude = north - Double(row) / 1200
            guard abs(Site.point(LonLat(west, latitude)).y) < halfHeightMeters else { continue }
            for column in 0..<Self.samples {
                let place = Site.point(LonLat(west + Double(column) / 1200, latitude))
                if abs(place.x) < halfWidthMeters { heights[row * Self.samples + column] = height(at: place) }
            }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 * heights.count)
        for meters in heights {
            let whole = Int16(meters.rounded())
            bytes.append(UInt8(truncatingIfNeeded: whole >> 8))
            bytes.append(UInt8(truncatingIfNeeded: whole))
        }
        return bytes
    }

    /// Cells over which the city passes into the desert.
    private static let fringeCells = 12.0

    /// How far from the middle there may be anything but desert.
    private var halfWidthMeters: Double {
        (Double(ground.plan.cellColumns) / 2 + 2 * Self.fringeCells) * CityPlan.cellMeters
    }
    private var halfHeightMeters: Double { Double(ground.plan.cellRows) * CityPlan.cellMeters + 2000 }

    private func height(at place: PlanarPoint) -> Double {
        let (column, row) = ground.lattice(at: place)
        let (columns, rows) = (Double(ground.plan.cellColumns), Double(ground.plan.cellRows))
        let outside = max(max(-column, column - columns), max(-row, row - rows), 0)
        guard outside < Self.fringeCells else { return Ground.desertLevelMeters }
        let inside = ground.heightMeters(min(max(column, 0), columns), min(max(row, 0), rows))
        let share = smoothStep(outside / Self.fringeCells)
        return inside * (1 - share) + Ground.desertLevelMeters * share
    }
}
