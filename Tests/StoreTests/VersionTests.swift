import GRDB
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// The versions of an atlas's parts: what raises which.
@Suite struct VersionTests {
    private func versions(_ path: String) throws -> [AtlasPart: Int64] {
        let file = try AtlasFile(path: path, for: .reading)
        defer { try? file.close() }
        return try file.versions()
    }

    private func dataVersion(_ path: String) throws -> Int {
        let file = try AtlasFile(path: path, for: .reading)
        defer { try? file.close() }
        return try file.dataVersion()
    }

    /// The parts whose version a body raises; none may fall, and the version
    /// of all rises exactly where one of them does.
    private func raised(_ path: String, by body: () throws -> Void) throws -> Set<AtlasPart> {
        let (before, dataBefore) = (try versions(path), try dataVersion(path))
        try body()
        let (after, dataAfter) = (try versions(path), try dataVersion(path))
        #expect(before.allSatisfy { after[$0.key] ?? -1 >= $0.value })
        let raised = Set(after.filter { before[$0.key] != $0.value }.keys)
        #expect((dataAfter > dataBefore) == !raised.isEmpty)
        return raised
    }

    private func edit(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            for name in ["ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"] {
                db.add(function: DatabaseFunction(name, argumentCount: 1) { _ in 1.0 })
            }
            db.add(function: DatabaseFunction("ST_IsEmpty", argumentCount: 1) { _ in false })
            try db.execute(sql: sql)
        }
        try queue.close()
    }

    private func atlas(_ path: String) throws {
        try AtlasFile.write(path) { rows in for index in 0..<20 { rows.add("b\(index)", .square(1, 2)) } }
        try AtlasFile.write(path, .street) { $0.add("s", .lineString(LineString([LonLat(1, 2), LonLat(3, 4)]))) }
    }

    @Test func everyPartHasOne() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path)
        let versions = try versions(path)
        #expect(Set(versions.keys) == Set(Layer.all.map(AtlasPart.layer) + [.elevation]))
        #expect(versions[.layer(.building)] == 20)
        #expect(versions[.layer(.street)] == 1)
        #expect(versions[.elevation] == 0)
    }

    @Test(arguments: Layer.all) func anEditByAnotherProgramRaisesThatOfItsLayer(_ layer: Layer) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path, layer) { rows in for ref in ["a", "b"] { rows.add(ref, .square(1, 2)) } }
        for sql in [
            "INSERT INTO \(layer.name) (ref) VALUES ('c')", "UPDATE \(layer.name) SET name = '新' WHERE ref = 'a'",
            "UPDATE \(layer.name) SET geom = (SELECT geom FROM \(layer.name) WHERE ref = 'a') WHERE ref = 'b'",
            "DELETE FROM \(layer.name) WHERE ref = 'b'",
        ] {
            #expect(try raised(path) { try edit(path, sql) } == [.layer(layer)], "\(sql)")
        }
        #expect(try raised(path) { try edit(path, "UPDATE \(layer.name) SET name = '' WHERE ref = 'x'") } == [])
    }

    @Test func anImportRaisesThoseOfTheLayersItChanges() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path)
        #expect(try raised(path) { try atlas(path) } == [], "the same again")
        let both = try raised(path) {
            try AtlasFile.change(path: path) { change in
                for (layer, ref) in [(Layer.building, "b3"), (.street, "s"), (.station, "new")] {
                    let writer = try change.writer(for: layer)
                    var rows = RowBatch(columns: writer.columns)
                    // The building stands there just so.
                    let line = Geometry.lineString(LineString([LonLat(1, 2), LonLat(3, 5)]))
                    rows.add(ref, layer == .street ? line : .square(1, 2))
                    _ = try writer.write(rows.batch)
                }
                return ((), .commit)
            }
        }
        #expect(both == [.layer(.street), .layer(.station)])
        let ended = try raised(path) { try AtlasFile.write(path, sync: true) { $0.add("b3", .square(1, 2)) } }
        #expect(ended == [.layer(.building)])
        let rolledBack = try raised(path) {
            try AtlasFile.change(path: path) { change in
                let writer = try change.writer(for: .zone)
                var rows = RowBatch(columns: writer.columns)
                rows.add("z", .square(1, 2))
                _ = try writer.write(rows.batch)
                return ((), .rollBack)
            }
        }
        #expect(rolledBack == [])
    }

    /// While a layer is written its triggers are away.
    @Test(arguments: [true, false]) func aColumnThatAChangeSetsRaisesThatOfItsLayer(_ isBesideWriter: Bool) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path, .boundary) { $0.add("a", .square(1, 2)) }
        let parts = try raised(path) {
            try AtlasFile.change(path: path) { change in
                if isBesideWriter { _ = try change.writer(for: .boundary) }
                for feature in try change.features(FeatureQuery(.boundary)) {
                    try change.set("parent_ref", of: feature, to: "b")
                }
                return ((), .commit)
            }
        }
        #expect(parts == [.layer(.boundary)])
    }

    @Test func aSnapshotGivesThoseOfWhatIsReadInIt() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try atlas(path)
        try AtlasFile.change(path: path) { change in
            // The file is in WAL mode now, where a reader keeps its state.
            let file = try AtlasFile(path: path, for: .reading)
            let writer = try change.writer(for: .street)
            var rows = RowBatch(columns: writer.columns)
            rows.add("t", .square(1, 2))
            _ = try writer.write(rows.batch)
            #expect(try file.versions()[.layer(.street)] == 1)
            try file.close()
            return ((), .commit)
        }
        #expect(try versions(path)[.layer(.street)] == 2)
    }
}
