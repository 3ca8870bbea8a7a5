/// Places and what it takes from each to the ends of its edge, as rows of
/// crossings: what a search asks for at every crossing that it reaches.
public struct PlacesOnNetwork: Sendable {
    /// The network.
    public let network: WalkingNetwork
    /// The direction in which people walk.
    public let direction: WalkingDirection
    /// Where each place meets the network; `nil` where it does not.
    public let footholds: [Foothold?]

    /// Where each crossing's entries begin, and where the last one's end.
    let starts: [UInt32]
    /// The entries, crossing by crossing, nearest first.
    let entries: [Entry]

    /// A place at one end of its edge.
    struct Entry: Comparable {
        private let word: UInt64

        init(ticks: UInt32, place: UInt32) { word = UInt64(ticks) << 32 | UInt64(place) }

        /// Between the place and the crossing, in the direction of walking.
        var ticks: UInt32 { UInt32(truncatingIfNeeded: word >> 32) }
        var place: UInt32 { UInt32(truncatingIfNeeded: word) }

        static func < (a: Entry, b: Entry) -> Bool { a.word < b.word }
    }

    /// Puts places on a network.
    ///
    /// - Parameters:
    ///   - footholds: on edges of the network; the index is the place's number.
    ///   - network: the network.
    ///   - direction: toward stations or away from them.
    /// - Complexity: O(n + m) for n places and m crossings, where no crossing
    ///   has many places.
    public init(_ footholds: [Foothold?], on network: WalkingNetwork, _ direction: WalkingDirection) {
        precondition(footholds.count < UInt32.max / 2, "too many places")
        self.network = network
        self.direction = direction
        self.footholds = footholds
        var ends = [UInt32](repeating: 0, count: network.nodeCount + 1)
        var ticks = [EndTicks](repeating: EndTicks(tail: Ticks.never, head: Ticks.never), count: footholds.count)
        let footing = network.footing(direction)
        for (place, foothold) in footholds.enumerated() {
            guard let foothold else { continue }
            let edge = network.edges[Int(foothold.edge)]
            ticks[place] = footing.ticks(foothold, on: edge)
            if ticks[place].tail != Ticks.never { ends[Int(edge.tail) + 1] += 1 }
            if ticks[place].head != Ticks.never { ends[Int(edge.head) + 1] += 1 }
        }
        for node in 0..<network.nodeCount { ends[node + 1] += ends[node] }
        starts = ends
        let total = Int(ends[network.nodeCount])
        var rows = [Entry](unsafeUninitializedCapacity: total) { entries, count in
            func put(_ node: UInt32, _ ticks: UInt32, _ place: Int) {
                guard ticks != Ticks.never else { return }
                entries.initializeElement(at: Int(ends[Int(node)]), to: Entry(ticks: ticks, place: UInt32(place)))
                ends[Int(node)] += 1
            }
            for (place, foothold) in footholds.enumerated() {
                guard let foothold else { continue }
                let edge = network.edges[Int(foothold.edge)]
                put(edge.tail, ticks[place].tail, place)
                put(edge.head, ticks[place].head, place)
            }
            count = total
        }
        for node in 0..<network.nodeCount where starts[node + 1] - starts[node] > 1 {
            rows[Int(starts[node])..<Int(starts[node + 1])].sort()
        }
        entries = rows
    }

    /// How many places there are, those that meet no edge included.
    public var count: Int { footholds.count }

    /// Where searches from stations begin, the index being the label.
    func seeds(of stations: [Foothold?]) -> [SearchSeed] {
        network.seeds(of: stations, direction)
    }
}

extension WalkingNetwork {
    /// Where searches from stations begin: at both ends of each one's edge.
    ///
    /// - Parameters:
    ///   - stations: on edges of this network; the index is the label; `nil`
    ///     for those that meet none.
    ///   - direction: toward the stations or away from them.
    /// - Returns: two for every station; ticks may be `Ticks.never`.
    public func seeds(of stations: [Foothold?], _ direction: WalkingDirection) -> [SearchSeed] {
        var seeds: [SearchSeed] = []
        seeds.reserveCapacity(2 * stations.count)
        for (label, station) in stations.enumerated() {
            guard let station else { continue }
            seeds.append(contentsOf: self.seeds(of: station, label: UInt32(label), direction))
        }
        return seeds
    }

    /// Where a search from one station begins.
    func seeds(of station: Foothold, label: UInt32, _ direction: WalkingDirection) -> [SearchSeed] {
        let edge = edges[Int(station.edge)]
        let ticks = stationTicks(station, direction)
        return [
            SearchSeed(node: edge.tail, ticks: ticks.tail, label: label),
            SearchSeed(node: edge.head, ticks: ticks.head, label: label),
        ]
    }
}
