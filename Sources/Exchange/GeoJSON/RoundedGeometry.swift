import Spatial

/// A position as whole numbers of the last decimal written.
struct RoundedPosition {
    var x: Int64
    var y: Int64
    /// `noHeight` where there is none.
    var z: Int64

    static let noHeight = Int64.min

    func isAt(_ other: RoundedPosition) -> Bool { x == other.x && y == other.y }
}

/// A geometry with its coordinates rounded, in flat buffers that are used
/// again for the next one.
///
/// Its nodes stand in the order of WKB; every line, ring and point takes its
/// positions from one buffer, in order.
final class RoundedGeometry {
    struct Node {
        enum Kind: UInt8 {
            case point = 1
            case lineString, polygon, multiPoint, multiLineString, multiPolygon, collection, ring
        }
        var kind: Kind
        /// Positions of a line, ring or point; members of all others.
        var count: Int
    }

    /// What keeps a geometry from being written.
    enum Flaw: Error {
        /// No well-formed WKB.
        case damaged
        /// A coordinate that is no finite number, or too large.
        case notFinite
    }

    private(set) var nodes: [Node] = []
    private(set) var positions: UnsafeMutablePointer<RoundedPosition>
    private(set) var positionCount = 0
    /// Whether rounding moved a ring's position by more than its double's
    /// precision, or made rings lose positions.
    private(set) var hasMovedRing = false
    /// Whether an edge spans more than 180° or a position lies beyond ±180°.
    private(set) var crossesAntimeridian = false
    /// Whether the geometry was cut at the antimeridian before it was read.
    private(set) var isCut = false

    /// Whether there is nothing to write.
    var isEmpty: Bool { positionCount == 0 }

    /// The number of units in one degree or metre.
    let scale: Double
    /// 180° in units.
    let halfTurn: Int64

    private var hasMoved = false
    private var capacity = 4096
    private static let deepest = 32

    init(decimals: Int) {
        scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        halfTurn = Int64(180 * scale)
        positions = .allocate(capacity: capacity)
    }

    deinit { positions.deallocate() }

    /// Takes a geometry in: rounds, drops positions equal to the one before
    /// and parts that became nothing, and winds rings to the right (RFC 7946
    /// section 3.1.6).
    func read(_ wkb: UnsafeRawBufferPointer, isCut: Bool = false) throws(Flaw) {
        self.isCut = isCut
        nodes.removeAll(keepingCapacity: true)
        positionCount = 0
        (hasMovedRing, crossesAntimeridian) = (false, false)
        var source = WKBSource(bytes: wkb)
        try readGeometry(&source, expecting: nil, depth: 0)
    }

    private func readGeometry(_ source: inout WKBSource, expecting: UInt32?, depth: Int) throws(Flaw) {
        guard depth <= Self.deepest, let header = source.header(), expecting ?? header.type == header.type,
            let kind = Node.Kind(rawValue: UInt8(header.type)), kind != .ring
        else { throw .damaged }
        let node = nodes.count
        nodes.append(Node(kind: kind, count: 0))
        switch kind {
        case .point: nodes[node].count = try readPoint(&source, header)
        case .lineString:
            let before = positionCount
            let count = try readPositions(&source, header)
            nodes[node].count = count >= 2 ? count : 0
            if count < 2 { positionCount = before }
        case .polygon: nodes[node].count = try readRings(&source, header)
        default:
            guard let members = source.count(atLeast: 9) else { throw .damaged }
            for _ in 0..<members {
                let before = nodes.count
                try readGeometry(&source, expecting: kind == .collection ? nil : header.type - 3, depth: depth + 1)
                if nodes.count > before { nodes[node].count += 1 }
            }
        }
        if nodes[node].count == 0 { nodes.removeSubrange(node...) }
    }

    private func readPoint(_ source: inout WKBSource, _ header: WKBSource.Header) throws(Flaw) -> Int {
        guard source.offset + header.stride <= source.bytes.count else { throw .damaged }
        let isEmpty = source.double(0).isNaN && source.double(8).isNaN
        if !isEmpty { try append(from: source, hasZ: header.hasZ) }
        source.offset += header.stride
        return isEmpty ? 0 : 1
    }

