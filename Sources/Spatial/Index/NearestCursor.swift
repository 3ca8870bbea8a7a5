/// Yields the items of a tree in the order of a lower bound of their distance
/// to a position: best-first search.
///
/// The bound is the distance in metres to the item's box with both degrees at
/// a fixed length. Refine each candidate exactly and stop when the bound
/// passes the worst distance kept: nothing that comes later is nearer.
///
/// The bound holds for true distances where the scales are not longer than a
/// degree's true length anywhere between the position and the answers; the
/// length of a degree of longitude shrinks towards the poles, so take it at
/// the highest latitude that the search may reach.
public struct NearestCursor: Sendable {
    /// A candidate with its bound.
    public typealias Candidate = (index: Int, lowerBoundMeters: Double)

    @usableFromInline let tree: PackedHilbertTree
    @usableFromInline var position: LonLat
    @usableFromInline var metersPerDegree: (longitude: Double, latitude: Double)
    /// Least squared distance first; the memory is kept from search to search.
    @usableFromInline var queue = BestFirstQueue<Entry>()

    /// A node or item that waits.
    @usableFromInline
    struct Entry: BestFirstEntry, Sendable {
        @usableFromInline let squaredMeters: Double
        /// Level (0 for an item) and place in the level.
        @usableFromInline let level: UInt32
        @usableFromInline let place: UInt32

        @inlinable
        init(squaredMeters: Double, level: UInt32, place: UInt32) {
            self.squaredMeters = squaredMeters
            self.level = level
            self.place = place
        }

        /// Nearer first; of equals the items first, and those in tree order.
        @inlinable
        func comes(before other: Entry) -> Bool {
            if squaredMeters != other.squaredMeters { return squaredMeters < other.squaredMeters }
            return level != other.level ? level < other.level : place < other.place
        }
    }

    /// Begins a search.
    ///
    /// - Parameters:
    ///   - tree: boxes in degrees.
    ///   - position: degrees; a position with NaN has no neighbours.
    ///   - metersPerDegree: the length of a degree along each axis.
    @inlinable
    public init(
        _ tree: PackedHilbertTree, near position: LonLat, metersPerDegree: (longitude: Double, latitude: Double)
    ) {
        self.tree = tree
        self.position = position
        self.metersPerDegree = metersPerDegree
        restart(near: position, metersPerDegree: metersPerDegree)
    }

    /// Begins another search with the same memory.
    @inlinable
    public mutating func restart(near position: LonLat, metersPerDegree: (longitude: Double, latitude: Double)) {
        self.position = position
        self.metersPerDegree = metersPerDegree
        queue.removeAll()
        guard tree.count > 0, !position.longitude.isNaN, !position.latitude.isNaN else { return }
        push(level: tree.levelStarts.count - 2, place: 0)
    }

    /// The next candidate; `nil` where all were yielded.
    ///
    /// - Complexity: O(log n) a candidate on maps.
    @inlinable
    public mutating func next() -> Candidate? {
        while let best = queue.pop() {
            guard best.level > 0 else {
                return (Int(tree.indices[Int(best.place)]), best.squaredMeters.squareRoot())
            }
            let below = Int(best.level) - 1
            let countBelow = tree.levelStarts[below + 1] - tree.levelStarts[below]
            let first = Int(best.place) * PackedHilbertTree.nodeSize
            for place in first..<min(first + PackedHilbertTree.nodeSize, countBelow) {
                push(level: below, place: place)
            }
        }
        return nil
    }

    /// The squared distance to a box; across the antimeridian where that is shorter.
    @inlinable
    func squaredMeters(to box: BoundingBox) -> Double {
        var east = max(box.west - position.longitude, position.longitude - box.east, 0)
        if east > 180 {
            let around = box.west > position.longitude ? position.longitude - box.east : box.west - position.longitude
            east = max(min(east, around + 360), 0)
        }
        let north = max(box.south - position.latitude, position.latitude - box.north, 0)
        let x = east * metersPerDegree.longitude
        let y = north * metersPerDegree.latitude
        return x * x + y * y
    }

    @inlinable
    mutating func push(level: Int, place: Int) {
        let squared = squaredMeters(to: tree.boxes[tree.levelStarts[level] + place])
        queue.push(
            Entry(
                squaredMeters: squared, level: UInt32(truncatingIfNeeded: level),
                place: UInt32(truncatingIfNeeded: place)))
    }
}

extension PackedHilbertTree {
    /// The nearest items by exact distance.
    ///
    /// - Parameters:
    ///   - position: degrees.
    ///   - limit: how many at most.
    ///   - radius: metres; what is farther is left out.
    ///   - metersPerDegree: scales under which the distance to a box is never
    ///     longer than `distance` of what it holds; see `NearestCursor`.
    ///   - distance: the exact distance in metres of an index; NaN leaves the
    ///     item out.
    /// - Returns: nearest first; equals by index.
    @inlinable
    public func nearest(
        to position: LonLat, limit: Int, within radius: Double = .infinity,
        metersPerDegree: (longitude: Double, latitude: Double), distance: (Int) -> Double
    ) -> [(index: Int, distanceMeters: Double)] {
        guard limit > 0 else { return [] }
        var kept: [(index: Int, distanceMeters: Double)] = []
        var cursor = NearestCursor(self, near: position, metersPerDegree: metersPerDegree)
        while let candidate = cursor.next() {
            let worst = kept.count < limit ? radius : kept[kept.count - 1].distanceMeters
            guard candidate.lowerBoundMeters <= worst else { break }
            let meters = distance(candidate.index)
            guard meters <= worst else { continue }
            let place =
                kept.lastIndex { ($0.distanceMeters, $0.index) < (meters, candidate.index) }.map { $0 + 1 } ?? 0
            kept.insert((candidate.index, meters), at: place)
            if kept.count > limit { kept.removeLast() }
        }
        return kept
    }
}
