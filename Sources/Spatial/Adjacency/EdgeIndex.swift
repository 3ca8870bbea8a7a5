/// Edges of many outlines or lines in flat arrays, with a tree over them.
struct EdgeIndex: Sendable {
    /// All edges; those of one ring stand one behind the other, in order.
    let edges: [Segment]
    /// Which geometry each edge belongs to.
    let owners: [Int32]
    /// The edges of each ring or line.
    let rings: [Range<Int>]
    /// The rings of each geometry, as a range of `rings`.
    let ringsOfOwner: [Range<Int>]
    /// Over the boxes of `edges`.
    let tree: PackedHilbertTree

    /// Takes the rings of areas or the chains of lines; other geometries,
    /// edges without length and edges with a NaN are left out.
    init(_ geometries: [Geometry]) {
        var edges: [Segment] = []
        var owners: [Int32] = []
        var rings: [Range<Int>] = []
        var ringsOfOwner: [Range<Int>] = []
        for (owner, geometry) in geometries.enumerated() {
            let firstRing = rings.count
            geometry.forEachChain { chain in
                let first = edges.count
                for (a, b) in zip(chain, chain.dropFirst()) where a != b {
                    let edge = Segment(a: SIMD2(a.longitude, a.latitude), b: SIMD2(b.longitude, b.latitude))
                    guard edge.box.hasPlace else { continue }
                    edges.append(edge)
                    owners.append(Int32(truncatingIfNeeded: owner))
                }
                if edges.count > first { rings.append(first..<edges.count) }
            }
            ringsOfOwner.append(firstRing..<rings.count)
        }
        self.edges = edges
        self.owners = owners
        self.rings = rings
        self.ringsOfOwner = ringsOfOwner
        tree = PackedHilbertTree(edges.map(\.box))
    }

    /// The edges of one geometry, in order.
    func edges(of owner: Int) -> Range<Int> {
        let rings = rings[ringsOfOwner[owner]]
        return (rings.first?.lowerBound ?? 0)..<(rings.last?.upperBound ?? 0)
    }

    /// The box around one geometry.
    func box(of owner: Int) -> BoundingBox {
        edges[edges(of: owner)].reduce(into: BoundingBox.empty) { $0.add($1.box) }
    }

    /// Whether a point lies in any of the areas whose edges these are.
    ///
    /// Only edges to the east at the point's height are looked at. `found` is
    /// memory to use.
    func contain(_ point: SIMD2<Double>, _ found: inout [Int]) -> Bool {
        found.removeAll(keepingCapacity: true)
        let eastward = BoundingBox(west: point.x, south: point.y, east: tree.extent.east, north: point.y)
        tree.appendIndices(intersecting: eastward, to: &found)
        found.sort()
        var isInside = false
        var owner: Int32 = -1
        for index in found {
            if owners[index] != owner {
                if isInside { return true }
                owner = owners[index]
            }
            let edge = edges[index]
            guard (edge.a.y > point.y) != (edge.b.y > point.y) else { continue }
            let side = Orientation.sign(edge.a, edge.b, point)
            if side == 0 { return true }
            if (side > 0) == (edge.b.y > edge.a.y) { isInside.toggle() }
        }
        return isInside
    }
}

extension Segment {
    /// The box around it.
    var box: BoundingBox {
        let low = pointwiseMin(a, b)
        let high = pointwiseMax(a, b)
        // pointwiseMin passes over a NaN; a sum does not.
        guard (a + b).x.isFinite, (a + b).y.isFinite else { return .empty }
        return BoundingBox(west: low.x, south: low.y, east: high.x, north: high.y)
    }
}

extension Geometry {
    /// Calls `body` with every ring of areas and every line, in order.
    fileprivate func forEachChain(_ body: ([LonLat]) -> Void) {
        switch self {
        case .point, .multiPoint: break
        case .lineString(let line): body(line.positions)
        case .multiLineString(let lines): lines.forEach { body($0.positions) }
        case .polygon(let polygon): polygon.rings.forEach { body($0.positions) }
        case .multiPolygon(let polygons): polygons.forEach { $0.rings.forEach { body($0.positions) } }
        case .collection(let members): members.forEach { $0.forEachChain(body) }
        }
    }
}
