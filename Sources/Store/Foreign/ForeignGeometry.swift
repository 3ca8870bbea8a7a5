import Messages
import Spatial

/// What a geometry blob of whatever program turned out to be.
enum ForeignGeometry {
    /// A geometry, and its box.
    case geometry(BoundingBox)
    /// No geometry, or an empty one.
    case none
    /// Nothing that can be read, and why.
    case fault(Text)

    /// Appends a blob's geometry as ISO WKB, little-endian, M left out.
    ///
    /// - Complexity: O(bytes).
    static func append(_ blob: UnsafeRawBufferPointer, to bytes: inout [UInt8]) -> ForeignGeometry {
        guard let header = GeoPackageBinary(blob) else { return .fault(.damagedGeometry) }
        if header.isExtended { return .fault(.extendedGeometry) }
        let wkb = UnsafeRawBufferPointer(rebasing: blob[header.wkbOffset...])
        if header.isEmpty && wkb.isEmpty { return .none }
        do {
            let geometry = try Geometry(wkb: wkb)
            let box = geometry.box
            var hasPositions = false
            geometry.forEachPosition { _ in hasPositions = true }
            guard hasPositions else { return .none }
            // Ordinates that are no numbers have no box.
            if box.isEmpty { return .fault(.damagedGeometry) }
            geometry.append(toWKB: &bytes)
            return .geometry(box)
        } catch .type(let code) {
            return .fault(name(ofType: code).map { .unsupportedGeometry($0) } ?? .damagedGeometry)
        } catch {
            return .fault(.damagedGeometry)
        }
    }

    /// The types that GeoPackage knows beside the seven (clause 2.1.4, annex G).
    private static let names: [UInt32: String] = [
        8: "CIRCULARSTRING", 9: "COMPOUNDCURVE", 10: "CURVEPOLYGON", 11: "MULTICURVE", 12: "MULTISURFACE",
        13: "CURVE", 14: "SURFACE", 15: "POLYHEDRALSURFACE", 16: "TIN", 17: "TRIANGLE",
    ]

    private static func name(ofType code: UInt32) -> String? { names[(code & 0x0FFF_FFFF) % 1000] }
}
