import Foundation
import GRDB
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// Atlases of older versions.
@Suite struct MigrationTests {
    /// Imports records at one place; `X` is what stands elsewhere.
    private func take(_ path: String, file: String, _ names: [String: String]) throws -> ImportCounts {
        try AtlasFile.change(path: path) { change in
            let source = try change.beginSource(
                layer: .building, file: file, identity: file, refsHoldEverywhere: false)
            let writer = try change.writer(for: .building)
            var rows = RowBatch(columns: writer.columns)
            for (ref, name) in names.sorted(by: { $0.key < $1.key }) {
                rows.add(ref, .square(name == "X" ? 107 : 106, 29), [("name", .text(name))])
            }
            _ = try writer.write(rows.batch)
            try change.endSource(source, layer: .building, sha256: nil, crs: "wgs84", counts: writer.counts)
            return (writer.counts, .commit)
        }
    }

    /// Makes an atlas what an older version would have made.
    private func age(_ path: String, to version: Int = 1, extra: String = "") throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            for table in ["row", "column", "tile", "added", "layer", "part"].map({ "louyu_change_\($0)" }) + [
                "louyu_change"
            ] {
                try db.execute(sql: "DROP TABLE \(table); DELETE FROM gpkg_extensions WHERE table_name = '\(table)'")
            }
            if version < 3 {
                try db.execute(
                    sql: """
                        DROP TABLE louyu_derived;
                        DROP TABLE louyu_elevation;
                        DELETE FROM gpkg_extensions WHERE table_name IN ('louyu_derived', 'louyu_elevation');
                        DELETE FROM louyu_meta WHERE key LIKE 'version%';
                        """)
                for layer in Layer.all {
                    for (event, row) in [("insert", "NEW"), ("update", "NEW"), ("delete", nil)] {
                        let name = "louyu_\(layer.name)_\(event)"
                        let mark = row.map {
                            "INSERT OR IGNORE INTO louyu_unindexed VALUES ('\(layer.name)', \($0).fid);"
                        }
                        try db.execute(
                            sql: """
                                DROP TRIGGER \(name);
                                CREATE TRIGGER \(name) AFTER \(event) ON \(layer.name) BEGIN
                                UPDATE louyu_meta SET value = value + 1 WHERE key = 'data_version'; \(mark ?? "") END;
                                """)
                    }
                }
            }
            if version < 2 {
                for column in ["identity", "first_fid", "last_fid"] {
                    try db.execute(sql: "ALTER TABLE louyu_source DROP COLUMN \(column)")
                }
            }
            try db.execute(sql: "UPDATE louyu_meta SET value = \(version) WHERE key = 'schema_version'; \(extra)")
        }
        try queue.close()
    }

    /// What the catalogue and the tables of a file say, its rows left out.
    private func schema(_ path: String) throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in
            try String.fetchAll(db, sql: "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY sql")
                + String.fetchAll(db, sql: "SELECT name FROM sqlite_master ORDER BY name")
                + String.fetchAll(db, sql: "SELECT key FROM louyu_meta ORDER BY key")
                + String.fetchAll(
                    db, sql: "SELECT table_name || definition || scope FROM gpkg_extensions ORDER BY table_name")
                + ["louyu_source", "louyu_elevation", "louyu_derived", "louyu_change", "louyu_change_row"].flatMap {
                    try String.fetchAll(
                        db, sql: "SELECT name || type || pk FROM pragma_table_info('\($0)') ORDER BY name")
                }
        }
    }

    @Test(arguments: [1, 2, 3]) func anOldAtlasBecomesWhatANewOneIs(_ version: Int) throws {
        let folder = try TemporaryFolder()
        let (path, new) = (folder.file("x.gpkg"), folder.file("new.gpkg"))
        for place in [path, new] { _ = try take(place, file: "a.csv", ["1": "A", "2": "B"]) }
        try age(path, to: version)
        #expect(try schema(path) != schema(new))
        _ = try take(path, file: "a.csv", ["1": "A", "2": "B", "3": "C"])
        #expect(try schema(path) == schema(new))
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            for name in ["ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"] {
                db.add(function: DatabaseFunction(name, argumentCount: 1) { _ in 0 })
            }
            try db.execute(sql: "UPDATE building SET name = '改' WHERE ref = '1'")
        }
        try queue.close()
        let file = try AtlasFile(path: path, for: .reading)
        #expect(try file.dataVersion() == 4)
        #expect(try file.versions()[.layer(.building)] == 4)
        #expect(try file.versions()[.layer(.street)] == (version < 3 ? 2 : 0), "where the version of all stood")
        try file.close()
    }

    @Test(arguments: [1, 2]) func anOldAtlasIsReadAsItIs(_ version: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        _ = try take(path, file: "a.csv", ["1": "A", "2": "B"])
        try age(path, to: version)
        let before = try Data(contentsOf: URL(filePath: path))
        let file = try AtlasFile(path: path, for: .reading)
        #expect(try file.features(FeatureQuery(.building)).count == 2)
        #expect(try file.contents().dataVersion == 2)
        let versions = try file.versions()
        #expect(versions.count == Layer.all.count + 1 && versions.values.allSatisfy { $0 == 2 })
        #expect(try file.contents().elevation == [])
        #expect(try file.elevationTiles(meeting: BoundingBox(west: -180, south: -90, east: 180, north: 90)) == [])
        #expect(try file.derived("n", stamp: "1") == nil)
        #expect(try file.keepDerived([("n", [1])], stamp: "1", computedFrom: versions) == false)
        try file.close()
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
        #expect(folder.names == ["x.gpkg"])
    }

    @Test func sourcesOfVersion1OwnTheRowsThatTheyAdded() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        _ = try take(path, file: "a.csv", ["1": "A", "2": "B"])
        _ = try take(path, file: "b.csv", ["3": "C", "4": "D", "5": "E"])
        try age(path)
        let reader = try AtlasFile(path: path, for: .reading)
        #expect(try reader.contents().sources.map(\.file) == ["a.csv", "b.csv"])
        try reader.close()
        let counts = try take(path, file: "b.csv", ["2": "X", "3": "Y", "5": "E"])
        #expect(counts.rejected == 1 && counts.changed == 1 && counts.unchanged == 1)
        let again = try AtlasFile(path: path, for: .reading)
        #expect(try again.features(ref: "2").first?.name == "B")
        #expect(try again.features(ref: "3").first?.name == "Y")
        try again.close()
    }

    @Test func rowsThatOthersAddedLeaveItOpen() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        _ = try take(path, file: "a.csv", ["1": "A", "2": "B"])
        try age(path, extra: "UPDATE sqlite_sequence SET seq = 3 WHERE name = 'building'")
        let counts = try take(path, file: "a.csv", ["1": "A", "2": "X"])
        #expect(counts.rejected == 1 && counts.unchanged == 1)
    }
}
