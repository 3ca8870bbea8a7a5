import Foundation
import Messages
import Spatial

extension Geometry {
    /// The circle of positions at a geodesic distance from a centre, as a
    /// polygon with a corner every degree of bearing.
    ///
    /// - Throws: `Failure` with `.usage` where it would hold a pole.
    /// - Complexity: a few geodesics a corner.
    static func circle(around center: LonLat, meters: Double) throws(Failure) -> Geometry {
        guard abs(center.latitude) + meters / Self.leastMetersPerDegree < 90 else {
            throw Failure(.usage, .circleAtPole)
        }
        let metric = LocalMetric(center)
        let corners = (0..<360).map { degree -> LonLat in
            let bearing = Double(degree) * .pi / 180
            let east = sin(bearing) / metric.metersPerDegreeEast
            let north = cos(bearing) / metric.metersPerDegreeNorth
            var scale = meters
            var corner = center
            // The plane is right to a few metres in a kilometre; two steps more reach the millimetre.
            for _ in 0..<3 {
                corner = LonLat(center.longitude - scale * east, center.latitude + scale * north)
                let distance = Geodesic.distanceMeters(center, corner)
                if distance > 0 { scale *= meters / distance }
            }
            return corner
        }
        return .polygon(Polygon(LineString(corners + corners.prefix(1))))
    }

    /// Less than a degree of latitude measures anywhere.
    private static let leastMetersPerDegree = 110_000.0
}
