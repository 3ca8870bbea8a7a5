/// The one or two boxes that surely hold everything within a distance.
///
/// Longitudes are kept within −180 … 180: a search across the antimeridian
/// gives two boxes, one on either side; one that reaches a pole gives one box
/// around the whole parallel.
public struct SearchBoxes: Hashable, Sendable {
    /// The box, or its part that holds the western end.
    public let first: BoundingBox
    /// The part beyond the antimeridian.
    public let second: BoundingBox?

    /// The boxes around everything within a distance of a position.
    ///
    /// - Parameters:
    ///   - position: degrees on WGS 84.
    ///   - meters: the distance; negative or NaN counts as 0.
    public init(around position: LonLat, withinMeters meters: Double) {
        self.init(around: BoundingBox(position), withinMeters: meters)
    }

    /// The boxes around everything within a distance of a box.
    ///
    /// Proof that they are large enough: a line no longer than r rises or
    /// falls by at most r divided by the meridian's smallest radius of
    /// curvature. Inside that band of latitude a degree of longitude is
    /// nowhere shorter than at the band's edge nearest to a pole, so the line
    /// cannot leave the box. A part in 10⁹ is added for rounding.
    public init(around box: BoundingBox, withinMeters meters: Double) {
        let radius = max(0, meters.isNaN ? 0 : meters) * (1 + 1e-9) + 1e-6
        let rise = radius / Earth.smallestCurvatureRadiusMeters / radiansPerDegree
        let south = max(-90, box.south - rise)
        let north = min(90, box.north + rise)
        let poleward = max(abs(south), abs(north))
        let parallel = LocalMetric(LonLat(0, min(poleward, 90))).metersPerDegreeEast
        let widening = poleward < 90 && parallel > 0 ? radius / parallel : .infinity
        let west = box.west - widening
        let east = box.east + widening
        guard east - west < 360 else {
            first = BoundingBox(west: -180, south: south, east: 180, north: north)
            second = nil
            return
        }
        if west <= -180 {
            first = BoundingBox(west: west + 360, south: south, east: 180, north: north)
            second = BoundingBox(west: -180, south: south, east: east, north: north)
        } else if east >= 180 {
            first = BoundingBox(west: west, south: south, east: 180, north: north)
            second = BoundingBox(west: -180, south: south, east: east - 360, north: north)
        } else {
            first = BoundingBox(west: west, south: south, east: east, north: north)
            second = nil
        }
    }

    /// Whether a position lies in one of the boxes.
    public func contains(_ position: LonLat) -> Bool {
        first.contains(position) || (second?.contains(position) ?? false)
    }
}
