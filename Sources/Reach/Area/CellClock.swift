/// What the cells of an edge cost, from what its crossings do.
struct CellClock {
    /// The place: a point of an edge, and the ticks from it to the place.
    struct Origin {
        let edge: UInt32
        let share: Float
        let ticks: Float
    }

    /// The most that is in the area.
    let limit: Float
    private let limitTicks: UInt32
    private let isToward: Bool
    private let origin: Origin
    private let ticksPerMillimeter: Float
    private let edges: UnsafeBufferPointer<WalkingNetwork.Edge>
    private let nodes: UnsafePointer<SearchNode>

    /// A street is no line: so far off its middle one still stands on it.
    static let streetMillimeters: Float = 5000

    /// Makes a clock, good for as long as the edges and the search are.
    init(
        limitTicks: UInt32, isToward: Bool, origin: Origin, ticksPerMeter: Double,
        edges: UnsafeBufferPointer<WalkingNetwork.Edge>, search: NetworkSearch
    ) {
        self.limitTicks = limitTicks
        limit = Float(limitTicks)
        self.isToward = isToward
        self.origin = origin
        ticksPerMillimeter = Float(ticksPerMeter / 1000)
        self.edges = edges
        nodes = UnsafePointer(search.nodes)
    }

    /// The ticks of an edge's cells; `nil` where none of its ends is in reach.
    @inline(__always)
    func times(of number: UInt32) -> EdgeTimes? {
        let edge = edges[Int(number)]
        let tail = ticks(of: edge.tail)
        let head = ticks(of: edge.head)
        let isOrigin = number == origin.edge
        guard tail.isFinite || head.isFinite || isOrigin else { return nil }
        let forward = Self.perShare(edge.forwardTicks)
        let backward = Self.perShare(edge.backwardTicks)
        let (toTail, toHead) = isToward ? (backward, forward) : (forward, backward)
        return EdgeTimes(
            tail: tail, toTail: toTail, head: head, toHead: toHead, origin: isOrigin ? origin : nil,
            ticksPerMillimeter: ticksPerMillimeter)
    }

    @inline(__always)
    private func ticks(of node: UInt32) -> Float {
        let ticks = nodes[Int(node)].nearest.ticks
        return ticks <= limitTicks ? Float(ticks) : .infinity
    }

    /// Ticks a 65,535th of an edge; without end, but 0 for none of it, where
    /// there is no way.
    @inline(__always)
    private static func perShare(_ ticks: UInt32) -> Float {
        ticks == Ticks.never ? 1e12 : Float(ticks) * (1 / 65_535)
    }
}

/// What the cells of one edge cost.
struct EdgeTimes {
    let tail: Float
    let toTail: Float
    let head: Float
    let toHead: Float
    let originShare: Float
    let originTicks: Float
    let ticksPerMillimeter: Float

    @inline(__always)
    init(
        tail: Float, toTail: Float, head: Float, toHead: Float, origin: CellClock.Origin?, ticksPerMillimeter: Float
    ) {
        self.tail = tail
        self.toTail = toTail
        self.head = head
        self.toHead = toHead
        originShare = (origin?.share ?? 0) * 65_535
        originTicks = origin?.ticks ?? .infinity
        self.ticksPerMillimeter = ticksPerMillimeter
    }

    /// The least of the ways over both ends and, on the place's own edge, along it.
    ///
    /// - Parameters:
    ///   - share: of 65,535, from the tail.
    ///   - offset: from the street, in millimetres.
    /// - Returns: the ticks between a cell and the place.
    @inline(__always)
    func ticks(share: Float, offset: Float) -> Float {
        let byTail = tail + share * toTail
        let byHead = head + (65_535 - share) * toHead
        let ahead = originShare - share
        // Short of the place's point the walk is that toward the head.
        let direct = originTicks + (ahead > 0 ? ahead * toHead : -ahead * toTail)
        let along = min(byTail, byHead)
        let off = offset - CellClock.streetMillimeters
        return (direct < along ? direct : along) + (off > 0 ? off : 0) * ticksPerMillimeter
    }

    /// Which of eight cells are in reach, a bit for each.
    ///
    /// - Parameters:
    ///   - feet: their points, the share in the lower half, the offset in the upper.
    ///   - limit: the most that is in reach, in ticks.
    /// - Returns: the same as `ticks` says of each.
    @inline(__always)
    func reached(_ feet: SIMD8<UInt32>, limit: Float) -> UInt64 {
        let share = Self.numbers(feet & 0xFFFF)
        let byTail = tail + share * toTail
        let byHead = head + (65_535 - share) * toHead
        var least = byTail.replacing(with: byHead, where: byHead .< byTail)
        if originTicks < .infinity {
            let ahead = originShare - share
            let direct = originTicks + (-ahead * toTail).replacing(with: ahead * toHead, where: ahead .> 0)
            least.replace(with: direct, where: direct .< least)
        }
        let off = Self.numbers(feet &>> 16) - CellClock.streetMillimeters
        let ticks = least + off.replacing(with: 0, where: off .< 0) * ticksPerMillimeter
        let bits = SIMD8<UInt32>().replacing(with: SIMD8(1, 2, 4, 8, 16, 32, 64, 128), where: ticks .<= limit)
        return UInt64(bits.wrappedSum())
    }

    /// Whole numbers below 2^16 as floating point ones, which are 2^23 more with
    /// them in their last bits.
    @inline(__always)
    private static func numbers(_ whole: SIMD8<UInt32>) -> SIMD8<Float> {
        unsafeBitCast(whole | Float(8_388_608).bitPattern, to: SIMD8<Float>.self) - 8_388_608
    }

    /// What no point of the edge takes more than, whatever its share.
    ///
    /// Over one end it takes the more the farther the point is from it, over
    /// the other the less: where both take as much it takes the most.
    ///
    /// - Parameter offset: how far a cell is from the edge at most, in
    ///   millimetres.
    /// - Returns: ticks; no number where there is no way over one of the ends
    ///   or the edge takes no time.
    @inline(__always)
    func most(offset: Float) -> Float {
        let (whole, back) = (toTail * 65_535, toHead * 65_535)
        let along = (back * tail + whole * head + whole * back) / (whole + back)
        let off = offset - CellClock.streetMillimeters
        return along + (off > 0 ? off : 0) * ticksPerMillimeter
    }
}
