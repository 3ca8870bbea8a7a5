/// A quick judgement on plain building outlines.
///
/// Says "certainly valid" by floating-point tests whose rounding error is
/// bounded, so never wrongly; whatever is not certain is left to GEOS. For
/// a ring of seven positions it takes a tenth of a microsecond.
public enum SimpleOutline {
    /// Whether the bytes are a polygon, or polygons with boxes apart, each of
    /// one closed ring of 4...64 finite positions that neither touches nor
    /// crosses itself.
    ///
    /// - Parameter bytes: ISO WKB; Z is skipped. Bytes behind it are ignored.
    /// - Returns: false means only "not certain": holes, more positions,
    ///   repeated positions, corners too sharp to judge, another byte order,
    ///   M.
    /// - Complexity: O(n²) in the positions of a ring, without allocation.
    public static func isCertainlyValid(wkb bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 9, let base = bytes.baseAddress, base.load(as: UInt8.self) == 1 else { return false }
        switch base.word(at: 1) {
        case 3, 1003: return outline(base, at: 0, bytes.count) != nil
        case 6, 1006: return areCertainlyValid(base, bytes.count)
        default: return false
        }
    }

    private static func areCertainlyValid(_ base: UnsafeRawPointer, _ length: Int) -> Bool {
        let count = Int(base.word(at: 5))
        guard count <= mostParts else { return false }
        var offset = 9
        return withUnsafeTemporaryAllocation(of: BoundingBox.self, capacity: mostParts) { boxes in
            for index in 0..<count {
                guard let part = outline(base, at: offset, length) else { return false }
                for other in 0..<index where boxes[other].intersects(part.box) { return false }
                boxes.initializeElement(at: index, to: part.box)
                offset = part.end
            }
            return true
        }
    }

    private static let mostParts = 16

    private struct Outline {
        let box: BoundingBox
        let end: Int
    }

    /// The box and the end of a polygon of one certainly valid ring.
    private static func outline(_ base: UnsafeRawPointer, at offset: Int, _ length: Int) -> Outline? {
        guard length - offset >= 13, base.load(fromByteOffset: offset, as: UInt8.self) == 1 else { return nil }
        let stride: Int
        switch base.word(at: offset + 1) {
        case 3: stride = 16
        case 1003: stride = 24
        default: return nil
        }
        let count = Int(base.word(at: offset + 9))
        guard base.word(at: offset + 5) == 1, 4...64 ~= count, length - offset - 13 >= count * stride else {
            return nil
        }
        let ring = Ring(start: base + offset + 13, stride: stride, edges: count - 1)
        guard ring.isClosed, ring.hasCertainCorners, ring.hasEdgesCertainlyApart else { return nil }
        return Outline(box: ring.box, end: offset + 13 + count * stride)
    }
}

extension UnsafeRawPointer {
    fileprivate func word(at offset: Int) -> UInt32 {
        UInt32(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
}

/// A closed ring in WKB; edge `i` runs from position `i` to `i + 1`.
private struct Ring {
    let start: UnsafeRawPointer
    let stride: Int
    let edges: Int

    subscript(index: Int) -> LonLat {
        let place = start + index &* stride
        return LonLat(
            Double(bitPattern: UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))),
            Double(bitPattern: UInt64(littleEndian: place.loadUnaligned(fromByteOffset: 8, as: UInt64.self))))
    }

    var isClosed: Bool { self[0] == self[edges] }

    var box: BoundingBox {
        var box = BoundingBox.empty
        for index in 0..<edges { box.add(self[index].longitude, self[index].latitude) }
        return box
    }

    /// Whether no edge turns back onto the one before it: each corner turns
    /// left or right, or certainly goes on by less than a right angle. NaN
    /// and infinities fail here, as does a repeated position.
    var hasCertainCorners: Bool {
        var before = self[edges - 1]
        var corner = self[0]
        for index in 1...edges {
            let after = self[index]
            if turn(before, corner, after) == 0 && !goesOn(before, corner, after) { return false }
            (before, corner) = (corner, after)
        }
        return true
    }

    /// Whether no two edges that are not neighbours share a point: their
    /// boxes are apart, or the line through one has the other on one side.
    var hasEdgesCertainlyApart: Bool {
        for first in 0..<max(edges - 2, 0) {
            let a = self[first]
            let b = self[first + 1]
            let (west, east) = a.longitude < b.longitude ? (a.longitude, b.longitude) : (b.longitude, a.longitude)
            let (south, north) = a.latitude < b.latitude ? (a.latitude, b.latitude) : (b.latitude, a.latitude)
            var c = self[first + 2]
            for second in first + 2..<(first == 0 ? edges - 1 : edges) {
                let d = self[second + 1]
                defer { c = d }
                if c.longitude < west && d.longitude < west || c.longitude > east && d.longitude > east
                    || c.latitude < south && d.latitude < south || c.latitude > north && d.latitude > north
                {
                    continue
                }
                if turn(a, b, c) * turn(a, b, d) <= 0 && turn(c, d, a) * turn(c, d, b) <= 0 { return false }
            }
        }
        return true
    }
}

/// 1 where `c` lies certainly left of the line from `a` to `b`, -1 where
/// right, 0 where rounding leaves it open.
///
/// The filter of J. R. Shewchuk, "Adaptive Precision Floating-Point
/// Arithmetic and Fast Robust Geometric Predicates" (1997),
/// doi:10.1007/PL00009321, section 4.2; the addend covers underflow.
@inline(__always)
private func turn(_ a: LonLat, _ b: LonLat, _ c: LonLat) -> Int {
    let left = (a.longitude - c.longitude) * (b.latitude - c.latitude)
    let right = (a.latitude - c.latitude) * (b.longitude - c.longitude)
    let bound = errorShare * (abs(left) + abs(right)) + underflow
    let determinant = left - right
    if determinant > bound { return 1 }
    return determinant < -bound ? -1 : 0
}

/// Whether the way from `a` over `b` to `c` certainly bends by less than a
/// right angle.
@inline(__always)
private func goesOn(_ a: LonLat, _ b: LonLat, _ c: LonLat) -> Bool {
    let x = (b.longitude - a.longitude) * (c.longitude - b.longitude)
    let y = (b.latitude - a.latitude) * (c.latitude - b.latitude)
    return x + y > errorShare * (abs(x) + abs(y)) + underflow
}

/// (3 + 16ε)ε with ε = 2⁻⁵³.
private let errorShare = (3 + 16 * 0x1p-53) * 0x1p-53
private let underflow = 0x1p-960
