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

    /// The ends of each place's edge, in the order of the places.
    let ends: [Ends]

    /// The two ends of the edge that a place is on.
    struct Ends {
        var tail = UInt32.max
        var head = UInt32.max
        var ticks = EndTicks(tail: Ticks.never, head: Ticks.never)

        /// Whether it is on any.
        @inline(__always)
        var isOnNetwork: Bool { tail != .max }
    }

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
        let ends = Self.ends(footholds, network, direction)
        self.ends = ends
        var counts = [UInt32](repeating: 0, count: network.nodeCount + 1)
        counts.withUnsafeMutableBufferPointer { counts in
            for place in ends {
                if place.ticks.tail != Ticks.never { counts[Int(place.tail) + 1] += 1 }
                if place.ticks.head != Ticks.never { counts[Int(place.head) + 1] += 1 }
            }
            for node in 0..<network.nodeCount { counts[node + 1] += counts[node] }
        }
        starts = counts
        let total = Int(counts[network.nodeCount])
        entries = [Entry](unsafeUninitializedCapacity: total) { entries, count in
            counts.withUnsafeMutableBufferPointer { next in
                func put(_ node: UInt32, _ ticks: UInt32, _ place: Int) {
                    guard ticks != Ticks.never else { return }
                    entries.initializeElement(
                        at: Int(next[Int(node)]), to: Entry(ticks: ticks, place: UInt32(truncatingIfNeeded: place)))
                    next[Int(node)] += 1
                }
                for (place, ends) in ends.enumerated() {
                    put(ends.tail, ends.ticks.tail, place)
                    put(ends.head, ends.ticks.head, place)
                }
                // Now every row ends where the next one began.
                var first = 0
                for node in 0..<network.nodeCount {
                    Self.sort(UnsafeMutableBufferPointer(rebasing: entries[first..<Int(next[node])]))
                    first = Int(next[node])
                }
            }
            count = total
        }
    }

    private static func ends(
        _ footholds: [Foothold?], _ network: WalkingNetwork, _ direction: WalkingDirection
    ) -> [Ends] {
        let footing = network.footing(direction)
        return network.edges.withUnsafeBufferPointer { edges in
            footholds.map { foothold in
                guard let foothold else { return Ends() }
                let edge = edges[Int(foothold.edge)]
                return Ends(tail: edge.tail, head: edge.head, ticks: footing.ticks(foothold, on: edge))
            }
        }
    }

    /// Sorts a row; most are short.
    private static func sort(_ row: UnsafeMutableBufferPointer<Entry>) {
        guard row.count <= 16 else {
            var row = row
            row.sort()
            return
        }
        for index in row.indices.dropFirst() {
            let entry = row[index]
            var hole = index
            while hole > 0, entry < row[hole - 1] {
                row[hole] = row[hole - 1]
                hole -= 1
            }
            row[hole] = entry
        }
    }

    /// How many places there are, those that meet no edge included.
    public var count: Int { footholds.count }

    /// The rows without their arrays' checks, for loops over many crossings.
    struct Rows {
        fileprivate let starts: UnsafeBufferPointer<UInt32>
        fileprivate let entries: UnsafeBufferPointer<Entry>

        /// Offers the nearest station of a crossing to the places at it.
        @inline(__always)
        func offer(
            _ nearness: Nearness, at node: Int, limitTicks: UInt32,
            _ body: (_ place: UInt32, _ offer: Nearness) -> Void
        ) {
            guard nearness.ticks <= limitTicks else { return }
            let left = limitTicks - nearness.ticks
            for index in Int(starts[node])..<Int(starts[node + 1]) {
                let entry = entries[index]
                guard entry.ticks <= left else { break }
                body(entry.place, nearness.farther(by: entry.ticks))
            }
        }
    }

    /// Gives the rows to a closure.
    @inline(__always)
    func withRows(_ body: (Rows) -> Void) {
        starts.withUnsafeBufferPointer { starts in
            entries.withUnsafeBufferPointer { body(Rows(starts: starts, entries: $0)) }
        }
    }

    /// Offers a station to the places on its own edge, directly along it:
    /// every one of them is at one of the edge's ends.
    @inline(__always)
    func offerDirectly(
        _ station: Foothold, label: UInt32, limitTicks: UInt32, _ body: (_ place: UInt32, _ offer: Nearness) -> Void
    ) {
        let edge = network.edges[Int(station.edge)]
        for node in edge.tail == edge.head ? [edge.tail] : [edge.tail, edge.head] {
            for index in Int(starts[Int(node)])..<Int(starts[Int(node) + 1]) {
                let place = entries[index].place
                guard let foothold = footholds[Int(place)], foothold.edge == station.edge else { continue }
                let ticks = network.direct(place: foothold, station: station, direction)
                if ticks <= limitTicks { body(place, Nearness(ticks: ticks, label: label)) }
            }
        }
    }

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
