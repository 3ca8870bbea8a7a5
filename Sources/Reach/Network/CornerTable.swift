/// Numbers the corners of streets: one number where they are one place.
struct CornerTable {
    /// Where each is.
    private(set) var positions: [FixedLonLat] = []
    /// How often streets touch each, up to 255.
    private(set) var touches: [UInt8] = []
    /// Whether a street begins or ends there, or a way across a square.
    private var isEnd: [Bool] = []
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

    /// The corner that has a source's number, if a street passed it.
    func known(_ id: Int64) -> UInt32? { byID[id] }

    /// The corner that streets without numbers have at a place.
    func known(at position: FixedLonLat) -> UInt32? { byPlace[position] }

    /// A crossing of its own at the place of a corner.
    mutating func copy(of corner: UInt32) -> UInt32 {
        let copy = append(positions[Int(corner)])
        end(at: copy)
        return copy
    }

    /// Whether streets begin, end or part at a corner.
    func isCrossing(_ corner: UInt32) -> Bool { isEnd[Int(corner)] || touches[Int(corner)] >= 2 }

    /// Notes that a street passes a corner.
    mutating func pass(_ corner: UInt32) {
        touches[Int(corner)] = touches[Int(corner)] == .max ? .max : touches[Int(corner)] + 1
    }

    /// Notes that a way ends at a corner.
    mutating func end(at corner: UInt32) { isEnd[Int(corner)] = true }

    private mutating func append(_ position: FixedLonLat) -> UInt32 {
        positions.append(position)
        touches.append(0)
        isEnd.append(false)
        return UInt32(positions.count - 1)
    }
}
