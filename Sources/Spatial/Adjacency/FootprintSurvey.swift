/// Measures pairs of outlines; holds the memory that one thread reuses.
struct FootprintSurvey {
    /// What lies within this of each other counts as touching.
    static let touchMeters = 0.02
    /// A shared wall is longer than this.
    static let wallMeters = 0.1

    let view: FootprintView
    let boxes: [BoundingBox]
    let gapMeters: Double

    private let reachMeters: Double
    private var candidates: [PackedHilbertTree.Pair] = []
    private var firstEdges: [Segment] = []
    private var secondEdges: [Segment] = []
    private var runs = IntervalUnion()

    init(view: FootprintView, boxes: [BoundingBox], gapMeters: Double) {
        self.view = view
        self.boxes = boxes
        self.gapMeters = gapMeters
        reachMeters = max(gapMeters, Self.touchMeters)
    }

    /// The adjacent pairs whose first item in tree order stands in `leaves`.
    mutating func pairs(ofLeaves leaves: Range<Int>, in tree: PackedHilbertTree) -> [FootprintPair] {
        var pairs: [FootprintPair] = []
        for leaf in leaves {
            let box = tree.box(ofLeaf: leaf)
            let margin = gapMeters > 0 ? LocalPlane.degrees(atLeast: gapMeters, within: box) : .zero
            let reach = gapMeters > 0 ? LocalPlane.degrees(atLeast: reachMeters, within: box) : .zero
            candidates.removeAll(keepingCapacity: true)
            tree.appendPairs(ofLeaf: leaf, within: margin, to: &candidates)
            for candidate in candidates {
                if let pair = measure(min(candidate.a, candidate.b), max(candidate.a, candidate.b), reach) {
                    pairs.append(pair)
                }
            }
        }
        return pairs
    }

    /// The pair, where the two are adjacent; `reach` is how far edges may be
    /// apart in degrees, zero where only those count that meet.
    private mutating func measure(_ first: Int, _ second: Int, _ reach: SIMD2<Double>) -> FootprintPair? {
        collectEdges(first, second, reach)
        let meets = edgesMeet() || holds(first, second)
        guard meets || gapMeters > 0 && !firstEdges.isEmpty && !secondEdges.isEmpty else { return nil }
        let a = boxes[first]
        let b = boxes[second]
        let plane = LocalPlane(
            around: SIMD2(
                (max(a.west, b.west) + min(a.east, b.east)) / 2, (max(a.south, b.south) + min(a.north, b.north)) / 2))
        if gapMeters == 0 { collectEdges(first, second, reachMeters / plane.metersPerDegree) }
        for place in firstEdges.indices { firstEdges[place] = plane.project(firstEdges[place]) }
        for place in secondEdges.indices { secondEdges[place] = plane.project(secondEdges[place]) }
        let gap = meets ? 0 : nearestMeters()
        guard gap <= gapMeters else { return nil }
        return FootprintPair(
            first: first, second: second, gapMeters: gap, sharedMeters: facingMeters(within: reachMeters),
            contact: contact(first, second, meets: meets, gap: gap, plane))
    }

    /// The edges of either outline that come near the other one's box.
    private mutating func collectEdges(_ first: Int, _ second: Int, _ reach: SIMD2<Double>) {
        let nearSecond = boxes[second].widened(longitude: reach.x, latitude: reach.y)
        view.collectEdges(of: first, meeting: nearSecond, into: &firstEdges)
        let nearFirst = boxes[first].widened(longitude: reach.x, latitude: reach.y)
        view.collectEdges(of: second, meeting: nearFirst, into: &secondEdges)
    }

    private func edgesMeet() -> Bool {
        for edge in firstEdges {
            for other in secondEdges where edge.intersects(other) { return true }
        }
        return false
    }

    /// Whether one holds the other, given that their edges do not meet.
    private func holds(_ first: Int, _ second: Int) -> Bool {
        guard boxes[first].intersects(boxes[second]) else { return false }
        return view.hasRing(of: second, beginningIn: first, box: boxes[first])
            || view.hasRing(of: first, beginningIn: second, box: boxes[second])
    }

