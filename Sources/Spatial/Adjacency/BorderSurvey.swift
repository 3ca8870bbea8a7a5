/// Walks along outlines and measures what they have in common with others;
/// holds the memory that is reused from edge to edge.
struct BorderSurvey {
    let outlines: EdgeIndex
    let terrain: BorderTerrain
    let toleranceMeters: Double

    private var found: [Int] = []
    private var near: [(other: Int32, edge: Int)] = []
    private var runs = IntervalUnion()
    private var water = IntervalUnion()
    private var stretches: [BorderStretch] = []
    private var sides: [Int32: BorderSide] = [:]

    init(_ outlines: EdgeIndex, _ terrain: BorderTerrain, toleranceMeters: Double) {
        self.outlines = outlines
        self.terrain = terrain
        self.toleranceMeters = toleranceMeters
    }

    /// The sides of one area: towards one other area, or towards all.
    mutating func sides(of area: Int, towards only: Int? = nil) -> [BorderSide] {
        sides.removeAll(keepingCapacity: true)
        for ring in outlines.rings[outlines.ringsOfOwner[area]] {
            stretches.removeAll(keepingCapacity: true)
            for edge in ring { measure(edge, area, only) }
            addLengths(of: ring, area)
        }
        return sides.values.filter { $0.gapMeters <= toleranceMeters }.sorted { $0.other < $1.other }
    }

    /// The length of an area's outline, and of the parts of it that lie near
    /// any other area.
    mutating func explainedMeters(of area: Int) -> (explained: Double, total: Double) {
        var explained = 0.0
        var total = 0.0
        for index in outlines.edges(of: area) {
            let plane = LocalPlane(around: (outlines.edges[index].a + outlines.edges[index].b) / 2)
            let edge = plane.project(outlines.edges[index])
            found.removeAll(keepingCapacity: true)
            outlines.tree.appendIndices(intersecting: reach(of: outlines.edges[index].box), to: &found)
            runs.removeAll()
            for candidate in found where Int(outlines.owners[candidate]) != area {
                addRun(of: index, edge, candidate, plane)
                // With a wide tolerance one edge nearby often explains all of this one.
                if let run = runs.intervals.last, run.lowerBound <= 0, run.upperBound >= edge.length { break }
            }
            runs.join()
            explained += runs.length
            total += edge.length
        }
        return (explained, total)
    }

    /// Puts the edges of other areas around an edge into `near`, area by area.
    private mutating func findNear(_ index: Int, _ area: Int, _ only: Int?) {
        found.removeAll(keepingCapacity: true)
        near.removeAll(keepingCapacity: true)
        outlines.tree.appendIndices(intersecting: reach(of: outlines.edges[index].box), to: &found)
        for candidate in found {
            let other = outlines.owners[candidate]
            if Int(other) != area, only == nil || Int(other) == only { near.append((other, candidate)) }
        }
        near.sort { ($0.other, $0.edge) < ($1.other, $1.edge) }
    }

    /// A box widened by the tolerance.
    private func reach(of box: BoundingBox) -> BoundingBox {
        let margin = LocalPlane.degrees(atLeast: toleranceMeters, within: box)
        return box.widened(longitude: margin.x, latitude: margin.y)
    }

    /// Adds what lies near another edge to `runs`; true where it lies on it.
    @discardableResult
    private mutating func addRun(of index: Int, _ edge: Segment, _ candidate: Int, _ plane: LocalPlane) -> Bool {
        let other = outlines.edges[candidate]
        if toleranceMeters > 0, let run = edge.stretch(within: toleranceMeters, of: plane.project(other)) {
            runs.add(from: run.lowerBound, to: run.upperBound)
        }
        guard let share = outlines.edges[index].share(onLineOf: other) else { return false }
        runs.add(from: share.lowerBound * edge.length, to: share.upperBound * edge.length)
        return true
    }

    /// Gathers the stretches of one edge, and the gaps.
    private mutating func measure(_ index: Int, _ area: Int, _ only: Int?) {
        findNear(index, area, only)
        guard !near.isEmpty else { return }
        let source = outlines.edges[index]
        let plane = LocalPlane(around: (source.a + source.b) / 2)
        let edge = plane.project(source)
        var isWaterKnown = false
        var place = 0
        while place < near.count {
            let other = near[place].other
            var side = sides[other] ?? BorderSide(area: area, other: Int(other))
            runs.removeAll()
            while place < near.count, near[place].other == other {
                let candidate = outlines.edges[near[place].edge]
                if addRun(of: index, edge, near[place].edge, plane) { side.liesOnOther = true }
                if side.gapMeters > 0 {
                    let meters =
                        source.intersects(candidate)
                        ? 0 : edge.squaredDistance(toDisjoint: plane.project(candidate)).squareRoot()
                    side.gapMeters = min(side.gapMeters, meters)
                }
                place += 1
            }
            runs.join()
            if !runs.intervals.isEmpty {
                if !isWaterKnown { findWater(source.box, edge, plane) }
                isWaterKnown = true
                for run in runs.intervals { add(run, index, edge, plane, &side) }
            }
            sides[other] = side
        }
    }