    /// Reads rings; holes that became nothing are left out, a polygon whose
    /// outline became nothing is left out as a whole.
    private func readRings(_ source: inout WKBSource, _ header: WKBSource.Header) throws(Flaw) -> Int {
        guard let rings = source.count(atLeast: 4) else { throw .damaged }
        let (firstNode, firstPosition) = (nodes.count, positionCount)
        var isGone = false
        for index in 0..<rings {
            let start = positionCount
            let count = try readPositions(&source, header)
            let area = count >= 4 ? doubledArea(of: start..<positionCount) : 0
            if count < 4 || area == 0 || !positions[start].isAt(positions[positionCount - 1]) {
                positionCount = start
                isGone = isGone || index == 0
                hasMovedRing = true
                continue
            }
            if (area > 0) != (index == 0) { reverse(start..<positionCount) }
            nodes.append(Node(kind: .ring, count: count))
        }
        hasMovedRing = hasMovedRing || hasMoved
        guard isGone else { return nodes.count - firstNode }
        nodes.removeSubrange(firstNode...)
        positionCount = firstPosition
        return 0
    }

    /// Reads the positions of a line or ring.
    ///
    /// - Returns: how many there are after rounding.
    private func readPositions(_ source: inout WKBSource, _ header: WKBSource.Header) throws(Flaw) -> Int {
        guard let count = source.count(atLeast: header.stride) else { throw .damaged }
        reserve(count)
        hasMoved = false
        let start = positionCount
        for _ in 0..<count {
            try append(from: source, hasZ: header.hasZ)
            source.offset += header.stride
            guard positionCount - start > 1 else { continue }
            let (last, previous) = (positions[positionCount - 1], positions[positionCount - 2])
            if last.isAt(previous) {
                positionCount -= 1
                hasMoved = true
            } else if abs(last.x - previous.x) > halfTurn {
                crossesAntimeridian = true
            }
        }
        return positionCount - start
    }

    @inline(__always)
    private func append(from source: WKBSource, hasZ: Bool) throws(Flaw) {
        reserve(1)
        let height = hasZ ? source.double(16) : .nan
        let position = RoundedPosition(
            x: try rounded(source.double(0)), y: try rounded(source.double(8)),
            z: height.isNaN ? RoundedPosition.noHeight : try rounded(height))
        positions[positionCount] = position
        positionCount += 1
        if position.x > halfTurn || position.x < -halfTurn { crossesAntimeridian = true }
    }

    /// The nearest whole number of units, ties to even: what the decimal
    /// expansion of the double rounds to.
    @inline(__always)
    private func rounded(_ value: Double) throws(Flaw) -> Int64 {
        let product = value * scale
        guard abs(product) < 0x1p50 else { throw .notFinite }
        // Adding 1.5 · 2^52 leaves no room for a fraction.
        let whole = (product + 0x1.8p52) - 0x1.8p52
        let rest = product - whole
        let precision = abs(product) * 0x1p-52
        if abs(rest) > 2 * precision { hasMoved = true }
        if abs(abs(rest) - 0.5) <= precision { return exactlyRounded(value, product) }
        return Int64(whole)
    }

    /// The same where the product's own rounding could decide.
    private func exactlyRounded(_ value: Double, _ product: Double) -> Int64 {
        let error = (-product).addingProduct(value, scale)
        let below = product.rounded(.down)
        let beyondHalf = (product - below - 0.5) + error
        let whole = Int64(below)
        if beyondHalf == 0 { return whole + (whole & 1) }
        return beyondHalf > 0 ? whole + 1 : whole
    }

    private func reserve(_ count: Int) {
        guard positionCount + count > capacity else { return }
        capacity = max(capacity * 2, positionCount + count)
        let larger = UnsafeMutablePointer<RoundedPosition>.allocate(capacity: capacity)
        larger.update(from: positions, count: positionCount)
        positions.deallocate()
        positions = larger
    }

    /// Twice the area of a ring, positive where it runs counterclockwise.
    private func doubledArea(of ring: Range<Int>) -> Int128 {
        let origin = positions[ring.lowerBound]
        var (sum, widest) = (Int64(0), Int64(0))
        for index in ring.lowerBound..<ring.upperBound - 1 {
            let (ax, ay) = (positions[index].x - origin.x, positions[index].y - origin.y)
            let (bx, by) = (positions[index + 1].x - origin.x, positions[index + 1].y - origin.y)
            // Wraps around and back: the whole is exact where the ring is narrow.
            sum &+= ax &* by &- bx &* ay
            widest = max(widest, abs(bx), abs(by))
        }
        guard widest >= 1 << 30 else { return Int128(sum) }
        var wide = Int128(0)
        for index in ring.lowerBound..<ring.upperBound - 1 {
            let (ax, ay) = (positions[index].x - origin.x, positions[index].y - origin.y)
            let (bx, by) = (positions[index + 1].x - origin.x, positions[index + 1].y - origin.y)
            wide += Int128(ax) * Int128(by) - Int128(bx) * Int128(ay)
        }
        return wide
    }

    private func reverse(_ ring: Range<Int>) {
        var all = UnsafeMutableBufferPointer(start: positions + ring.lowerBound, count: ring.count)
        all.reverse()
    }
}
