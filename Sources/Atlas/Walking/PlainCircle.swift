import Foundation
import Spatial

extension Geometry {
    /// The circle of positions at a geodesic distance from a centre, as a
    /// polygon with a corner every degree of bearing.
    ///
    /// - Complexity: a few geodesics a corner.
    static func circle(around center: LonLat, meters: Double) -> Geometry {
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
}
