import Foundation
import GRDB
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// The nearest rows, against measuring every row.
@Suite struct NearestTests {
    private static let seed: UInt64 = 20_261_123

    /// Where the rows and the questions are: a town, either side of the
    /// antimeridian, near the pole.
    enum Place: String, CaseIterable, Sendable {
        case town, antimeridian, north

        func position(_ random: inout SeededGenerator) -> LonLat {
            let x = Double.random(in: -0.05...0.05, using: &random)
            let y = Double.random(in: -0.05...0.05, using: &random)
            switch self {
            case .town: return LonLat(106.55 + x, 29.55 + y)
            case .antimeridian: return LonLat(x < 0 ? 180 + x : -180 + x, -17 + y)
            case .north: return LonLat(20 + 40 * x, 80 + y)
            }
        }
    }

    private func outline(_ center: LonLat, _ random: inout SeededGenerator) -> Polygon {
        let metric = LocalMetric(center)
        let corners = Int.random(in: 3...7, using: &random)
        let ring = (0..<corners).map { index in
            let angle = 2 * Double.pi * Double(index) / Double(corners)
            let radius = Double.random(in: 5...60, using: &random)
            return LonLat(
                max(-180, min(180, center.longitude + radius * cos(angle) / metric.metersPerDegreeEast)),
                center.latitude + radius * sin(angle) / metric.metersPerDegreeNorth)
        }
        return Polygon(LineString(ring + [ring[0]]))
    }

    private func footprint(_ place: Place, _ random: inout SeededGenerator) -> Geometry {
        let center = place.position(&random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return .point(Point(center))
        case 1:
            let other = LonLat(center.longitude, center.latitude + 0.002)
            return .multiPolygon([outline(center, &random), outline(other, &random)])
        default: return .polygon(outline(center, &random))
        }
    }

    private struct Hit: Equatable, Comparable, CustomStringConvertible {
        let meters: Double
        let ref: String
        var description: String { "\(ref) at \(meters) m" }
        static func < (a: Hit, b: Hit) -> Bool { (a.meters, a.ref) < (b.meters, b.ref) }
    }

    private func ask(_ file: AtlasFile, _ query: NearestQuery) throws -> [Hit] {
        try file.nearest(query).map { Hit(meters: $0.distanceMeters, ref: $0.feature.ref) }
    }

