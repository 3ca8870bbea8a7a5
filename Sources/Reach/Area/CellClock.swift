/// What the cells of an edge cost, from what its crossings do.
struct CellClock: ~Copyable {
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
    private let search: NetworkSearch

    /// A street is no line: so far off its middle one still stands on it.
    static let streetMillimeters: Float = 5000

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
        self.search = search
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
        guard let ticks = search.ticks(of: Int(node)), ticks <= limitTicks else { return .infinity }
        return Float(ticks)
    }

    /// Ticks a 65,535th of an edge; without end, but 0 for none of it, where
    /// there is no way.
    @inline(__always)
    private static func perShare(_ ticks: UInt32) -> Float {
        ticks == Ticks.never ? 1e12 : Float(ticks) / 65_535
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
}
