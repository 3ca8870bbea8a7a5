/// A place in reach of a station.
@frozen public struct PlaceInReach: Sendable, Hashable {
    /// The place's number.
    public var place: UInt32
    /// The ticks between it and the nearest station.
    public var ticks: UInt32
    /// The nearest station's number.
    public var label: UInt32

    /// Makes one.
    public init(place: UInt32, ticks: UInt32, label: UInt32) {
        self.place = place
        self.ticks = ticks
        self.label = label
    }
}

/// Bounded search from stations to all places in reach, each exact to the
/// tick.
///
/// The memory is kept from search to search. Not for two threads at once; a
/// thread makes its own.
public final class PlaceSearch {
    /// The places.
    public let places: PlacesOnNetwork
    /// The search from crossing to crossing below it.
    public let crossings: NetworkSearch
    /// The places in reach of the last search, by number.
    public private(set) var reached: [PlaceInReach] = []

    private let nearest: UnsafeMutablePointer<Nearness>
    /// The places that the search under way has met.
    private let met: MarkedPlaces

    /// Makes the memory for searches.
    ///
    /// - Parameters:
    ///   - arcs: the ways of the places' network in their direction.
    ///   - places: what is searched for.
    /// - Complexity: O(n) for n crossings and places.
    public init(_ arcs: Arcs, _ places: PlacesOnNetwork) {
        precondition(arcs.direction == places.direction, "the places are on the network in the other direction")
        precondition(arcs.nodeCount == places.network.nodeCount, "the places are on another network")
        self.places = places
        crossings = NetworkSearch(arcs)
        nearest = .allocate(capacity: places.count)
        nearest.initialize(repeating: .none, count: places.count)
        met = MarkedPlaces(count: places.count)
    }

    deinit { nearest.deallocate() }

    /// Searches, and keeps the result until the next search.
    ///
    /// A place on a station's own edge is also reached directly along it. Of
    /// stations equally near the one with the lowest number wins.
    ///
    /// - Parameters:
    ///   - stations: on edges of the network; the index is the label; `nil`
    ///     for those that meet none.
    ///   - limitTicks: the most that is of interest, itself included.
    /// - Complexity: O(arcs and places in reach + limit + places / 64).
    public func run(_ stations: [Foothold?], limitTicks: UInt32) {
        for place in reached { nearest[Int(place.place)] = .none }
        reached.removeAll(keepingCapacity: true)
        let limit = min(limitTicks, Ticks.never - 1)
        crossings.run(places.seeds(of: stations), limitTicks: limit)
        places.withRows { rows in
            for node in crossings.reachedBuffer {
                rows.offer(crossings.nodes[Int(node)].nearest, at: Int(node), limitTicks: limit) { meet($0, $1) }
            }
        }
        for (label, station) in stations.enumerated() {
            guard let station else { continue }
            places.offerDirectly(station, label: UInt32(label), limitTicks: limit) { meet($0, $1) }
        }
        collect()
    }

    /// The ticks of a place; `nil` where it is out of reach.
    public func ticks(of place: Int) -> UInt32? {
        precondition(place >= 0 && place < places.count, "no place has this number")
        return nearest[place] == .none ? nil : nearest[place].ticks
    }

    /// The nearest station of a place; `nil` where it is out of reach.
    public func label(of place: Int) -> UInt32? {
        precondition(place >= 0 && place < places.count, "no place has this number")
        return nearest[place] == .none ? nil : nearest[place].label
    }

    @inline(__always)
    private func meet(_ place: UInt32, _ nearness: Nearness) {
        let known = nearest[Int(place)]
        guard nearness < known else { return }
        if known == .none { met.insert(place) }
        nearest[Int(place)] = nearness
    }

    /// Reads off in order what was met.
    private func collect() {
        var list = reached
        reached = []
        met.removeAll { place in
            let known = nearest[Int(place)]
            list.append(PlaceInReach(place: place, ticks: known.ticks, label: known.label))
        }
        reached = list
    }
}
