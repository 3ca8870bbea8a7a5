/// Numbers the corners of streets: one number where they are one place.
struct CornerTable {
    /// Where each is.
    private(set) var positions: [FixedLonLat] = []
    /// How often streets touch each, up to 255.
    private(set) var touches: [UInt8] = []
    /// Whether a street begins or ends there, or a way across a square.
    private var isEnd: [Bool] = []
    /// Whether each has a source's number.
    private(set) var isNumbered: [Bool] = []
    /// What became of corners that were joined; empty while none was.
    private var roots: [UInt32] = []
    private var byID: [Int64: UInt32] = [:]
    private var byPlace: [FixedLonLat: UInt32] = [:]

    /// The corner of a source's number; where it is first seen is its place.
    mutating func corner(of id: Int64, at position: FixedLonLat) -> UInt32 {
        if let known = byID[id] { return known }
        let corner = append(position)
        isNumbered[Int(corner)] = true
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
    func known(_ id: Int64) -> UInt32? { byID[id].map(root) }

    /// The corner that streets without numbers have at a place.
    func known(at position: FixedLonLat) -> UInt32? { byPlace[position].map(root) }

    /// What a corner has become.
    func root(of corner: UInt32) -> UInt32 { Int(corner) < roots.count ? roots[Int(corner)] : corner }

    /// A new corner between two of a street.
    mutating func corner(between position: FixedLonLat) -> UInt32 { append(position) }

    /// Makes one corner of several, at the place of the first that a street
    /// goes through; how often streets touch them is to be counted anew.
    ///
    /// - Parameters:
    ///   - roots: what each becomes.
    ///   - isThrough: whether a street goes through each.
    mutating func merge(_ roots: [UInt32], isThrough: [Bool]) {
        self.roots = roots
        let places = positions
        var isPlaced = [Bool](repeating: false, count: positions.count)
        for (corner, root) in roots.enumerated() where isThrough[corner] && !isPlaced[Int(root)] {
            positions[Int(root)] = places[corner]
            isPlaced[Int(root)] = true
        }
        touches = [UInt8](repeating: 0, count: positions.count)
        isEnd = [Bool](repeating: false, count: positions.count)
    }

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
        isNumbered.append(false)
        isEnd.append(false)
        return UInt32(positions.count - 1)
    }
}
