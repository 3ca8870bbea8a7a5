import Foundation
import GRDB
import Messages
import Spatial
@testable import Store
import TestSupport
import Testing

/// What an import does to rows that stand there already.
@Suite struct ImportSemanticsTests {
    private func fill(_ rows: inout RowBatch, _ range: Range<Int>, storeys: Int64 = 3) {
        for index in range {
            rows.add(
                "b\(index)", .square(106 + Double(index) / 100, 29),
                [("name", .text("楼\(index)")), ("storeys", .integer(storeys))])
        }
    }

    private func read<Value>(_ path: String, _ body: (AtlasFile) throws -> Value) throws -> Value {
        let file = try AtlasFile(path: path, for: .reading)
        let value = try body(file)
        try file.close()
        return value
    }

    @Test func countsAddedChangedUnchanged() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        let first = try AtlasFile.write(path) { fill(&$0, 0..<10) }.counts
        #expect(first.read == 10 && first.added == 10 && first.changed == 0 && first.unchanged == 0)
        let second = try AtlasFile.write(path) { rows in
            fill(&rows, 0..<4)
            fill(&rows, 4..<6, storeys: 9)
            rows.add("b6", .square(0, 0), [("name", .text("楼6")), ("storeys", .integer(3))])
            fill(&rows, 10..<13)
        }.counts
        #expect(second.read == 10 && second.unchanged == 4 && second.changed == 3 && second.added == 3)
        try read(path) { file throws in
            #expect(try file.features(ref: "b5").first?["storeys"] == .integer(9))
            #expect(try file.features(ref: "b6").first?.geometry == .square(0, 0))
            #expect(try file.features(ref: "b9").first?["storeys"] == .integer(3))
            #expect(try file.contents().layers[0].count == 13)
        }
    }

    @Test func twiceChangesNothing() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { fill(&$0, 0..<100) }
        let version = try read(path) { try $0.dataVersion() }
        let counts = try AtlasFile.write(path) { fill(&$0, 0..<100) }.counts
        #expect(counts.unchanged == 100 && counts.changed == 0 && counts.added == 0)
        let present = try read(path) { try $0.dataVersion() }
        #expect(present == version)
    }

    @Test func aRepeatedRefIsReportedAndNotTaken() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        let (counts, collisions) = try AtlasFile.write(path) { rows in
            rows.add("b1", .square(1, 1), [("name", .text("first"))])
            rows.add("b1", .square(2, 2), [("name", .text("second"))])
            rows.add("b2", .square(3, 3))
        }
        #expect(counts.read == 3 && counts.added == 2 && counts.rejected == 1)
        #expect(collisions == [RefCollision(index: 1, holder: .sameSource)])
        let name = try read(path) { try $0.features(ref: "b1").first?.name }
        #expect(name == "first")
    }

    @Test func syncEndsRowsAndALaterImportRevivesThem() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { fill(&$0, 0..<10) }
        let counts = try AtlasFile.write(path, sync: true) { fill(&$0, 0..<7) }.counts
        #expect(counts.unchanged == 7 && counts.ended == 3)
        try read(path) { file throws in
            #expect(try file.features(ref: "b8").isEmpty)
            let contents = try file.contents()
            #expect(contents.layers[0].count == 7 && contents.layers[0].ended == 3)
            var query = NearestQuery(.building, origin: .point(Point(LonLat(106.08, 29))))
            query.limit = 1
            #expect(try file.nearest(query).first?.feature.ref == "b6")
        }
        let again = try AtlasFile.write(path, sync: true) { fill(&$0, 0..<7) }.counts
        #expect(again.ended == 0 && again.changed == 0)
        let revived = try AtlasFile.write(path) { fill(&$0, 8..<9) }.counts
        #expect(revived.changed == 1 && revived.added == 0)
        let rows = try read(path) { try $0.features(ref: "b8").count }
        #expect(rows == 1)
    }

    @Test func aRowWithoutGeometryLeavesTheIndex() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { fill(&$0, 0..<3) }
        try AtlasFile.write(path) { $0.add("b1", nil) }
        try read(path) { file throws in
            var query = NearestQuery(.building, origin: .point(Point(LonLat(106.01, 29))))
            query.limit = 5
            #expect(Set(try file.nearest(query).map(\.feature.ref)) == ["b0", "b2"])
        }
    }

    @Test func anErrorLeavesEverythingAsItWas() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { fill(&$0, 0..<10) }
        let before = try Data(contentsOf: URL(filePath: path))
        let failure = #expect(throws: Failure.self) {
            try AtlasFile.change(path: path) { change -> (Void, AtlasFile.Ending) in
                let writer = try change.writer(for: .building)
                var rows = RowBatch(columns: writer.columns)
                fill(&rows, 0..<50, storeys: 7)
                _ = try writer.write(rows.batch)
                throw Failure(.interrupted, .interrupted)
            }
        }
        #expect(failure?.code == .interrupted)
        #expect(try Data(contentsOf: URL(filePath: path)).count == before.count)
        let storeys = try read(path) { try $0.features(ref: "b5").first?["storeys"] }
        #expect(storeys == .integer(3))
        #expect(folder.names == ["x.gpkg"])
        let absent = folder.file("new.gpkg")
        #expect(throws: Failure.self) {
            try AtlasFile.change(path: absent) { _ -> (Void, AtlasFile.Ending) in
                throw Failure(.interrupted, .interrupted)
            }
        }
        #expect(folder.names == ["x.gpkg"])
    }

    // MARK: Other programs

    /// Another program that has SQLite and GeoPackage's functions.
    private func other(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            GeoPackageFunctions.register(on: db)
            try db.execute(sql: "PRAGMA trusted_schema = ON")
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    @Test func theDataVersionRisesWithEveryChange() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { fill(&$0, 0..<10) }
        var last = try read(path) { try $0.dataVersion() }
        func rises(_ what: String, _ change: () throws -> Void) throws {
            try change()
            let now = try read(path) { try $0.dataVersion() }
            #expect(now > last, "\(what)")
            last = now
        }
        try rises("import") { try AtlasFile.write(path) { fill(&$0, 5..<12, storeys: 1) } }
        try rises("sync") { try AtlasFile.write(path, sync: true) { fill(&$0, 0..<5) } }
        let queue = try other(path)
        let statements = [
            "UPDATE building SET name = '甲' WHERE ref = 'b1'", "DELETE FROM building WHERE ref = 'b2'",
            "INSERT INTO building (ref) VALUES ('plain')", "UPDATE building SET geom = NULL WHERE ref = 'b3'",
            "INSERT INTO street (ref) VALUES ('s')",
        ]
        for statement in statements {
            try rises(statement) { try queue.write { db in try db.execute(sql: statement) } }
        }
        try rises("edit") {
            try AtlasFile.change(path: path) { change in
                let feature = try #require(try change.features(FeatureQuery(.building)).first)
                try change.set("name", of: feature, to: "乙")
                return ((), .commit)
            }
        }
    }

    @Test func aRenamedRowIsFoundUnderItsNewNameOnly() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { rows in
            rows.add("b1", .square(106, 29), [("name", .text("重庆环球金融中心"))])
            rows.add("b2", .square(107, 29), [("name", .text("Ｔ１ Tower")), ("address", .text("民族路188号"))])
            rows.add("b3", .square(108, 29), [("attributes", .text(#"{"别名": "老鹰楼" , "n": 1}"#))])
        }
        func found(_ text: String) throws -> [String] { try read(path) { try $0.search(text).map(\.ref) } }
        #expect(try found("环球") == ["b1"])
        #expect(try found("中心") == ["b1"])
        #expect(try found("t1") == ["b2"])
        #expect(try found("188") == ["b2"])
        #expect(try found("鹰楼") == ["b3"])
        #expect(try found("融") == ["b1"])
        #expect(try found("天府") == [])
        let queue = try other(path)
        try queue.write { db in try db.execute(sql: "UPDATE building SET name = '天府国际' WHERE ref = 'b1'") }
        #expect(try found("天府") == ["b1"])
        #expect(try found("环球") == [])
        try queue.write { db in try db.execute(sql: "DELETE FROM building WHERE ref = 'b1'") }
        #expect(try found("天府") == [])
    }

    @Test func manyRenamedRowsAreTakenIntoTheIndex() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { fill(&$0, 0..<3000) }
        let queue = try other(path)
        try queue.write { db in
            try db.execute(
                sql: "UPDATE building SET name = '塔' || ref WHERE fid > 1000; DELETE FROM building WHERE fid = 2000")
        }
        func marked() throws -> Int? {
            try queue.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM louyu_unindexed") }
        }
        #expect(try marked() == 2000)
        try AtlasFile.write(path) { fill(&$0, 3000..<3001) }
        #expect(try marked() == 0)
        try read(path) { file throws in
            #expect(try file.search("塔b1500").map(\.ref) == ["b1500"])
            #expect(try file.search("塔").count == 1999)
            #expect(try file.search("楼1500").isEmpty)
            #expect(try file.search("楼3000").map(\.ref) == ["b3000"])
            #expect(try file.search("楼999").map(\.ref) == ["b999"])
            #expect(try file.search("塔b1999").isEmpty)
        }
        // Taken in again under further names, a row is found under the last.
        try queue.write { db in try db.execute(sql: "UPDATE building SET name = '阁' || ref WHERE fid > 1500") }
        try AtlasFile.write(path) { fill(&$0, 3001..<3002) }
        #expect(try marked() == 0)
        try read(path) { file throws in
            #expect(try file.search("阁b1600").map(\.ref) == ["b1600"])
            #expect(try file.search("塔b1600").isEmpty)
            #expect(try file.search("塔b1400").map(\.ref) == ["b1400"])
        }
        try queue.close()
    }

    @Test(arguments: [Int64(1) << 60, Int64(1) << 62, Int64.max - 100]) func hugeFidsAreRowsLikeOthers(_ fid: Int64)
        throws
    {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { fill(&$0, 0..<3) }
        let queue = try other(path)
        try queue.write { db in
            try db.execute(
                sql: "INSERT INTO building (fid, geom, ref, name) SELECT ?, geom, 'huge', '巨塔' FROM building LIMIT 1",
                arguments: [fid])
        }
        try queue.close()
        let counts = try AtlasFile.write(path) { rows in
            fill(&rows, 0..<3)
            for index in 10..<60 { rows.add("n\(index)", .square(50, 50), [("name", .text("新塔\(index)"))]) }
        }.counts
        #expect(counts.added == 50 && counts.unchanged == 3)
        try AtlasFile.write(path) { $0.add("huge", .square(60, 60), [("name", .text("更巨塔"))]) }
        try read(path) { file throws in
            #expect(try file.search("新塔33").map(\.ref) == ["n33"])
            #expect(try file.search("巨塔").map(\.fid) == [fid])
            #expect(try file.feature(.building, fid: fid)?.name == "更巨塔")
            var query = NearestQuery(.building, origin: .point(Point(LonLat(60, 60))))
            query.limit = 1
            #expect(try file.nearest(query).map(\.feature.ref) == ["huge"])
        }
    }

    @Test func aRejectedRecordIsKeptWhole() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        let records = ["{\"a\":\"\u{0}b\"}", "", "楼，\"引号\"\n"]
        try AtlasFile.change(path: path) { change in
            let source = try change.beginSource(layer: .building, file: "a.csv")
            let rejections = records.map { Rejection(position: .line(3), reason: .noGeometry, record: $0) }
            try change.keep(rejections, repairs: [], of: .building, source: source)
            return ((), .commit)
        }
        let queue = try DatabaseQueue(path: path)
        let kept = try queue.read { db in
            try Data.fetchAll(db, sql: "SELECT CAST(record AS BLOB) FROM rejected_record ORDER BY id")
        }
        #expect(kept.map { String(decoding: $0, as: UTF8.self) } == records)
        try queue.close()
    }
}
