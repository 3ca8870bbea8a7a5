import Foundation
import Messages
import Synchronization
import Testing

/// How an unfinished file gets its name, and how it is kept from those who clean up.
@Suite struct PartFilePublishingTests {
    private static let taken = Failure(.cannotCreate, .outputExists("x"))

    private final class Game: Sendable {
        let isOver = Atomic(false)
    }

    private static func isThere(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    @Test func whoCleansUpNeverTakesAFileThatIsBuilt() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        let game = Game()
        for _ in 0..<2 {
            Thread.detachNewThread {
                while !game.isOver.load(ordering: .relaxed) { PartFile.removeLeftovers(of: path) }
            }
        }
        defer { game.isOver.store(true, ordering: .relaxed) }
        var lost = 0
        let deadline = Date.now.addingTimeInterval(2)
        while Date.now < deadline {
            let parts = try (0..<20).map { _ in try PartFile(beside: path) }
            usleep(500)
            lost += parts.count { !Self.isThere($0.temporaryPath) }
            for part in parts { part.discard() }
        }
        #expect(lost == 0)
    }

    @Test func anotherFileOfTheSameNameIsNotPublished() throws {
        let folder = try TemporaryFolder()
        for failure in [nil, Self.taken] {
            let part = try PartFile(beside: folder.file("x"))
            unlink(part.temporaryPath)
            try Data("not mine".utf8).write(to: URL(filePath: part.temporaryPath))
            let told = #expect(throws: Failure.self) { try part.publish(orIfTaken: failure) }
            #expect(told?.code == .inputOutput)
            #expect(!Self.isThere(folder.file("x")))
        }
    }

    @Test func aFileThatCameMeanwhileStaysUnlessItMayBeReplaced() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x")
        let part = try PartFile(beside: path)
        try Data("theirs".utf8).write(to: URL(filePath: path))
        #expect(throws: Self.taken) { try part.publish(orIfTaken: Self.taken) }
        #expect(try Data(contentsOf: URL(filePath: path)) == Data("theirs".utf8))
        try part.publish(orIfTaken: nil)
        #expect(try Data(contentsOf: URL(filePath: path)).isEmpty)
        #expect(folder.names == ["x"])
    }

    @Test func aLinkStaysAndLeadsToTheNewFile() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.file("d"), withIntermediateDirectories: true)
        symlink("d/real", folder.file("near"))
        symlink("near", folder.file("far"))
        // What a kill left beside the real file is found by way of the link.
        try Data().write(to: URL(filePath: folder.file("d/real.0f.part")))
        for failure in [Self.taken, nil] {
            let part = try PartFile(beside: folder.file("far"))
            #expect(part.place == folder.file("d/real"))
            try part.publish(orIfTaken: failure)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("d")) == ["real"])
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("far")) == "near")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("near")) == "d/real")
        }
    }

    @Test func linksThatLeadInACircleEnd() throws {
        let folder = try TemporaryFolder()
        symlink("a", folder.file("b"))
        symlink("b", folder.file("a"))
        let part = try PartFile(beside: folder.file("a"))
        #expect(throws: Self.taken) { try part.publish(orIfTaken: Self.taken) }
        part.discard()
        #expect(folder.names == ["a", "b"])
    }

    @Test(arguments: [("/dev/fd/7", 7), ("/proc/self/fd/12", 12), ("/dev/fd/x", nil), ("/dev/null", nil)])
    func openFilesAreToldByName(_ path: String, _ number: Int32?) {
        #expect(OutputPlace(path).descriptor == number)
    }

    @Test func whatTheProgramItselfOpenedIsNoOutput() throws {
        let own = open("/dev/null", O_WRONLY | O_CLOEXEC)
        defer { close(own) }
        #expect(OutputPlace.duplicate(own) == -1)
        #expect(fcntl(own, F_SETFD, 0) == 0)
        let copy = OutputPlace.duplicate(own)
        #expect(copy >= 0)
        close(copy)
    }
}
