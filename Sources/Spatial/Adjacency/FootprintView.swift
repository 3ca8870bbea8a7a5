/// The coordinates of a `FootprintBuffer` while its bytes are pinned.
struct FootprintView {
    /// The bytes of the buffer; ring offsets were bounded when it was made.
    let bytes: UnsafeRawBufferPointer
    let rings: [FootprintBuffer.Ring]
    let firstRing: [Int]

    /// A position of a ring.
    @inline(__always)
    private func position(_ ring: FootprintBuffer.Ring, _ place: Int) -> SIMD2<Double> {
        let offset = ring.offset + place * Int(ring.stride)
        return SIMD2(
            Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))),
            Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))))
    }

    /// Puts the edges whose boxes meet `box` into `edges`.
    func collectEdges(of item: Int, meeting box: BoundingBox, into edges: inout [Segment]) {
        edges.removeAll(keepingCapacity: true)
        for index in firstRing[item]..<firstRing[item + 1] {
            let ring = rings[index]
            var a = position(ring, 0)
            for place in 1..<max(1, Int(ring.count)) {
                let edge = Segment(a: a, b: position(ring, place))
                if edge.boxMeets(box) { edges.append(edge) }
                a = edge.b
            }
        }
    }

    /// Whether the closed area of an outline holds a point; exact.
    func contains(_ point: SIMD2<Double>, in item: Int) -> Bool {
        var isInside = false
        for index in firstRing[item]..<firstRing[item + 1] {
            let ring = rings[index]
            var a = position(ring, 0)
            for place in 1..<max(1, Int(ring.count)) {
                let b = position(ring, place)
                if (a.y > point.y) != (b.y > point.y) {
                    let side = Orientation.sign(a, b, point)
                    if side == 0 { return true }
                    if (side > 0) == (b.y > a.y) { isInside.toggle() }
                }
                a = b
            }
        }
        return isInside
    }

    /// Whether any ring of an outline begins in the area of another one.
    ///
    /// Where no edges meet, this says whether they share a point: a ring lies
    /// wholly inside or wholly outside.
    func hasRing(of item: Int, beginningIn other: Int, box: BoundingBox) -> Bool {
        for index in firstRing[item]..<firstRing[item + 1] {
            let start = position(rings[index], 0)
            if box.contains(LonLat(start.x, start.y)), contains(start, in: other) { return true }
        }
        return false
    }

    /// A point inside an outline: on the level half-way between its two
    /// middle-most heights, in the middle of the widest stretch inside.
    func interiorPoint(of item: Int) -> SIMD2<Double>? {
        var heights: [Double] = []
        for index in firstRing[item]..<firstRing[item + 1] {
            for place in 0..<Int(rings[index].count) { heights.append(position(rings[index], place).y) }
        }
        heights = Array(Set(heights)).sorted()
        guard heights.count > 1 else { return nil }
        let level = (heights[heights.count / 2 - 1] + heights[heights.count / 2]) / 2
        var crossings: [Double] = []
        for index in firstRing[item]..<firstRing[item + 1] {
            for place in 1..<max(1, Int(rings[index].count)) {
                let a = position(rings[index], place - 1)
                let b = position(rings[index], place)
                guard (a.y > level) != (b.y > level) else { continue }
                crossings.append(a.x + (b.x - a.x) * (level - a.y) / (b.y - a.y))
            }
        }
        crossings.sort()
        let stretches = stride(from: 0, to: crossings.count - 1, by: 2).map { (crossings[$0], crossings[$0 + 1]) }
        return stretches.max { $0.1 - $0.0 < $1.1 - $1.0 }.map { SIMD2(($0.0 + $0.1) / 2, level) }
    }
}
