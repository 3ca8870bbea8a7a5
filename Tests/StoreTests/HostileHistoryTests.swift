import Foundation
import GRDB
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// History tables that another program has written: no crash, no hang, and
/// nothing that SQL hidden in them could do.
@Suite struct HostileHistoryTests {
    private func atlas(_ folder: TemporaryFolder) throws -> String {
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { rows in
            for ref in 1...5 { rows.add("\(ref)", .square(106, 29), [("name", .text("N\(ref)"))]) }
        }
        try AtlasFile.write(path, sync: true) { $0.add("2", .square(106.1, 29), [("name", .text("新"))]) }
        return path
    }

    private func spoil(_ path: String, _ sql: String, _ arguments: StatementArguments = []) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { db in
            try db.execute(sql: sql, arguments: arguments)
        }
        try queue.close()
    }

    /// Asks everything that reads the history.
    private func ask(_ path: String) throws {
        func attempt(_ question: () throws -> Void) throws {
            do { try question() } catch is Failure {}
        }
        try attempt {
            let file = try AtlasFile(path: path, for: .reading)
            defer { try? file.close() }
            try attempt { _ = try file.changes() }
            try attempt { _ = try file.contents() }
            for fid in [-1, 0, 1, 2, Int64.max, .min] {
                try attempt { _ = try file.history(of: .building, fid: fid) }
            }
            for to in [nil, "2026"] {
                try attempt { _ = try file.differences(in: .building, from: "", to: to) }
            }
        }
        try attempt { _ = try AtlasFile.change(path: path) { (try $0.undoLast(), .rollBack) } }
    }

    @Test(arguments: [
        "UPDATE louyu_change_added SET last_fid = 9223372036854775807",
        "UPDATE louyu_change_added SET first_fid = -9223372036854775808, last_fid = 9223372036854775807",
        "UPDATE louyu_change_added SET digests = x'00'", "UPDATE louyu_change_added SET digests = ''",
        "UPDATE louyu_change_added SET positions = x'FFFFFFFFFFFFFFFFFFFFFF', position_unit = 'line'",
        "UPDATE louyu_change_added SET positions = x'FFFFFFFFFFFFFFFF7F02', position_unit = 'line'",
        "UPDATE louyu_change_added SET positions = 17, position_unit = 'parsec'",
        "UPDATE louyu_change_row SET before = x'FFFFFFFFFFFFFFFF7F'", "UPDATE louyu_change_row SET before = x'04'",
        "UPDATE louyu_change_row SET before = 'text', after = 5",
        "UPDATE louyu_change_row SET after = zeroblob(1000000)",
        "UPDATE louyu_change_row SET digest_after = 'x', digest_before = NULL WHERE 0",
        "UPDATE louyu_change_row SET fid = -fid", "UPDATE louyu_change_row SET position = -9223372036854775808",
        "UPDATE louyu_change SET undone_by = id", "UPDATE louyu_change SET undoes = 99",
        "UPDATE louyu_change SET made_at = x'00FF', verb = x'1B5B', note = zeroblob(100)",
        "UPDATE louyu_change_part SET layer = 'no', change_id = -1", "DELETE FROM louyu_change_part",
        "UPDATE louyu_change_layer SET layer = 'gpkg_contents'", "DELETE FROM louyu_change_layer",
        "UPDATE louyu_change_layer SET sequence_before = 'x', min_x = 'west', version_after = 'old'",
        "DROP TABLE louyu_change_row", "DROP TABLE louyu_change",
        "INSERT INTO louyu_change_column VALUES (2, 'building', 'x\"; DROP TABLE building; --')",
        "INSERT INTO louyu_change_column VALUES (2, 'building', 'name'), (2, 'building', 'fid')",
        "INSERT INTO louyu_change_tile VALUES (2, 9223372036854775807, -1, 5, 'x', 1)",
    ]) func nothingThatStandsThereDoesHarm(_ sql: String) throws {
        let folder = try TemporaryFolder()
        let path = try atlas(folder)
        try spoil(path, sql)
        try ask(path)
        let file = try AtlasFile(path: path, for: .reading)
        #expect(try file.columns(of: .building).contains("name"))
        try file.close()
    }

    /// A row whose number is the last there is, and a record of rows that
    /// claims all numbers.
    @Test func numbersAtTheEndOverflowNothing() throws {
        let folder = try TemporaryFolder()
        let path = try atlas(folder)
        try spoil(path, "UPDATE sqlite_sequence SET seq = 9223372036854775806 WHERE name = 'building'")
        try spoil(
            path,
            "INSERT INTO louyu_change_added SELECT 9223372036854775807, part_id, layer, -9223372036854775808, "
                + "9223372036854775807, NULL, NULL, digests FROM louyu_change_added LIMIT 1")
        let name = try AtlasFile.change(path: path) { change in
            for name in ["甲", "乙"] {
                _ = try change.beginSource(layer: .building, file: name)
                let writer = try change.writer(for: .building)
                var rows = RowBatch(columns: writer.columns)
                rows.add("last", .square(106, 29), [("name", .text(name))])
                _ = try writer.write(rows.batch)
            }
            return (try change.feature(.building, fid: .max)?.name, .commit)
        }
        #expect(name == "乙")
        try ask(path)
    }

    @Test(arguments: [11, 12, 13] as [UInt64]) func bytesOfAnyKindAreNoImage(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let path = try atlas(folder)
        for _ in 0..<20 {
            let bytes = Data(
                (0..<Int.random(in: 0...40, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random) & (Bool.random(using: &random) ? 7 : 255)
                })
            try spoil(path, "UPDATE louyu_change_row SET before = ?, after = ?", [bytes, bytes])
            try spoil(path, "UPDATE louyu_change_added SET positions = ?, position_unit = 'byte'", [bytes])
            try ask(path)
        }
    }
}
