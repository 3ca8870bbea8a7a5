import Spatial

/// Finds the ends of streets that were meant to meet another street and miss
/// it by a little.
struct StreetGaps {
    private let streets: StreetTable
    private let gapMeters: Double
    private let segments: [Segment]
    private let tree: PackedHilbertTree
    /// The streets that touch each end, rising.
    private var rowsAtEnd: [UInt32: [UInt32]] = [:]

    /// A stretch of a street between two corners, the first one at a place in
    /// the table of all streets.
    private struct Segment {
        let row: UInt32
        let place: Int
    }

    /// Where streets are to be joined.
    struct Joins {
        /// Corners that become one.
        var pairs: [(UInt32, UInt32)] = []
        /// Ends that become a new corner of a street they miss.
        var splits: [Split] = []
    }

    /// A new corner between two corners of a street.
    struct Split {
        let end: UInt32
        /// The place of the corner before.
        let place: Int
        /// The share of the stretch between the corners.
        let share: Double
        let position: FixedLonLat
    }

    /// - Parameters:
    ///   - streets: all streets.
    ///   - gapMeters: how far they may miss.
    ///   - targets: the rows of the streets that may be joined.
    init(_ streets: StreetTable, gapMeters: Double, targets: some Sequence<Int>) {
        self.streets = streets
        self.gapMeters = gapMeters
        var segments: [Segment] = []
        for row in targets where streets.rows[row].kind != .lift {
            for place in streets.rows[row].corners.dropLast() {
                segments.append(Segment(row: UInt32(row), place: place))
            }
        }
        self.segments = segments
        tree = PackedHilbertTree(
            segments.map { segment in
                var box = BoundingBox(streets.position(at: segment.place))
                let end = streets.position(at: segment.place + 1)
                box.add(end.longitude, end.latitude)
                return box
            })
        for row in streets.rows {
            guard let (start, end) = streets.ends(of: row) else { continue }
            rowsAtEnd[start] = []
            rowsAtEnd[end] = []
        }
        for (number, row) in streets.rows.enumerated() {
            for corner in streets.corners[row.corners] { rowsAtEnd[corner]?.append(UInt32(number)) }
        }
    }

    /// The joins, each end to what is nearest: a corner if one is near
    /// enough, else a point between two.
    ///
    /// - Returns: in an order that only the streets decide.
    /// - Complexity: O(n log n) for n corners on maps.
    func joins() -> Joins {
        var joins = Joins()
        for (end, rows) in rowsAtEnd.sorted(by: { $0.key < $1.key }) {
            let metric = LocalMetric(streets.table.positions[Int(end)].lonLat)
            var nearestCorner: (meters: Double, corner: UInt32)?
            var nearestSplit: (meters: Double, split: Split)?
            for index in tree.indices(intersecting: box(around: metric)).sorted() {
                let segment = segments[index]
                guard !Self.holds(rows, segment.row), mayMeet(end, rows, segment) else { continue }
                for place in [segment.place, segment.place + 1] {
                    let corner = streets.corners[place]
                    let meters = metric.squaredMeters(to: streets.position(at: place)).squareRoot()
                    guard meters <= gapMeters, (meters, corner) < nearestCorner ?? (.infinity, .max) else { continue }
                    nearestCorner = (meters, corner)
                }
                if let (meters, split) = split(end, segment, metric), meters < nearestSplit?.meters ?? .infinity {
                    nearestSplit = (meters, split)
                }
            }
            if let nearestCorner {
                joins.pairs.append((end, nearestCorner.corner))
            } else if let nearestSplit {
                joins.splits.append(nearestSplit.split)
            }
        }
        return joins
    }

    /// Whether a rising list holds a number.
    private static func holds(_ rows: [UInt32], _ row: UInt32) -> Bool {
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < row { low = middle + 1 } else { high = middle }
        }
        return low < rows.count && rows[low] == row
    }

    private func box(around metric: LocalMetric) -> BoundingBox {
        let origin = metric.origin
        let north = gapMeters / 110_000
        let east = min(360, gapMeters / max(1, metric.metersPerDegreeEast) * 1.01)
        var box = BoundingBox(LonLat(origin.longitude - east, origin.latitude - north))
        box.add(origin.longitude + east, origin.latitude + north)
        return box
    }

    /// Whether an end may join a stretch: not where both have numbers and
    /// these say that they do not meet, nor where the street passes above or
    /// below.
    private func mayMeet(_ end: UInt32, _ rows: [UInt32], _ segment: Segment) -> Bool {
        if streets.table.isNumbered[Int(end)], streets.table.isNumbered[Int(streets.corners[segment.place])] {
            return false
        }
        let ground = 0.0...0.0
        let levels = streets.rows[Int(segment.row)].levels ?? ground
        return levels.contains(0)
            || rows.contains { row in
                let row = streets.rows[Int(row)]
                return row.kind != .path || (row.levels ?? ground).overlaps(levels)
            }
    }

    /// The point of a stretch nearest to an end, unless that is one of its corners.
    private func split(_ end: UInt32, _ segment: Segment, _ metric: LocalMetric) -> (meters: Double, split: Split)? {
        let (from, to) = (streets.position(at: segment.place), streets.position(at: segment.place + 1))
        let (start, stop) = (metric.planeMeters(to: from), metric.planeMeters(to: to))
        let (dx, dy) = (stop.east - start.east, stop.north - start.north)
        let squaredLength = dx * dx + dy * dy
        guard squaredLength > 0 else { return nil }
        let share = -(start.east * dx + start.north * dy) / squaredLength
        guard share > 0, share < 1 else { return nil }
        let (x, y) = (start.east + share * dx, start.north + share * dy)
        let meters = (x * x + y * y).squareRoot()
        let point = LonLat(
            from.longitude + share * (to.longitude - from.longitude),
            from.latitude + share * (to.latitude - from.latitude))
        guard meters <= gapMeters, let position = FixedLonLat(point) else { return nil }
        return (meters, Split(end: end, place: segment.place, share: share, position: position))
    }
}

