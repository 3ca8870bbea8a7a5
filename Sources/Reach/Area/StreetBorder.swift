/// Where the ground of one street ends and another's begins, on the way from a
/// cell of the one to a neighbour of the other.
struct StreetBorder {
    /// A straight piece of a street, in metres from the first cell.
    struct Piece {
        private let east: Float
        private let north: Float
        private let alongEast: Float
        private let alongNorth: Float
        private let inverseSquare: Float

        @inline(__always)
        init(_ start: (east: Float, north: Float), _ end: (east: Float, north: Float)) {
            (east, north) = start
            alongEast = end.east - start.east
            alongNorth = end.north - start.north
            let square = alongEast * alongEast + alongNorth * alongNorth
            inverseSquare = square > 0 ? 1 / square : 0
        }

        @inline(__always)
        func meters(to place: (east: Float, north: Float)) -> Float {
            let (x, y) = (place.east - east, place.north - north)
            let raw = (x * alongEast + y * alongNorth) * inverseSquare
            let share = raw > 0 ? (raw < 1 ? raw : 1) : 0
            let (offEast, offNorth) = (x - share * alongEast, y - share * alongNorth)
            return (offEast * offEast + offNorth * offNorth).squareRoot()
        }
    }

    /// The share of the way that lies nearer to the first street, 0 to 1.
    let share: Float

    /// Finds where both are equally far: regula falsi with Illinois weights,
    /// three steps, which leaves some centimetres.
    ///
    /// - Parameters:
    ///   - one: nearest to the first cell.
    ///   - other: nearest to the neighbour.
    ///   - east: metres from the first cell to the neighbour.
    ///   - north: metres from the first cell to the neighbour.
    @inline(__always)
    init(between one: Piece, and other: Piece, east: Float, north: Float) {
        var (low, high) = (Float(0), Float(1))
        var short = one.meters(to: (0, 0)) - other.meters(to: (0, 0))
        var beyond = one.meters(to: (east, north)) - other.meters(to: (east, north))
        guard short < 0, beyond > 0 else {
            share = short < 0 ? 1 : 0
            return
        }
        var middle = Float(0.5)
        var wasShort: Bool?
        for _ in 0..<3 {
            middle = low + (high - low) * short / (short - beyond)
            let place = (east: middle * east, north: middle * north)
            let difference = one.meters(to: place) - other.meters(to: place)
            let isShort = difference < 0
            if isShort {
                (low, short) = (middle, difference)
                if wasShort == true { beyond /= 2 }
            } else {
                (high, beyond) = (middle, difference)
                if wasShort == false { short /= 2 }
            }
            guard beyond > short else { break }
            wasShort = isShort
        }
        share = middle
    }
}
