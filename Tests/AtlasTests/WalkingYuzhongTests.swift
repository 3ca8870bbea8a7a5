import Atlas
import Foundation
import Reach
import Spatial
import Store
import TestSupport
import Testing

/// Schools and clinics of a real district, their walks found again by the plainest search there is.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data")) struct WalkingYuzhongTests {
    /// A segment of a street, in metres around the middle of the district.
    private struct Segment {
        let edge: Int
        let start: SIMD2<Double>
        let end: SIMD2<Double>
        let along: Double
    }

    /// Where a position meets the nearest of all segments: by looking at each.
    private struct Snap {
        let edge: Int
        let share: Double
        let meters: Double
    }

    private static let middle = LonLat(106.55, 29.555)

    private static func plane(_ position: LonLat) -> SIMD2<Double> {
        let metric = LocalMetric(middle).planeMeters(to: position)
        return SIMD2(metric.east, metric.north)
    }

    /// Of streets that doors open on: not of bridges and tunnels.
    private func segments(_ graph: StreetGraph) -> [Segment] {
        graph.edges.indices.filter { !graph.shapes.isStraight[$0] }.flatMap { edge -> [Segment] in
            var along = 0.0
            let corners = graph.shapes.corners(of: edge).map(Self.plane)
            return zip(corners, corners.dropFirst()).map { start, end in
                defer { along += length(end - start) }
                return Segment(edge: edge, start: start, end: end, along: along)
            }
        }
    }

    private func length(_ vector: SIMD2<Double>) -> Double { (vector * vector).sum().squareRoot() }

    private func snap(_ position: LonLat, _ segments: [Segment], _ graph: StreetGraph) -> Snap? {
        let place = Self.plane(position)
        var best: (meters: Double, segment: Segment, share: Double)?
        for segment in segments {
            let vector = segment.end - segment.start
            let square = (vector * vector).sum()
            let share = square > 0 ? min(1, max(0, (vector * (place - segment.start)).sum() / square)) : 0
            let meters = length(segment.start + share * vector - place)
            if meters < best?.meters ?? 200 { best = (meters, segment, share) }
        }
        return best.map { meters, segment, share in
            let total = graph.shapes.meters[segment.edge]
            let along = segment.along + share * length(segment.end - segment.start)
            return Snap(edge: segment.edge, share: total > 0 ? min(1, along / total) : 0, meters: meters)
        }
    }

    /// Seconds of walking from a snapped place to every crossing at 60 m/min: Dijkstra's search over a list.
    private func seconds(from snap: Snap, _ ways: [[(to: Int, seconds: Double)]], _ graph: StreetGraph) -> [Double] {
        var times = [Double](repeating: .infinity, count: graph.nodeCount)
        let edge = graph.edges[snap.edge]
        var open: Set<Int> = []
        for (node, share) in [(Int(edge.tail), snap.share), (Int(edge.head), 1 - snap.share)] {
            let way = node == Int(edge.tail) ? edge.backwardMillimeters : edge.forwardMillimeters
            guard way != StreetCosts.Edge.never else { continue }
            times[node] = min(times[node], snap.meters + share * Double(way) / 1000)
            open.insert(node)
        }
        while let node = open.min(by: { times[$0] < times[$1] }) {
            open.remove(node)
            guard times[node] <= 1000 else { break }
            for way in ways[node] where times[node] + way.seconds < times[way.to] {
                times[way.to] = times[node] + way.seconds
                open.insert(way.to)
            }
        }
        return times
    }

    @Test func everySchoolThatIsReachedHasAWayAndNoOther() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString).gpkg").path
        defer {
            for ending in ["", "-wal", "-shm", "-journal"] {
                try? FileManager.default.removeItem(atPath: path + ending)
            }
        }
        for (layer, files) in [
            (Layer.street, ["roads.geojson"]), (.station, ["clinics.json"]),
            (.building, ["primary_schools.json", "middle_schools.json"]),
        ] {
            var options = ImportOptions()
            options.layer = layer
            if layer == .station { options.set = [("kind", "clinic")] }
            _ = try importFiles(
                try files.map { try SharedData.file("yuzhong/\($0)").path }, into: path, options: options)
        }
        let atlas = try Atlas(path: path)
        let schools = try atlas.list(.building)
        let clinics = try atlas.list(.station)
        #expect(schools.count == 48 && clinics.count == 46)
        var coverage = CoverageQuery(minutes: 15)
        coverage.stations.kind = "clinic"
        coverage.walking.direction = .away
        let answer = try atlas.coverage(coverage)
        var query = ReachQuery(clinics.map(Place.feature))
        query.walking.direction = .away
        let reached = Dictionary(
            uniqueKeysWithValues: try atlas.reached(query, minutes: 15).map { ($0.feature.fid, $0) })
        #expect(answer.total.reached == reached.count && answer.total.buildings == 48)
        #expect(Set(answer.blindSpots.map(\.fid)) == Set(schools.map(\.fid)).subtracting(reached.keys))

        let graph = try atlas.streetGraph()
        let segments = segments(graph)
        var ways = [[(to: Int, seconds: Double)]](repeating: [], count: graph.nodeCount)
        for edge in graph.edges {
            let ride = Ticks.seconds(edge.rideTicks)
            if edge.forwardMillimeters != StreetCosts.Edge.never {
                ways[Int(edge.tail)].append((Int(edge.head), Double(edge.forwardMillimeters) / 1000 + ride))
            }
            if edge.backwardMillimeters != StreetCosts.Edge.never {
                ways[Int(edge.head)].append((Int(edge.tail), Double(edge.backwardMillimeters) / 1000 + ride))
            }
        }
        var nearest = [Double](repeating: .infinity, count: graph.nodeCount)
        var clinicsOn: [Int: [Snap]] = [:]
        for clinic in clinics {
            guard let position = clinic.position, let snap = snap(position, segments, graph) else { continue }
            clinicsOn[snap.edge, default: []].append(snap)
            for (node, time) in seconds(from: snap, ways, graph).enumerated() {
                nearest[node] = min(nearest[node], time)
            }
        }
        var stairs = 0
        for school in schools {
            let position = try #require(school.position)
            var time = Double.infinity
            if let snap = snap(position, segments, graph) {
                let edge = graph.edges[snap.edge]
                for (node, share, way) in [
                    (Int(edge.tail), snap.share, edge.forwardMillimeters),
                    (Int(edge.head), 1 - snap.share, edge.backwardMillimeters),
                ] where way != StreetCosts.Edge.never {
                    time = min(time, nearest[node] + share * Double(way) / 1000 + snap.meters)
                }
                for clinic in clinicsOn[snap.edge] ?? [] {
                    let way = clinic.share < snap.share ? edge.forwardMillimeters : edge.backwardMillimeters
                    guard way != StreetCosts.Edge.never else { continue }
                    let along = abs(clinic.share - snap.share) * Double(way) / 1000
                    time = min(time, clinic.meters + along + snap.meters)
                }
            }
            let label = "\(school.name ?? school.ref): \(time) s"
            if let found = reached[school.fid] {
                #expect(found.seconds <= 900 && abs(found.seconds - time) < 2, "\(label), not \(found.seconds)")
                // At 60 m/min only stairs make the time longer than the way.
                #expect(found.seconds > found.meters - 2, "\(label), \(found.meters) m")
                if found.seconds > found.meters + 5 { stairs += 1 }
            } else {
                #expect(time > 898, "\(label), but not reached")
            }
        }
        #expect(stairs > 0, "no way has stairs")
        print("Yuzhong: \(reached.count) of 48 schools within 15 minutes of a clinic, \(stairs) of them by stairs")
    }
}
