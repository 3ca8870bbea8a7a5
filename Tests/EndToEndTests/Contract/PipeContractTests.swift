import Foundation
import Testing

@Suite("Import from pipes, and of what is no data", .enabled(if: Louyu.path != nil, "needs the built program"))
struct PipeContractTests {
    private static let osm = """
        <?xml version="1.0"?><osm version="0.6">
        <node id="1" lon="-0.11" lat="51.5"/><node id="2" lon="-0.109" lat="51.5"/><node id="3" lon="-0.109" lat="51.501"/>
        <way id="7"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="building" v="yes"/></way></osm>
        """

    /// The same, packed by bzip2.
    private static let packedOSM = """
        QlpoOTFBWSZTWeoqDFIAADjZgAAQUAP7p7evn+AwAK1YSU0moeobU0M1DT0jNEGMJiaDBGIZGEwSKap5T0hkGEAAaXGC/edwvAOp\
        SV5d1fwmmzsaF40ELCc3lqg9OTmA4mWSiyilRqFNSBppuDBLFg/AYdiUpN6JvusaYuxeyMnN2j7WxZaGgVUJLUJEswrGobV9kXtW\
        tQZ3I4BNqxbVBF9QtW4qXKmdFLTjMZcXckU4UJDqKgxS
        """

    /// Runs an import with a file as standard input.
    private func piped(_ place: Workplace, _ name: String, _ words: [String]) throws -> Answer {
        try Louyu.run(
            ["import", "-", "--format", "json"] + words, in: place.url, input: try #require(place.bytes(name)))
    }

    @Test func `every format comes through a pipe as it comes from a file`() throws {
        let place = try Village.workplace()
        try place.write("a.osm", Self.osm)
        try Data(base64Encoded: Self.packedOSM)?.write(to: place.url.appending(path: "a.osm.bz2"))
        for name in ["b.gpkg", "b.geojsonl", "b.csv"] { try place.louyu(["export", "building", "-o", name]) }
        try place.louyu(["export", "building", "-o", "b.geojson"])
        let names = ["b.geojson", "b.geojsonl", "b.csv", "stations.json", "b.gpkg", "a.osm", "a.osm.bz2"]
        for (index, name) in names.enumerated() {
            let layer = name.hasPrefix("a.osm") ? [] : ["--layer", "building"]
            let (file, pipe) = ("f\(index).gpkg", "p\(index).gpkg")
            let counts = try place.imported([name] + layer + ["--atlas", file])
            let answer = try piped(place, name, layer + ["--atlas", pipe])
            #expect(counts["building"]["added"].integer ?? 0 > 0, "\(name)")
            #expect(answer.status == 0 && answer.json["layers"] == counts, "\(name): \(answer.errors)")
            let states = try [file, pipe].map { try place.louyu(["export", "building", "--atlas", $0]).output }
            #expect(states[0] == states[1], "\(name)")
            let hashes = try [file, pipe].map { try place.json(["info", "--atlas", $0])["sources"][0]["sha256"] }
            #expect(hashes[0] == hashes[1], "\(name)")
        }
    }

    @Test func `a named pipe is read once`() throws {
        let place = try Village.workplace()
        let pipe = place.url.appending(path: "pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        let bytes = try #require(place.bytes("buildings.geojson"))
        let writer = Thread {
            guard let file = FileHandle(forWritingAtPath: pipe) else { return }
            try? file.write(contentsOf: bytes)
            try? file.close()
        }
        writer.start()
        let answer = try place.louyu(
            ["import", "pipe", "--layer", "building", "--atlas", "n.gpkg", "--format", "json"], timeout: 30)
        #expect(answer.json["layers"]["building"]["added"].integer == 3, "\(answer.errors)")
    }

    @Test func `what is no data is called so, and no atlas is made`() throws {
        let place = try Workplace()
        try FileManager.default.createDirectory(at: place.url.appending(path: "d"), withIntermediateDirectories: true)
        try Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]).write(
            to: place.url.appending(path: "x.png"))
        try place.write("empty.gpkg", "")
        try place.write("empty.json", "")
        let names = place.names
        for name in ["d", "x.png", "/dev/null", "empty.gpkg", "empty.json"] {
            let answer = try place.louyu(["import", name, "--layer", "building", "--lang", "en"])
            #expect(answer.status == 65, "\(name): \(answer.status) \(answer.errors)")
            #expect(answer.errors.contains(name) && answer.errors.contains("; "), "\(answer.errors)")
            #expect(answer.errors.split(separator: "\n").count == 1)
        }
        for bytes in [Data(), Data([0x89, 0x50, 0x4E, 0x47, 0, 0])] {
            let answer = try Louyu.run(
                ["import", "-", "--layer", "building", "--lang", "en"], in: place.url, input: bytes)
            #expect(answer.status == 65 && answer.errors.contains("standard input"), "\(answer.errors)")
        }
        #expect(place.names == names)
    }

    @Test func `names of files may hold spaces, quotes and Chinese`() throws {
        let place = try Workplace()
        for name in ["我的 片区.geojson", "a\"b'c.geojson", "-x.geojson", "100%.geojson", "a#b?c.geojson"] {
            try place.write(name, Village.buildings)
            let path = name.hasPrefix("-") ? "./" + name : name
            let words = ["--layer", "building", "--atlas", "\(name).gpkg"].map {
                $0.hasPrefix("-x") ? "./" + $0 : $0
            }
            #expect(try place.imported([path] + words)["building"]["added"].integer == 3, "\(name)")
            let atlas = ["--atlas", words[3]]
            #expect(try place.json(["list", "building"] + atlas).array.count == 3, "\(name)")
        }
    }

    @Test func `of several files all or none go in`() throws {
        let village = try Village.workplace()
        let before = try village.state()
        let house = Village.house("N", "新", -0.115, 51.507, "\"storeys\":3")
        try village.write("n.geojsonl", house)
        let answer = try village.louyu(["import", "n.geojsonl", "missing.geojson", "--layer", "building"])
        #expect(answer.status == 66 && answer.errors.contains("missing.geojson"))
        #expect(try village.state() == before)
    }
}