extension StreetTable {
    /// Joins streets that miss each other.
    ///
    /// - Parameters:
    ///   - gapMeters: by how much; 0 for not at all.
    ///   - squares: the rows of squares, whose edges are met by streets that
    ///     end there even so.
    mutating func closeGaps(ofMeters gapMeters: Double, squares: [Range<Int>]) {
        /// What rounding makes of a street that ends on an edge.
        let roundingMeters = 0.05
        var joins = StreetGaps.Joins()
        if gapMeters > roundingMeters {
            joins = StreetGaps(self, gapMeters: gapMeters, targets: rows.indices).joins()
        } else if !squares.isEmpty {
            joins = StreetGaps(self, gapMeters: roundingMeters, targets: squares.joined()).joins()
        }
        joins.pairs += coincidentEnds()
        if !joins.pairs.isEmpty || !joins.splits.isEmpty { apply(joins) }
    }

    /// Ends of streets without numbers where a numbered corner is, and the other way round.
    private func coincidentEnds() -> [(UInt32, UInt32)] {
        guard table.isNumbered.contains(true), table.isNumbered.contains(false) else { return [] }
        var numbered: [FixedLonLat: UInt32] = [:]
        for (corner, place) in table.positions.enumerated() where table.isNumbered[corner] && numbered[place] == nil {
            numbered[place] = UInt32(corner)
        }
        var pairs: [(UInt32, UInt32)] = []
        for row in rows {
            guard let (start, end) = ends(of: row) else { continue }
            for corner in [start, end] {
                let place = table.positions[Int(corner)]
                let other = table.isNumbered[Int(corner)] ? table.known(at: place) : numbered[place]
                if let other { pairs.append((corner, other)) }
            }
        }
        return pairs
    }

    private mutating func apply(_ joins: StreetGaps.Joins) {
        var isThrough = [Bool](repeating: false, count: table.positions.count)
        for row in rows {
            for place in row.corners.dropFirst().dropLast() { isThrough[Int(corners[place])] = true }
        }
        var pairs = joins.pairs
        var splits: [(split: StreetGaps.Split, corner: UInt32)] = []
        for split in joins.splits {
            let corner = table.corner(between: split.position)
            isThrough.append(true)
            splits.append((split, corner))
            pairs.append((split.end, corner))
        }
        var sets = DisjointSets(count: table.positions.count)
        for (a, b) in pairs { sets.join(a, b) }
        splits.sort { ($0.split.place, $0.split.share) < ($1.split.place, $1.split.share) }
        table.merge((0..<UInt32(table.positions.count)).map { sets.root(of: $0) }, isThrough: isThrough)
        insert(splits.map { ($0.split.place, $0.corner) })
    }

    /// Puts corners into streets, each behind a place, and counts anew.
    private mutating func insert(_ additions: [(place: Int, corner: UInt32)]) {
        var next = additions[...]
        let old = self
        rows = []
        corners = []
        heightsMeters = []
        for var row in old.rows {
            let first = corners.count
            for place in row.corners {
                append(old.corners[place], old.ownHeight(at: place), from: first)
                while let addition = next.first, addition.place <= place {
                    append(addition.corner, nil, from: first)
                    next.removeFirst()
                }
            }
            if corners.count == first + 1 { append(corners[first], nil, from: corners.count) }
            row.corners = first..<corners.count
            rows.append(row)
            note(first..<corners.count)
        }
    }

    private mutating func append(_ corner: UInt32, _ height: Double?, from first: Int) {
        let corner = table.root(of: corner)
        guard corners.count == first || corners[corners.count - 1] != corner else { return }
        corners.append(corner)
        heightsMeters.append(height ?? .nan)
    }
}
