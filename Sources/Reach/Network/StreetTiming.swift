import Spatial

/// What the stretches of one street cost, both ways.
struct StreetTiming {
    private let row: StreetTable.Row
    private let model: WalkingModel
    /// Metres from the start to every corner.
    private let meters: [Double]
    /// The height of every corner in metres; `nil` where none is known.
    private let heights: [Double]?

    /// - Parameters:
    ///   - row: the street.
    ///   - model: how long walking takes.
    ///   - positions: of the street's corners.
    ///   - heights: of the corners; NaN where they are not known.
    init(_ row: StreetTable.Row, model: WalkingModel, positions: [LonLat], heights: [Double]) {
        self.row = row
        self.model = model
        var meters: [Double] = [0]
        meters.reserveCapacity(positions.count)
        for index in 1..<positions.count {
            meters.append(meters[index - 1] + Geodesic.distanceMeters(positions[index - 1], positions[index]))
        }
        self.meters = meters
        self.heights = HeightProfile.complete(heights, meters: meters)
    }

    /// What one stretch from corner to corner takes, before anybody's pace.
    struct Effort {
        let millimeters: UInt32
        /// The level walk that takes as long; `StreetCosts.Edge.never` for no way.
        let forwardMillimeters: UInt32
        let backwardMillimeters: UInt32
        let rideTicks: UInt32
    }

    /// The stretch between two corners.
    func effort(_ range: ClosedRange<Int>) -> Effort {
        let run = meters[range.upperBound] - meters[range.lowerBound]
        var ways = (forward: 0.0, backward: 0.0)
        var rideTicks: UInt32 = 0
        switch row.kind {
        case .path: ways = slope(range)
        case .lift: rideTicks = Ticks.of(seconds: model.liftSeconds(riseMeters: rise(range) ?? 0))
        case .stairs, .stairsUp, .stairsDown:
            let isUp = leadsUp
            ways = (
                model.stairsMeters(runMeters: run, isUp: isUp),
                model.stairsMeters(runMeters: run, isUp: isUp.map { !$0 })
            )
        }
        return Effort(
            millimeters: Self.millimeters(run),
            forwardMillimeters: row.isForward ? Self.millimeters(ways.forward) : StreetCosts.Edge.never,
            backwardMillimeters: row.isBackward ? Self.millimeters(ways.backward) : StreetCosts.Edge.never,
            rideTicks: rideTicks)
    }

    private static func millimeters(_ meters: Double) -> UInt32 {
        UInt32(exactly: (meters * 1000).rounded()) ?? StreetCosts.Edge.never
    }

    private func rise(_ range: ClosedRange<Int>) -> Double? {
        heights.map { $0[range.upperBound] - $0[range.lowerBound] }
    }

    private func slope(_ range: ClosedRange<Int>) -> (forward: Double, backward: Double) {
        guard let heights else {
            let run = meters[range.upperBound] - meters[range.lowerBound]
            return (run, run)
        }
        var (forward, backward) = (0.0, 0.0)
        for index in range.dropLast() {
            let run = meters[index + 1] - meters[index]
            let rise = heights[index + 1] - heights[index]
            forward += WalkingModel.slopeMeters(runMeters: run, riseMeters: rise)
            backward += WalkingModel.slopeMeters(runMeters: run, riseMeters: -rise)
        }
        return (forward, backward)
    }

    /// Whether stairs lead up, as they say themselves, else as the heights of
    /// their ends have it, or the levels of the ways there where the heights
    /// differ by little; `nil` where nothing tells.
    private var leadsUp: Bool? {
        switch row.kind {
        case .stairsUp: return true
        case .stairsDown: return false
        default:
            let rise = heights.map { $0[$0.count - 1] - $0[0] } ?? 0
            if abs(rise) < Self.clearRiseMeters, let leadsUp = row.leadsUp { return leadsUp }
            return rise == 0 ? nil : rise > 0
        }
    }

    /// Heights of the ground are not so exact that less would tell.
    private static let clearRiseMeters = 2.0
}
