import Spatial

/// The header that GeoPackage puts before WKB (clause 2.1.3).
struct GeoPackageBinary {
    /// The box of the envelope, where the header has one.
    let envelope: BoundingBox?
    /// Whether the geometry is marked empty.
    let isEmpty: Bool
    /// Whether what follows is no WKB but an extension's own encoding.
    let isExtended: Bool
    /// Where the WKB begins.
    let wkbOffset: Int
    /// The code of the spatial reference system.
    let srsID: Int32

    /// Reads the header; `nil` where the bytes are no GeoPackage geometry.
    init?(_ blob: UnsafeRawBufferPointer) {
        guard blob.count >= 8, blob[0] == 0x47, blob[1] == 0x50 else { return nil }
        let flags = blob[3]
        let isLittleEndian = flags & 1 == 1
        let count: Int
        switch (flags >> 1) & 7 {
        case 0: count = 0
        case 1: count = 4
        case 2, 3: count = 6
        case 4: count = 8
        default: return nil
        }
        guard blob.count >= 8 + 8 * count else { return nil }
        isEmpty = flags & 0x10 != 0
        isExtended = flags & 0x20 != 0
        wkbOffset = 8 + 8 * count
        let id = blob.loadUnaligned(fromByteOffset: 4, as: Int32.self)
        srsID = isLittleEndian ? Int32(littleEndian: id) : Int32(bigEndian: id)
        func double(_ index: Int) -> Double {
            let bits = blob.loadUnaligned(fromByteOffset: 8 + 8 * index, as: UInt64.self)
            return Double(bitPattern: isLittleEndian ? UInt64(littleEndian: bits) : UInt64(bigEndian: bits))
        }
        envelope =
            count >= 4 ? BoundingBox(west: double(0), south: double(2), east: double(1), north: double(3)) : nil
    }

    /// The box of a blob: from its envelope, else from its coordinates.
    static func box(_ blob: UnsafeRawBufferPointer) -> BoundingBox {
        guard let header = GeoPackageBinary(blob), !header.isEmpty else { return .empty }
        if let envelope = header.envelope, !envelope.isEmpty { return envelope }
        let wkb = UnsafeRawBufferPointer(rebasing: blob[header.wkbOffset...])
        return (try? Geometry(wkb: wkb))?.box ?? .empty
    }

    /// Appends header and WKB; the envelope is left out for points.
    static func append(
        wkb: UnsafeRawBufferPointer, box: BoundingBox, srsID: Int32 = 4326, to blob: inout [UInt8]
    ) {
        let isPoint = box.west == box.east && box.south == box.north
        blob.append(contentsOf: [0x47, 0x50, 0, box.isEmpty ? 0x11 : isPoint ? 0x01 : 0x03])
        blob.append(wkb: UInt32(bitPattern: srsID))
        if !box.isEmpty && !isPoint {
            blob.append(wkb: box.west)
            blob.append(wkb: box.east)
            blob.append(wkb: box.south)
            blob.append(wkb: box.north)
        }
        blob.append(contentsOf: wkb)
    }
}
