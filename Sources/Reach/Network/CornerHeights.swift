import Spatial

/// The height of every corner: of the ground, or of the bridges and tunnels
/// that meet there above or below it.
///
/// A corner where streets that run straight go on into each other does not
/// lie on the ground. Its height is such that the height runs straight
/// between the places where they come to the ground, along bridges of several
/// parts as along one; where bridges branch, it is the mean of its
/// neighbours', each weighted by its nearness.
struct CornerHeights {
    private let streets: StreetTable
    private let elevation: (LonLat) -> Double?
    /// In metres; NaN where not known, `unasked` where not yet asked for.
    private var heights: [Double]
    /// Whether each lies above or below the ground.
    private var isRaised: [Bool]

    private static let unasked = Double.infinity

    init(_ streets: StreetTable, elevation: @escaping (LonLat) -> Double?) {
        self.streets = streets
        self.elevation = elevation
        heights = [Double](repeating: Self.unasked, count: streets.table.positions.count)
        isRaised = [Bool](repeating: false, count: heights.count)
        takeOwnHeights()
        raise()
    }

    /// In metres; NaN where it is not known.
    mutating func height(of corner: UInt32) -> Double {
        if heights[Int(corner)] == Self.unasked {
            heights[Int(corner)] = elevation(streets.table.positions[Int(corner)].lonLat) ?? .nan
        }
        return heights[Int(corner)]
    }

    /// The heights of a street's corners; NaN where they are not known, and
    /// inside of bridges and tunnels, where nobody asks what the ground does.
    mutating func heights(of row: StreetTable.Row) -> [Double] {
        row.corners.map { place in
            let corner = streets.corners[place]
            let isEnd = place == row.corners.lowerBound || place == row.corners.upperBound - 1
            if row.isStraight && !isEnd { return isRaised[Int(corner)] ? height(of: corner) : .nan }
            return streets.ownHeight(at: place) ?? height(of: corner)
        }
    }

    /// The ends of streets that bring their own heights hold for all that meets there.
    private mutating func takeOwnHeights() {
        for row in streets.rows where row.kind != .lift {
            for place in [row.corners.lowerBound, row.corners.upperBound - 1] {
                let corner = Int(streets.corners[place])
                if heights[corner] == Self.unasked, let own = streets.ownHeight(at: place) { heights[corner] = own }
            }
        }
    }

    // MARK: - Above and below the ground

    /// Gives their heights to corners that do not lie on the ground.
    private mutating func raise() {
        let rows = streets.rows.filter { $0.isStraight && $0.kind != .lift }
        guard !rows.isEmpty else { return }
        let candidates = raisedCorners(rows)
        var links = HeightLinks()
        for row in rows {
            var meters = 0.0
            var last = row.corners.lowerBound
            for place in row.corners.dropFirst() {
                meters += Geodesic.distanceMeters(streets.position(at: place - 1), streets.position(at: place))
                guard streets.table.isCrossing(streets.corners[place]) else { continue }
                let ends = (streets.corners[last], streets.corners[place])
                switch (candidates[Int(ends.0)], candidates[Int(ends.1)]) {
                case (true, true): links.join(ends.0, ends.1, meters: meters)
                case (true, false): links.fix(ends.0, at: height(of: ends.1), meters: meters)
                case (false, true): links.fix(ends.1, at: height(of: ends.0), meters: meters)
                case (false, false): break
                }
                (meters, last) = (0, place)
            }
        }
        for (corner, height) in links.solution() {
            heights[Int(corner)] = height
            isRaised[Int(corner)] = true
        }
    }

    /// Crossings inside of straight streets, and those where only straight
    /// ones meet; what has a height of its own is none.
    private func raisedCorners(_ straight: [StreetTable.Row]) -> [Bool] {
        var isInside = [Bool](repeating: false, count: heights.count)
        var isOnGround = isInside
        var ends = [UInt8](repeating: 0, count: heights.count)
        for row in straight {
            for place in row.corners.dropFirst().dropLast() { isInside[Int(streets.corners[place])] = true }
            for place in [row.corners.lowerBound, row.corners.upperBound - 1] {
                let corner = Int(streets.corners[place])
                ends[corner] = min(2, ends[corner] + 1)
            }
        }
        for row in streets.rows where !row.isStraight && row.kind != .lift {
            for place in row.corners { isOnGround[Int(streets.corners[place])] = true }
        }
        return heights.indices.map { corner in
            heights[corner] == Self.unasked && streets.table.isCrossing(UInt32(corner))
                && (isInside[corner] || ends[corner] == 2 && !isOnGround[corner])
        }
    }
}
