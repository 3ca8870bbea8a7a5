import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whatever goes wrong below an undo, an edit or the import of a ledger, the
/// atlas holds what it held before, and nothing is left beside it.
@Suite("undo, set and ledgers over faults", .enabled(if: Louyu.path != nil, "needs the built program"))
struct EditFaultTests {
    enum Verb: String, CaseIterable { case undo, set, table, ledger }

    private static let count = 1500

    /// A folder with the files that the verbs read; the atlas stands elsewhere.
    private let place: Workplace

    init() throws {
        place = try Workplace()
        let rows = 1...Self.count
        try place.write(
            "b.csv",
            rows.reduce("ref,name,lon,lat\n") { $0 + "b\($1),大厦\($1)甲,\(106 + Double($1) / 1e4),29.5\n" })
        try place.write("n.csv", rows.reduce("楼宇名称,空置面积\n") { $0 + "大厦\($1)甲,\($1)\n" } + "没有的广场,3\n")
        try place.write("t.csv", rows.reduce("ref,grade\n") { $0 + "b\($1),甲级\n" })
        try place.write("old.csv", "楼宇名称,物业公司\n" + rows.map { "大厦\($0)甲,某物业\n" }.joined())
    }

    private func atlas(_ path: String) throws {
        for words in [["b.csv", "--layer", "building", "--key", "ref"], ["old.csv", "--layer", "building"]] {
            try place.imported(words + ["--atlas", path])
        }
    }

    private func words(_ verb: Verb) -> [String] {
        switch verb {
        case .undo: ["undo"]
        case .set: ["set", "b7", "grade=甲级", "--if", "grade="]
        case .table: ["set", "--from", "t.csv"]
        case .ledger: ["import", "n.csv", "--layer", "building", "--note", "三月"]
        }
    }

    /// Runs a verb that must fail, and then one that must not.
    private func check(
        _ verb: Verb, _ path: String, status: Int32, names: () -> [String], fault: () throws -> Void,
        repair: (() throws -> Void)?
    ) throws {
        try atlas(path)
        let (state, history) = (try place.state(path), try place.json(["history", "--atlas", path]))
        let own = place.names
        try fault()
        let before = names()
        let answer = try place.louyu(words(verb) + ["--atlas", path, "--lang", "en"])
        #expect(answer.status == status, "\(verb): \(answer.status) \(answer.errors)")
        #expect(answer.errors.contains("error: ") && answer.output.isEmpty, "\(answer.errors)")
        #expect(try place.state(path) == state, "\(verb)")
        #expect(try place.json(["history", "--atlas", path]) == history, "\(verb)")
        #expect(names() == before && place.names == own, "\(verb): \(names()) \(place.names)")
        guard let repair else { return }
        try repair()
        try place.answered(words(verb) + ["--atlas", path])
        #expect(try place.state(path) != state, "\(verb)")
        #expect(place.has("n-待定.csv") == (verb == .ledger))
    }

    @Test(.enabled(if: Tool.path("sqlite3") != nil, "needs sqlite3"), arguments: Verb.allCases)
    func `another program writes the atlas`(_ verb: Verb) throws {
        let process = Process()
        let input = Pipe()
        try check(verb, "louyu.gpkg", status: 75, names: { place.names.filter { $0.hasSuffix(".gpkg") } }) {
            process.executableURL = URL(filePath: try #require(Tool.path("sqlite3")))
            process.arguments = ["louyu.gpkg"]
            process.currentDirectoryURL = place.url
            process.standardInput = input
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            try input.fileHandleForWriting.write(contentsOf: Data("BEGIN IMMEDIATE;\n.shell touch locked\n".utf8))
            while !place.has("locked") { usleep(2000) }
            try place.remove("locked")
        } repair: {
            try input.fileHandleForWriting.close()
            process.waitUntilExit()
        }
    }

    @Test(.enabled(if: SmallFileSystem.isPossible, "needs root to mount"), arguments: Verb.allCases)
    func `the atlas cannot be written`(_ verb: Verb) throws {
        let disk = try SmallFileSystem(kilobytes: 32_768)
        try check(
            verb, disk.file("x.gpkg"), status: 73, names: { disk.names }, fault: { try disk.makeReadOnly() },
            repair: nil)
    }

    @Test(.enabled(if: SmallFileSystem.isPossible, "needs root to mount"), arguments: Verb.allCases)
    func `the disk is full`(_ verb: Verb) throws {
        for kilobytesLeft in [0, 64, 200] where verb != .set || kilobytesLeft == 0 {
            let disk = try SmallFileSystem(kilobytes: 32_768)
            try check(verb, disk.file("x.gpkg"), status: 74, names: { disk.names }) {
                try Self.fill(disk, besides: kilobytesLeft)
            } repair: {
                try FileManager.default.removeItem(atPath: disk.file("filler"))
            }
            try? place.remove("n-待定.csv")
        }
    }

    /// Takes all room of a file system but so much.
    private static func fill(_ disk: SmallFileSystem, besides kilobytes: Int) throws {
        let filler = disk.file("filler")
        let descriptor = open(filler, O_WRONLY | O_CREAT, 0o600)
        defer { close(descriptor) }
        let block = [UInt8](repeating: 1, count: 4096)
        var size = 0
        while case let written = write(descriptor, block, block.count), written > 0 { size += written }
        guard ftruncate(descriptor, max(0, size - kilobytes * 1024)) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
