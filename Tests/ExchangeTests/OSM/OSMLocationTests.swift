import Exchange
import Spatial
import TestSupport
import Testing

/// Ways find their nodes wherever those stand in the file.
@Suite struct OSMLocationTests {
    /// Nodes with random ids in random order, and ways through some of them
    /// and some that are missing.
    private struct RandomMap {
        var places: [Int64: LonLat] = [:]
        var ways: [Int: [Int64]] = [:]
        var xml = ""

        init(seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            let spans: [Int64] = [30, 1000, .max / 2]
            let span = spans[Int.random(in: spans.indices, using: &random)]
            var ids: [Int64] = []
            for _ in 0..<Int.random(in: 1...300, using: &random) {
                let id = Int64.random(in: -span...span, using: &random)
                if places[id] != nil { continue }
                let x = Int.random(in: -1_800_000_000...1_800_000_000, using: &random)
                let y = Int.random(in: -900_000_000...900_000_000, using: &random)
                places[id] = LonLat(Double(x) / 1e7, Double(y) / 1e7)
                ids.append(id)
            }
            if Bool.random(using: &random) { ids.sort() }
            for way in 1...50 {
                let length = Int.random(in: 2...12, using: &random)
                let nodes = (0..<length).map { _ in
                    Int.random(in: 0..<60, using: &random) == 0
                        ? Int64.random(in: -span...span, using: &random) : ids.randomElement(using: &random) ?? 0
                }
                ways[way] = nodes
                let references = nodes.map { "<nd ref=\"\($0)\"/>" }.joined()
                xml += "<way id=\"\(way)\">\(references)<tag k=\"highway\" v=\"path\"/></way>\n"
            }
            for id in ids {
                guard let place = places[id] else { continue }
                xml +=
                    "<node id=\"\(id)\" lon=\"\(Self.decimal(place.longitude))\" lat=\"\(Self.decimal(place.latitude))\"/>\n"
            }
        }

        /// Seven decimals, without an exponent.
        private static func decimal(_ degrees: Double) -> String {
            let units = Int((degrees * 1e7).rounded())
            let digits = String(abs(units) % 10_000_000)
            let sign = units < 0 ? "-" : ""
            return "\(sign)\(abs(units) / 10_000_000)." + String(repeating: "0", count: 7 - digits.count) + digits
        }
    }

    @Test(arguments: 0..<100) func everyWayIsDrawnThroughItsNodes(seed: UInt64) throws {
        let map = RandomMap(seed: seed)
        let all = try OSMCollection(xml: map.xml)
        var missing = 0
        for (id, nodes) in map.ways {
            let expected = nodes.compactMap { map.places[$0] }
            let street = all.feature("street", "way/\(id)")
            if expected.count < nodes.count {
                missing += 1
                #expect(street == nil, "seed \(seed) way \(id)")
            } else {
                #expect(street?.geometry == .lineString(LineString(expected)), "seed \(seed) way \(id)")
                #expect(street?["node_ids"] == .json("[\(nodes.map(String.init).joined(separator: ","))]"))
            }
        }
        #expect(all.incomplete["street"] ?? 0 == missing)
    }
}