    @Test(arguments: Place.allCases) func equalsMeasuringEveryRow(_ place: Place) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        let seed = Self.seed &+ UInt64(place.rawValue.utf8.count)
        var random = SeededGenerator(seed: seed)
        var rows: [(ref: String, geometry: Geometry, storeys: Int64)] = []
        for index in 0..<220 {
            // Every tenth stands just where another one does: a tie.
            let geometry = index % 10 == 9 ? rows[index - 4].geometry : footprint(place, &random)
            rows.append(("r\(index * 7919 % 1000)-\(index)", geometry, Int64(index % 5)))
        }
        try AtlasFile.write(path) { batch in
            for row in rows { batch.add(row.ref, row.geometry, [("storeys", .integer(row.storeys))]) }
        }
        let measured = rows.map { ($0.ref, $0.geometry.wkb, $0.storeys) }
        let file = try AtlasFile(path: path, for: .reading)
        for round in 0..<667 {
            let origin = place.position(&random)
            let probe = PointProbe(origin)
            let all = try measured.map { row in
                (Hit(meters: try row.1.withUnsafeBytes { try probe.distanceMeters(toWKB: $0) }, ref: row.0), row.2)
            }.sorted { $0.0 < $1.0 }
            var query = NearestQuery(.building, origin: .point(Point(origin)))
            for limit in [1, 5, 50] {
                query.limit = limit
                #expect(try ask(file, query) == all.prefix(limit).map(\.0), "\(place) seed \(seed) round \(round)")
            }
            query.withinMeters = Double.random(in: 0...2000, using: &random)
            let within = all.filter { $0.0.meters <= query.withinMeters ?? 0 }.map(\.0)
            #expect(try ask(file, query) == Array(within.prefix(50)), "\(place) seed \(seed) round \(round)")
            query.limit = nil
            #expect(try ask(file, query) == within, "\(place) seed \(seed) round \(round)")
            query.withinMeters = nil
            query.limit = 5
            query.condition = .expression(
                try CQL2Expression(parsing: "storeys >= 3"),
                properties: ["storeys": .column("storeys", isNumeric: true)], places: [:])
            let tall = all.filter { $0.1 >= 3 }.prefix(5).map(\.0)
            #expect(try ask(file, query) == tall, "\(place) seed \(seed) round \(round)")
        }
    }

    /// Points against the geodesic itself.
    @Test func equalsGeodesicsBetweenPoints() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        var random = SeededGenerator(seed: Self.seed)
        let points = (0..<500).map { _ in
            LonLat(Double.random(in: -180...180, using: &random), Double.random(in: -90...90, using: &random))
        }
        try AtlasFile.write(path) { batch in
            for (index, point) in points.enumerated() { batch.add("\(index)", .point(Point(point))) }
        }
        let file = try AtlasFile(path: path, for: .reading)
        for round in 0..<200 {
            let origin = LonLat(
                Double.random(in: -180...180, using: &random), Double.random(in: -90...90, using: &random))
            var query = NearestQuery(.building, origin: .point(Point(origin)))
            query.limit = 5
            let expected = points.map { Geodesic.distanceMeters(origin, $0) }.sorted().prefix(5)
            let found = try ask(file, query).map(\.meters)
            #expect(found.count == 5)
            for (a, b) in zip(found, expected) {
                #expect(abs(a - b) < 0.001 + b * 1e-8, "seed \(Self.seed) round \(round): \(a) and \(b)")
            }
        }
    }

    /// Nodes of the R-tree with other bytes in them: an answer or a failure
    /// that says so, never a crash or a search without end.
    @Test func damagedNodesAreToldOrSurvived() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        var random = SeededGenerator(seed: Self.seed)
        let rows = (0..<300).map { ("\($0)", footprint(.town, &random)) }
        try AtlasFile.write(path) { batch in for row in rows { batch.add(row.0, row.1) } }
        let node = "rtree_building_geom_node"
        let queue = try DatabaseQueue(path: path)
        let nodes = try queue.read { try Row.fetchAll($0, sql: "SELECT nodeno, data FROM \(node)") }
        #expect(nodes.count > 3)
        var failures = 0
        for round in 0..<300 {
            let row = nodes[Int.random(in: 0..<nodes.count, using: &random)]
            let number: Int64 = row["nodeno"]
            var data: Data = row["data"]
            switch round % 3 {
            case 0: data = data.prefix(Int.random(in: 0..<data.count, using: &random))
            case 1: data[Int.random(in: 0..<4, using: &random)] = UInt8.random(in: 0...255, using: &random)
            default:
                for _ in 0..<8 {
                    data[Int.random(in: 0..<data.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
            }
            let damaged = data
            try queue.write {
                try $0.execute(sql: "UPDATE \(node) SET data = ? WHERE nodeno = ?", arguments: [damaged, number])
            }
            var query = NearestQuery(.building, origin: .point(Point(LonLat(106.55, 29.55))))
            query.limit = round % 2 == 0 ? 5 : nil
            query.withinMeters = round % 2 == 0 ? nil : 20_000
            do throws(Failure) {
                let found = try AtlasFile(path: path, for: .reading).nearest(query)
                #expect(found.count <= rows.count, "seed \(Self.seed) round \(round)")
            } catch {
                #expect(error.code == .unusableInput, "seed \(Self.seed) round \(round): \(error)")
                failures += 1
            }
            try queue.write {
                try $0.execute(
                    sql: "UPDATE \(node) SET data = ? WHERE nodeno = ?", arguments: [row["data"] as Data, number])
            }
        }
        #expect(failures > 50)
    }

    /// A root that says it is deep, all of whose cells lead back to it.
    @Test func aTreeThatLeadsBackToItselfIsDamaged() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        var random = SeededGenerator(seed: Self.seed)
        let rows = (0..<300).map { ("\($0)", footprint(.town, &random)) }
        try AtlasFile.write(path) { batch in for row in rows { batch.add(row.0, row.1) } }
        let world: [Float] = [-180, 180, -90, 90]
        var cell: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 1]
        for edge in world { withUnsafeBytes(of: edge.bitPattern.bigEndian) { cell += $0 } }
        let root = Data([0, 39, 0, 51] + Array(repeating: cell, count: 51).joined())
        try DatabaseQueue(path: path).write {
            try $0.execute(sql: "UPDATE rtree_building_geom_node SET data = ? WHERE nodeno = 1", arguments: [root])
        }
        var query = NearestQuery(.building, origin: .point(Point(LonLat(106.55, 29.55))))
        query.limit = 5
        let failure = try #require(throws: Failure.self) { try AtlasFile(path: path, for: .reading).nearest(query) }
        #expect(failure.code == .unusableInput)
    }

    @Test func answersHoldTheColumnsThatAreWanted() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        var random = SeededGenerator(seed: Self.seed)
        try AtlasFile.write(path) { batch in
            batch.add("a", footprint(.town, &random), [("name", .text("塔")), ("storeys", .integer(3))])
        }
        let file = try AtlasFile(path: path, for: .reading)
        var query = NearestQuery(.building, origin: .point(Point(LonLat(106.55, 29.55))))
        #expect(try file.nearest(query).first?.feature.attributes.map(\.key) == ["ref", "name", "storeys"])
        query.columns = ["name"]
        #expect(try file.nearest(query).first?.feature.attributes.map(\.key) == ["ref", "name"])
        query.columns = []
        #expect(try file.nearest(query).first?.feature.attributes.map(\.key) == ["ref"])
    }

    @Test func equalsMeasuringFromAnOutline() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        var random = SeededGenerator(seed: Self.seed)
        let rows = (0..<200).map { ("\($0)", footprint(.town, &random)) }
        try AtlasFile.write(path) { batch in for row in rows { batch.add(row.0, row.1) } }
        let file = try AtlasFile(path: path, for: .reading)
        for round in 0..<50 {
            let place = Int.random(in: 0..<rows.count, using: &random)
            let probe = GeometryProbe(rows[place].1)
            var query = NearestQuery(.building, origin: rows[place].1)
            query.limit = 5
            query.excludedFid = Int64(place + 1)
            let all = try rows.filter { $0.0 != rows[place].0 }.map { row in
                Hit(meters: try row.1.wkb.withUnsafeBytes { try probe.distanceMeters(toWKB: $0) }, ref: row.0)
            }.sorted()
            let found = try ask(file, query)
            #expect(found.map(\.ref) == all.prefix(5).map(\.ref), "seed \(Self.seed) round \(round)")
            // A point as origin is measured by another way.
            for (a, b) in zip(found, all) {
                #expect(abs(a.meters - b.meters) < 1e-6, "seed \(Self.seed) round \(round)")
            }
        }
    }
}
