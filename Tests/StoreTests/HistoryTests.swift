import Foundation
import GRDB
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// The history of an atlas, and taking changes back.
@Suite struct HistoryTests {
    /// What a layer holds: all columns of all rows, the numbering, the extent.
    private func content(_ path: String) throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in
            try Layer.all.flatMap { layer in
                try Row.fetchAll(db, sql: "SELECT * FROM \(layer.name) ORDER BY fid").map(\.description)
            }
                + Row.fetchAll(db, sql: "SELECT id, layer, file, added FROM louyu_source").map(\.description)
                + Row.fetchAll(db, sql: "SELECT layer, position, reason, record FROM rejected_record").map(
                    \.description)
                + Row.fetchAll(db, sql: "SELECT table_name, min_x, min_y, max_x, max_y FROM gpkg_contents").map(
                    \.description)
                + (db.tableExists("louyu_ledger_row")
                    ? Row.fetchAll(db, sql: "SELECT * FROM louyu_ledger_row").map(\.description) : [])
                + Row.fetchAll(db, sql: "SELECT * FROM gpkg_ogr_contents").map(\.description)
                + Row.fetchAll(db, sql: "SELECT * FROM gpkg_data_columns").map(\.description)
                + Row.fetchAll(
                    db, sql: "SELECT * FROM sqlite_sequence WHERE name IN ('building', 'boundary') AND seq > 0"
                ).map(\.description)
                + Row.fetchAll(
                    db, sql: "SELECT id, round(minx, 4), round(maxy, 4) FROM rtree_building_geom ORDER BY id"
                ).map(\.description)
        }
    }

    private func isSound(_ path: String) throws -> Bool {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in
            try ["PRAGMA integrity_check", "SELECT rtreecheck('rtree_building_geom')"].allSatisfy {
                try String.fetchOne(db, sql: $0) == "ok"
            }
        }
    }

    /// One random change: an import of rows, some new, some changed, some gone.
    private func change(_ path: String, _ random: inout SeededGenerator, promotes: Bool) throws {
        let names = ["甲", "乙", "丙", "丁", "戊", ""]
        let refs = (1...30).filter { _ in Bool.random(using: &random) }
        let sync = Int.random(in: 0..<3, using: &random) == 0
        let isMoved = Bool.random(using: &random)
        try AtlasFile.change(path: path) { change in
            change.describe(as: .import, note: "随机")
            if promotes { try change.promote("租金", in: .building) }
            let file = "file\(Int.random(in: 1...2, using: &random)).csv"
            let source = try change.beginSource(layer: .building, file: file, identity: "all")
            let writer = try change.writer(for: .building)
            var rows = RowBatch(columns: writer.columns)
            for ref in refs {
                let x = 106 + Double(ref) / 1000 + (isMoved ? Double.random(in: 0...0.0005, using: &random) : 0)
                var cells: [(key: String, value: Attribute)] = [
                    ("name", .text(names.randomElement(using: &random) ?? "")),
                    ("storeys", .integer(Int64.random(in: 1...3, using: &random))),
                    ("floor_area_m2", .real(Double.random(in: 1...3, using: &random).rounded())),
                ]
                if Bool.random(using: &random) {
                    cells.append(("attributes", .text("{\"租金\":\(Int.random(in: 1...9, using: &random)),\"x\":\"y\"}")))
                }
                rows.add("r\(ref)", ref % 7 == 0 ? nil : .square(x, 29), cells)
            }
            _ = try writer.write(rows.batch)
            try change.keep(
                [Rejection(position: .line(9), reason: .refRepeats("x"), record: "{}")], repairs: [], of: .building,
                source: source)
            let links = refs.map { ref in
                LedgerLink(key: "row\(ref % 9)", ref: ref % 5 == 0 ? nil : "r\(ref)", isDecided: sync)
            }
            try change.keep(links, layer: .building, ledger: file)
            if sync { try change.forget(["row3", "row4"], layer: .building, ledger: "file1.csv") }
            if sync { try writer.endUnseen(at: "2026-01-01T00:00:00Z", where: []) }
            try change.endSource(source, layer: .building, sha256: "00", crs: "wgs84", counts: writer.counts)
            return ((), .commit)
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func anySequenceOfChangesIsTakenBackStepByStep(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        _ = try AtlasFile.change(path: path) { _ in ((), .commit) }
        var states = [try content(path)]
        for step in 0..<5 {
            try change(path, &random, promotes: step == 3)
            states.append(try content(path))
        }
        while states.count > 1 {
            states.removeLast()
            let report = try AtlasFile.change(path: path) { change in
                change.describe(as: .undo)
                return (try change.undoLast(), .commit)
            }
            #expect(report?.conflicts == [], "seed \(seed)")
            #expect(report?.rejected == 1)
            let other = try content(path).difference(from: states[states.count - 1])
            #expect(other.isEmpty, "seed \(seed), back to step \(states.count - 1)")
            #expect(try isSound(path))
        }
        let rest = try AtlasFile.change(path: path) { (try $0.undoLast(), .rollBack) }
        #expect(rest == nil)
    }

    @Test func aRowThatAnotherProgramEditedStopsTheUndo() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { rows in
            for ref in 1...3 { rows.add("\(ref)", .square(106, 29), [("name", .text("N\(ref)"))]) }
        }
        try AtlasFile.write(path) { $0.add("2", .square(106, 29), [("name", .text("新"))]) }
        let before = try content(path)
        for sql in ["UPDATE building SET name = '改' WHERE ref = '2'", "DELETE FROM building WHERE ref = '2'"] {
            try edit(path, "SAVEPOINT s; \(sql); RELEASE s")
            let found = try AtlasFile.change(path: path) { (try $0.undoLast(), .rollBack) }
            #expect(found?.conflicts.map(\.fid) == [2])
            #expect(found?.conflicts.map(\.isGone) == [sql.hasPrefix("DELETE")])
            if !sql.hasPrefix("DELETE") { try edit(path, "UPDATE building SET name = '新' WHERE ref = '2'") }
        }
        #expect(before.count == (try content(path)).count + 2)
    }

    @Test func rowsThatAnotherProgramAddedStay() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { $0.add("1", .square(106, 29)) }
        try edit(path, "INSERT INTO building (ref, name) VALUES ('q', 'QGIS')")
        _ = try AtlasFile.change(path: path) { (try $0.undoLast(), .commit) }
        let file = try AtlasFile(path: path, for: .reading)
        #expect(try file.features(FeatureQuery(.building)).map(\.fid) == [2])
        #expect(try file.contents().layers[0].count == 1)
        try file.close()
    }

    @Test func aValueThatItsColumnTurnsIntoAnotherIsNoEdit() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { _ in }
        try edit(path, "ALTER TABLE building ADD COLUMN plate VARCHAR(20); ALTER TABLE building ADD COLUMN n NUMERIC")
        try AtlasFile.write(path) { rows in
            rows.add(
                "1", .square(106, 29),
                [
                    ("storeys", .text("12")), ("name", .integer(7)), ("height_m", .integer(9_007_199_254_740_993)),
                    ("floor_area_m2", .integer(5)), ("year_built", .real(1999)), ("plate", .real(1.5)),
                    ("n", .text("4.0")), ("vacant_area_m2", .text("?")),
                ])
        }
        let report = try AtlasFile.change(path: path) { (try $0.undoLast(), .commit) }
        #expect(report?.conflicts == [])
        #expect(report?.layers.first?.removed == 1)
    }

    @Test func theHistoryOfARecordTellsEachColumn() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) {
            $0.add("1", .square(106, 29), [("name", .text("甲")), ("attributes", .text("{\"a\":1}"))])
        }
        try AtlasFile.write(path) {
            $0.add("1", .square(106.001, 29), [("name", .text("乙")), ("attributes", .text("{\"a\":2}"))])
        }
        try edit(path, "UPDATE building SET name = '丙'")
        try AtlasFile.write(path) {
            $0.add("1", .square(106.001, 29), [("name", .text("丁")), ("attributes", .text("{\"a\":2}"))])
        }
        let file = try AtlasFile(path: path, for: .reading)
        let events = try file.history(of: .building, fid: 1)
        try file.close()
        #expect(events.map(\.kind) == [.changed, .elsewhere, .changed, .added])
        #expect(events[0].cells.map(\.name) == ["name"])
        #expect(events[0].cells.map(\.from) == [.text("丙")] && events[0].cells.map(\.to) == [.text("丁")])
        #expect(events[0].geometry == nil)
        #expect(events[2].cells.map(\.name) == ["a", "name"])
        #expect(events[2].cells.map(\.from) == [.integer(1), .text("甲")])
        #expect(events[2].cells.map(\.to) == [.integer(2), .text("乙")])
        #expect(events[2].geometry?.before == Geometry.square(106, 29).wkb)
        #expect(events[2].geometry?.after == Geometry.square(106.001, 29).wkb)
    }

    /// Does what another program does.
    private func edit(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            for name in ["ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"] {
                db.add(function: DatabaseFunction(name, argumentCount: 1) { _ in 0 })
            }
            try db.execute(sql: sql)
        }
        try queue.close()
    }
}
