import Foundation
import Testing

@Suite("Where answers go", .enabled(if: Louyu.path != nil, "needs the built program"))
struct TargetContractTests {
    private let village: Workplace

    init() throws { village = try Village.workplace() }

    @Test(arguments: ["louyu.gpkg", "./louyu.gpkg", "link.gpkg"])
    func `an answer never replaces its atlas, by whatever name`(_ name: String) throws {
        try village.link("link.gpkg", to: village.url.appending(path: "louyu.gpkg"))
        let before = village.bytes("louyu.gpkg")
        for words in [
            ["export", "building"], ["list", "building", "--format", "csv"], ["near", "H1"], ["repair"], ["info"],
            ["import", "buildings.geojson", "--layer", "building"],
        ] {
            let answer = try village.louyu(words + ["-o", name, "--overwrite"])
            #expect(answer.status == 73, "\(words): \(answer.status) \(answer.errors)")
            #expect(village.bytes("louyu.gpkg") == before, "\(words)")
        }
    }

    @Test func `an import's answer never replaces its file`() throws {
        let before = village.bytes("buildings.geojson")
        let words = ["import", "buildings.geojson", "--layer", "building", "-o", "./buildings.geojson", "--overwrite"]
        #expect(try village.louyu(words).status == 73)
        #expect(village.bytes("buildings.geojson") == before)
        let own = ["import", "buildings.geojson", "--layer", "building", "--atlas", "n.gpkg", "-o", "./n.gpkg"]
        #expect(try village.louyu(own).status == 73)
        #expect(!village.has("n.gpkg"), "nor the atlas that it would make")
    }

    @Test func `a target that cannot be is refused before anything is done`() throws {
        try village.write("n.geojsonl", Village.house("N", "新", -0.115, 51.507, "\"storeys\":3"))
        try village.write("kept.json", "kept")
        let before = village.bytes("louyu.gpkg")
        let words = ["import", "n.geojsonl", "--layer", "building", "-o"]
        #expect(try village.louyu(words + ["kept.json"]).status == 73)
        #expect(try village.louyu(words + ["n.ods"]).status == 64)
        #expect(village.text("kept.json") == "kept" && village.bytes("louyu.gpkg") == before)
    }

    @Test func `a folder, a device and an empty name are no files`() throws {
        try FileManager.default.createDirectory(at: village.url.appending(path: "d"), withIntermediateDirectories: true)
        for more in [[], ["--overwrite"], ["--format", "gpkg"], ["--overwrite", "--format", "csv"]] {
            let answer = try village.louyu(["export", "building", "-o", "d", "--lang", "en"] + more)
            #expect(answer.status == 73 && answer.errors.contains("folder"), "\(more): \(answer.errors)")
        }
        #expect(try village.louyu(["export", "building", "-o", ""]).status == 64)
        for more in [[], ["--overwrite"]] {
            let answer = try village.louyu(["list", "building", "-o", "/dev/null"] + more)
            #expect(answer.status == 0, "\(answer.errors)")
        }
        var status = stat()
        #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR, "the device is still one")
        #expect(village.names.allSatisfy { !$0.hasSuffix(".part") })
    }

