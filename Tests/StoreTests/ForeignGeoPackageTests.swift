import Foundation
import GRDB
import Messages
import Spatial
@testable import Store
import TestSupport
import Testing

/// What other programs write into GeoPackages, and what an atlas gives.
@Suite struct ForeignGeoPackageTests {
    /// A GeoPackage with one table `t` of the columns given, by plain SQL.
    private func make(
        _ folder: TemporaryFolder, columns: String = "", system: Int64 = 4326, _ more: (Database) throws -> Void
    ) throws -> String {
        let path = folder.file("x.gpkg")
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: Schema.catalog)
            try db.execute(
                sql: "INSERT INTO gpkg_spatial_ref_sys VALUES ('a', 900001, 'EPSG', 4549, '', ''), "
                    + "('b', 900002, 'ESRI', 102100, '', ''), ('c', 900003, 'epsg', 4490, '', '')")
            try db.execute(
                sql: """
                    CREATE TABLE t (fid INTEGER PRIMARY KEY, shape BLOB\(columns));
                    INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('t', 'features', 't', \(system));
                    INSERT INTO gpkg_geometry_columns VALUES ('T', 'SHAPE', 'GEOMETRY', \(system), 0, 0);
                    """)
            try more(db)
        }
        try queue.close()
        return path
    }

    private func insert(_ db: Database, _ blob: [UInt8]) throws {
        try db.execute(sql: "INSERT INTO t (shape) VALUES (?)", arguments: [Data(blob)])
    }

    private func big(_ value: Double) -> [UInt8] { withUnsafeBytes(of: value.bitPattern.bigEndian) { Array($0) } }

    private func little(_ value: Double) -> [UInt8] { withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }

    @Test func readsEveryWayOfWritingABlob() throws {
        let folder = try TemporaryFolder()
        let header: [UInt8] = [0x47, 0x50, 0, 0x01, 0xE6, 0x10, 0, 0]
        let point = [1, 1, 0, 0, 0] + little(106.5) + little(29.5)
        let path = try make(folder) { db in
            try insert(db, header + point)
            // Big-endian header, envelope and geometry.
            let envelope = big(106.5) + big(106.5) + big(29.5) + big(29.5)
            try insert(
                db, [0x47, 0x50, 0, 0x02, 0, 0, 0x10, 0xE6] + envelope + [0, 0, 0, 0, 1] + big(106.5) + big(29.5))
            // Envelopes of three and four dimensions.
            for (flags, count) in [(UInt8(0x05), 6), (0x07, 6), (0x09, 8)] {
                let envelope = Array(repeating: little(0), count: count).flatMap { $0 }
                try insert(db, [0x47, 0x50, 0, flags, 0, 0, 0, 0] + envelope + point)
            }
            // ISO with M, and EWKB with an SRID.
            try insert(db, header + [1, 0xD1, 0x07, 0, 0] + little(106.5) + little(29.5) + little(7))
            try insert(db, header + [1, 1, 0, 0, 0x20, 0xE6, 0x10, 0, 0] + little(106.5) + little(29.5))
        }
        let (features, rejections) = try GeoPackageReader(path: path).readAll()
        #expect(rejections.isEmpty)
        #expect(features.count == 7)
        #expect(features.allSatisfy { $0.geometry == .point(Point(LonLat(106.5, 29.5))) })
    }

    @Test func emptyGeometryIsNone() throws {
        let folder = try TemporaryFolder()
        let path = try make(folder) { db in
            let header: [UInt8] = [0x47, 0x50, 0, 0x11, 0, 0, 0, 0]
            try insert(db, header + [1, 1, 0, 0, 0] + little(.nan) + little(.nan))
            try insert(db, header + [1, 3, 0, 0, 0, 0, 0, 0, 0])
            try insert(db, header)
            try db.execute(sql: "INSERT INTO t (shape) VALUES (NULL)")
        }
        let (features, rejections) = try GeoPackageReader(path: path).readAll()
        #expect(rejections.isEmpty)
        #expect(features.map(\.geometry) == [nil, nil, nil, nil])
        #expect(features.map { $0["fid"] } == (1...4).map { .integer($0) })
    }

    @Test func whatIsNoGeometryIsRejectedWithItsFields() throws {
        let folder = try TemporaryFolder()
        let path = try make(folder, columns: ", name TEXT DEFAULT '甲'") { db in
            let header: [UInt8] = [0x47, 0x50, 0, 0x01, 0, 0, 0, 0]
            try insert(db, header + [1, 1, 0, 0, 0] + little(1) + little(2))
            try insert(db, header + [1, 8, 0, 0, 0, 0, 0, 0, 0])
            try insert(db, [0x47, 0x50, 0, 0x21, 0, 0, 0, 0, 1, 2, 3])
            try insert(db, header + [1, 2, 0, 0, 0, 255, 255, 255, 255])
            try insert(db, [1, 2, 3])
            try insert(db, header + [1, 2, 0, 0, 0, 1, 0, 0, 0] + little(.nan) + little(1))
            try db.execute(sql: "INSERT INTO t (shape) VALUES ('POINT (1 2)')")
            try db.execute(sql: "INSERT INTO t (shape, name) VALUES (NULL, CAST(x'FF41' AS TEXT))")
        }
        let (features, rejections) = try GeoPackageReader(path: path).readAll()
        #expect(features.count == 1)
        #expect(
            rejections.map(\.reason) == [
                .unsupportedGeometry("CIRCULARSTRING"), .extendedGeometry, .damagedGeometry, .damagedGeometry,
                .damagedGeometry, .damagedGeometry, .undecodableText,
            ])
        #expect(rejections.map(\.position) == (2...8).map { .record($0) })
        #expect(rejections[0].record == "fid=2; name=甲")
    }

    @Test func valuesKeepTheirTypes() throws {
        let folder = try TemporaryFolder()
        let path = try make(folder, columns: ", n INT, ok BOOLEAN, r DOUBLE, s TEXT(9), b BLOB, ID TEXT") { db in
            try db.execute(sql: "INSERT INTO t VALUES (5, NULL, 7, 1, 0.5, 'x', x'00', 'k1')")
        }
        let feature = try #require(try GeoPackageReader(path: path).readAll().features.first)
        #expect(feature.id == .text("k1"))
        #expect(feature.attributes.map(\.key) == ["fid", "n", "ok", "r", "s"])
        #expect(feature.attributes.map(\.value) == [.integer(5), .integer(7), .boolean(true), .real(0.5), .text("x")])
    }

    @Test(
        arguments: [
            (4326, CoordinateReferenceSystem.wgs84), (900_001, .epsg(4549)), (900_002, nil), (900_003, .cgcs2000),
            (0, nil),
            (-1, nil), (77, nil),
        ] as [(Int64, CoordinateReferenceSystem?)])
    func tellsTheSystem(_ number: Int64, _ expected: CoordinateReferenceSystem?) throws {
        let folder = try TemporaryFolder()
        let path = try make(folder, system: number) { db in
            try db.execute(sql: "INSERT INTO t (shape) VALUES (NULL)")
        }
        #expect(try GeoPackageReader(path: path).declaredCRS == expected)
    }

    @Test func refusesWhatIsNoGeoPackage() throws {
        let folder = try TemporaryFolder()
        func refusal(_ path: String) -> Failure? {
            do {
                _ = try GeoPackageReader(path: path)
                return nil
            } catch { return error as? Failure }
        }
        #expect(refusal(folder.file("absent.gpkg"))?.what == .noSuchFile(folder.file("absent.gpkg")))
        #expect(refusal(folder.file("absent.gpkg"))?.code == .notFound)
        let plain = folder.file("plain.gpkg")
        let queue = try DatabaseQueue(path: plain)
        try queue.write { db in try db.execute(sql: "CREATE TABLE a (b)") }
        try queue.close()
        #expect(refusal(plain)?.what == .notADatabase(plain))
        let path = try make(folder) { db in
            try db.execute(
                sql: "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('gone', 'features', 'g')")
        }
        #expect(refusal(path)?.what == .tableMissing(path, "gone"))
        #expect(refusal(path)?.code == .unusableInput)
    }

    @Test func anEndlessViewIsGivenUp() throws {
        let folder = try TemporaryFolder()
        let path = try make(folder) { db in
            try db.execute(
                sql: "CREATE VIEW endless AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
                    + "SELECT x FROM c WHERE x < 0")
        }
        let file = try AtlasFile.openForeign(path: path)
        let bounds = ForeignBounds(path: path, millionsOfSteps: 5)
        let failure = #expect(throws: Failure.self) {
            try file.perform { db in
                bounds.apply(to: db)
                _ = try Int.fetchOne(db, sql: "SELECT x FROM endless")
            }
        }
        #expect(failure?.code == .interrupted)
        try file.close()
    }

    @Test func anAtlasGivesItsRefsAndAttributes() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { rows in
            rows.add(
                "way/1", .square(1, 2),
                [
                    ("name", .text("楼")), ("floor_area_estimated", .boolean(true)),
                    ("attributes", .text(#"{ "a" : "x\"y" , "n" : 1.5 , "list" : [1, 2] , "ok" : true }"#)),
                ])
        }
        try AtlasFile.write(path, .boundary) { $0.add("500103", .square(1, 2), [("level", .text("district"))]) }
        let reader = try GeoPackageReader(path: path)
        var layers: [String?] = []
        var features: [Feature] = []
        while let batch = try reader.next() {
            layers.append(batch.layer)
            for index in batch.records.indices { features.append(try batch.feature(at: index)) }
        }
        #expect(layers == ["building", "boundary"])
        #expect(reader.declaredCRS == .wgs84)
        let expected = Feature(
            id: .text("way/1"), geometry: .square(1, 2),
            attributes: [
                ("name", .text("楼")), ("floor_area_estimated", .boolean(true)), ("a", .text("x\"y")), ("n", .real(1.5)),
                ("list", .json("[1, 2]")), ("ok", .boolean(true)),
            ])
        #expect(features.first == expected)
        #expect(features.last?.id == .text("500103"))
        let only = try GeoPackageReader(path: path, table: "boundary")
        #expect(try only.countAll() == (1, 0))
    }
}
