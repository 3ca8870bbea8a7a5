import Foundation
import Spatial

/// The part of the world that a map shows, and where on paper it stands.
///
/// Paper counts in tenths of a millimetre from the upper left corner. The
/// degrees are those of the middle of the window, true to some parts in a
/// thousand over a city.
struct MapWindow {
    /// The width and the height on paper.
    let width: Int
    let height: Int
    /// The degrees shown; its west is greater than its east across the antimeridian.
    let box: BoundingBox
    /// Metres that one unit of paper stands for.
    let metersPerUnit: Double
    private let west: Double
    private let north: Double
    private let unitsPerLongitude: Double
    private let unitsPerLatitude: Double

    /// Fits a box of degrees into a frame.
    ///
    /// - Parameters:
    ///   - content: what must be seen, not empty; across the antimeridian its
    ///     east is beyond 180.
    ///   - width: the width in tenths of a millimetre.
    ///   - heights: between which the height may choose.
    init(_ content: BoundingBox, width: Int, heights: ClosedRange<Int>) {
        let middle = content.center
        let latitude = min(max(middle.latitude, -89), 89) * .pi / 180
        // The lengths of a degree on the ellipsoid (WGS 84), as series in the latitude.
        let metersPerLatitude = 111_132.954 - 559.822 * cos(2 * latitude) + 1.175 * cos(4 * latitude)
        let metersPerLongitude = 111_412.84 * cos(latitude) - 93.5 * cos(3 * latitude) + 0.118 * cos(5 * latitude)
        let wide = max((content.east - content.west) * metersPerLongitude, Self.leastMeters)
        let high = max((content.north - content.south) * metersPerLatitude, Self.leastMeters * 0.6)
        let fitting = Int((Double(width) * high / wide).rounded())
        self.width = width
        height = min(max(fitting, heights.lowerBound), heights.upperBound)
        // A margin for marks and their numbers.
        metersPerUnit = max(wide / Double(width), high / Double(height)) * 1.12
        unitsPerLongitude = metersPerLongitude / metersPerUnit
        unitsPerLatitude = metersPerLatitude / metersPerUnit
        west = middle.longitude - Double(width) / 2 / unitsPerLongitude
        north = middle.latitude + Double(height) / 2 / unitsPerLatitude
        let east = west + Double(width) / unitsPerLongitude
        let south = max(north - Double(height) / unitsPerLatitude, -90)
        guard east - west < 360 else {
            box = BoundingBox(west: -180, south: south, east: 180, north: min(north, 90))
            return
        }
        box = BoundingBox(
            west: west < -180 ? west + 360 : west, south: south, east: east > 180 ? east - 360 : east,
            north: min(north, 90))
    }

    /// No window is narrower.
    private static let leastMeters = 240.0
    /// Farther out nothing is told apart.
    private static let farthest = 1e7

    /// Where a position stands on paper, in units.
    func place(_ position: LonLat) -> (x: Double, y: Double) {
        // The copy of the position that is nearest to the window.
        var longitude = position.longitude - west
        if longitude < -180 { longitude += 360 } else if longitude > 540 { longitude -= 360 }
        return (longitude * unitsPerLongitude, (north - position.latitude) * unitsPerLatitude)
    }

    /// The same in whole units.
    func cell(_ position: LonLat) -> PaperPoint {
        let place = place(position)
        return PaperPoint(x: Self.whole(place.x), y: Self.whole(place.y))
    }

    /// The position at a point of paper.
    func position(_ point: PaperPoint) -> LonLat {
        LonLat(west + Double(point.x) / unitsPerLongitude, north - Double(point.y) / unitsPerLatitude)
    }

    private static func whole(_ value: Double) -> Int {
        value.isFinite ? Int(min(max(value, -farthest), farthest).rounded()) : 0
    }

    /// Whether a point of paper lies in the frame.
    func holds(_ point: PaperPoint) -> Bool { point.x >= 0 && point.y >= 0 && point.x <= width && point.y <= height }

    /// Which sides of the frame a point lies beyond, as bits.
    func outcode(_ point: PaperPoint) -> UInt8 {
        var code: UInt8 = 0
        if point.x < -Self.margin { code |= 1 } else if point.x > width + Self.margin { code |= 2 }
        if point.y < -Self.margin { code |= 4 } else if point.y > height + Self.margin { code |= 8 }
        return code
    }

    private static let margin = 20
}

/// A point of paper in tenths of a millimetre.
struct PaperPoint: Hashable {
    var x: Int
    var y: Int
}