    @Test(arguments: ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
    func `standard output by name is written to as it stands`(_ name: String) throws {
        guard FileManager.default.fileExists(atPath: name) else { return }
        let words = ["list", "building", "--format", "json", "-o", name]
        let told = try village.louyu(["list", "building", "--format", "json"]).output
        try village.write("out.txt", "kept\n")
        for more in [[], ["--overwrite"]] {
            let before = try #require(village.text("out.txt"))
            #expect(try village.shell(">> out.txt", words + more).status == 0)
            #expect(village.text("out.txt") == before + told, "\(more)")
            #expect(try village.shell("| cat", words + more).output == told)
        }
        #expect(try village.shell("3> three.txt", ["info", "-o", "/dev/fd/3"]).status == 0)
        #expect(village.text("three.txt")?.isEmpty == false)
        #expect(try village.shell("7>&-", ["info", "-o", "/dev/fd/7"]).status == 73, "not open")
        #expect(try village.shell("", ["export", "building", "--format", "gpkg", "-o", name]).status == 64)
    }

    @Test func `a link stays a link, and its file is the target`() throws {
        try FileManager.default.createDirectory(at: village.url.appending(path: "d"), withIntermediateDirectories: true)
        for form in ["csv", "gpkg"] {
            let real = village.url.appending(path: "d/real.\(form)")
            try village.link("link.\(form)", to: real)
            let words = ["export", "building", "-o", "link.\(form)"]
            #expect(try village.louyu(words).status == 0, "a link to nothing yet")
            #expect(try village.louyu(words).status == 73)
            let before = try Data(contentsOf: real)
            #expect(try village.louyu(words + ["--where", "storeys > 30", "--overwrite"]).status == 0)
            #expect(try Data(contentsOf: real) != before)
            let link = village.url.appending(path: "link.\(form)").path
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == real.path)
        }
    }

    @Test func `an answer never replaces an atlas that is yet to be made, by whatever name`() throws {
        try village.link("later.gpkg", to: village.url.appending(path: "n.gpkg"))
        let words = ["import", "buildings.geojson", "--layer", "building", "--atlas", "n.gpkg", "--overwrite", "-o"]
        #expect(try village.louyu(words + ["later.gpkg"]).status == 73)
        #expect(!village.has("n.gpkg"))
    }

    @Test(arguments: ["dbf", "kmz", "ods", "geojson.gz", "csv.zip"])
    func `an ending of a form that is not written is refused, with those there are`(_ ending: String) throws {
        for verb in [["export", "building"], ["list", "building"]] {
            let answer = try village.louyu(verb + ["-o", "x.\(ending)", "--lang", "en"])
            #expect(answer.status == 64, "\(answer.errors)")
            #expect(answer.errors.contains(".csv") || answer.errors.contains("gzip"), "\(answer.errors)")
            #expect(!village.has("x.\(ending)"))
        }
    }

    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"),
        arguments: [
            ["list", "building"], ["export", "building"], ["near", "--help"], ["--version"], ["--json-usage"],
        ])
    func `what standard output does not take is answered by 74`(_ words: [String]) throws {
        #expect(try village.shell("> /dev/full", words).status == 74)
        #expect(try village.shell(">&-", words).status == 74)
    }

    @Test func `without standard error all else goes on`() throws {
        for ending in ["2>&-", "2> /dev/full", "<&- 2>&-"] where !ending.contains("full") || village.hasFullDevice {
            #expect(try village.shell(ending, ["list", "building"]).status == 0, "\(ending)")
            #expect(try village.shell(ending, ["near", "nowhere"]).status == 66, "\(ending)")
            let words = ["export", "building", "--overwrite", "-o", "out.geojson"]
            #expect(try village.shell(ending, words).status == 0, "\(ending)")
            #expect(village.bytes("out.geojson") == (try village.exported("building")), "\(ending)")
        }
    }

    @Test func `a reader that goes away ends an answer quietly`() throws {
        let answer = try City.workplace().shell("| head -n 1", ["export", "building"])
        #expect(answer.errors.isEmpty && answer.output.hasPrefix("{"), "\(answer.errors)")
    }
}

extension Workplace {
    /// Runs the program here through a shell that turns its streams elsewhere.
    fileprivate func shell(_ redirection: String, _ words: [String]) throws -> (
        status: Int32, output: String, errors: String
    ) {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "\"$0\" \"$@\" \(redirection)", Louyu.path ?? ""] + words
        process.currentDirectoryURL = url
        (process.standardOutput, process.standardError) = (output, errors)
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, said, complaint)
    }

    fileprivate var hasFullDevice: Bool { FileManager.default.fileExists(atPath: "/dev/full") }
}
