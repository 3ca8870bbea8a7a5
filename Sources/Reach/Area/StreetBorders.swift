/// Where the ground of one street ends and another's begins, on the way from a
/// cell of the one to a neighbour of the other; eight such ways at once.
struct StreetBorders {
    typealias Lanes = SIMD8<Float>
    static let lanes = Lanes.scalarCount

    /// Straight pieces of streets, in metres from the first cell of each way.
    struct Pieces {
        let startEast: Lanes
        let startNorth: Lanes
        let endEast: Lanes
        let endNorth: Lanes
    }

    /// Those nearest to the first cells.
    let ones: Pieces
    /// Those nearest to the neighbours.
    let others: Pieces
    /// Metres from the first cells to their neighbours.
    let east: Lanes
    let north: Lanes

    /// The shares of the ways that lie nearer to the first streets, 0 to 1:
    /// regula falsi with Illinois weights, three steps, which leaves some
    /// centimetres.
    @inline(__always)
    func shares() -> Lanes {
        let (one, other) = (Distances(ones), Distances(others))
        @inline(__always) func difference(_ share: Lanes) -> Lanes {
            one.meters(to: share * east, share * north) - other.meters(to: share * east, share * north)
        }
        var (low, high) = (Lanes(), Lanes(repeating: 1))
        var short = difference(low)
        var beyond = difference(high)
        let isShort = short .< 0
        let isCut = isShort .& (beyond .> 0)
        var middle = Lanes(repeating: 0.5)
        var isOpen = isCut
        var (wasShort, wasBeyond) = (SIMDMask<SIMD8<Int32>>(repeating: false), SIMDMask<SIMD8<Int32>>(repeating: false))
        for _ in 0..<3 {
            middle.replace(with: low + (high - low) * short / (short - beyond), where: isOpen)
            let found = difference(middle)
            let isShort = found .< 0
            beyond.replace(with: beyond / 2, where: isShort .& wasShort)
            short.replace(with: short / 2, where: .!isShort .& wasBeyond)
            low.replace(with: middle, where: isShort)
            short.replace(with: found, where: isShort)
            high.replace(with: middle, where: .!isShort)
            beyond.replace(with: found, where: .!isShort)
            isOpen = isOpen .& (beyond .> short)
            (wasShort, wasBeyond) = (isShort, .!isShort)
        }
        return Lanes().replacing(with: 1, where: isShort).replacing(with: middle, where: isCut)
    }

    /// How far places are from pieces.
    private struct Distances {
        private let east: Lanes
        private let north: Lanes
        private let alongEast: Lanes
        private let alongNorth: Lanes
        private let inverseSquare: Lanes

        @inline(__always)
        init(_ pieces: Pieces) {
            (east, north) = (pieces.startEast, pieces.startNorth)
            alongEast = pieces.endEast - pieces.startEast
            alongNorth = pieces.endNorth - pieces.startNorth
            let square = alongEast * alongEast + alongNorth * alongNorth
            // Of a piece without length every share is the same point.
            inverseSquare = 1 / square.replacing(with: 1, where: square .== 0)
        }

        @inline(__always)
        func meters(to placeEast: Lanes, _ placeNorth: Lanes) -> Lanes {
            let (x, y) = (placeEast - east, placeNorth - north)
            let raw = (x * alongEast + y * alongNorth) * inverseSquare
            let share = raw.replacing(with: 0, where: raw .< 0).replacing(with: 1, where: raw .> 1)
            let (offEast, offNorth) = (x - share * alongEast, y - share * alongNorth)
            return (offEast * offEast + offNorth * offNorth).squareRoot()
        }
    }
}
