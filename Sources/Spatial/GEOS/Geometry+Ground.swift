public import Messages

extension Geometry {
    /// The geometry where it is valid, else what repair makes of it, so that
    /// one bad outline spoils no question about areas; `nil` where it is
    /// beyond repair.
    public var sound: Geometry? {
        if case .valid? = wkb.withUnsafeBytes({ try? Validity(wkb: $0) }) { return self }
        return (try? repaired(by: .structure))?.geometry
    }

    /// Areas as one, overlaps dissolved; invalid outlines count as repaired.
    ///
    /// - Returns: one geometry; none of none.
    /// - Throws: `Failure` of code `unusableInput` where GEOS is not installed.
    public static func united(_ areas: [Geometry]) throws(Failure) -> [Geometry] {
        guard areas.count > 1 else { return areas }
        try GEOSLibrary.open()
        let sound = areas.compactMap(\.sound)
        return (try? Geometry.collection(sound).dissolved()).map { [$0] } ?? sound
    }

    /// Whether more than half of the geometry's ground lies in an area; of
    /// one without ground, whether its representative point does. Outlines
    /// that are invalid count as repaired.
    ///
    /// Half and half again is in neither: the two halves are compared with a
    /// margin of one millionth.
    public func liesMostly(in area: Geometry) -> Bool {
        guard box.intersects(area.box), let outline = sound, let area = area.sound else { return false }
        let half = outline.areaSquareMeters / 2 * (1 + 1e-6)
        guard half > 0 else { return representativePoint.map(area.covers) ?? false }
        guard let shared = try? outline.intersection(area) else { return false }
        return shared.areaSquareMeters > half
    }
}
