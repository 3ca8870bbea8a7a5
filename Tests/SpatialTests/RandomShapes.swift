import Spatial
import TestSupport

extension LonLat {
    /// The position a share of the way to another, straight in degrees.
    func toward(_ other: LonLat, _ t: Double) -> LonLat {
        LonLat(longitude + t * (other.longitude - longitude), latitude + t * (other.latitude - latitude))
    }

    /// About that many metres away, but no more than 120 degrees; latitudes
    /// stay on Earth.
    func moved(east: Double, north: Double) -> LonLat {
        let metric = LocalMetric(self)
        return LonLat(
            longitude + min(120, max(-120, east / metric.metersPerDegreeEast)),
            min(90, max(-90, latitude + north / metric.metersPerDegreeNorth)))
    }
}

extension SeededGenerator {
    mutating func double(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &self) }

    mutating func position(latitudes: ClosedRange<Double> = -89...89) -> LonLat {
        LonLat(double(-180...180), double(latitudes))
    }

    /// A star-shaped ring around a position: simple, mostly concave.
    mutating func ring(around center: LonLat, radiusMeters: Double, vertices: Int) -> [LonLat] {
        var positions: [LonLat] = []
        for index in 0..<vertices {
            let angle = 2 * Double.pi * (Double(index) + double(0...0.8)) / Double(vertices)
            let radius = radiusMeters * double(0.3...1)
            // A rational circle: no need for the platform's sine.
            let direction = unit(angle)
            positions.append(center.moved(east: radius * direction.x, north: radius * direction.y))
        }
        return positions + [positions[0]]
    }

    private func unit(_ angle: Double) -> SIMD2<Double> {
        let quarter = (angle / (.pi / 2)).rounded(.down)
        let u = (angle - quarter * .pi / 2) / (.pi / 2)
        let scale = 1 + u * u
        var vector = SIMD2((1 - u * u) / scale, 2 * u / scale)
        for _ in 0..<Int(quarter) { vector = SIMD2(-vector.y, vector.x) }
        return vector
    }
}
