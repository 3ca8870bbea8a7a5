/// A Gauss-Krüger zone of CGCS2000, EPSG:4491 to 4554.
///
/// Its coordinates are metres: northing from the equator, easting from 500 km
/// west of the central meridian, with the zone's number before it or not.
/// EPSG's axis order is northing first; files have easting first.
public struct GaussKrugerZone: Hashable, Sendable {
    /// Degrees of longitude that a zone is wide: 3 or 6.
    public let widthDegrees: Int
    /// The zone's number: 13 … 23 of 6 degrees, 25 … 45 of 3.
    public let number: Int
    /// Whether eastings begin with the zone's number.
    public let hasPrefix: Bool

    /// The zone of an EPSG code; `nil` where it is none.
    public init?(epsgCode code: Int) {
        switch code {
        case 4491...4501: self.init(width: 6, number: code - 4491 + 13, hasPrefix: true)
        case 4502...4512: self.init(width: 6, number: code - 4502 + 13, hasPrefix: false)
        case 4513...4533: self.init(width: 3, number: code - 4513 + 25, hasPrefix: true)
        case 4534...4554: self.init(width: 3, number: code - 4534 + 25, hasPrefix: false)
        default: return nil
        }
    }

    /// The zone of 3 degrees at a longitude; `nil` outside of the zones.
    public init?(atLongitude longitude: Double, hasPrefix: Bool) {
        guard (73.5..<136.5).contains(longitude) else { return nil }
        self.init(width: 3, number: Int((longitude / 3).rounded()), hasPrefix: hasPrefix)
    }

    private init(width: Int, number: Int, hasPrefix: Bool) {
        widthDegrees = width
        self.number = number
        self.hasPrefix = hasPrefix
    }

    /// The EPSG code.
    public var epsgCode: Int {
        switch (widthDegrees, hasPrefix) {
        case (6, true): 4491 + number - 13
        case (6, false): 4502 + number - 13
        case (_, true): 4513 + number - 25
        case (_, false): 4534 + number - 25
        }
    }

    /// The central meridian in degrees east.
    public var centralMeridian: Double { Double(widthDegrees == 6 ? number * 6 - 3 : number * 3) }

    /// The easting of the central meridian, in metres.
    public var falseEastingMeters: Double { 500_000 + (hasPrefix ? Double(number) * 1_000_000 : 0) }

    /// The same zone with the zone's number before eastings, or without.
    public func with(prefix: Bool) -> GaussKrugerZone {
        GaussKrugerZone(width: widthDegrees, number: number, hasPrefix: prefix)
    }

    /// Where the zone's coordinates may be, in metres: 350 km on either side
    /// of its meridian and the latitudes of China; easting is x.
    public var extentMeters: BoundingBox {
        BoundingBox(
            west: falseEastingMeters - 350_000, south: 300_000, east: falseEastingMeters + 350_000,
            north: 6_100_000)
    }
}
