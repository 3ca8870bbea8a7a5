#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// How long walking takes: every figure of the time model, with its source.
///
/// All figures may be changed; docs/walking.md says how to calibrate them.
public struct WalkingModel: Sendable, Hashable {
    /// Flat pace in metres a minute.
    ///
    /// 60 is what GB 50180-2018 means by a 15-minute circle of 800 to 1,000 m.
    public var paceMetersPerMinute: Double

    /// Pace up stairs as a share of the flat pace, along the horizontal run
    /// (IES VE's egress model; Kretz and others 2008 measured 0.4 to 0.5 m/s
    /// on long outdoor stairs).
    public var stairsUpFactor = 0.35
    /// Pace down stairs as a share of the flat pace, along the horizontal run.
    public var stairsDownFactor = 0.5

    /// Waiting for a lift, in seconds.
    public var liftWaitSeconds = 35.0
    /// Opening and closing of a lift's doors, in seconds.
    public var liftDoorSeconds = 10.0
    /// A lift's speed in metres a second.
    public var liftMetersPerSecond = 2.5

    /// Makes a model with a flat pace in metres a minute.
    public init(paceMetersPerMinute: Double) { self.paceMetersPerMinute = paceMetersPerMinute }

    /// All figures but the pace, which a graph does not know: two models with
    /// the same give the same graph.
    package var figures: String {
        [
            stairsUpFactor, stairsDownFactor, liftWaitSeconds, liftDoorSeconds, liftMetersPerSecond,
            Self.storeyMeters, Self.slopeFactor(0.1), Self.slopeFactor(-0.1),
        ].map { "\($0)" }.joined(separator: " ")
    }

    /// 60 m/min, after GB 50180-2018.
    public static let standard = WalkingModel(paceMetersPerMinute: 60)
    /// 80 m/min.
    public static let adult = WalkingModel(paceMetersPerMinute: 80)
    /// 48 m/min, which is 0.8 m/s.
    public static let elderly = WalkingModel(paceMetersPerMinute: 48)

    /// Pace on a slope as a share of the flat pace: Tobler's hiking function
    /// (1993) relative to level ground, 1 at 0, greatest at -0.05.
    ///
    /// - Parameter slope: rise over run in the direction of walking.
    /// - Returns: above 0; at most 1.1912.
    public static func slopeFactor(_ slope: Double) -> Double { exp(0.175 - 3.5 * abs(slope + 0.05)) }

    /// Seconds along level ground.
    public func flatSeconds(meters: Double) -> Double { meters * 60 / paceMetersPerMinute }

    /// The level walk that takes as long as a slope.
    ///
    /// - Parameters:
    ///   - runMeters: the horizontal length.
    ///   - riseMeters: how much higher the end is.
    /// - Returns: metres; 0 for no run.
    public static func slopeMeters(runMeters: Double, riseMeters: Double) -> Double {
        guard runMeters > 0 else { return 0 }
        // Beyond a wall's slope the exponential has no meaning, and no end.
        let slope = min(max(riseMeters / runMeters, -2), 2)
        return slope == 0 ? runMeters : runMeters / slopeFactor(slope)
    }

    /// The level walk that takes as long as stairs, without the slope on top.
    ///
    /// - Parameters:
    ///   - runMeters: the horizontal length.
    ///   - isUp: whether they lead up; where nobody knows, the mean of both.
    /// - Returns: metres.
    public func stairsMeters(runMeters: Double, isUp: Bool?) -> Double {
        let up = runMeters / stairsUpFactor
        let down = runMeters / stairsDownFactor
        return isUp.map { $0 ? up : down } ?? (up + down) / 2
    }

    /// Seconds of a ride in a lift, waiting and doors included.
    public func liftSeconds(riseMeters: Double) -> Double {
        liftWaitSeconds + liftDoorSeconds + abs(riseMeters) / liftMetersPerSecond
    }
}

/// Time as a whole number of ticks: sums do not depend on their order, so the
/// answer is the same to the bit for any number of threads.
public enum Ticks {
    /// Ticks in a second.
    public static let perSecond = 16.0

    /// No way.
    public static let never = UInt32.max

    /// Seconds as ticks, to the nearest; `never` beyond what ticks can say.
    public static func of(seconds: Double) -> UInt32 {
        let ticks = (seconds * perSecond).rounded()
        return ticks >= 0 && ticks < Double(never / 4) ? UInt32(ticks) : never
    }

    /// Ticks as seconds.
    public static func seconds(_ ticks: UInt32) -> Double { Double(ticks) / perSecond }
}
