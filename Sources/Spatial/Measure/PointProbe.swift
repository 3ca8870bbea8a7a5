/// Measures from one position to many geometries.
///
/// Make it once a question and ask it about every candidate: it holds the
/// metric around the position and allocates nothing. Edges are straight in
/// longitude and latitude; positions beyond ±90° of latitude or ±540° of
/// longitude are no place on Earth and are passed over.
public struct PointProbe: Sendable {
    /// The position that distances count from.
    public let position: LonLat
    /// The metric around it.
    public let metric: LocalMetric
    /// By what share of it a degree of longitude is shorter a metre nearer to
    /// the pole, at most: tan φ over the meridian's smallest radius.
    let shrinkingPerMeter: Double

    /// Makes a probe at a position on WGS 84.
    public init(_ position: LonLat) {
        self.position = position
        metric = LocalMetric(position)
        // tan φ/N, and N is at most 1.0102 times the smallest radius.
        shrinkingPerMeter =
            1.0102 * 2 * abs(metric.eastSlope) / (metric.metersPerDegreeEast * metric.metersPerDegreeNorth)
    }

    /// The distance to a geometry, in the plane where the plane's error is
    /// below the estimate's `errorMeters`.
    ///
    /// For ranking: a candidate whose `lowerMeters` is above the upper end of
    /// k others is none of the nearest k and needs no exact distance.
    ///
    /// - Returns: the estimate; infinite for an empty geometry.
    /// - Throws: `WKBError` where the bytes are no geometry.
    /// - Complexity: O(positions), about 10 ns each; exact, and so several
    ///   times slower, where no bound is proved for the plane.
    public func estimate(toWKB bytes: UnsafeRawBufferPointer) throws(WKBError) -> DistanceEstimate {
        var sweep = PlaneSweep(self)
        try WKBCursor.walk(bytes, &sweep)
        if let estimate = sweep.estimate { return estimate }
        return DistanceEstimate(meters: try chordMeters(bytes), errorMeters: 1e-3)
    }

    /// The estimate of `estimate(toWKB:)` for a geometry value.
    public func estimate(to geometry: Geometry) -> DistanceEstimate {
        var sweep = PlaneSweep(self)
        geometry.walk(&sweep)
        return sweep.estimate ?? DistanceEstimate(meters: distanceMeters(to: geometry), errorMeters: 1e-3)
    }

    /// The geodesic distance to the nearest point of a geometry.
    ///
    /// - Returns: metres; 0 inside a polygon and on its edge, where a hole's
    ///   inside is outside; infinite for an empty geometry; NaN where the
    ///   probe's own position is no place on Earth. Within 1 mm + 1e-6 of the
    ///   distance below 1 km, and 1e-4 above.
    /// - Throws: `WKBError` where the bytes are no geometry.
    /// - Complexity: O(positions), one or two passes, and one geodesic.
    public func distanceMeters(toWKB bytes: UnsafeRawBufferPointer) throws(WKBError) -> Double {
        guard isOnEarth else { return .nan }
        var sweep = PlaneSweep(self)
        try WKBCursor.walk(bytes, &sweep)
        if sweep.isTouching { return 0 }
        guard sweep.isProved else { return try chordMeters(bytes) }
        guard sweep.needsRefinement else { return geodesicMeters(to: sweep.best) }
        var refinement = PlaneRefinement(self, after: sweep)
        try WKBCursor.walk(bytes, &refinement)
        return geodesicMeters(to: refinement.best)
    }

    /// The distances of `distanceMeters(toWKB:)` for many geometries at once.
    ///
    /// - Parameters:
    ///   - bytes: the geometries.
    ///   - ranges: where each of them lies in `bytes`.
    /// - Returns: metres, in the order of `ranges`.
    /// - Throws: `WKBError` where one of them is no geometry.
    /// - Precondition: the ranges lie within `bytes`.
    public func distancesMeters(
        in bytes: UnsafeRawBufferPointer, _ ranges: [Range<Int>]
    ) throws(WKBError) -> [Double] {
        var distances: [Double] = []
        distances.reserveCapacity(ranges.count)
        for range in ranges {
            distances.append(try distanceMeters(toWKB: UnsafeRawBufferPointer(rebasing: bytes[range])))
        }
        return distances
    }

    /// The geodesic distance to the nearest point of a geometry value; see
    /// `distanceMeters(toWKB:)`.
    public func distanceMeters(to geometry: Geometry) -> Double {
        guard isOnEarth else { return .nan }
        var sweep = PlaneSweep(self)
        geometry.walk(&sweep)
        if sweep.isTouching { return 0 }
        guard sweep.isProved else {
            var chords = ChordSweep(self)
            geometry.walk(&chords)
            return chords.isTouching ? 0 : geodesicMeters(to: chords.best)
        }
        guard sweep.needsRefinement else { return geodesicMeters(to: sweep.best) }
        var refinement = PlaneRefinement(self, after: sweep)
        geometry.walk(&refinement)
        return geodesicMeters(to: refinement.best)
    }

    private var isOnEarth: Bool { abs(position.latitude) <= 90 && position.longitude.isFinite }

    private func chordMeters(_ bytes: UnsafeRawBufferPointer) throws(WKBError) -> Double {
        guard isOnEarth else { return .nan }
        var chords = ChordSweep(self)
        try WKBCursor.walk(bytes, &chords)
        return chords.isTouching ? 0 : geodesicMeters(to: chords.best)
    }

    private func geodesicMeters(to nearest: LonLat?) -> Double {
        nearest.map { Geodesic.distanceMeters(position, $0) } ?? .infinity
    }
}

/// A distance and how wrong it can be.
public struct DistanceEstimate: Hashable, Sendable {
    /// The distance in metres.
    public let meters: Double
    /// The most by which it can differ from the geodesic distance, in metres.
    public let errorMeters: Double

    /// The least that the geodesic distance can be, in metres.
    public var lowerMeters: Double { max(0, meters - errorMeters) }
    /// The most that the geodesic distance can be, in metres.
    public var upperMeters: Double { meters + errorMeters }
}
