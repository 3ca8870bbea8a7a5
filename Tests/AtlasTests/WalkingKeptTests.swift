import Atlas
import Foundation
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// What is worked out of streets and places is kept in the file: never longer
/// than it is right, and never trusted.
@Suite(.enabled(if: Programs.has("sqlite3"), "needs sqlite3")) struct WalkingKeptTests {
    /// Everything that an atlas answers about walking, in a form that can be compared.
    private struct Answers: Equatable {
        var counts: [CoverageCount] = []
        var boundaries: [String] = []
        var blindSpots: [BlindSpot] = []
        var reached: [String] = []
        var areas: [Double] = []
        var border: [String] = []

        init(_ atlas: Atlas) throws {
            let coverage = try atlas.coverage(WalkingTown.query())
            counts = coverage.boundaries.map(\.count) + [coverage.total]
            boundaries = coverage.boundaries.map { $0.boundary?.ref ?? "" }
            blindSpots = coverage.blindSpots
            let query = ReachQuery([.position(LonLat(0.004, 0.004)), .position(LonLat(0.002, 0.006))])
            reached = try atlas.reached(query, minutes: 6).map {
                "\($0.feature.ref) \($0.place) \($0.seconds) \($0.meters)"
            }
            areas = try atlas.serviceAreas(query, minutes: [3, 6]).map(\.areaSquareMeters)
            var sides = BorderQuery(try atlas.feature("A"), try atlas.feature("B"), minutes: 6)
            sides.stations.kind = "doctor"
            let services = try atlas.borderServices(sides)
            border = services.buildings.map { "\($0.feature.ref) \($0.ownSeconds ?? -1) \($0.acrossSeconds ?? -1)" }
            border += services.pairs.map { "\($0.a.ref) \($0.b.ref) \($0.ofA) \($0.ofB)" }
            border += services.crossings.map { "\($0.street.ref) \($0.buildings)" }
        }
    }

    /// Runs SQL as a program would that knows nothing of Louyu but, as QGIS does, what the index's triggers call.
    private func change(_ path: String, _ sql: String) throws {
        let triggers = ["street", "building", "station", "boundary"].map { layer in
            (2...7).map { "DROP TRIGGER IF EXISTS \"rtree_\(layer)_geom_update\($0)\";" }.joined()
        }
        #expect(try Programs.run("sqlite3", ["-bail", path, triggers.joined() + sql]) == 0, "\(sql)")
    }

    /// Keeps everything that questions make.
    private func prepare(_ town: WalkingTown) throws -> Answers {
        let atlas = try Atlas(path: town.path)
        try atlas.prepareWalking()
        let answers = try Answers(atlas)
        try atlas.keepPrepared()
        return answers
    }

    @Test func theNextValueFindsWhatWasKept() throws {
        let town = try WalkingTown(seed: 1)
        #expect(!(try town.atlas.isWalkingPrepared()))
        let first = try prepare(town)
        #expect(try Programs.run("sqlite3", ["-bail", town.path, "SELECT 1/(count(*) >= 5) FROM louyu_derived"]) == 0)
        let second = try Atlas(path: town.path)
        #expect(try second.isWalkingPrepared())
        #expect(try Answers(second) == first)
        #expect(try Answers(town.atlas) == first)
        // Without all of it the answer is the same.
        try change(town.path, "DELETE FROM louyu_derived;")
        #expect(try Answers(try Atlas(path: town.path)) == first)
    }

    @Test(arguments: [
        "UPDATE street SET class = 'motorway' WHERE fid % 3 = 0;", "DELETE FROM street WHERE fid % 4 = 1;",
        "UPDATE building SET floor_area_m2 = 77777 WHERE fid % 5 = 0;", "DELETE FROM building WHERE fid % 3 = 0;",
        "UPDATE building SET geom = (SELECT geom FROM station WHERE fid = 1) WHERE fid % 2 = 0;",
        "DELETE FROM station WHERE fid < 4;", "UPDATE station SET geom = (SELECT geom FROM building WHERE fid = 9);",
        "UPDATE boundary SET attributes = '{\"population\":9}' WHERE level = 'community';",
        "DELETE FROM boundary WHERE ref = 'A1';",
    ])
    func anEditByAnotherProgramIsSeenAtTheNextQuestion(_ sql: String) throws {
        let town = try WalkingTown(seed: 2)
        let before = try prepare(town)
        let open = try Atlas(path: town.path)
        #expect(try Answers(open) == before)
        try change(town.path, sql)
        let after = try Answers(open)
        #expect(after != before, "\(sql)")
        #expect(try Answers(try Atlas(path: town.path)) == after, "\(sql)")
        // The same as where nothing was ever kept.
        try change(town.path, "DELETE FROM louyu_derived;")
        #expect(try Answers(try Atlas(path: town.path)) == after, "\(sql)")
    }

    @Test(.enabled(if: SmallFileSystem.isPossible, "needs root, and mount"), arguments: [false, true])
    func aFileThatCannotBeWrittenAnswersTheSame(_ isPrepared: Bool) throws {
        let town = try WalkingTown(seed: 5)
        let expected = try isPrepared ? prepare(town) : Answers(town.atlas)
        let disk = try SmallFileSystem(kilobytes: 32768)
        let copy = disk.file("copy.gpkg")
        try FileManager.default.copyItem(atPath: town.path, toPath: copy)
        let bytes = try Data(contentsOf: URL(filePath: copy))
        try disk.makeReadOnly()
        for _ in 0..<2 {
            let atlas = try Atlas(path: copy)
            try atlas.prepareWalking()
            #expect(try Answers(atlas) == expected)
            try atlas.keepPrepared()
            #expect(try Answers(atlas) == expected)
            #expect(try atlas.isWalkingPrepared() == isPrepared)
        }
        #expect(try Data(contentsOf: URL(filePath: copy)) == bytes && disk.names == ["copy.gpkg"])
    }

    @Test func whatIsKeptIsNeverTrusted() throws {
        let town = try WalkingTown(seed: 11)
        let expected = try prepare(town)
        let sound = town.path + ".sound"
        try FileManager.default.copyItem(atPath: town.path, toPath: sound)
        defer { try? FileManager.default.removeItem(atPath: sound) }
        let damages = [
            "content = randomblob(length(content))", "content = randomblob(1)", "content = x''",
            "content = zeroblob(4096)",
            "content = substr(content, 1, length(content) / 2)", "content = substr(content, 1, length(content) - 1)",
            "content = substr(content, 9)", "content = cast(content || x'00' AS blob)",
            "content = cast(substr(content, 1, 40) || randomblob(length(content) - 40) AS blob)",
            "content = cast(substr(content, 1, length(content) - 64) || zeroblob(64) AS blob)",
            "content = cast(substr(content, 1, length(content) / 2) || randomblob(length(content) - length(content) / 2) AS blob)",
            "content = (SELECT content FROM louyu_derived AS other WHERE other.name > louyu_derived.name LIMIT 1)",
            "content = 'text'", "content = NULL", "content = 7",
            "content = cast(substr(content, 1, 100) || x'FFFFFFFFFFFFFF7F' || substr(content, 109) AS blob)",
        ]
        for damage in damages {
            try FileManager.default.removeItem(atPath: town.path)
            try FileManager.default.copyItem(atPath: sound, toPath: town.path)
            // A NULL may be refused by the table: then nothing was damaged.
            let sql = "UPDATE OR IGNORE louyu_derived SET \(damage);"
            try change(town.path, sql)
            #expect(try Answers(try Atlas(path: town.path)) == expected, "\(damage)")
        }
    }

    @Test func whatAnotherAtlasKeptIsNotTaken() throws {
        let (town, other) = (try WalkingTown(seed: 12), try WalkingTown(seed: 13))
        let expected = try prepare(town)
        _ = try prepare(other)
        try change(
            town.path,
            "ATTACH '\(other.path)' AS other; UPDATE louyu_derived SET content = (SELECT content FROM other.louyu_derived AS o WHERE o.name = louyu_derived.name);"
        )
        #expect(try Answers(try Atlas(path: town.path)) == expected)
    }
}
