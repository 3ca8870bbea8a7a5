import Foundation
import GRDB
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// GeoPackages that mean no good, each read in a process of its own.
@Suite(.serialized) struct HostileGeoPackages {
    /// What is tried.
    enum File: String, Codable, Sendable, CaseIterable {
        case claimedCounts, deepCollection, deepClaims, emptyMembers, emptyRings, longText, longBlob, claimedBlob
        case endlessView, endlessViewWithoutRows, endlessConcatenation, wideView, wideGeneratedColumns
        case manyColumns, manyDefaults, unsafeFunction, triggers

        /// Makes the file.
        func make(at path: String) throws {
            let writer = try GeoPackageWriter(path: path, table: "places")
            var batch = FeatureBatch()
            batch.append(Feature(geometry: .point(Point(LonLat(106, 29)))), position: .record(1))
            try writer.write(batch)
            try writer.finish()
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction { db in try damage(db) }
            try queue.close()
            if self == .claimedBlob { try claimBlob(path) }
        }

        private func damage(_ db: Database) throws {
            switch self {
            case .claimedCounts, .deepCollection, .deepClaims, .emptyMembers, .emptyRings:
                try table(db, columns: "geom BLOB")
                try db.execute(
                    sql: "INSERT INTO gpkg_geometry_columns VALUES ('hostile', 'geom', 'GEOMETRY', 4326, 0, 0)")
                try addGeometries(db)
            case .longText:
                try table(db, columns: "a TEXT")
                try db.execute(sql: "INSERT INTO hostile (a) VALUES (replace(hex(zeroblob(2000000)), '0', 'x'))")
            case .longBlob:
                try table(db, columns: "a BLOB")
                try db.execute(sql: "INSERT INTO hostile (a) VALUES (zeroblob(4000000))")
            case .claimedBlob:
                try table(db, columns: "a BLOB")
                try db.execute(sql: "INSERT INTO hostile (a) VALUES (?)", arguments: [Data(Self.mark)])
            case .endlessView: try view(db, "x", from: Self.endless)
            case .endlessViewWithoutRows: try view(db, "x", from: Self.endless + " WHERE x < 0")
            case .endlessConcatenation: try view(db, "group_concat(x)", from: Self.endless)
            case .wideView:
                try view(db, (0..<1900).map { "hex(randomblob(400000)) AS c\($0)" }.joined(separator: ", "))
            case .wideGeneratedColumns:
                let columns = (0..<1900).map { "c\($0) TEXT GENERATED ALWAYS AS (hex(zeroblob(400000)))" }
                try table(db, columns: "a, " + columns.joined(separator: ", "))
                try db.execute(sql: "INSERT INTO hostile (a) VALUES (1)")
            case .manyColumns:
                try table(db, columns: (0..<1900).map { "c\($0) DEFAULT 1" }.joined(separator: ", "))
                for _ in 0..<300 { try db.execute(sql: "INSERT INTO hostile (c0) VALUES (1)") }
            case .manyDefaults:
                try table(db, columns: "a")
                for _ in 0..<100 { try db.execute(sql: "INSERT INTO hostile (a) VALUES (1)") }
                let text = String(repeating: "x", count: 20_000)
                for index in 0..<20 {
                    try db.execute(sql: "ALTER TABLE hostile ADD COLUMN c\(index) DEFAULT '\(text)'")
                }
            case .unsafeFunction: try view(db, "load_extension('x')")
            case .triggers:
                try table(db, columns: "a")
                let selection = "SELECT " + Array(repeating: "1", count: 1000).joined(separator: ",") + ";"
                let body = String(repeating: selection, count: 50)
                for index in 0..<20 {
                    try db.execute(sql: "CREATE TRIGGER t\(index) AFTER INSERT ON hostile BEGIN \(body) END")
                }
            }
        }

        private func addGeometries(_ db: Database) throws {
            switch self {
            case .claimedCounts:
                for type in UInt32(2)...7 { try add(db, geometry: wkb(type, .max)) }
                try add(db, geometry: wkb(6, 1) + wkb(3, .max))
            case .deepCollection:
                try add(db, geometry: (0..<100_000).flatMap { _ in wkb(7, 1) } + wkb(7, 0))
            case .deepClaims:
                try add(db, geometry: (0..<31).flatMap { _ in wkb(7, 200_000) } + Array(repeating: 0, count: 1 << 20))
            case .emptyMembers:
                try add(db, geometry: wkb(7, 100_000) + (0..<100_000).flatMap { _ in wkb(2, 0) })
            case .emptyRings: try add(db, geometry: wkb(3, 1 << 17) + Array(repeating: 0, count: 4 << 17))
            default: break
            }
        }

        private static let mark = Array("a blob whose length is a lie, and rather a large one at that".utf8)
        private static let endless = "(WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c)"

        private func wkb(_ type: UInt32, _ count: UInt32) -> [UInt8] {
            [1] + withUnsafeBytes(of: type.littleEndian, Array.init)
                + withUnsafeBytes(of: count.littleEndian, Array.init)
        }

        private func add(_ db: Database, geometry: [UInt8]) throws {
            let blob = Array("GP".utf8) + [0, 1, 0xE6, 0x10, 0, 0] + geometry
            try db.execute(sql: "INSERT INTO hostile (geom) VALUES (?)", arguments: [Data(blob)])
        }

        private func table(_ db: Database, columns: String) throws {
            try db.execute(sql: "CREATE TABLE hostile (\(columns))")
            try list(db)
        }

        private func view(_ db: Database, _ columns: String, from source: String? = nil) throws {
            try db.execute(sql: "CREATE VIEW hostile AS SELECT \(columns)" + (source.map { " FROM \($0)" } ?? ""))
            try list(db)
        }

        private func list(_ db: Database) throws {
            try db.execute(
                sql: "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('hostile', 'features', 'h')"
            )
        }

        /// Makes the header of the record say that the blob has 2^30 bytes.
        private func claimBlob(_ path: String) throws {
            var bytes = Array(try Data(contentsOf: URL(filePath: path)))
            let place = try #require(bytes.firstRange(of: Self.mark)?.lowerBound)
            // The blob's serial type takes two bytes of the three of the header.
            bytes[place - 3] = 8
            bytes.replaceSubrange(place - 2..<place + 4, with: [0x88, 0x80, 0x80, 0x80, 0x0C, 0])
            try Data(bytes).write(to: URL(filePath: path))
        }
    }

    @Test(arguments: File.allCases) func isReadOrRefused(_ file: File) async {
        await #expect(processExitsWith: .success) { [file] in
            let path = HostileReading.path(fileExtension: "gpkg")
            try file.make(at: path)
            let reading = HostileReading(path: path, isAgreed: { ($0 as? Failure)?.code == .unusableInput }) { path in
                _ = try GeoPackageReader(path: path).countAll()
            }
            reading.secondsPerFile = 40
            let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
            try reading.tryFileInPlace(file.rawValue, size: size)
            #expect(reading.violations == [])
        }
    }
}
