import Spatial

/// Streets in flat rows: the corners of all of them stand one street after
/// the other.
struct StreetTable {
    var rows: [Row] = []
    /// The corners of all streets.
    var corners: [UInt32] = []
    /// The height of every corner in metres as its street has it, NaN where
    /// it has none; may be shorter than `corners`.
    var heightsMeters: [Double] = []
    var table = CornerTable()

    /// A street.
    struct Row {
        var corners: Range<Int>
        var kind: Street.Kind
        let isForward: Bool
        let isBackward: Bool
        let isStraight: Bool
        let levels: ClosedRange<Double>?
        let fid: Int64
        /// Whether it leads up, as the levels of the ways at its ends have it.
        var leadsUp: Bool?
    }

    /// Takes a street.
    ///
    /// - Returns: `false`, and nothing is taken, where it is no line on
    ///   earth, has not as many numbers or heights as corners, or no way.
    mutating func append(_ street: Street) -> Bool {
        let count = street.positions.count
        guard count >= 2, street.isForward || street.isBackward,
            street.nodeIDs.isEmpty || street.nodeIDs.count == count,
            street.heightsMeters.isEmpty || street.heightsMeters.count == count
        else { return false }
        let places = street.positions.compactMap(FixedLonLat.init)
        guard places.count == count else { return false }
        let first = corners.count
        let hasHeights = !street.heightsMeters.isEmpty
        if hasHeights { padHeights() }
        for (index, place) in places.enumerated() {
            let corner =
                street.nodeIDs.isEmpty ? table.corner(at: place) : table.corner(of: street.nodeIDs[index], at: place)
            // A street of no length is one crossing, and an edge from it to itself.
            let isOnlyOne = index == count - 1 && corners.count == first + 1
            if corners.count > first, corners[corners.count - 1] == corner, !isOnlyOne { continue }
            corners.append(corner)
            if hasHeights { heightsMeters.append(street.heightsMeters[index]) }
        }
        note(first..<corners.count)
        rows.append(
            Row(
                corners: first..<corners.count, kind: street.kind, isForward: street.isForward,
                isBackward: street.isBackward, isStraight: street.isStraight, levels: street.levels, fid: street.fid))
        return true
    }

    /// Notes the corners of a new street as passed, and its ends.
    mutating func note(_ places: Range<Int>) {
        for place in places { table.pass(corners[place]) }
        table.end(at: corners[places.lowerBound])
        table.end(at: corners[places.upperBound - 1])
    }

    /// The two ends of a street that is not closed.
    func ends(of row: Row) -> (UInt32, UInt32)? {
        let (start, end) = (corners[row.corners.lowerBound], corners[row.corners.upperBound - 1])
        return start == end ? nil : (start, end)
    }

    /// Where the corner at a place in `corners` is.
    func position(at place: Int) -> LonLat { table.positions[Int(corners[place])].lonLat }

    /// The height that a street itself has at a place in `corners`; `nil`
    /// where it has none.
    func ownHeight(at place: Int) -> Double? {
        guard place < heightsMeters.count, heightsMeters[place].isFinite else { return nil }
        return heightsMeters[place]
    }

    /// Adds the straight ways across a square.
    ///
    /// - Parameter ringRows: the rows of its outline and holes.
    mutating func cross(squareOf ringRows: Range<Int>) {
        let places = rows[ringRows].map(\.corners)
        var ownTouches: [UInt32: Int] = [:]
        var heights: [UInt32: Double] = [:]
        for place in places.joined() {
            ownTouches[corners[place], default: 0] += 1
            heights[corners[place]] = ownHeight(at: place)
        }
        let crossings = SquareCrossings(
            rings: places.map { corners[$0] }, positions: table.positions,
            isJunction: { Int(table.touches[Int($0)]) > ownTouches[$0, default: 0] })
        let outline = rows[ringRows.lowerBound]
        for (start, end) in crossings.ways() {
            append(
                Way(start: start, end: end, kind: outline.kind, isStraight: outline.isStraight, fid: outline.fid),
                heights: (heights[start], heights[end]))
        }
    }

    /// A straight way between two corners that is no street of its own.
    struct Way {
        let start: UInt32
        let end: UInt32
        let kind: Street.Kind
        let isStraight: Bool
        let fid: Int64
    }

    /// Adds a way, and makes crossings of its ends.
    mutating func append(_ way: Way, heights: (start: Double?, end: Double?)) {
        let first = corners.count
        padHeights()
        for (corner, height) in [(way.start, heights.start), (way.end, heights.end)] {
            table.end(at: corner)
            corners.append(corner)
            heightsMeters.append(height ?? .nan)
        }
        rows.append(
            Row(
                corners: first..<first + 2, kind: way.kind, isForward: true, isBackward: true,
                isStraight: way.isStraight, levels: nil, fid: way.fid))
    }

    private mutating func padHeights() {
        for _ in heightsMeters.count..<corners.count { heightsMeters.append(.nan) }
    }
}
