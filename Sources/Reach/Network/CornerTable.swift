/// Numbers the corners of streets: one number where they are one place.
struct CornerTable {
    /// Where each is.
    private(set) var positions: [FixedLonLat] = []
    /// How often each is used, up to 2; from 2 on it is a crossing.
    private(set) var uses: [UInt8] = []
    private var byID: [Int64: UInt32] = [:]
    private var byPlace: [FixedLonLat: UInt32] = [:]

    /// The corner of a source's number; where it is first seen is its place.
    mutating func corner(of id: Int64, at position: FixedLonLat) -> UInt32 {
        if let known = byID[id] { return known }
        let corner = append(position)
        byID[id] = corner
        return corner
    }

    /// The corner at a place.
    mutating func corner(at position: FixedLonLat) -> UInt32 {
        if let known = byPlace[position] { return known }
        let corner = append(position)
        byPlace[position] = corner
        return corner
    }

    /// Whether streets begin, end or part at a corner.
    func isCrossing(_ corner: UInt32) -> Bool { uses[Int(corner)] >= 2 }

    /// Notes that a street passes a corner, or ends there.
    mutating func use(_ corner: UInt32, isEnd: Bool) {
        uses[Int(corner)] = min(2, uses[Int(corner)] + (isEnd ? 2 : 1))
    }

    private mutating func append(_ position: FixedLonLat) -> UInt32 {
        positions.append(position)
        uses.append(0)
        return UInt32(positions.count - 1)
    }
}
