/// The nearest station of every place of a city.
public struct NearestStations: Sendable {
    /// The ticks between every place and its nearest station; `Ticks.never`
    /// where none is in reach.
    public private(set) var ticks: [UInt32]
    /// The nearest station's number; `UInt32.max` where none is in reach.
    public private(set) var labels: [UInt32]

    /// Makes an answer.
    public init(ticks: [UInt32], labels: [UInt32]) {
        self.ticks = ticks
        self.labels = labels
    }

    /// Asks many places on all cores.
    ///
    /// - Parameters:
    ///   - count: how many there are.
    ///   - ask: puts the answers of a range of them down; called by several
    ///     threads.
    @inline(__always)
    fileprivate init(_ count: Int, _ ask: @Sendable (_ range: Range<Int>, _ rows: Rows) -> Void) {
        ticks = [UInt32](repeating: Ticks.never, count: count)
        labels = [UInt32](repeating: .max, count: count)
        ticks.withUnsafeMutableBufferPointer { ticks in
            labels.withUnsafeMutableBufferPointer { labels in
                let rows = Rows(ticks: ticks, labels: labels)
                WorkShares.forEach(of: count, atLeast: Self.placesAShare) { ask($0, rows) }
            }
        }
    }

    /// Where answers are put down: each by one thread, and only until all are
    /// asked.
    fileprivate struct Rows: @unchecked Sendable {
        let ticks: UnsafeMutableBufferPointer<UInt32>
        let labels: UnsafeMutableBufferPointer<UInt32>

        @inline(__always)
        func put(_ place: Int, _ nearest: Nearness) {
            ticks[place] = nearest.ticks
            labels[place] = nearest.label
        }
    }

    /// So many places that a thread is worth its while.
    private static let placesAShare = 1 << 15

    /// Keeps a station that is nearer to a place than the one it has.
    @inline(__always)
    fileprivate mutating func improve(_ place: UInt32, _ offer: Nearness) {
        let place = Int(place)
        guard offer < Nearness(ticks: ticks[place], label: labels[place]) else { return }
        ticks[place] = offer.ticks
        labels[place] = offer.label
    }
}

extension NetworkSearch {
    /// Searches from all stations at once, and asks every place which is its
    /// nearest; the crossings' answers are kept until the next search.
    ///
    /// Of stations equally near the one with the lowest number wins.
    ///
    /// - Parameters:
    ///   - places: on edges of the network; `nil` for those that meet none.
    ///   - stations: on edges of the network; the index is the label; `nil`
    ///     for those that meet none.
    ///   - network: the network that the ways are of.
    ///   - limitTicks: the most that is of interest, itself included.
    /// - Returns: an entry for every place, in their order.
    /// - Complexity: O(arcs in reach + places), whatever the number of
    ///   stations.
    public func nearest(
        of places: [Foothold?], to stations: [Foothold?], in network: WalkingNetwork, limitTicks: UInt32
    ) -> NearestStations {
        precondition(arcs.nodeCount == network.nodeCount, "the ways are of another network")
        let direction = arcs.direction
        let limit = min(limitTicks, Ticks.never - 1)
        run(network.seeds(of: stations, direction), limitTicks: limit)
        let asking = PlaceAsking(
            network: network, direction: direction, nodes: nodes, limitTicks: limit,
            stations: StationEdges(stations, edgeCount: network.edges.count))
        nonisolated(unsafe) let unwritten = asking
        return NearestStations(places.count) { range, rows in
            unwritten.nearest(of: places, range) { rows.put($0, $1) }
        }
    }
}

