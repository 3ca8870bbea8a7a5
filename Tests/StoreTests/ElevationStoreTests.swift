import Foundation
import GRDB
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// Tiles of elevation in an atlas.
@Suite struct ElevationStoreTests {
    private func tile(_ south: Int, _ west: Int, side: Int = 1201, seed: UInt64 = 1) -> ElevationTile {
        var generator = SeededGenerator(seed: seed)
        var heights = [Int16](repeating: 300, count: side * side)
        for _ in 0..<5000 {
            heights[Int.random(in: 0..<side * side, using: &generator)] = Int16.random(
                in: -400...8000, using: &generator)
        }
        return ElevationTile(south: south, west: west, side: side, heightsMeters: heights)
    }

    private func keep(
        _ path: String, _ tiles: [ElevationTile], ending: AtlasFile.Ending = .commit
    ) throws -> [ImportCounts] {
        try AtlasFile.change(path: path) { change in
            (try tiles.map { try change.keep($0, file: "\($0.name).hgt", sha256: "ab") }, ending)
        }
    }

    private func reading<Value>(_ path: String, _ body: (AtlasFile) throws -> Value) throws -> Value {
        let file = try AtlasFile(path: path, for: .reading)
        defer { try? file.close() }
        return try body(file)
    }

    private let world = BoundingBox(west: -180, south: -90, east: 180, north: 90)

    @Test func tilesAreAddedChangedOrLeft() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        func version() throws -> Int64? { try reading(path) { try $0.versions()[.elevation] } }
        let first = try keep(path, [tile(49, 11), tile(50, 11)])
        #expect(first.allSatisfy { $0.read == 1 && $0.added == 1 && $0.changed + $0.unchanged == 0 })
        #expect(try version() == 2)
        let again = try keep(path, [tile(49, 11), tile(50, 11, seed: 2)])
        #expect(again[0].unchanged == 1 && again[0].added + again[0].changed == 0)
        #expect(again[1].changed == 1 && again[1].added + again[1].unchanged == 0)
        #expect(try version() == 3)
        #expect(try keep(path, [tile(49, 11, side: 3601)])[0].changed == 1)
        #expect(try reading(path) { try $0.versions() }.filter { $0.value > 0 }.map(\.key) == [.elevation])
        try reading(path) { file in
            #expect(try file.dataVersion() == 4)
            #expect(try file.elevationTiles(meeting: world) == [tile(49, 11, side: 3601), tile(50, 11, seed: 2)])
            let contents = try file.contents()
            #expect(contents.elevation.map(\.name) == ["N49E011", "N50E011"])
            #expect(contents.elevation.map(\.spacingArcSeconds) == [1, 3])
            #expect(contents.sources.map(\.file) == ["N49E011.hgt", "N50E011.hgt", "N50E011.hgt", "N49E011.hgt"])
            #expect(contents.sources.allSatisfy { $0.layer == "elevation" && $0.read == 1 && $0.sha256 == "ab" })
        }
        _ = try keep(path, [tile(0, 0)], ending: .rollBack)
        #expect(try version() == 4)
    }

    @Test func thoseThatMeetABoxAreRead() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        let tiles = [tile(-1, -1), tile(0, -180), tile(0, 0), tile(0, 179), tile(50, 11)]
        _ = try keep(path, tiles.reversed())
        let file = try AtlasFile(path: path, for: .reading)
        func names(_ west: Double, _ south: Double, _ east: Double, _ north: Double) throws -> [String] {
            try file.elevationTiles(
                meeting: BoundingBox(west: west, south: south, east: east, north: north)
            ).map(\.name)
        }
        #expect(try file.elevationTiles(meeting: world) == tiles)
        #expect(try names(11.2, 50.3, 11.3, 50.4) == ["N50E011"])
        #expect(try names(12, 51, 13, 52) == ["N50E011"], "its corner")
        #expect(try names(0, 0, 0, 0) == ["S01W001", "N00E000"])
        #expect(try names(20, 20, 30, 30) == [])
        #expect(try names(179.5, 0.1, -179.5, 0.2) == ["N00W180", "N00E179"], "across the antimeridian")
        #expect(try file.elevationTiles(meeting: .empty) == [])
        try file.close()
    }

    @Test func aTileThatIsDamagedIsAFailure() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        for damage in [
            "heights = x'00'", "heights = 'text'", "side = 3601", "side = 1200", "side = 9e18", "south = 90",
            "west = 'x'", "heights = zeroblob(1000000)", "west = -181",
        ] {
            try? FileManager.default.removeItem(atPath: path)
            _ = try keep(path, [tile(49, 11)])
            let queue = try DatabaseQueue(path: path)
            try queue.write { try $0.execute(sql: "UPDATE louyu_elevation SET \(damage)") }
            try queue.close()
            if damage == "west = 'x'" {
                // SQLite reads such a text as 0, which is a corner.
                #expect(try reading(path) { try $0.contents().elevation.first?.west } == 0)
                continue
            }
            let failure = #expect(throws: Failure.self, "\(damage)") {
                try reading(path) { try $0.elevationTiles(meeting: world) }
            }
            #expect(failure?.code == .unusableInput, "\(damage)")
        }
    }

    @Test func anOutsideEditRaisesTheVersion() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        _ = try keep(path, [tile(49, 11)])
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "DELETE FROM louyu_elevation") }
        try queue.close()
        let file = try AtlasFile(path: path, for: .reading)
        #expect(try file.versions()[.elevation] == 2)
        #expect(try file.dataVersion() == 2)
        #expect(try file.elevationTiles(meeting: world) == [])
        try file.close()
    }
}