    /// Adds a stretch to its side, with the bridges near it.
    private mutating func add(
        _ run: ClosedRange<Double>, _ index: Int, _ edge: Segment, _ plane: LocalPlane, _ side: inout BorderSide
    ) {
        let length = edge.length
        let slack = 1e-9 * length
        let wet = water.intervals.reduce(0) {
            $0 + max(0, min($1.upperBound, run.upperBound) - max($1.lowerBound, run.lowerBound))
        }
        side.meters += run.upperBound - run.lowerBound
        side.waterMeters += wet
        addBridges(near: run, index, edge, plane, &side)
        stretches.append(
            BorderStretch(
                edge: index, other: Int32(truncatingIfNeeded: side.other), meters: run,
                reachesStart: run.lowerBound <= slack, reachesEnd: run.upperBound >= length - slack))
    }
}

// MARK: - Unbroken stretches

extension BorderSurvey {
    /// Finds the longest unbroken stretch of a ring towards each other area.
    private mutating func addLengths(of ring: Range<Int>, _ area: Int) {
        stretches.sort { ($0.other, $0.edge, $0.meters.lowerBound) < ($1.other, $1.edge, $1.meters.lowerBound) }
        var place = 0
        while place < stretches.count {
            let first = place
            while place < stretches.count, stretches[place].other == stretches[first].other { place += 1 }
            let longest = longestRun(of: stretches[first..<place], in: ring)
            let other = stretches[first].other
            let longestSoFar = sides[other]?.longestMeters ?? 0
            sides[other]?.longestMeters = max(longestSoFar, longest)
        }
    }

    /// The longest run of stretches that continue each other, also over the
    /// place where the ring closes.
    private func longestRun(of stretches: ArraySlice<BorderStretch>, in ring: Range<Int>) -> Double {
        var runs: [Double] = []
        var previous: BorderStretch?
        for stretch in stretches {
            let length = stretch.meters.upperBound - stretch.meters.lowerBound
            if let previous, previous.reachesEnd, stretch.reachesStart, stretch.edge == previous.edge + 1 {
                runs[runs.count - 1] += length
            } else {
                runs.append(length)
            }
            previous = stretch
        }
        if runs.count > 1, let first = stretches.first, let last = stretches.last, first.reachesStart,
            last.reachesEnd, first.edge == ring.lowerBound, last.edge == ring.upperBound - 1
        {
            runs[0] += runs.removeLast()
        }
        return runs.max() ?? 0
    }
}

// MARK: - Water and bridges

extension BorderSurvey {
    /// Puts the parts of an edge within the tolerance of water into `water`.
    private mutating func findWater(_ box: BoundingBox, _ edge: Segment, _ plane: LocalPlane) {
        water.removeAll()
        // At least a centimetre, so that banks part what is in from what is out.
        let meters = max(toleranceMeters, 0.01)
        let margin = LocalPlane.degrees(atLeast: meters, within: box)
        let reach = box.widened(longitude: margin.x, latitude: margin.y)
        guard reach.intersects(terrain.water.tree.extent) else { return }
        found.removeAll(keepingCapacity: true)
        terrain.water.tree.appendIndices(intersecting: reach, to: &found)
        for bank in found {
            if let run = edge.stretch(within: meters, of: plane.project(terrain.water.edges[bank])) {
                water.add(from: run.lowerBound, to: run.upperBound)
            }
        }
        water.join()
        // What is far from every bank is in water as a whole, or not at all.
        let length = edge.length
        var from = 0.0
        let banks = water.intervals
        for end in banks.map(\.lowerBound) + [length] {
            let middle = edge.a + (from + end) / 2 / length * (edge.b - edge.a)
            if end > from, terrain.water.contain(plane.origin + middle / plane.metersPerDegree, &found) {
                water.add(from: from, to: end)
            }
            from = banks.last { $0.lowerBound <= end }?.upperBound ?? end
        }
        water.join()
    }

    /// Adds the bridges that come near a stretch of an edge.
    private mutating func addBridges(
        near run: ClosedRange<Double>, _ index: Int, _ edge: Segment, _ plane: LocalPlane, _ side: inout BorderSide
    ) {
        let reach = reach(of: outlines.edges[index].box)
        guard reach.intersects(terrain.bridges.tree.extent) else { return }
        let direction = (edge.b - edge.a) / edge.length
        let stretch = Segment(a: edge.a + run.lowerBound * direction, b: edge.a + run.upperBound * direction)
        found.removeAll(keepingCapacity: true)
        terrain.bridges.tree.appendIndices(intersecting: reach, to: &found)
        for span in found where !side.bridges.contains(terrain.bridges.owners[span]) {
            let line = plane.project(terrain.bridges.edges[span])
            let squared = stretch.intersects(line) ? 0 : stretch.squaredDistance(toDisjoint: line)
            if squared <= toleranceMeters * toleranceMeters { side.bridges.insert(terrain.bridges.owners[span]) }
        }
    }
}
