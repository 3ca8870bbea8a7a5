extension PointProbe {
    /// A distance that nothing in a box can fall below, in metres: what a
    /// best-first search of an index ranks boxes by.
    ///
    /// Proof: take the box's distance r in the flat metric that a degree has
    /// at the probe. A line no longer than r stays in the band of latitude
    /// that r spans; measured with the smallest degrees of that band no line
    /// from the probe to the box is shorter than the result, which is at most
    /// r. With δ the band's half height in radians, cos(φ + δ) is at least
    /// cos φ (1 − δ tan φ − δ²/2), and M changes by less than 0.02 δ of it;
    /// where that is too coarse the band's edges are computed. Longitudes count
    /// modulo 360.
    ///
    /// - Returns: 0 where the box holds the position; within about r tan φ/R
    ///   of the distance.
    /// - Complexity: O(1), about 5 ns.
    public func lowerBoundMeters(to box: BoundingBox) -> Double {
        let north = max(0, box.south - position.latitude, position.latitude - box.north)
        let east = Self.gap(box, position.longitude)
        let x = east * metric.metersPerDegreeEast
        let y = north * metric.metersPerDegreeNorth
        let reach = squareRoot(x * x + y * y)
        let rise = reach / Earth.smallestCurvatureRadiusMeters
        let shrinking = reach * shrinkingPerMeter + rise * (0.02 + rise / 2)
        if shrinking < 0.05 { return reach * (1 - shrinking) * (1 - 1e-12) }
        return bandedMeters(east: east, north: north, rise: rise)
    }

    /// The same with the degrees at the edges of the band.
    private func bandedMeters(east: Double, north: Double, rise: Double) -> Double {
        let degrees = rise / radiansPerDegree
        let poleward = abs(position.latitude) + degrees
        let equatorward = max(0, abs(position.latitude) - degrees)
        let x = poleward < 90 ? east * LocalMetric(LonLat(0, poleward)).metersPerDegreeEast : 0
        let y = north * LocalMetric(LonLat(0, equatorward)).metersPerDegreeNorth
        return squareRoot(x * x + y * y) * (1 - 1e-12)
    }

    /// The degrees of longitude between a position and a box, modulo 360.
    private static func gap(_ box: BoundingBox, _ longitude: Double) -> Double {
        if box.west <= longitude && longitude <= box.east { return 0 }
        let plain = max(box.west - longitude, longitude - box.east)
        if plain + (box.east - box.west) <= 180 { return plain }
        let toWest = turn(box.west - longitude)
        let toEast = turn(longitude - box.east)
        if box.east - box.west >= 360 || toWest + (box.east - box.west) > 360 + 1e-9 { return 0 }
        return min(toWest, toEast)
    }

    /// Degrees within 0 ..< 360.
    private static func turn(_ degrees: Double) -> Double {
        let turn = degrees.truncatingRemainder(dividingBy: 360)
        return turn < 0 ? turn + 360 : turn
    }
}
