extension PointProbe {
    /// A distance that nothing in a box can fall below, in metres: what a
    /// best-first search of an index ranks boxes by.
    ///
    /// Proof: take the box's distance r in the flat metric that a degree has
    /// at the probe. A line no longer than r stays in the band of latitude
    /// that r spans; measured with the smallest degree of that band no line
    /// from the probe to the box is shorter than the result, which is at most
    /// r. Longitudes count modulo 360.
    ///
    /// - Returns: 0 where the box holds the position; within about r tan φ/R
    ///   of the distance.
    /// - Complexity: O(1), about 30 ns.
    public func lowerBoundMeters(to box: BoundingBox) -> Double {
        let north = max(0, box.south - position.latitude, position.latitude - box.north)
        let east = Self.gap(box, position.longitude)
        if north == 0 && east == 0 { return 0 }
        let smallestNorth = Earth.smallestCurvatureRadiusMeters * radiansPerDegree
        let x = east * metric.metersPerDegreeEast
        let y = north * metric.metersPerDegreeNorth
        let reach = squareRoot(x * x + y * y)
        let poleward = abs(position.latitude) + reach / smallestNorth
        let lowX = poleward < 90 ? min(x, east * LocalMetric(LonLat(0, poleward)).metersPerDegreeEast) : 0
        let lowY = min(y, north * min(metric.metersPerDegreeNorth, northDegree(within: reach / smallestNorth)))
        return squareRoot(lowX * lowX + lowY * lowY) * (1 - 1e-12)
    }

    /// The shortest degree of latitude within some degrees of the probe.
    private func northDegree(within degrees: Double) -> Double {
        let equatorward = max(0, abs(position.latitude) - degrees)
        return LocalMetric(LonLat(0, equatorward)).metersPerDegreeNorth
    }

    /// The degrees of longitude between a position and a box, modulo 360.
    private static func gap(_ box: BoundingBox, _ longitude: Double) -> Double {
        if box.west <= longitude && longitude <= box.east { return 0 }
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
