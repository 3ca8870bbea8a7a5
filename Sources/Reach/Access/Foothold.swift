/// Where a place meets the network: a point of an edge, and how far it is.
public struct Foothold: Sendable, Hashable {
    /// The edge.
    public let edge: UInt32
    /// Which share of the edge's length lies between its tail and the point,
    /// 0 to 1, in single precision: a kept foothold is the found one.
    public let share: Double
    /// How far the place is from the point, in metres; within a centimetre for
    /// corners up to a kilometre apart.
    public let offsetMeters: Double

    /// Makes a foothold; a share out of range is the nearest one in range.
    public init(edge: UInt32, share: Double, offsetMeters: Double) {
        self.edge = edge
        self.share = share > 0 ? Double(Float(min(share, 1))) : 0
        self.offsetMeters = offsetMeters
    }
}

/// How long it takes from a foothold to the ends of its edge, or back.
@frozen public struct EndTicks: Sendable, Hashable {
    /// Between the place and the edge's tail; `Ticks.never` where nobody may
    /// walk so.
    public var tail: UInt32
    /// Between the place and the edge's head.
    public var head: UInt32

    /// Makes one.
    public init(tail: UInt32, head: UInt32) {
        self.tail = tail
        self.head = head
    }
}

extension WalkingNetwork {
    /// What a walker takes who starts at a place.
    ///
    /// A point at the very end of an edge is on the crossing, whichever way
    /// the edge may be walked.
    ///
    /// - Parameter foothold: on an edge of this network.
    /// - Returns: the ticks to both ends of its edge.
    public func leaving(_ foothold: Foothold) -> EndTicks {
        footing(.toward).ticks(foothold, on: edges[Int(foothold.edge)])
    }

    /// What a walker takes who ends at a place.
    ///
    /// - Parameter foothold: on an edge of this network.
    /// - Returns: the ticks from both ends of its edge.
    public func arriving(_ foothold: Foothold) -> EndTicks {
        footing(.away).ticks(foothold, on: edges[Int(foothold.edge)])
    }

    /// The ticks from place to place along one and the same edge.
    ///
    /// - Returns: `Ticks.never` for places on two edges, where the edge may
    ///   not be walked so, and on an edge that nobody walks either way.
    public func direct(from start: Foothold, to end: Foothold) -> UInt32 {
        guard start.edge == end.edge else { return Ticks.never }
        let edge = edges[Int(start.edge)]
        guard edge.forwardTicks != Ticks.never || edge.backwardTicks != Ticks.never else { return Ticks.never }
        let along =
            start.share <= end.share
            ? Ticks.part(end.share - start.share, of: edge.forwardTicks)
            : Ticks.part(start.share - end.share, of: edge.backwardTicks)
        let offsets = Ticks.sum(flatTicks(meters: start.offsetMeters), flatTicks(meters: end.offsetMeters))
        return Ticks.sum(offsets, along)
    }

    /// The ticks between places and the ends of their edges as a search along
    /// the ways of a direction meets them: from the place when people walk
    /// toward the stations, to the place when they walk away from them.
    func footing(_ direction: WalkingDirection) -> Footing {
        Footing(paceMetersPerMinute: paceMetersPerMinute, isLeaving: direction == .toward)
    }

    /// The same for a station, where the search begins.
    func stationTicks(_ foothold: Foothold, _ direction: WalkingDirection) -> EndTicks {
        direction == .toward ? arriving(foothold) : leaving(foothold)
    }

    /// The ticks between a place and a station along one and the same edge.
    func direct(place: Foothold, station: Foothold, _ direction: WalkingDirection) -> UInt32 {
        direction == .toward ? direct(from: place, to: station) : direct(from: station, to: place)
    }
}

/// Works out the ticks between places and the ends of their edges.
struct Footing {
    fileprivate let paceMetersPerMinute: Double
    fileprivate let isLeaving: Bool

    /// The ticks of one place.
    @inline(__always)
    func ticks(_ foothold: Foothold, on edge: WalkingNetwork.Edge) -> EndTicks {
        let offset = Ticks.flat(meters: foothold.offsetMeters, paceMetersPerMinute)
        let (tail, head) =
            isLeaving ? (edge.backwardTicks, edge.forwardTicks) : (edge.forwardTicks, edge.backwardTicks)
        return EndTicks(
            tail: Ticks.sum(offset, Ticks.part(foothold.share, of: tail)),
            head: Ticks.sum(offset, Ticks.part(1 - foothold.share, of: head)))
    }
}

extension Ticks {
    /// The ticks of a level walk, as `WalkingNetwork.flatTicks` has them.
    @inline(__always)
    fileprivate static func flat(meters: Double, _ paceMetersPerMinute: Double) -> UInt32 {
        let ticks = meters * 60 / paceMetersPerMinute * perSecond
        return ticks >= 0 && ticks < Double(never / 4) ? UInt32(ticks + 0.5) : never
    }

    /// The sum of two times; `never` where one is, or where it is beyond what
    /// ticks can say.
    @inline(__always)
    static func sum(_ a: UInt32, _ b: UInt32) -> UInt32 {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? never : sum
    }

    /// The ticks of a share of an edge, to the nearest: no part of it takes
    /// none, even where it may not be walked.
    @inline(__always)
    static func part(_ share: Double, of ticks: UInt32) -> UInt32 {
        guard share > 0 else { return 0 }
        guard ticks != never else { return never }
        // Cut off after adding a half: a call to round would cost more than the rest.
        return UInt32(share * Double(ticks) + 0.5)
    }
}
