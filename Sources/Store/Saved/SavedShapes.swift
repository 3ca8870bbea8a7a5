import Spatial

/// What one style draws.
enum SavedShapes: CaseIterable {
    case points, lines, areas

    /// What draws geometries of a type.
    init(_ type: GeometryType) {
        switch type {
        case .point, .multiPoint: self = .points
        case .lineString, .multiLineString: self = .lines
        case .polygon, .multiPolygon, .collection: self = .areas
        }
    }

    /// What is added to the name of the answer where the table is not its first.
    var suffix: String {
        switch self {
        case .points: "_point"
        case .lines: "_line"
        case .areas: "_polygon"
        }
    }
}

extension GeometryType {
    /// The type of the first geometry of WKB; `nil` where there is none.
    init?(wkb: ArraySlice<UInt8>) {
        guard wkb.count >= 5, let order = wkb.first else { return nil }
        let bytes = Array(wkb.dropFirst().prefix(4))
        let code = (order == 1 ? bytes.reversed() : bytes).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        self.init(rawValue: (code & 0xFFFF) % 1000)
    }

    /// Whether the first geometry of WKB has heights.
    static func hasHeights(wkb: ArraySlice<UInt8>) -> Bool {
        guard wkb.count >= 5, let order = wkb.first else { return false }
        let bytes = Array(wkb.dropFirst().prefix(4))
        let code = (order == 1 ? bytes.reversed() : bytes).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return code & 0x8000_0000 != 0 || (1000..<2000).contains(code & 0xFFFF)
    }

    /// GeoPackage's word.
    var geoPackageName: String {
        switch self {
        case .point: "POINT"
        case .lineString: "LINESTRING"
        case .polygon: "POLYGON"
        case .multiPoint: "MULTIPOINT"
        case .multiLineString: "MULTILINESTRING"
        case .multiPolygon: "MULTIPOLYGON"
        case .collection: "GEOMETRYCOLLECTION"
        }
    }
}
