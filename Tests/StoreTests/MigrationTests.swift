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

    /// Makes an atlas what version 1 would have made.
    private func age(_ path: String, extra: String = "") throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            for column in ["identity", "first_fid", "last_fid"] {
                try db.execute(sql: "ALTER TABLE louyu_source DROP COLUMN \(column)")
            }
            try db.execute(sql: "UPDATE louyu_meta SET value = 1 WHERE key = 'schema_version'; \(extra)")
        }
        try queue.close()
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
