import Foundation
import Spatial

/// A place in metres east and north of the middle of the city.
struct PlanarPoint: Equatable {
    var x: Double
    var y: Double

    init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    static func + (a: PlanarPoint, b: PlanarPoint) -> PlanarPoint { PlanarPoint(a.x + b.x, a.y + b.y) }
    static func - (a: PlanarPoint, b: PlanarPoint) -> PlanarPoint { PlanarPoint(a.x - b.x, a.y - b.y) }
    static func * (a: PlanarPoint, factor: Double) -> PlanarPoint { PlanarPoint(a.x * factor, a.y * factor) }

    var length: Double { (x * x + y * y).squareRoot() }
    /// A quarter turn to the left.
    var left: PlanarPoint { PlanarPoint(-y, x) }
    /// The same direction with length 1.
    var unit: PlanarPoint { self * (1 / length) }

    func dot(_ other: PlanarPoint) -> Double { x * other.x + y * other.y }
}

/// Where the city lies on the Earth: in the sand of the Taklamakan desert,
/// where no town is that it could be taken for.
enum Site {
    static let center = LonLat(82.5, 39.5)
    /// Metres a degree at that latitude on the WGS 84 ellipsoid.
    private static let metersPerDegreeEast = 86013.4
    private static let metersPerDegreeNorth = 111025.0

    /// The position in WGS 84, rounded to 7 decimals.
    static func position(_ point: PlanarPoint) -> LonLat {
        LonLat(
            rounded(center.longitude + point.x / metersPerDegreeEast),
            rounded(center.latitude + point.y / metersPerDegreeNorth))
    }

    /// The place of a position in WGS 84.
    static func point(_ position: LonLat) -> PlanarPoint {
        PlanarPoint(
            (position.longitude - center.longitude) * metersPerDegreeEast,
            (position.latitude - center.latitude) * metersPerDegreeNorth)
    }

    private static func rounded(_ degrees: Double) -> Double { (degrees * 1e7).rounded() / 1e7 }
}
