import Foundation
import GRDB
import Spatial
@testable import Store
import TestSupport
import Testing

/// The R-tree written into SQLite's shadow tables, judged by SQLite's own
/// `rtreecheck` and by comparing every box.
@Suite struct RTreeTests {
    private static let seed: UInt64 = 20_261_122

    private func box(_ random: inout SeededGenerator) -> BoundingBox {
        let west = Double.random(in: -180...179, using: &random)
        let south = Double.random(in: -90...89, using: &random)
        return BoundingBox(
            west: west, south: south, east: west + Double.random(in: 0...1, using: &random),
            north: south + Double.random(in: 0...1, using: &random))
    }

    private func rectangle(_ box: BoundingBox) -> Geometry {
        .polygon(
            Polygon(
                LineString([
                    LonLat(box.west, box.south), LonLat(box.east, box.south), LonLat(box.east, box.north),
                    LonLat(box.west, box.north), LonLat(box.west, box.south),
                ])))
    }

    private func check(_ path: String, _ table: String) throws -> String? {
        let queue = try DatabaseQueue(path: path)
        return try queue.read { db in
            try String.fetchOne(db, sql: "SELECT rtreecheck('rtree_\(table)_geom')")
        }
    }

    /// Every box that meets another one is proposed, and none that lies
    /// farther than the rounding of 32-bit floats away.
    private func compare(_ path: String, _ boxes: [Int64: BoundingBox], seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rounding = 0.00002
        let queue = try DatabaseQueue(path: path)
        for round in 0..<50 {
            var wanted = box(&random)
            if round % 5 == 0 { wanted = wanted.widened(longitude: 20, latitude: 10) }
            let found = try queue.read { db in
                try Int64.fetchSet(
                    db,
                    sql: "SELECT id FROM rtree_building_geom WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?",
                    arguments: [wanted.west, wanted.east, wanted.south, wanted.north])
            }
            let must = Set(boxes.filter { $0.value.intersects(wanted) }.keys)
            let may = Set(
                boxes.filter { $0.value.intersects(wanted.widened(longitude: rounding, latitude: rounding)) }.keys)
            #expect(must.isSubset(of: found), "seed \(seed) round \(round)")
            #expect(found.isSubset(of: may), "seed \(seed) round \(round)")
        }
    }

    @Test(arguments: [0, 1, 50, 51, 52, 51 * 51 - 1, 51 * 51, 51 * 51 + 1, 140_000])
    func isSoundAfterBulkWriting(_ count: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        let seed = Self.seed + UInt64(count)
        var random = SeededGenerator(seed: seed)
        var boxes: [Int64: BoundingBox] = [:]
        var rows = FeatureBatch()
        for index in 0..<count {
            let box = box(&random)
            boxes[Int64(index + 1)] = box
            rows.append(Feature(geometry: rectangle(box)), position: .record(index + 1))
        }
        let writer = try GeoPackageWriter(path: path, table: "building")
        try writer.write(rows)
        try writer.finish()
        #expect(try check(path, "building") == "ok")
        try compare(path, boxes, seed: seed)
    }

    /// A few changes go through SQLite, many rebuild the tree.
    ///
    /// - Throws: where a file cannot be made or read.
    @Test(arguments: [10, 3000, 22_000]) func isSoundAfterMerging(_ changed: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        let count = 23_000
        var random = SeededGenerator(seed: Self.seed &+ UInt64(changed) &* 31)
        var boxes = (0..<count).map { _ in box(&random) }
        try AtlasFile.write(path) { rows in
            for (index, box) in boxes.enumerated() { rows.add("\(index)", rectangle(box)) }
        }
        var expected = Dictionary(uniqueKeysWithValues: boxes.enumerated().map { (Int64($0 + 1), $1) })
        let counts = try AtlasFile.write(path) { rows in
            for index in (0..<count).shuffled(using: &random).prefix(changed) {
                boxes[index] = box(&random)
                let isGone = index % 10 == 0
                rows.add("\(index)", isGone ? nil : rectangle(boxes[index]))
                expected[Int64(index + 1)] = isGone ? nil : boxes[index]
            }
            for index in count..<count + 20 {
                let box = box(&random)
                rows.add("\(index)", rectangle(box))
                expected[Int64(index + 1)] = box
            }
        }.counts
        #expect(counts.changed == changed)
        #expect(counts.added == 20)
        #expect(try check(path, "building") == "ok")
        try compare(path, expected, seed: Self.seed)
    }

    @Test func followsPlainSQL() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { rows in
            for index in 0..<100 { rows.add("\(index)", .square(Double(index), 0)) }
        }
        func nearest(_ x: Double, _ y: Double) throws -> String? {
            let file = try AtlasFile(path: path, for: .reading)
            var query = NearestQuery(.building, origin: .point(Point(LonLat(x, y))))
            query.limit = 1
            let found = try file.nearest(query).first?.feature.ref
            try file.close()
            return found
        }
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            GeoPackageFunctions.register(on: db)
            try db.execute(sql: "PRAGMA trusted_schema = ON")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        func blob(_ x: Double, _ y: Double) -> Data {
            let geometry = Geometry.square(x, y)
            var blob: [UInt8] = []
            geometry.wkb.withUnsafeBytes { GeoPackageBinary.append(wkb: $0, box: geometry.box, to: &blob) }
            return Data(blob)
        }
        try queue.write { db in
            try db.execute(
                sql: "UPDATE building SET geom = ? WHERE ref = '7'", arguments: [blob(-100, 40)])
            try db.execute(
                sql: "INSERT INTO building (geom, ref) VALUES (?, 'new')", arguments: [blob(-50, -40)])
            try db.execute(sql: "DELETE FROM building WHERE ref = '20'")
            try db.execute(sql: "UPDATE building SET geom = NULL WHERE ref = '30'")
            try db.execute(sql: "UPDATE building SET fid = 5000 WHERE ref = '40'")
        }
        #expect(try nearest(-100, 40) == "7")
        #expect(try nearest(7, 0) != "7")
        #expect(try nearest(-50, -40) == "new")
        #expect(try ["19", "21"].contains(nearest(20, 0)))
        #expect(try ["29", "31"].contains(nearest(30, 0)))
        #expect(try nearest(40, 0) == "40")
        #expect(try check(path, "building") == "ok")
        let counts = try queue.read { db in
            try Int.fetchOne(db, sql: "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = 'building'")
        }
        #expect(counts == 100)
    }
}
