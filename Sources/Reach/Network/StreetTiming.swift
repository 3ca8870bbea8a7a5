import Spatial

/// What the stretches of one street cost, both ways.
struct StreetTiming {
    private let street: Street
    private let model: WalkingModel
    /// Metres from the start to every corner.
    private let meters: [Double]
    /// The height of every corner; `nil` where not all are known.
    private let heights: [Double]?

    init(_ street: Street, model: WalkingModel, elevation: (LonLat) -> Double?) {
        self.street = street
        self.model = model
        var meters = [0.0]
        for index in 1..<street.positions.count {
            meters.append(
                meters[index - 1] + Geodesic.distanceMeters(street.positions[index - 1], street.positions[index]))
        }
        self.meters = meters
        heights = Self.heights(street, meters, elevation)
    }

    private static func heights(
        _ street: Street, _ meters: [Double], _ elevation: (LonLat) -> Double?
    ) -> [Double]? {
        func height(_ index: Int) -> Double? {
            let own = street.heightsMeters.isEmpty ? elevation(street.positions[index]) : street.heightsMeters[index]
            return own.flatMap { $0.isFinite ? $0 : nil }
        }
        let last = meters.count - 1
        guard street.isStraight else {
            let all = meters.indices.compactMap(height)
            return all.count == meters.count ? all : nil
        }
        guard let start = height(0), let end = height(last) else { return nil }
        guard meters[last] > 0 else { return meters.map { _ in start } }
        return meters.map { start + (end - start) * $0 / meters[last] }
    }

    /// What one stretch from corner to corner takes, before anybody's pace.
    struct Effort {
        let meters: Double
        /// The level walk that takes as long; `StreetGraph.Edge.never` for no way.
        let forwardMillimeters: UInt32
        let backwardMillimeters: UInt32
        let rideTicks: UInt32
    }

    /// The stretch between two corners.
    func effort(_ range: ClosedRange<Int>) -> Effort {
        let run = meters[range.upperBound] - meters[range.lowerBound]
        var ways = (forward: 0.0, backward: 0.0)
        var rideTicks: UInt32 = 0
        switch street.kind {
        case .path: ways = slope(range)
        case .lift:
            rideTicks = Ticks.of(
                seconds: model.liftSeconds(
                    riseMeters: heights.map { $0[range.upperBound] - $0[range.lowerBound] } ?? 0))
        case .stairs, .stairsUp, .stairsDown:
            let isUp = leadsUp(range)
            ways = (
                model.stairsMeters(runMeters: run, isUp: isUp),
                model.stairsMeters(runMeters: run, isUp: isUp.map { !$0 })
            )
        }
        return Effort(
            meters: run, forwardMillimeters: street.isForward ? Self.millimeters(ways.forward) : StreetGraph.Edge.never,
            backwardMillimeters: street.isBackward ? Self.millimeters(ways.backward) : StreetGraph.Edge.never,
            rideTicks: rideTicks)
    }

    private static func millimeters(_ meters: Double) -> UInt32 {
        UInt32(exactly: (meters * 1000).rounded()) ?? StreetGraph.Edge.never
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

    private func leadsUp(_ range: ClosedRange<Int>) -> Bool? {
        switch street.kind {
        case .stairsUp: return true
        case .stairsDown: return false
        default:
            guard let heights, heights[range.upperBound] != heights[range.lowerBound] else { return nil }
            return heights[range.upperBound] > heights[range.lowerBound]
        }
    }
}