extension NetworkSearch {
    /// The same for places that were put on the network before, which spares
    /// the looking up of their edges.
    ///
    /// - Parameters:
    ///   - places: on the network of the ways, in their direction.
    ///   - stations: on edges of the network; the index is the label; `nil`
    ///     for those that meet none.
    ///   - limitTicks: the most that is of interest, itself included.
    /// - Returns: an entry for every place, in their order.
    /// - Complexity: O(arcs in reach + places), whatever the number of
    ///   stations.
    public func nearest(
        of places: PlacesOnNetwork, to stations: [Foothold?], limitTicks: UInt32
    ) -> NearestStations {
        precondition(arcs.direction == places.direction, "the places are on the network in the other direction")
        precondition(arcs.nodeCount == places.network.nodeCount, "the ways are of another network")
        let limit = min(limitTicks, Ticks.never - 1)
        run(places.seeds(of: stations), limitTicks: limit)
        nonisolated(unsafe) let nodes = nodes
        var nearest = NearestStations(places.count) { range, rows in
            places.ends.withUnsafeBufferPointer { ends in
                for place in range where ends[place].isOnNetwork {
                    let ends = ends[place]
                    let byTail = nodes[Int(ends.tail)].nearest.beyond(ends.ticks.tail, limitTicks: limit)
                    let byHead = nodes[Int(ends.head)].nearest.beyond(ends.ticks.head, limitTicks: limit)
                    rows.put(place, min(byTail, byHead))
                }
            }
        }
        for (label, station) in stations.enumerated() {
            guard let station else { continue }
            places.offerDirectly(station, label: UInt32(label), limitTicks: limit) { nearest.improve($0, $1) }
        }
        return nearest
    }
}

extension Nearness {
    /// The same station so many ticks farther on; none beyond the limit.
    @inline(__always)
    func beyond(_ more: UInt32, limitTicks: UInt32) -> Nearness {
        guard ticks <= limitTicks, more <= limitTicks - ticks else { return .none }
        return farther(by: more)
    }
}

/// Asks places which station is nearest, after a search from all of them.
struct PlaceAsking {
    private let edges: [WalkingNetwork.Edge]
    private let network: WalkingNetwork
    private let direction: WalkingDirection
    private let footing: Footing
    private let nodes: UnsafeMutablePointer<SearchNode>
    private let limitTicks: UInt32
    private let stations: StationEdges

    init(
        network: WalkingNetwork, direction: WalkingDirection, nodes: UnsafeMutablePointer<SearchNode>,
        limitTicks: UInt32, stations: StationEdges
    ) {
        edges = network.edges
        self.network = network
        self.direction = direction
        footing = network.footing(direction)
        self.nodes = nodes
        self.limitTicks = limitTicks
        self.stations = stations
    }

    /// By way of either end of the place's edge, or directly along it.
    func nearest(of place: Foothold) -> Nearness {
        let best = viaCrossings(question(place, 0))
        guard stations.has(place.edge) else { return best }
        return min(best, stations.nearest(place, network, direction, limitTicks: limitTicks))
    }

    /// How many are asked at a time.
    private static let most = 256

    /// Asks several at a time: first their edges are looked up, then the
    /// crossings, so that the processor waits for many of them at once where
    /// places stand in no order.
    ///
    /// - Parameters:
    ///   - places: all places.
    ///   - range: those that are asked.
    ///   - answer: takes the index of a place and its nearest station.
    @inline(__always)
    func nearest(of places: [Foothold?], _ range: Range<Int>, _ answer: (Int, Nearness) -> Void) {
        withUnsafeTemporaryAllocation(of: Question.self, capacity: Self.most) { questions in
            places.withUnsafeBufferPointer { places in
                for first in stride(from: range.lowerBound, to: range.upperBound, by: Self.most) {
                    var count = 0
                    for index in first..<min(first + Self.most, range.upperBound) {
                        guard let place = places[index] else { continue }
                        questions.initializeElement(at: count, to: question(place, index))
                        count += 1
                    }
                    for question in questions[..<count] {
                        var best = viaCrossings(question)
                        if stations.has(question.edge), let place = places[question.place] {
                            best = min(best, stations.nearest(place, network, direction, limitTicks: limitTicks))
                        }
                        answer(question.place, best)
                    }
                }
            }
        }
    }

    /// What has to be looked up for a place.
    private struct Question {
        let place: Int
        let edge: UInt32
        let tail: UInt32
        let head: UInt32
        let ticks: EndTicks
    }

    @inline(__always)
    private func question(_ place: Foothold, _ index: Int) -> Question {
        let edge = edges[Int(place.edge)]
        return Question(
            place: index, edge: place.edge, tail: edge.tail, head: edge.head, ticks: footing.ticks(place, on: edge))
    }

    @inline(__always)
    private func viaCrossings(_ question: Question) -> Nearness {
        min(
            nodes[Int(question.tail)].nearest.beyond(question.ticks.tail, limitTicks: limitTicks),
            nodes[Int(question.head)].nearest.beyond(question.ticks.head, limitTicks: limitTicks))
    }
}
