import Spatial

extension RoundedGeometry {
    /// Whether rounding may have made an area invalid: of few positions, that
    /// edges meet anywhere but at the ends they share; of many, that any
    /// position moved.
    ///
    /// - Complexity: O(n²) for n ≤ 64 positions, else O(1).
    var mayBeInvalid: Bool {
        guard hasMovedRing else { return false }
        guard positionCount <= 64, nodes.allSatisfy({ $0.kind != .collection }) else { return true }
        var edges: [Edge] = []
        edges.reserveCapacity(positionCount)
        var first = 0
        for node in nodes where node.kind == .ring {
            for index in first..<first + node.count - 1 {
                let (a, b) = (positions[index], positions[index + 1])
                // Larger than this, the products below would not fit 64 bits.
                guard abs(a.x - positions[0].x) < 1 << 29, abs(a.y - positions[0].y) < 1 << 29 else { return true }
                edges.append(Edge(a: a, b: b, ring: first, place: index - first, ringEdges: node.count - 1))
            }
            first += node.count
        }
        for (index, edge) in edges.enumerated() {
            for other in edges[(index + 1)...] where edge.meetsBadly(other) { return true }
        }
        return false
    }

    private struct Edge {
        let a: RoundedPosition
        let b: RoundedPosition
        let ring: Int
        let place: Int
        let ringEdges: Int

        func meetsBadly(_ other: Edge) -> Bool {
            guard max(a.x, b.x) >= min(other.a.x, other.b.x), max(other.a.x, other.b.x) >= min(a.x, b.x),
                max(a.y, b.y) >= min(other.a.y, other.b.y), max(other.a.y, other.b.y) >= min(a.y, b.y)
            else { return false }
            if ring == other.ring {
                let distance = other.place - place
                if distance == 1 { return foldsBack(a, b, other.b) }
                if distance == ringEdges - 1 { return foldsBack(other.a, a, b) }
            }
            let (ca, cb) = (turn(other.a, other.b, a), turn(other.a, other.b, b))
            let (oa, ob) = (turn(a, b, other.a), turn(a, b, other.b))
            // Collinear edges with overlapping boxes meet, too.
            return ca * cb <= 0 && oa * ob <= 0
        }

        /// Whether an edge runs back over the one before it.
        private func foldsBack(_ p: RoundedPosition, _ q: RoundedPosition, _ r: RoundedPosition) -> Bool {
            turn(p, q, r) == 0 && (p.x - q.x) * (r.x - q.x) + (p.y - q.y) * (r.y - q.y) > 0
        }

        /// 1 where the three turn left, -1 right, 0 where they are collinear.
        private func turn(_ p: RoundedPosition, _ q: RoundedPosition, _ r: RoundedPosition) -> Int64 {
            ((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)).signum()
        }
    }

    /// The rounded geometry as WKB.
    func wkb() -> [UInt8] {
        var bytes: [UInt8] = []
        let hasZ = (0..<positionCount).contains { positions[$0].z != RoundedPosition.noHeight }
        var first = 0
        for node in nodes {
            if node.kind != .ring, let type = GeometryType(rawValue: UInt32(node.kind.rawValue)) {
                bytes.append(wkbHeader: type, hasZ: hasZ)
            }
            if node.kind != .point { bytes.append(wkb: UInt32(node.count)) }
            guard [.point, .lineString, .ring].contains(node.kind) else { continue }
            for index in first..<first + node.count {
                bytes.append(wkb: Double(positions[index].x) / scale)
                bytes.append(wkb: Double(positions[index].y) / scale)
                let z = positions[index].z
                if hasZ { bytes.append(wkb: z == RoundedPosition.noHeight ? .nan : Double(z) / scale) }
            }
            first += node.count
        }
        return bytes
    }
}
