import Foundation
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// What killed programs leave beside a file, and what running ones build there.
@Suite struct PartFileTests {
    @Test func whatNobodyHoldsIsRemovedAndWhatSomebodyBuildsStays() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        let built = try PartFile(beside: path)
        // A name that belongs to a running process says nothing: it may run in another container.
        let left = ["x.gpkg.\(getpid()).part", "x.gpkg.1.part", "x.gpkg.00ff.part"]
        let foreign = ["x.gpkg.notes.part", "x.gpkg.part", "y.gpkg.1.part", "x.gpkg.1.partial"]
        for name in left + foreign { try Data("x".utf8).write(to: URL(filePath: folder.file(name))) }
        try AtlasFile.write(path) { $0.add("b1", .square(1, 1)) }
        let mine = URL(filePath: built.temporaryPath).lastPathComponent
        #expect(folder.names == (foreign + ["x.gpkg", mine]).sorted())
        built.discard()
        #expect(folder.names == (foreign + ["x.gpkg"]).sorted())
    }

    @Test func twoBuildTheSameFileUnderTwoNames() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        let parts = try (0..<20).map { _ in try PartFile(beside: path) }
        #expect(Set(parts.map(\.temporaryPath)).count == 20)
        #expect(folder.names.count == 20)
        for part in parts { part.discard() }
        #expect(folder.names == [])
    }

    @Test func aFolderThatIsNotThereIsTold() throws {
        let folder = try TemporaryFolder()
        let failure = #expect(throws: Failure.self) { try PartFile(beside: folder.file("none/x.gpkg")) }
        #expect(failure?.code == .cannotCreate)
        #expect(failure?.what.en.contains(".part") == false)
    }

    @Test(.enabled(if: BuiltProgram.path != nil, "needs the built program louyu"))
    func whatAKilledExportLeftIsRemovedByTheNext() throws {
        let folder = try TemporaryFolder()
        let atlas = folder.file("x.gpkg")
        try AtlasFile.write(atlas) { rows in
            for index in 0..<20_000 { rows.add("b\(index)", .square(Double(index) / 200, 0)) }
        }
        func export(killed: Bool) throws {
            let process = Process()
            process.executableURL = URL(filePath: try #require(BuiltProgram.path))
            process.arguments = [
                "export", "building", "--atlas", atlas, "-o", folder.file("out.geojson"), "--overwrite",
            ]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            let deadline = Date.now.addingTimeInterval(30)
            while killed && process.isRunning && Date.now < deadline {
                if folder.names.contains(where: { $0.hasSuffix(".part") }) {
                    kill(process.processIdentifier, SIGKILL)
                    break
                }
                usleep(500)
            }
            process.waitUntilExit()
        }
        try export(killed: true)
        #expect(folder.names.contains { $0.hasPrefix("out.geojson.") && $0.hasSuffix(".part") })
        try export(killed: false)
        #expect(folder.names == ["out.geojson", "x.gpkg"])
    }
}
