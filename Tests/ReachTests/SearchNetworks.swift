import Reach
import TestSupport

/// A random network with places and stations on it, made so that ties are
/// many: ticks of 0 to 3, edges beside each other, loops, one-way edges, and
/// here and there one that takes longer than any window of a queue.
struct SearchNetwork {
    let network: WalkingNetwork
    let places: [Foothold?]
    let stations: [Foothold?]

    init(_ random: inout SeededGenerator, stationCount: ClosedRange<Int> = 1...6) {
        let nodeCount = Int.random(in: 1...40, using: &random)
        let most: UInt32 = Bool.random(using: &random) ? 3 : 3000
        func ticks() -> UInt32 {
            switch Int.random(in: 0..<24, using: &random) {
            case 0: .random(in: 200_000...2_000_000_000, using: &random)
            case 1...3: Ticks.never
            default: .random(in: 0...most, using: &random)
            }
        }
        let edges = (0..<Int.random(in: 1...90, using: &random)).map { _ in
            let tail = Int.random(in: 0..<nodeCount, using: &random)
            let head =
                Bool.random(using: &random) ? (tail + 1) % nodeCount : Int.random(in: 0..<nodeCount, using: &random)
            return WalkingNetwork.Edge(
                tail: UInt32(tail), head: UInt32(head), forwardTicks: ticks(), backwardTicks: ticks())
        }
        let network = WalkingNetwork(nodeCount: nodeCount, edges: edges, paceMetersPerMinute: 60)
        self.network = network
        places = (0..<Int.random(in: 0...150, using: &random)).map { _ in Self.foothold(&random, network) }
        stations = (0..<Int.random(in: stationCount, using: &random)).map { _ in Self.foothold(&random, network) }
    }

    /// A foothold on any edge, often at its end or its middle; sometimes none.
    static func foothold(_ random: inout SeededGenerator, _ network: WalkingNetwork) -> Foothold? {
        guard Int.random(in: 0..<12, using: &random) > 0 else { return nil }
        let shares = [0, 1, 0.5, 0.25, Double.random(in: 0...1, using: &random)]
        return Foothold(
            edge: UInt32(Int.random(in: network.edges.indices, using: &random)),
            share: shares.randomElement(using: &random) ?? 0,
            offsetMeters: Bool.random(using: &random) ? 0 : .random(in: 0...2, using: &random))
    }

    /// A limit that sometimes leaves nothing out.
    static func limit(_ random: inout SeededGenerator) -> UInt32 {
        [Ticks.never, 0, 5, .random(in: 0...6000, using: &random)].randomElement(using: &random) ?? 0
    }
}

/// How near one station is.
struct OracleNearness: Comparable {
    var ticks: UInt64
    var label: Int

    static func < (a: Self, b: Self) -> Bool { (a.ticks, a.label) < (b.ticks, b.label) }
}

/// The plainest answer: Bellman and Ford's method for one station after the
/// other, in words too wide to overflow.
struct SearchOracle {
    let network: WalkingNetwork
    let direction: WalkingDirection
    let limitTicks: UInt32

    /// The stations of every crossing, nearest first.
    func crossings(_ stations: [Foothold?]) -> [[OracleNearness]] {
        let each = stations.map { $0.map(ticks) }
        return (0..<network.nodeCount).map { node in inReach(each.map { $0?[node] }) }
    }

    /// The stations of every place, nearest first.
    func places(_ places: [Foothold?], _ stations: [Foothold?]) -> [[OracleNearness]] {
        let each = stations.map { $0.map(ticks) }
        return places.map { place in
            guard let place else { return [] }
            return inReach(
                stations.indices.map { label in
                    guard let station = stations[label], let crossings = each[label] else { return nil }
                    return ticks(place, station, crossings)
                })
        }
    }

    private func inReach(_ ticks: [UInt64?]) -> [OracleNearness] {
        ticks.enumerated().compactMap { label, ticks in
            ticks.flatMap { $0 <= limitTicks && $0 < Ticks.never ? OracleNearness(ticks: $0, label: label) : nil }
        }.sorted()
    }

    /// The ticks between a station and every crossing.
    private func ticks(_ station: Foothold) -> [UInt64?] {
        var best = [UInt64?](repeating: nil, count: network.nodeCount)
        let edge = network.edges[Int(station.edge)]
        let ends = ends(station, isLeaving: direction == .away)
        func offer(_ node: UInt32, _ ticks: UInt64?) -> Bool {
            guard let ticks, ticks < best[Int(node)] ?? .max else { return false }
            best[Int(node)] = ticks
            return true
        }
        _ = offer(edge.tail, ends.tail)
        _ = offer(edge.head, ends.head)
        network.relax(direction) { start, end, ticks in
            best[Int(start)].map { offer(end, $0 + UInt64(ticks)) } ?? false
        }
        return best
    }

    private func ticks(_ place: Foothold, _ station: Foothold, _ crossings: [UInt64?]) -> UInt64? {
        let edge = network.edges[Int(place.edge)]
        let ends = ends(place, isLeaving: direction == .toward)
        func beyond(_ node: UInt32, _ more: UInt64?) -> UInt64? {
            guard let more, let known = crossings[Int(node)] else { return nil }
            return known + more
        }
        var ways = [beyond(edge.tail, ends.tail), beyond(edge.head, ends.head)]
        if place.edge == station.edge, min(edge.forwardTicks, edge.backwardTicks) != Ticks.never {
            let (start, end) = direction == .toward ? (place, station) : (station, place)
            let isForward = start.share <= end.share
            if let along = part(
                abs(start.share - end.share), of: isForward ? edge.forwardTicks : edge.backwardTicks)
            {
                ways.append(flat(start) + along + flat(end))
            }
        }
        return ways.compactMap { $0 }.min()
    }

    private func ends(_ foothold: Foothold, isLeaving: Bool) -> (tail: UInt64?, head: UInt64?) {
        let edge = network.edges[Int(foothold.edge)]
        let offset = flat(foothold)
        let (tail, head) =
            isLeaving ? (edge.backwardTicks, edge.forwardTicks) : (edge.forwardTicks, edge.backwardTicks)
        return (
            part(foothold.share, of: tail).map { $0 + offset }, part(1 - foothold.share, of: head).map { $0 + offset }
        )
    }

    private func flat(_ foothold: Foothold) -> UInt64 { UInt64(network.flatTicks(meters: foothold.offsetMeters)) }

    private func part(_ share: Double, of ticks: UInt32) -> UInt64? {
        share == 0 ? 0 : ticks == Ticks.never ? nil : UInt64((share * Double(ticks)).rounded())
    }
}

extension WalkingNetwork {
    /// Bellman and Ford's method: asks every way of the network, over and
    /// over, until none improves anything.
    ///
    /// - Parameters:
    ///   - direction: away from where a search begins, or toward it.
    ///   - improves: whether going on from the first crossing to the second,
    ///     with so many ticks, is better than what was known.
    func relax(_ direction: WalkingDirection, _ improves: (UInt32, UInt32, UInt32) -> Bool) {
        var goesOn = true
        while goesOn {
            goesOn = false
            for edge in edges {
                for (from, to, ticks) in [
                    (edge.tail, edge.head, edge.forwardTicks), (edge.head, edge.tail, edge.backwardTicks),
                ] where ticks != Ticks.never {
                    let (start, end) = direction == .away ? (from, to) : (to, from)
                    if improves(start, end, ticks) { goesOn = true }
                }
            }
        }
    }
}
