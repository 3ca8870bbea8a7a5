public import Spatial

/// Makes a network of streets.
///
/// Streets meet where they share a node number, or, without numbers, where
/// corners coincide (to 1e-7 degrees, about a centimetre). A bridge that runs
/// over a street shares nothing with it and does not meet it.
public struct NetworkBuilder {
    /// How long walking takes.
    public let model: WalkingModel
    /// The height of a place in metres, where streets do not bring their own;
    /// `nil` where it is not known.
    public let elevation: (LonLat) -> Double?

    private var streets: [Street] = []
    private var vertices = VertexTable()
    /// The vertices of all streets, one street after the other.
    private var vertexOf: [Int32] = []

    /// Makes a builder.
    public init(model: WalkingModel = .standard, elevation: @escaping (LonLat) -> Double? = { _ in nil }) {
        self.model = model
        self.elevation = elevation
    }

    /// How many streets had no length anybody could walk, or corners that are
    /// no positions on earth.
    public private(set) var unusableCount = 0

    /// Adds a street.
    public mutating func add(_ street: Street) {
        let isUsable =
            street.positions.count >= 2 && street.positions.allSatisfy(\.isOnEarth)
            && (street.isForward || street.isBackward)
            && (street.nodeIDs.isEmpty || street.nodeIDs.count == street.positions.count)
            && (street.heightsMeters.isEmpty || street.heightsMeters.count == street.positions.count)
        guard isUsable else {
            unusableCount += 1
            return
        }
        for index in street.positions.indices {
            let vertex =
                street.nodeIDs.isEmpty
                ? vertices.index(at: street.positions[index]) : vertices.index(of: street.nodeIDs[index])
            let isEnd = index == 0 || index == street.positions.count - 1
            vertices.count(vertex, isEnd ? 2 : 1)
            vertexOf.append(vertex)
        }
        streets.append(street)
    }

    /// The graph of all streets that were added.
    ///
    /// - Complexity: O(n log n) for n corners.
    public func graph() -> StreetGraph {
        var pieces: [Piece] = []
        var nodeOf = [UInt32](repeating: .max, count: vertices.uses.count)
        var nodes: [LonLat] = []
        func node(_ vertex: Int32, _ position: LonLat) -> UInt32 {
            if nodeOf[Int(vertex)] == .max {
                nodeOf[Int(vertex)] = UInt32(nodes.count)
                nodes.append(position)
            }
            return nodeOf[Int(vertex)]
        }
        var first = 0
        for (number, street) in streets.enumerated() {
            let count = street.positions.count
            let timing = StreetTiming(street, model: model, elevation: elevation)
            var start = 0
            for index in 1..<count where vertices.uses[Int(vertexOf[first + index])] >= 2 {
                let effort = timing.effort(start...index)
                pieces.append(
                    Piece(
                        edge: StreetGraph.Edge(
                            tail: node(vertexOf[first + start], street.positions[start]),
                            head: node(vertexOf[first + index], street.positions[index]),
                            forwardMillimeters: effort.forwardMillimeters,
                            backwardMillimeters: effort.backwardMillimeters, rideTicks: effort.rideTicks),
                        street: number, corners: start...index, meters: effort.meters))
                start = index
            }
            first += count
        }
        return ordered(nodes, pieces)
    }

    /// An edge and the part of a street that it is.
    private struct Piece {
        var edge: StreetGraph.Edge
        let street: Int
        let corners: ClosedRange<Int>
        let meters: Double
    }

    /// The graph with crossings in the order of the Hilbert curve, and edges
    /// in the order of their crossings.
    private func ordered(_ nodes: [LonLat], _ pieces: [Piece]) -> StreetGraph {
        let order = HilbertCurve.order(of: nodes.map { BoundingBox($0) })
        var rank = [UInt32](repeating: 0, count: nodes.count)
        for (place, node) in order.enumerated() { rank[Int(node)] = UInt32(place) }
        let pieces = pieces.map { piece in
            var piece = piece
            piece.edge.tail = rank[Int(piece.edge.tail)]
            piece.edge.head = rank[Int(piece.edge.head)]
            return piece
        }
        let edgeOrder = pieces.indices.sorted {
            let (a, b) = (pieces[$0].edge, pieces[$1].edge)
            return (min(a.tail, a.head), max(a.tail, a.head), $0) < (min(b.tail, b.head), max(b.tail, b.head), $1)
        }
        var cornerStarts: [UInt32] = [0]
        var corners: [LonLat] = []
        for index in edgeOrder {
            corners.append(contentsOf: streets[pieces[index].street].positions[pieces[index].corners])
            cornerStarts.append(UInt32(corners.count))
        }
        return StreetGraph(
            edges: edgeOrder.map { pieces[$0].edge },
            shapes: StreetShapes(
                nodePositions: order.map { nodes[Int($0)] }, cornerStarts: cornerStarts, corners: corners,
                meters: edgeOrder.map { pieces[$0].meters }, fids: edgeOrder.map { streets[pieces[$0].street].fid },
                isStraight: edgeOrder.map { streets[pieces[$0].street].isStraight }))
    }
}

/// Numbers the corners of streets: one number where they are one place.
private struct VertexTable {
    private var byID: [Int64: Int32] = [:]
    private var byPlace: [Place: Int32] = [:]
    /// How often each is used; 2 and more make a crossing.
    private(set) var uses: [UInt8] = []

    private struct Place: Hashable {
        let x: Int64
        let y: Int64
    }

    mutating func index(of id: Int64) -> Int32 {
        if let known = byID[id] { return known }
        let index = append()
        byID[id] = index
        return index
    }

    mutating func index(at position: LonLat) -> Int32 {
        let place = Place(x: Int64((position.longitude * 1e7).rounded()), y: Int64((position.latitude * 1e7).rounded()))
        if let known = byPlace[place] { return known }
        let index = append()
        byPlace[place] = index
        return index
    }

    mutating func count(_ index: Int32, _ more: UInt8) {
        uses[Int(index)] = min(2, uses[Int(index)] &+ more)
    }

    private mutating func append() -> Int32 {
        uses.append(0)
        return Int32(uses.count - 1)
    }
}

extension LonLat {
    fileprivate var isOnEarth: Bool { abs(longitude) <= 180 && abs(latitude) <= 90 }
}
