import Foundation
import TestSupport
import Testing

@Suite("Copies of what comes through a pipe", .enabled(if: Louyu.path != nil, "needs the built program"))
struct SpoolContractTests {
    private let place: Workplace
    private let copies: Workplace

    init() throws {
        place = try Village.workplace()
        copies = try Workplace()
    }

    private var environment: [String: String] { ["TMPDIR": copies.url.path] }

    /// The beginning of a GeoPackage, which never comes to its end.
    private static let beginning: Data = {
        var bytes = Data("SQLite format 3\0".utf8) + Data(count: 52) + Data("GPKG".utf8)
        bytes.append(Data(count: 300_000))
        return bytes
    }()

    /// Imports from a named pipe whose writer stalls; a signal comes when a copy has begun.
    private func interrupted(by signal: Int32) throws -> Answer {
        let pipe = place.url.appending(path: "pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        defer { unlink(pipe) }
        let descriptor = open(pipe, O_RDWR | O_CLOEXEC)
        defer { close(descriptor) }
        let writer = Thread {
            var offset = 0
            while offset < Self.beginning.count {
                let wrote = Self.beginning.withUnsafeBytes {
                    write(descriptor, $0.baseAddress?.advanced(by: offset), min(4096, $0.count - offset))
                }
                guard wrote > 0 else { return }
                offset += wrote
            }
        }
        writer.start()
        let copies = copies
        return try Louyu.run(
            ["import", "pipe", "--layer", "building", "--lang", "en"], in: place.url, environment: environment,
            timeout: 20,
            interrupt: Interrupt(signal: signal) {
                copies.names.contains { (copies.bytes($0)?.count ?? 0) >= 1 << 18 }
            })
    }

    @Test func `Ctrl-C ends the copying and leaves no copy`() throws {
        let before = try place.state()
        let answer = try interrupted(by: SIGINT)
        #expect(answer.status == 130 && answer.errors.contains("interrupted"), "\(answer.status) \(answer.errors)")
        #expect(copies.names == [])
        #expect(try place.state() == before)
    }

    @Test(arguments: [SIGTERM, SIGKILL])
    func `a copy is for nobody else, and what a kill left goes with the next`(_ signal: Int32) throws {
        #expect(try interrupted(by: signal).status == -signal)
        let name = try #require(copies.names.first)
        var status = stat()
        #expect(stat(copies.url.appending(path: name).path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        try place.louyu(["export", "building", "-o", "b.gpkg"])
        let answer = try Louyu.run(
            ["import", "-", "--layer", "building", "--atlas", "n.gpkg"], in: place.url,
            input: try #require(place.bytes("b.gpkg")), environment: environment)
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(copies.names == [])
    }

    @Test(.enabled(if: SmallFileSystem.isPossible, "needs root to mount"))
    func `a full disk is told of standard input`() throws {
        let disk = try SmallFileSystem(kilobytes: 128)
        let answer = try Louyu.run(
            ["import", "-", "--layer", "building", "--lang", "en"], in: place.url, input: Self.beginning,
            environment: ["TMPDIR": disk.path])
        #expect(answer.status == 74, "\(answer.errors)")
        #expect(answer.errors.contains("standard input") && answer.errors.contains(disk.path), "\(answer.errors)")
        #expect(!answer.errors.contains(".part"), "\(answer.errors)")
        #expect(disk.names == [])
    }

    @Test func `a folder for copies that is not there is told`() throws {
        let answer = try Louyu.run(
            ["import", "-", "--layer", "building", "--lang", "en"], in: place.url, input: Self.beginning,
            environment: ["TMPDIR": copies.url.appending(path: "none").path])
        #expect(answer.status == 74 && answer.errors.contains("standard input"), "\(answer.errors)")
    }
}
