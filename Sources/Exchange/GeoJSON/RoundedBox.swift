/// A box in units of the last decimal.
///
/// Of a geometry that was cut at the antimeridian, `west` is larger than
/// `east` (RFC 7946 section 5.2).
struct RoundedBox {
    private(set) var west = Int64.max
    private(set) var south = Int64.max
    private(set) var east = Int64.min
    private(set) var north = Int64.min

    init() {}

    /// The box of a geometry.
    init(_ geometry: RoundedGeometry) {
        for index in 0..<geometry.positionCount {
            let position = geometry.positions[index]
            west = min(west, position.x)
            east = max(east, position.x)
            south = min(south, position.y)
            north = max(north, position.y)
        }
        guard geometry.isCut else { return }
        (west, east) = (Int64.max, Int64.min)
        for index in 0..<geometry.positionCount {
            let x = geometry.positions[index].x
            if x > 0 { west = min(west, x) } else { east = max(east, x) }
        }
    }

    var isEmpty: Bool { south > north }

    /// Grows to hold another box; the whole turn where that one crosses the
    /// antimeridian.
    mutating func add(_ other: RoundedBox, halfTurn: Int64) {
        guard !other.isEmpty else { return }
        let crosses = other.west > other.east
        west = min(west, crosses ? -halfTurn : other.west)
        east = max(east, crosses ? halfTurn : other.east)
        south = min(south, other.south)
        north = max(north, other.north)
    }
}
