import Exchange
import Foundation
import Reach
import Spatial
import TestSupport
import Testing

/// Seconds to every crossing of real networks, against another's Dijkstra:
/// SciPy's where it is installed, else one over Python's own heap.
@Suite(
    .enabled(
        if: SharedData.isPresent && Programs.has("python3"), "needs ../shared/data, and python3 to compare with"))
struct SearchRealNetworkTests {
    private static let seed: UInt64 = 20_261_212

    /// Random sources a network.
    private static let sourceCount = 100

    /// The walked ways of a file, over hills that make both directions differ.
    private func network(_ file: String) throws -> WalkingNetwork {
        var builder = NetworkBuilder { position in
            200 + 90 * sin(position.longitude * 400) * cos(position.latitude * 300)
        }
        let reader = try OSMReader(path: SharedData.file(file).path)
        while let batch = try reader.next() {
            guard batch.layer == "street" else { continue }
            for index in batch.records.indices {
                if let street = street(try batch.feature(at: index)) { builder.add(street) }
            }
        }
        return builder.graph().network(paceMetersPerMinute: 60)
    }

    private func street(_ feature: Feature) -> Street? {
        func tag(_ key: String) -> String? {
            switch feature[key] {
            case .text(let text), .json(let text): text
            default: nil
            }
        }
        guard case .lineString(let line) = feature.geometry, let access = WalkingAccess(tag: tag),
            let numbers = tag("node_ids"),
            let nodeIDs = try? JSONDecoder().decode([Int64].self, from: Data(numbers.utf8))
        else { return nil }
        return Street(
            line.positions, nodeIDs: nodeIDs, kind: access.kind, isForward: access.isForward,
            isBackward: access.isBackward, isStraight: access.isStraight)
    }

    /// Reads "nodes arcs sources", the arcs and the sources, writes the ticks
    /// of every source to every node as 32-bit words, all ones for none.
    ///
    /// SciPy takes no edge for none where its cost is 0 and adds up what is
    /// given twice: an arc without time gets 2^-20 of a tick, which the cutting
    /// off takes away again, and of parallel arcs the least is given.
    private static let script = """
        import array, heapq, sys
        words = array.array("I")
        with open(sys.argv[1], "rb") as file:
            words.frombytes(file.read())
        nodes, arcs, sources = words[0:3]
        least = {}
        for index in range(arcs):
            tail, head, ticks = words[3 + 3 * index:6 + 3 * index]
            if least.get((tail, head), 1 << 32) > ticks:
                least[tail, head] = ticks
        starts = words[3 + 3 * arcs:]
        assert len(starts) == sources
        none = 0xffffffff

        def by_scipy(dijkstra, csr_matrix):
            matrix = csr_matrix(
                ([ticks or 2.0 ** -20 for ticks in least.values()],
                 ([tail for tail, _ in least], [head for _, head in least])), shape=(nodes, nodes))
            for start in starts:
                found = dijkstra(matrix, directed=True, indices=start)
                yield array.array("I", [none if ticks == float("inf") else int(ticks) for ticks in found])

        def by_heap():
            out = [[] for _ in range(nodes)]
            for (tail, head), ticks in least.items():
                out[tail].append((head, ticks))
            for start in starts:
                found = array.array("I", [none]) * nodes
                heap = [(0, start)]
                found[start] = 0
                while heap:
                    ticks, node = heapq.heappop(heap)
                    if ticks > found[node]:
                        continue
                    for head, more in out[node]:
                        if ticks + more < found[head]:
                            found[head] = ticks + more
                            heapq.heappush(heap, (ticks + more, head))
                yield found

        try:
            from scipy.sparse import csr_matrix
            from scipy.sparse.csgraph import dijkstra
            answers, name = by_scipy(dijkstra, csr_matrix), b"scipy"
        except ImportError:
            answers, name = by_heap(), b"heapq"
        with open(sys.argv[2], "wb") as file:
            file.write(name.ljust(8))
            for answer in answers:
                file.write(answer.tobytes())
        """

    /// The oracle's ticks, source after source, and who it is.
    private func oracle(_ network: WalkingNetwork, _ sources: [Int]) throws -> (ticks: [UInt32], name: String) {
        var words: [UInt32] = []
        for edge in network.edges {
            if edge.forwardTicks != Ticks.never { words += [edge.tail, edge.head, edge.forwardTicks] }
            if edge.backwardTicks != Ticks.never { words += [edge.head, edge.tail, edge.backwardTicks] }
        }
        words = [UInt32(network.nodeCount), UInt32(words.count / 3), UInt32(sources.count)] + words
        words += sources.map(UInt32.init)
        let (script, input) = (try TemporaryFile(Self.script), try TemporaryFile(words.withUnsafeBytes { Array($0) }))
        let output = try TemporaryFile([])
        #expect(try Programs.run("python3", [script.path, input.path, output.path]) == 0)
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: output.path)))
        let ticks = bytes.withUnsafeBytes { bytes in
            stride(from: 8, to: bytes.count - 3, by: 4).map { bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self) }
        }
        return (ticks, String(decoding: bytes.prefix(5), as: UTF8.self))
    }

    @Test(arguments: ["osm/liechtenstein.osm.pbf", "osm/porto.osm.pbf"])
    func ticksToEveryCrossingAreTheOracles(_ file: String) throws {
        var random = SeededGenerator(seed: Self.seed)
        let network = try network(file)
        #expect(network.nodeCount > 3000)
        #expect(network.edges.contains { $0.forwardTicks != $0.backwardTicks })
        let sources = (0..<Self.sourceCount).map { _ in Int.random(in: 0..<network.nodeCount, using: &random) }
        let expected = try oracle(network, sources)
        try #require(expected.ticks.count == sources.count * network.nodeCount)
        if expected.name != "scipy" {
            print("\(file): SciPy is not installed, so the comparison is with a search over Python's own heap.")
        }
        let away = NetworkSearch(network.arcs(.away))
        let toward = NetworkSearch(network.arcs(.toward))
        var (differences, reached) = (0, 0)
        for (index, source) in sources.enumerated() {
            away.run([SearchSeed(node: UInt32(source), ticks: 0)], limitTicks: Ticks.never)
            for node in 0..<network.nodeCount {
                let ticks = away.ticks(of: node)
                if ticks ?? Ticks.never != expected.ticks[index * network.nodeCount + node] { differences += 1 }
                if ticks != nil { reached += 1 }
            }
            // The way there is the way from there, walked by those who come.
            let other = sources[(index + 1) % sources.count]
            toward.run([SearchSeed(node: UInt32(other), ticks: 0)], limitTicks: Ticks.never)
            #expect(toward.ticks(of: source) == away.ticks(of: other), "seed \(Self.seed), \(source) to \(other)")
        }
        #expect(differences == 0, "seed \(Self.seed), of \(expected.ticks.count)")
        #expect(reached > sources.count * network.nodeCount / 10)
    }
}
