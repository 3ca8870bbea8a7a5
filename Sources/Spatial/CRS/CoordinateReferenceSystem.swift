/// A coordinate reference system that data may come in.
public enum CoordinateReferenceSystem: Hashable, Sendable {
    /// WGS 84, longitude first. What Louyu stores.
    case wgs84
    /// GCJ-02, the offset datum of Chinese web maps, longitude first.
    case gcj02
    /// BD-09, Baidu's datum over GCJ-02, longitude first.
    case bd09
    /// CGCS2000 in degrees (EPSG:4490), longitude first.
    ///
    /// It differs from WGS 84 by centimetres at most, which no published
    /// transformation models: degrees are taken over as they are.
    case cgcs2000
    /// Any EPSG code, in the axis order of the file's format: easting or
    /// longitude first, as GIS files have it.
    case epsg(Int)

    /// The system of an EPSG code; 4326 and 4490 become their own cases.
    public init(epsgCode code: Int) {
        switch code {
        case 4326: self = .wgs84
        case 4490: self = .cgcs2000
        default: self = .epsg(code)
        }
    }

    /// The EPSG code; `nil` for GCJ-02 and BD-09, which have none.
    public var epsgCode: Int? {
        switch self {
        case .wgs84: 4326
        case .cgcs2000: 4490
        case .epsg(let code): code
        case .gcj02, .bd09: nil
        }
    }

    /// The zone, where the system is a Gauss-Krüger zone of CGCS2000.
    public var gaussKrugerZone: GaussKrugerZone? { epsgCode.flatMap { GaussKrugerZone(epsgCode: $0) } }

    /// Whether coordinates are degrees; `nil` where only PROJ knows.
    public var isGeographic: Bool? {
        switch self {
        case .wgs84, .gcj02, .bd09, .cgcs2000: true
        case .epsg: gaussKrugerZone == nil ? nil : false
        }
    }
}

extension CoordinateReferenceSystem: CustomStringConvertible {
    /// The system as it is typed after `--crs`.
    public var description: String {
        switch self {
        case .wgs84: "wgs84"
        case .gcj02: "gcj02"
        case .bd09: "bd09"
        case .cgcs2000: "cgcs2000"
        case .epsg(let code): "EPSG:\(code)"
        }
    }
}
