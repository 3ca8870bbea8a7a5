import Foundation
import GRDB
import Messages
import Spatial
import Store
import TestSupport
import Testing

@Suite struct GeoPackageWriterTests {
    private func batch(_ features: [Feature]) -> FeatureBatch {
        var batch = FeatureBatch()
        for (index, feature) in features.enumerated() { batch.append(feature, position: .record(index + 1)) }
        return batch
    }

    private func write(_ path: String, _ batches: [FeatureBatch], overwrite: Bool = false) throws {
        let writer = try GeoPackageWriter(path: path, table: "buildings", overwrite: overwrite)
        for batch in batches { try writer.write(batch) }
        try writer.finish()
    }

    @Test func comesBackAsItWent() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        let features = [
            Feature(
                id: .text("way/1"), geometry: .square(106.5, 29.5),
                attributes: [("名称", .text("解放碑")), ("n", .integer(3)), ("h", .real(2.5)), ("ok", .boolean(true))]),
            Feature(id: .integer(2), geometry: .point(Point(LonLat(1, 2))), attributes: [("n", .integer(2))]),
            Feature(id: .text("way/3"), geometry: nil, attributes: [("list", .json("[1,2]"))]),
        ]
        try write(path, [batch(features)])
        #expect(folder.names == ["x.gpkg"])
        let read = try GeoPackageReader(path: path).readAll().features
        #expect(read.map(\.geometry) == features.map(\.geometry))
        #expect(read.map(\.id) == [.text("way/1"), .text("2"), .text("way/3")])
        for (name, value) in features[0].attributes { #expect(read[0][name] == value) }
        #expect(read[2]["list"] == .text("[1,2]"))
    }

    @Test func columnsWidenWithoutLoss() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        var keys: [String] = []
        func one(_ attributes: [(key: String, value: Attribute)]) -> FeatureBatch {
            var batch = FeatureBatch()
            batch.keys = keys
            batch.append(Feature(geometry: .square(0, 0), attributes: attributes), position: .record(1))
            keys = batch.keys
            return batch
        }
        try write(
            path,
            [
                one([("a", .integer(7)), ("b", .boolean(true)), ("c", .integer(1))]),
                one([("a", .text("007")), ("b", .text("x")), ("c", .real(0.5)), ("FID", .integer(9))]),
                one([("A", .text("other")), ("c", .integer(2))]),
            ])
        let read = try GeoPackageReader(path: path).readAll().features
        #expect(read.map { $0["a"] } == [.text("7"), .text("007"), nil])
        #expect(read.map { $0["b"] } == [.text("true"), .text("x"), nil])
        #expect(read.map { $0["c"] } == [.real(1), .real(0.5), .real(2)])
        #expect(read[1]["FID_2"] == .integer(9))
        #expect(read[2]["A_2"] == .text("other"))
        let queue = try DatabaseQueue(path: path)
        let kinds = try queue.read { db in try db.columns(in: "buildings").map { "\($0.name) \($0.type)" } }
        #expect(
            kinds == [
                "fid INTEGER", "geom GEOMETRY", "a TEXT", "b TEXT", "c REAL", "FID_2 INTEGER", "A_2 TEXT",
            ])
        #expect(try queue.read { db in try String.fetchOne(db, sql: "PRAGMA integrity_check") } == "ok")
    }

    @Test func refusesWhatIsThere() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        let rows = [batch([Feature(geometry: .square(0, 0))])]
        try write(path, rows)
        let before = try Data(contentsOf: URL(filePath: path))
        let failure = #expect(throws: Failure.self) { try write(path, rows) }
        #expect(failure?.code == .cannotCreate)
        #expect(failure?.what == .outputExists(path))
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
        try write(path, rows + rows, overwrite: true)
        #expect(try GeoPackageReader(path: path).countAll() == (2, 0))
        #expect(folder.names == ["x.gpkg"])
    }

    @Test func aLogOfTheReplacedFileGoesWithIt() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try write(path, [batch([Feature(geometry: .square(0, 0))])])
        // A copy of a file in WAL mode with its log, as a killed program leaves it.
        let live = folder.file("live.gpkg")
        try FileManager.default.copyItem(atPath: path, toPath: live)
        let queue = try DatabaseQueue(path: live)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL; CREATE TABLE more (a); INSERT INTO more VALUES (1)")
        }
        try FileManager.default.removeItem(atPath: path)
        for ending in ["", "-wal"] { try FileManager.default.copyItem(atPath: live + ending, toPath: path + ending) }
        try write(path, [batch([Feature(geometry: .square(0, 0)), Feature(geometry: nil)])], overwrite: true)
        #expect(try GeoPackageReader(path: path).countAll() == (2, 0))
        try queue.close()
        #expect(folder.names == ["live.gpkg", "x.gpkg"])
    }

    @Test func nothingStaysOfWhatIsNotFinished() throws {
        let folder = try TemporaryFolder()
        do {
            let writer = try GeoPackageWriter(path: folder.file("x.gpkg"), table: "a")
            try writer.write(batch([Feature(geometry: .square(0, 0))]))
            #expect(folder.names.count == 1)
        }
        #expect(folder.names == [])
        let failure = #expect(throws: Failure.self) {
            _ = try GeoPackageWriter(path: folder.file("absent/x.gpkg"), table: "a")
        }
        #expect(failure?.code == .cannotCreate)
        #expect(failure?.what.en.contains(".part") == false)
    }

    @Test(arguments: ["a", "楼宇 表", "o'clock \"x\"", "select"])
    func anyTableNameWillDo(_ name: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        let writer = try GeoPackageWriter(path: path, table: name)
        try writer.write(batch((0..<60).map { Feature(geometry: .square(Double($0), 0)) }))
        try writer.finish()
        #expect(try GeoPackageReader(path: path, table: name).countAll() == (60, 0))
        let queue = try DatabaseQueue(path: path)
        let check = try queue.read { db in
            try String.fetchOne(db, sql: "SELECT rtreecheck(?)", arguments: ["rtree_\(name)_geom"])
        }
        #expect(check == "ok")
    }

    @Test func anEmptyStreamMakesAnEmptyTable() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        let writer = try GeoPackageWriter(
            path: path, table: "building", columns: [GeoPackageWriter.Column("名称", .text)])
        try writer.finish()
        let failure = #expect(throws: Failure.self) { _ = try GeoPackageReader(path: path) }
        #expect(failure?.what == .noRows(path))
    }
}
