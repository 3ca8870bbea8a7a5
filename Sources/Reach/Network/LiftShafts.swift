import Spatial

extension StreetTable {
    /// Parts the corners where lifts stand, a crossing a level, and joins
    /// them again by rides.
    ///
    /// - Complexity: O(n) for n corners of streets, and 16 rides a level.
    mutating func install(_ lifts: [Lift], storeyMeters: Double) {
        let shaftOf = shafts(lifts)
        guard !shaftOf.isEmpty else { return }
        var stops = [[Stop]](repeating: [], count: lifts.count)
        for (number, row) in rows.enumerated() {
            for place in row.corners {
                if let lift = shaftOf[corners[place]] { stops[lift].append(Stop(place: place, row: number)) }
            }
        }
        for (lift, stops) in zip(lifts, stops) { install(lift, stops, storeyMeters: storeyMeters) }
    }

    /// Where a street meets a lift: its place in `corners`.
    private struct Stop {
        let place: Int
        let row: Int
    }

    /// A level that a lift serves.
    private struct Landing {
        let level: Double
        let corner: UInt32
        /// Its height as a street there has it.
        let heightMeters: Double?
    }

    /// How far up and down a ride goes without changing lifts, in landings: a
    /// bound for shafts whose data are out of their mind.
    private static let landingsARide = 16

    /// The lift at each corner where one stands; of several the first.
    private func shafts(_ lifts: [Lift]) -> [UInt32: Int] {
        var shaftOf: [UInt32: Int] = [:]
        var byPlace: [FixedLonLat: Int] = [:]
        for (number, lift) in lifts.enumerated() {
            let known = lift.nodeIDs.compactMap { table.known($0) }
            for corner in known where shaftOf[corner] == nil { shaftOf[corner] = number }
            guard known.isEmpty else { continue }
            for place in lift.positions.compactMap(FixedLonLat.init) where byPlace[place] == nil {
                byPlace[place] = number
            }
        }
        guard !byPlace.isEmpty else { return shaftOf }
        for (corner, place) in table.positions.enumerated() {
            let root = table.root(of: UInt32(corner))
            if let number = byPlace[place], shaftOf[root] == nil { shaftOf[root] = number }
        }
        return shaftOf
    }

    private mutating func install(_ lift: Lift, _ stops: [Stop], storeyMeters: Double) {
        let levels = levels(of: stops)
        var landings: [Landing] = []
        for (_, group) in Dictionary(grouping: zip(levels, stops), by: \.0).sorted(by: { $0.key < $1.key }) {
            guard let (level, first) = group.first else { continue }
            let corner = table.copy(of: corners[first.place])
            let heights = group.compactMap { ownHeight(at: $0.1.place) }
            for (_, stop) in group { corners[stop.place] = corner }
            landings.append(Landing(level: level, corner: corner, heightMeters: heights.first))
        }
        for (index, from) in landings.enumerated() where lift.isOpen {
            for to in landings[(index + 1)...].prefix(Self.landingsARide) {
                var heights = (start: from.level * storeyMeters, end: to.level * storeyMeters)
                if let low = from.heightMeters, let high = to.heightMeters, low != high { heights = (low, high) }
                append(
                    Way(start: from.corner, end: to.corner, kind: .lift, isStraight: true, fid: lift.fid),
                    heights: (heights.start, heights.end))
            }
        }
    }

    /// The level of each street where it meets the lift.
    private func levels(of stops: [Stop]) -> [Double] {
        let certain = stops.map(level)
        let landings = Set(certain.compactMap { $0 })
        return zip(stops, certain).map { stop, level in
            if let level { return level }
            let levels = rows[stop.row].levels ?? 0...0
            // Of stairs that may meet it above or below: where others do.
            return landings.contains(levels.upperBound) && !landings.contains(levels.lowerBound)
                ? levels.upperBound : levels.lowerBound
        }
    }

    /// `nil` where the street leads from level to level, and nothing tells
    /// which end is the higher one.
    private func level(_ stop: Stop) -> Double? {
        let row = rows[stop.row]
        guard let levels = row.levels else { return 0 }
        if levels.lowerBound == levels.upperBound { return levels.lowerBound }
        let isStart = stop.place == row.corners.lowerBound
        guard isStart || stop.place == row.corners.upperBound - 1 else { return nil }
        switch row.kind {
        case .stairsUp: return isStart ? levels.lowerBound : levels.upperBound
        case .stairsDown: return isStart ? levels.upperBound : levels.lowerBound
        default:
            guard let start = ownHeight(at: row.corners.lowerBound),
                let end = ownHeight(at: row.corners.upperBound - 1), start != end
            else { return nil }
            return (start < end) == isStart ? levels.lowerBound : levels.upperBound
        }
    }
}
