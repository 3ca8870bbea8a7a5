import Messages

/// A p-median file of the OR-Library: `n m p`, then m edges `from to cost`
/// of an undirected graph, where an edge that is listed twice has the cost that
/// is listed last.
struct PMedianFile {
    private let file: RandomAccessFile
    private let nodeCount: Int
    private let stationCount: Int
    private let graph: CostGraph
    private let limitBytes: Int
    private let progress: CostProgress

    /// Whether a file looks like one: its first line holds nothing but digits
    /// and spaces.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    static func isOne(_ file: RandomAccessFile) throws(Failure) -> Bool {
        let bytes = try file.bytes(at: 0, atMost: 4096)
        let text = bytes.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let line = text.prefix { $0 != UInt8(ascii: "\n") }
        let isPlain = line.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        return isPlain && line.contains { $0 >= 0x30 }
    }

    /// So many nodes may be without any edge.
    private static let fewNodes = 1000

    /// Reads the graph.
    ///
    /// - Throws: `Failure`.
    init(_ file: RandomAccessFile, progress: CostProgress, limitBytes: Int) throws(Failure) {
        var numbers = NumberStream(file, progress)
        self.file = file
        self.limitBytes = limitBytes
        self.progress = progress
        let counts = try Self.counts(&numbers)
        (nodeCount, stationCount) = (counts.nodes, counts.stations)
        // Every edge takes six bytes or more.
        guard counts.edges <= file.size / 6 + 1 else {
            throw Failure(.unusableInput, .edgesMissing(file.path, counts.edges, found: nil), hint: .checkSource)
        }
        guard counts.nodes <= max(Self.fewNodes, 2 * counts.edges) else {
            throw Failure(.unusableInput, .looseNodes(file.path, counts.nodes, counts.edges), hint: .pMedianForm)
        }
        var edges: [CostGraph.Edge] = []
        edges.reserveCapacity(counts.edges)
        for number in 0..<counts.edges {
            guard let first = try numbers.next() else {
                throw Failure(.unusableInput, .edgesMissing(file.path, counts.edges, found: number), hint: .checkSource)
            }
            guard let second = try numbers.next(), let third = try numbers.next() else {
                throw numbers.failure(.edgeCutOff)
            }
            guard let from = Self.node(first, of: counts.nodes), let to = Self.node(second, of: counts.nodes) else {
                throw numbers.failure(.noSuchNode(from: first, to: second, of: counts.nodes))
            }
            edges.append(CostGraph.Edge(from: from, to: to, cost: third))
        }
        guard try numbers.next() == nil else { throw numbers.failure(.moreEdges(counts.edges)) }
        graph = CostGraph(nodeCount: nodeCount, edges: edges)
    }

    /// The shortest paths between all nodes.
    ///
    /// - Throws: `Failure` with `.unusableInput` where they are too many, or
    ///   the demand file is of other nodes.
    func costs(_ demand: DemandFile?, threadCount: Int) throws(Failure) -> CostList {
        let weights = try demand.map { demand throws(Failure) in try nodeWeights(demand) }
        let sizes = graph.reachableCounts
        var starts = [0]
        starts.reserveCapacity(nodeCount + 1)
        let limit = limitBytes / CostOptions.bytesAnEntry
        for size in sizes {
            starts.append(starts[starts.count - 1] + size)
            guard starts[starts.count - 1] <= limit else {
                throw Failure(
                    .unusableInput, .tooManyNodes(file.path, nodeCount, limitBytes >> 20), hint: .fewerNodes)
            }
        }
        let (sites, costs) = try graph.shortestPaths(rowStarts: starts, threadCount: threadCount) {
            [progress, nodeCount, size = file.size] source in
            // All searches together count as much as the file.
            progress.isWanted(after: size * (source + 1) / nodeCount - size * source / nodeCount)
        }
        let names = NameList(countingTo: nodeCount)
        return CostList(
            siteNames: names, demandNames: names, rowStarts: starts, sites: sites, costs: costs,
            weights: weights ?? Array(repeating: 1, count: nodeCount), stationCount: stationCount)
    }

    private func nodeWeights(_ demand: DemandFile) throws(Failure) -> [Double] {
        var weights = [Double](repeating: -1, count: nodeCount)
        for number in 0..<demand.ids.count {
            let key = demand.ids.key(number)
            guard (1...nodeCount).contains(key.integer) else {
                throw Failure(
                    .unusableInput, .listedIsNoNode(demand.path, CostText.excerpt(key.bytes), of: nodeCount),
                    hint: .nodesAreNumbers)
            }
            weights[key.integer - 1] = demand.weights[number]
        }
        if let missing = weights.firstIndex(of: -1) {
            throw Failure(.unusableInput, .unlistedDemand(String(missing + 1), demand.path), hint: .listDemand)
        }
        return weights
    }

    private static func node(_ number: Double, of nodeCount: Int) -> UInt32? {
        guard let number = Int(exactly: number), (1...nodeCount).contains(number) else { return nil }
        return UInt32(number - 1)
    }

    private static func counts(
        _ numbers: inout NumberStream
    ) throws(Failure) -> (nodes: Int, edges: Int, stations: Int) {
        guard let first = try numbers.next(), let second = try numbers.next(), let third = try numbers.next(),
            numbers.line == numbers.firstLine
        else { throw numbers.failure(.pMedianBeginning) }
        guard let nodes = Int(exactly: first), let edges = Int(exactly: second), let stations = Int(exactly: third),
            nodes > 0, edges >= 0, stations > 0, stations <= nodes
        else { throw numbers.failure(.pMedianCounts) }
        return (nodes, edges, stations)
    }
}

/// The numbers of a text file, one after the other.
private struct NumberStream {
    /// The line of the last number; the first is 1.
    private(set) var line = 1
    /// The line of the first number.
    private(set) var firstLine = 0

    private let file: RandomAccessFile
    private let progress: CostProgress
    private var piece: [UInt8] = []
    private var place = 0
    private var offset = 0
    private var lineOfPlace = 1

    init(_ file: RandomAccessFile, _ progress: CostProgress) { (self.file, self.progress) = (file, progress) }

    /// The next number; `nil` at the end of the file.
    mutating func next() throws(Failure) -> Double? {
        while let byte = try peek(), byte <= 0x20, byte == 0x20 || (0x09...0x0D).contains(byte) {
            if byte == UInt8(ascii: "\n") { lineOfPlace += 1 }
            place += 1
        }
        line = lineOfPlace
        if firstLine == 0 { firstLine = line }
        guard try peek() != nil else { return nil }
        var word: [UInt8] = []
        while let byte = try peek(), byte > 0x20 {
            if word.count <= CostNumber.mostBytes { word.append(byte) }
            place += 1
        }
        let value = word.withUnsafeBufferPointer { CostNumber($0) }
        switch value {
        case .value(let value): return value
        case .defect(let reason): throw LineDefect(offset: 0, reason: reason).failure(inLine: line, of: file.path)
        }
    }

    /// A failure in the line of the last number.
    func failure(_ what: Text) -> Failure {
        Failure(.unusableInput, .inLine(file.path, line, what), hint: .pMedianForm)
    }

    private mutating func peek() throws(Failure) -> UInt8? {
        if place < piece.count { return piece[place] }
        piece = try file.bytes(at: offset, atMost: 1 << 16)
        offset += piece.count
        place = 0
        try progress.add(piece.count)
        return piece.first
    }
}
