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

    /// One stretch from corner to corner.
    struct Part {
        let meters: Double
        let forwardTicks: UInt32
        let backwardTicks: UInt32
    }

    /// The stretch between two corners.
    func part(_ range: ClosedRange<Int>) -> Part {
        let (forward, backward) = seconds(range)
        return Part(
            meters: meters[range.upperBound] - meters[range.lowerBound],
            forwardTicks: street.isForward ? Ticks.of(seconds: forward) : Ticks.never,
            backwardTicks: street.isBackward ? Ticks.of(seconds: backward) : Ticks.never)
    }

    private func seconds(_ range: ClosedRange<Int>) -> (forward: Double, backward: Double) {
        let run = meters[range.upperBound] - meters[range.lowerBound]
        switch street.kind {
        case .path: return slopeSeconds(range)
        case .lift:
            let rise = heights.map { $0[range.upperBound] - $0[range.lowerBound] } ?? 0
            return (model.liftSeconds(riseMeters: rise), model.liftSeconds(riseMeters: rise))
        case .stairs, .stairsUp, .stairsDown:
            let isUp = leadsUp(range)
            return (
                model.stairsSeconds(runMeters: run, isUp: isUp),
                model.stairsSeconds(runMeters: run, isUp: isUp.map { !$0 })
            )
        }
    }

    private func slopeSeconds(_ range: ClosedRange<Int>) -> (forward: Double, backward: Double) {
        guard let heights else {
            let flat = model.flatSeconds(meters: meters[range.upperBound] - meters[range.lowerBound])
            return (flat, flat)
        }
        var (forward, backward) = (0.0, 0.0)
        for index in range.dropLast() {
            let run = meters[index + 1] - meters[index]
            let rise = heights[index + 1] - heights[index]
            forward += model.slopeSeconds(runMeters: run, riseMeters: rise)
            backward += model.slopeSeconds(runMeters: run, riseMeters: -rise)
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
