public import Spatial

/// What a `.prj` file (WKT 1, of OGC or ESRI) says of the CRS.
public struct ProjectionText: Hashable, Sendable {
    /// The name of the CRS, as it stands there.
    public let name: String
    /// The CRS; `nil` where the text is none that is known.
    public let crs: CoordinateReferenceSystem?

    /// Reads a text.
    ///
    /// An EPSG authority at the outermost level decides; else the name, where
    /// it is WGS 84, Web Mercator, a UTM zone on WGS 84, or CGCS2000, Xian
    /// 1980 or Beijing 1954 in degrees or in a Gauss-Krüger zone.
    public init(_ text: String) {
        let start = text.prefix(65536)
        name = Self.firstQuoted(start) ?? ""
        let isKnownKind = ["PROJCS", "GEOGCS"].contains { start.drop(while: \.isWhitespace).hasPrefix($0) }
        guard isKnownKind else {
            crs = nil
            return
        }
        crs = (Self.authority(start) ?? Self.code(ofName: name)).map(Self.system)
    }

    private static func system(_ code: Int) -> CoordinateReferenceSystem {
        switch code {
        case 4326: .wgs84
        case 4490: .cgcs2000
        default: .epsg(code)
        }
    }

    private static func firstQuoted(_ text: Substring) -> String? {
        guard let open = text.firstIndex(of: "\"") else { return nil }
        let rest = text[text.index(after: open)...]
        return rest.firstIndex(of: "\"").map { String(rest[..<$0]) }
    }

    /// The code of the outermost `AUTHORITY["EPSG","n"]`.
    private static func authority(_ text: Substring) -> Int? {
        var depth = 0
        var isQuoted = false
        var code: Int?
        for index in text.utf8.indices {
            switch text.utf8[index] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "[") where !isQuoted, UInt8(ascii: "(") where !isQuoted: depth += 1
            case UInt8(ascii: "]") where !isQuoted, UInt8(ascii: ")") where !isQuoted: depth -= 1
            case UInt8(ascii: "A") where !isQuoted && depth == 1 && text[index...].hasPrefix("AUTHORITY"):
                let parts = text[index...].prefix(64).split(separator: "\"", omittingEmptySubsequences: false)
                if parts.count > 3, parts[1].uppercased() == "EPSG" {
                    code = Int(parts[3]).flatMap { $0 > 0 ? $0 : nil }
                }
            default: break
            }
        }
        return code
    }

    /// A family of zones whose codes count up.
    private struct Zones {
        /// What the name without its zone is.
        let prefixes: [String]
        /// The first zone, or the degree of the first central meridian.
        let first: Int
        /// How many degrees or zones one code is wide.
        let step: Int
        /// How many there are.
        let count: Int
        /// The code of the first.
        let code: Int
    }

    /// EPSG's codes of the Gauss-Krüger zones of China.
    private static let zones: [Zones] = [
        (["cgcs2000_3_degree_gk", "cgcs2000_3_degree_gauss_kruger"], 4513, 4534, 4491, 4502),
        (["xian_1980_3_degree_gk", "xian_1980_3_degree_gauss_kruger"], 2349, 2370, 2327, 2338),
        (["beijing_1954_3_degree_gk", "beijing_1954_3_degree_gauss_kruger"], 2401, 2422, 21413, 21453),
    ].flatMap { names, narrowZone, narrowMeridian, wideZone, wideMeridian in
        let wide = names.map { name in String(name).replacing("3_degree_", with: "") }
        return [
            Zones(prefixes: names.map { $0 + "_zone_" }, first: 25, step: 1, count: 21, code: narrowZone),
            Zones(prefixes: names.map { $0 + "_cm_" }, first: 75, step: 3, count: 21, code: narrowMeridian),
            Zones(prefixes: wide.map { $0 + "_zone_" }, first: 13, step: 1, count: 11, code: wideZone),
            Zones(prefixes: wide.map { $0 + "_cm_" }, first: 75, step: 6, count: 11, code: wideMeridian),
        ]
    }

    private static let plainNames: [String: Int] = [
        "wgs_84": 4326, "wgs84": 4326, "gcs_wgs_1984": 4326, "wgs_1984": 4326,
        "cgcs2000": 4490, "gcs_cgcs2000": 4490, "gcs_china_geodetic_coordinate_system_2000": 4490,
        "china_geodetic_coordinate_system_2000": 4490, "gcs_cgcs_2000": 4490, "cgcs_2000": 4490,
        "gcs_xian_1980": 4610, "xian_1980": 4610, "gcs_beijing_1954": 4214, "beijing_1954": 4214,
        "wgs_1984_web_mercator_auxiliary_sphere": 3857, "wgs_84_pseudo_mercator": 3857,
    ]

    private static func code(ofName name: String) -> Int? {
        let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let plain = words.joined(separator: "_")
        if let code = plainNames[plain] { return code }
        for zone in zones {
            for prefix in zone.prefixes where plain.hasPrefix(prefix) {
                let digits = plain.dropFirst(prefix.count).prefix { $0.isNumber }
                let end = plain.dropFirst(prefix.count + digits.count)
                guard let number = Int(digits), end.isEmpty || end == "e" || end == "n" else { continue }
                let (index, rest) = (number - zone.first).quotientAndRemainder(dividingBy: zone.step)
                if rest == 0, number >= zone.first, index < zone.count { return zone.code + index }
            }
        }
        return utm(plain)
    }

    private static func utm(_ name: String) -> Int? {
        guard let prefix = ["wgs_1984_utm_zone_", "wgs_84_utm_zone_"].first(where: name.hasPrefix) else { return nil }
        let zone = name.dropFirst(prefix.count)
        guard let number = Int(zone.dropLast()), (1...60).contains(number) else { return nil }
        switch zone.last {
        case "n": return 32600 + number
        case "s": return 32700 + number
        default: return nil
        }
    }
}
