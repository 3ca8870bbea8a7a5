extension PackedHilbertTree {
    /// Two items, by the caller's indices.
    typealias Pair = (a: Int, b: Int)

    /// How many runs of up to sixteen items there are.
    var leafCount: Int { (indices.count + Self.nodeSize - 1) / Self.nodeSize }

    /// The box around the items of one leaf.
    func box(ofLeaf leaf: Int) -> BoundingBox {
        levelStarts.count > 2 ? boxes[levelStarts[1] + leaf] : extent
    }

    /// Appends the pairs of items whose boxes meet when one is widened, with
    /// the one in `leaf` and the other behind it in tree order.
    ///
    /// Over all leaves every pair comes once. A whole leaf is compared with
    /// the leaves around it, so the tree is walked once for sixteen items.
    ///
    /// - Parameters:
    ///   - leaf: from 0 to `leafCount`.
    ///   - margin: degrees of longitude and of latitude.
    ///   - pairs: grows.
    func appendPairs(ofLeaf leaf: Int, within margin: SIMD2<Double>, to pairs: inout [Pair]) {
        let items = items(ofLeaf: leaf)
        for place in items {
            let box = boxes[place].widened(longitude: margin.x, latitude: margin.y)
            for other in (place + 1)..<max(place + 1, items.upperBound) where boxes[other].intersects(box) {
                pairs.append((Int(indices[place]), Int(indices[other])))
            }
        }
        guard levelStarts.count > 2 else { return }
        let around = box(ofLeaf: leaf).widened(longitude: margin.x, latitude: margin.y)
        let top = levelStarts.count - 2
        walk(leaf, around, margin, level: top, leavesANode: Self.power(top - 1), from: 0, to: 1, &pairs)
    }

    private func items(ofLeaf leaf: Int) -> Range<Int> {
        leaf * Self.nodeSize..<min((leaf + 1) * Self.nodeSize, indices.count)
    }

    private static func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * nodeSize } }

    /// Goes down to the leaves behind `leaf` that meet its widened box.
    private func walk(
        _ leaf: Int, _ around: BoundingBox, _ margin: SIMD2<Double>, level: Int, leavesANode: Int,
        from first: Int, to last: Int, _ pairs: inout [Pair]
    ) {
        let start = levelStarts[level]
        for place in first..<last {
            guard (place + 1) * leavesANode > leaf + 1, boxes[start + place].intersects(around) else { continue }
            if level == 1 {
                compare(leaf, with: place, around, margin, &pairs)
            } else {
                let child = place * Self.nodeSize
                walk(
                    leaf, around, margin, level: level - 1, leavesANode: leavesANode / Self.nodeSize, from: child,
                    to: min(child + Self.nodeSize, start - levelStarts[level - 1]), &pairs)
            }
        }
    }

    /// Appends the pairs between two leaves.
    private func compare(
        _ leaf: Int, with later: Int, _ around: BoundingBox, _ margin: SIMD2<Double>, _ pairs: inout [Pair]
    ) {
        let target = boxes[levelStarts[1] + later]
        for place in items(ofLeaf: leaf) {
            let box = boxes[place].widened(longitude: margin.x, latitude: margin.y)
            guard box.intersects(target) else { continue }
            for other in items(ofLeaf: later) where boxes[other].intersects(box) {
                pairs.append((Int(indices[place]), Int(indices[other])))
            }
        }
    }
}