    /// The distance of edges that do not meet; infinite beyond the reach.
    private func nearestMeters() -> Double {
        var best = Double.infinity
        for edge in firstEdges {
            let low = pointwiseMin(edge.a, edge.b) - reachMeters
            let high = pointwiseMax(edge.a, edge.b) + reachMeters
            let near = BoundingBox(west: low.x, south: low.y, east: high.x, north: high.y)
            for other in secondEdges where other.boxMeets(near) {
                best = min(best, edge.squaredDistance(toDisjoint: other))
            }
        }
        return best.squareRoot()
    }

    /// The mean of the two outlines' parts that face the other one.
    private mutating func facingMeters(within meters: Double) -> Double {
        (facing(firstEdges, secondEdges, within: meters) + facing(secondEdges, firstEdges, within: meters)) / 2
    }

    private mutating func facing(_ edges: [Segment], _ others: [Segment], within meters: Double) -> Double {
        var total = 0.0
        for edge in edges {
            let length = edge.length
            guard length > 0 else { continue }
            let direction = (edge.b - edge.a) / length
            runs.removeAll()
            for other in others {
                if let run = Self.run(of: edge, length, direction, facing: other, within: meters) {
                    runs.add(from: run.lowerBound, to: run.upperBound)
                }
            }
            runs.join()
            total += runs.length
        }
        return total
    }

    /// The part of an edge whose foot falls on another edge that lies within
    /// 30 degrees of parallel and no farther than `meters`.
    @inline(__always)
    private static func run(
        of edge: Segment, _ length: Double, _ direction: SIMD2<Double>, facing other: Segment, within meters: Double
    ) -> ClosedRange<Double>? {
        let otherLength = other.length
        guard otherLength > 0 else { return nil }
        let along = (other.b - other.a) / otherLength
        let slope = along.x * direction.y - along.y * direction.x
        guard abs(slope) <= 0.5 else { return nil }
        let pace = along.x * direction.x + along.y * direction.y
        let offset = edge.a - other.a
        let start = along.x * offset.x + along.y * offset.y
        let away = along.x * offset.y - along.y * offset.x
        let ends = (-start / pace, (otherLength - start) / pace)
        var low = max(0, min(ends.0, ends.1))
        var high = min(length, max(ends.0, ends.1))
        if slope != 0 {
            let limits = ((-meters - away) / slope, (meters - away) / slope)
            low = max(low, min(limits.0, limits.1))
            high = min(high, max(limits.0, limits.1))
        } else if abs(away) > meters {
            return nil
        }
        return low < high ? low...high : nil
    }
}

// MARK: - Contact

extension FootprintSurvey {
    private mutating func contact(
        _ first: Int, _ second: Int, meets: Bool, gap: Double, _ plane: LocalPlane
    ) -> FootprintContact {
        guard gap <= Self.touchMeters else { return .gap }
        if meets,
            reachesInto(second, from: first, firstEdges, secondEdges, plane)
                || reachesInto(first, from: second, secondEdges, firstEdges, plane)
        {
            return .overlap
        }
        return facingMeters(within: Self.touchMeters) > Self.wallMeters ? .wall : .point
    }

    /// Whether some point of an outline lies inside the other one, farther
    /// from its outline than what counts as touching.
    ///
    /// Tried are the ends of the edges, the middles between the places where
    /// they cross the other outline, and one point of the inside.
    private func reachesInto(
        _ item: Int, from other: Int, _ edges: [Segment], _ itemEdges: [Segment], _ plane: LocalPlane
    ) -> Bool {
        func isDeep(_ point: SIMD2<Double>) -> Bool {
            let squared = Self.touchMeters * Self.touchMeters
            guard itemEdges.allSatisfy({ $0.squaredDistance(to: point) > squared }) else { return false }
            return view.contains(plane.origin + point / plane.metersPerDegree, in: item)
        }
        for edge in edges {
            var stops = [0.0, 1]
            for crossing in itemEdges where edge.intersects(crossing) {
                let along = edge.b - edge.a
                let across = crossing.b - crossing.a
                let turn = along.x * across.y - along.y * across.x
                guard turn != 0 else { continue }
                let offset = crossing.a - edge.a
                stops.append(min(max((offset.x * across.y - offset.y * across.x) / turn, 0), 1))
            }
            stops.sort()
            if isDeep(edge.a) { return true }
            for (low, high) in zip(stops, stops.dropFirst()) where high > low {
                if isDeep(edge.a + (low + high) / 2 * (edge.b - edge.a)) { return true }
            }
        }
        return view.interiorPoint(of: other).map { isDeep(plane.project($0)) } ?? false
    }
}
