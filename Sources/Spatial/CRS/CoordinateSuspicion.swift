public import Messages

/// The suspicion that coordinates are not what was declared: axes swapped,
/// metres taken for degrees, a zone's number missing or too much.
///
/// Found from the box of the coordinates alone, before anything is stored.
public struct CoordinateSuspicion: Hashable, Sendable {
    /// What is likely wrong.
    public enum Cause: Hashable, Sendable {
        /// Latitude or northing stands first.
        case swappedAxes
        /// The coordinates are metres of a projected system.
        case metersAsDegrees
        /// The coordinates are degrees.
        case degreesAsMeters
        /// Eastings have the zone's number and the system has not, or the
        /// other way round.
        case zonePrefix
        /// The coordinates lie outside of what the system can hold, for no
        /// reason found.
        case outOfRange
    }

    /// What is likely wrong.
    public let cause: Cause
    /// What was declared.
    public let declared: CoordinateDeclaration
    /// What fits instead; `nil` where nothing does.
    public let likely: CoordinateDeclaration?

    /// Looks whether a box fits its declaration; `nil` where it does and lies
    /// within 500 km of what exists, or nothing fits better.
    ///
    /// - Parameters:
    ///   - box: the box of the coordinates as they stand in the file, the
    ///     first ordinate as its west and east.
    ///   - declared: what was declared of them.
    ///   - existing: the box of what the atlas holds, on WGS 84; it decides
    ///     between declarations that both fit.
    public init?(box: BoundingBox, declared: CoordinateDeclaration, existing: BoundingBox? = nil) {
        guard !box.isEmpty else { return nil }
        let target = existing.flatMap { $0.isEmpty ? nil : $0 }
        let place = Self.place(of: box, declared)
        let reference = target ?? Self.expectedExtent(of: declared.crs)
        if let place, Self.isNear(place, reference) { return nil }
        self.declared = declared
        for (cause, candidate) in Self.alternatives(to: declared, box, existing: target) {
            guard let other = Self.place(of: box, candidate), Self.isNear(other, reference) else { continue }
            self.cause = cause
            likely = candidate
            return
        }
        if place != nil { return nil }
        cause = declared.crs.isGeographic == true ? Self.causeBeyondDegrees(box) : .outOfRange
        likely = nil
    }

    /// What is suspected, in both languages.
    public var text: Text {
        switch cause {
        case .swappedAxes: .axesLookSwapped(declared.description)
        case .metersAsDegrees: .coordinatesLookLikeMeters(declared.description)
        case .degreesAsMeters: .coordinatesLookLikeDegrees(declared.description)
        case .zonePrefix: .zonePrefixDiffers(declared.description)
        case .outOfRange: .coordinatesOutOfRange(declared.description)
        }
    }

    /// What to type instead.
    public var hint: Text { likely.map { .typeCRS($0.description) } ?? .checkCRS }

    /// Where the coordinates of a system that is China's must lie; anywhere
    /// for the others.
    private static func expectedExtent(of crs: CoordinateReferenceSystem) -> BoundingBox? {
        switch crs {
        case .gcj02, .bd09, .cgcs2000: GCJ02.extent
        case .wgs84, .epsg: nil
        }
    }

    private static func causeBeyondDegrees(_ box: BoundingBox) -> Cause {
        max(abs(box.west), abs(box.east), abs(box.south), abs(box.north)) > 1000 ? .metersAsDegrees : .outOfRange
    }

    private static func isNear(_ place: LonLat, _ reference: BoundingBox?) -> Bool {
        guard let reference else { return true }
        return PointProbe(place).lowerBoundMeters(to: reference) < 500_000
    }

    /// What else the coordinates may be, the simplest mistake first.
    private static func alternatives(
        to declared: CoordinateDeclaration, _ box: BoundingBox, existing: BoundingBox?
    ) -> [(Cause, CoordinateDeclaration)] {
        let crs = declared.crs
        let other: AxisOrder = declared.axisOrder == .eastingFirst ? .northingFirst : .eastingFirst
        var list: [(Cause, CoordinateDeclaration)] = [(.swappedAxes, CoordinateDeclaration(crs, axisOrder: other))]
        if let zone = crs.gaussKrugerZone {
            let toggled = CoordinateReferenceSystem(epsgCode: zone.with(prefix: !zone.hasPrefix).epsgCode)
            for order in [declared.axisOrder, other] {
                list.append((.zonePrefix, CoordinateDeclaration(toggled, axisOrder: order)))
            }
        }
        if crs.isGeographic != true {
            for order in [AxisOrder.eastingFirst, .northingFirst] {
                list.append((.degreesAsMeters, CoordinateDeclaration(.cgcs2000, axisOrder: order)))
            }
        } else {
            for order in [AxisOrder.eastingFirst, .northingFirst] {
                guard let zone = zone(of: box, order, existing: existing) else { continue }
                list.append(
                    (.metersAsDegrees, CoordinateDeclaration(.epsg(zone.epsgCode), axisOrder: order)))
            }
        }
        return list
    }

    /// The zone of 3 degrees that eastings name by their prefix, or that
    /// existing data lie in.
    private static func zone(of box: BoundingBox, _ order: AxisOrder, existing: BoundingBox?) -> GaussKrugerZone? {
        let easting = order == .eastingFirst ? box.west : box.south
        let number = (easting / 1_000_000).rounded(.down)
        if (25...45).contains(number) { return GaussKrugerZone(atLongitude: number * 3, hasPrefix: true) }
        return existing.flatMap { GaussKrugerZone(atLongitude: $0.center.longitude, hasPrefix: false) }
    }

    /// Where the middle of the box lies on WGS 84, to some kilometres; `nil`
    /// where the box does not fit the declaration.
    private static func place(of box: BoundingBox, _ declaration: CoordinateDeclaration) -> LonLat? {
        let isSwapped = declaration.axisOrder == .northingFirst
        let box =
            isSwapped
            ? BoundingBox(west: box.south, south: box.west, east: box.north, north: box.east) : box
        if declaration.crs.isGeographic == true {
            let fits = box.west >= -180.000001 && box.east <= 180.000001 && box.south >= -90 && box.north <= 90
            return fits ? box.center : nil
        }
        if let zone = declaration.crs.gaussKrugerZone {
            let extent = zone.extentMeters
            guard extent.contains(LonLat(box.west, box.south)), extent.contains(LonLat(box.east, box.north)) else {
                return nil
            }
            let latitude = box.center.latitude / 110_900
            let degree = LocalMetric(LonLat(0, latitude)).metersPerDegreeEast
            return LonLat(
                zone.centralMeridian + (box.center.longitude - zone.falseEastingMeters) / degree, latitude)
        }
        return projectedPlace(of: box, declaration.crs)
    }

    /// The same for any EPSG code, by PROJ: the box fits where its middle
    /// lands in the area of use widened by 3 degrees.
    private static func projectedPlace(of box: BoundingBox, _ crs: CoordinateReferenceSystem) -> LonLat? {
        guard let transform = try? CoordinateTransform(crs) else { return nil }
        let place = transform.toWGS84(box.center)
        guard place.longitude.isFinite, place.latitude.isFinite else { return nil }
        guard let area = transform.areaOfUse, area.west <= area.east else { return place }
        return area.widened(longitude: 3, latitude: 3).contains(place) ? place : nil
    }
}
