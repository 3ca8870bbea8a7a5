public import Messages

extension CoordinateReferenceSystem {
    /// Reads a system as people and files write it: `wgs84`, `GCJ-02`,
    /// `bd09`, `cgcs2000`, `EPSG:4523`, `4523`, OGC URNs and URLs, and the
    /// usual Chinese names. Case, blanks and hyphens do not matter.
    ///
    /// Whether an EPSG code exists is known to PROJ only; see
    /// `CoordinateTransform`.
    ///
    /// - Throws: `Failure` of code `usage` that lists what may be typed.
    public init(parsing text: String) throws(Failure) {
        let key = text.lowercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "_" }
        if let known = Self.names[key] {
            self = known
            return
        }
        guard let code = Self.epsgCode(key) else { throw Failure(.usage, .unknownCRS(text), hint: .crsChoices) }
        guard (1024...1_000_000).contains(code) else { throw Failure(.usage, .noEPSGCode(text), hint: .crsChoices) }
        self.init(epsgCode: code)
    }

    private static let names: [String: CoordinateReferenceSystem] = [
        "wgs84": .wgs84, "wgs1984": .wgs84, "crs84": .wgs84, "ogc:crs84": .wgs84,
        "urn:ogc:def:crs:ogc:1.3:crs84": .wgs84, "urn:ogc:def:crs:ogc::crs84": .wgs84,
        "http://www.opengis.net/def/crs/ogc/1.3/crs84": .wgs84,
        "https://www.opengis.net/def/crs/ogc/1.3/crs84": .wgs84,
        "gcj02": .gcj02, "gcj": .gcj02, "火星坐标": .gcj02, "火星坐标系": .gcj02, "国测局坐标": .gcj02,
        "bd09": .bd09, "bd09ll": .bd09, "百度坐标": .bd09, "百度坐标系": .bd09,
        "cgcs2000": .cgcs2000, "国家2000": .cgcs2000, "大地2000": .cgcs2000, "2000国家大地坐标系": .cgcs2000,
    ]

    /// The number behind `EPSG:`, in an OGC URN or URL, or alone.
    private static func epsgCode(_ key: String) -> Int? {
        var rest = key[...]
        let prefixes = [
            "epsg:", "urn:ogc:def:crs:epsg:", "http://www.opengis.net/def/crs/epsg/",
            "https://www.opengis.net/def/crs/epsg/",
        ]
        if let prefix = prefixes.first(where: { key.hasPrefix($0) }) {
            rest = key.dropFirst(prefix.count)
            // URNs and URLs have a version, which may be empty, before it.
            if prefix != "epsg:", let last = rest.lastIndex(where: { $0 == ":" || $0 == "/" }) {
                rest = rest[rest.index(after: last)...]
            }
        }
        guard !rest.isEmpty, rest.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(rest)
    }
}

/// In which order a file gives the two coordinates.
public enum AxisOrder: Hashable, Sendable {
    /// Easting or longitude first, as GIS files have it.
    case eastingFirst
    /// Northing or latitude first, as EPSG defines many systems, those of
    /// CGCS2000's Gauss-Krüger zones among them, and as survey offices write
    /// coordinate lists.
    case northingFirst
}

/// What the user or the file says about the coordinates: a system and the
/// order of its axes.
///
/// Files carry easting or longitude first whatever EPSG's registry says, so
/// that is the default; `EPSG:4523/northing-first` declares the other order.
public struct CoordinateDeclaration: Hashable, Sendable {
    /// The system.
    public var crs: CoordinateReferenceSystem
    /// The order of its axes in the file.
    public var axisOrder: AxisOrder

    /// Makes a declaration.
    public init(_ crs: CoordinateReferenceSystem, axisOrder: AxisOrder = .eastingFirst) {
        self.crs = crs
        self.axisOrder = axisOrder
    }

    /// Reads `CRS`, `CRS/northing-first` or `CRS/easting-first`.
    ///
    /// - Throws: `Failure` of code `usage`.
    public init(parsing text: String) throws(Failure) {
        for (suffix, order) in Self.suffixes where text.lowercased().hasSuffix(suffix) {
            self.init(try CoordinateReferenceSystem(parsing: String(text.dropLast(suffix.count))), axisOrder: order)
            return
        }
        self.init(try CoordinateReferenceSystem(parsing: text))
    }

    private static let suffixes: [(String, AxisOrder)] = [
        ("/northing-first", .northingFirst), ("/latitude-first", .northingFirst), ("/easting-first", .eastingFirst),
        ("/longitude-first", .eastingFirst),
    ]
}

extension CoordinateDeclaration: CustomStringConvertible {
    /// The declaration as it is typed after `--crs`.
    public var description: String {
        if axisOrder == .eastingFirst { return crs.description }
        return crs.description + (crs.isGeographic == true ? "/latitude-first" : "/northing-first")
    }
}
