extension WalkingModel {
    /// Metres from floor to floor.
    public static let storeyMeters = 3.3
    /// The least storeys of a building with a lift: residential buildings of
    /// seven and more need one (GB 50096-2011, 6.4.1).
    public static let leastStoreysWithLift = 7
    /// Run of indoor stairs per metre of rise: steps of 280 by 165 mm.
    private static let stairsRunPerRise = 0.28 / 0.165
    /// Storeys beyond this are taken for a slip of the pen.
    private static let mostStoreys = 200

    /// The mean time between the floors of a building and its entrance, every
    /// floor counting the same: by stairs, or by lift where there is one and
    /// it is faster.
    ///
    /// - Parameters:
    ///   - storeys: floors above ground; 0 where nobody knows.
    ///   - direction: toward a station people walk down, away from it up.
    /// - Returns: seconds; 0 for one storey.
    /// - Complexity: O(storeys), at most 200.
    public func verticalSeconds(storeys: Int, _ direction: WalkingDirection) -> Double {
        let count = min(max(1, storeys), Self.mostStoreys)
        var sum = 0.0
        for floor in 0..<count {
            let riseMeters = Double(floor) * Self.storeyMeters
            let stairs = stairsMeters(runMeters: riseMeters * Self.stairsRunPerRise, isUp: direction == .away)
            let walked = stairs * 60 / paceMetersPerMinute
            let hasLift = count >= Self.leastStoreysWithLift && floor > 0
            sum += hasLift ? min(walked, liftSeconds(riseMeters: riseMeters)) : walked
        }
        return sum / Double(count)
    }
}
