import Exchange
import Foundation
import Messages
import Testing

@testable import city

@Suite struct FilesTests {
    private func made(seed: UInt64, buildings: Int) throws -> [String: Data] {
        let root = FileManager.default.temporaryDirectory.appending(path: "city-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        var writer = try CityWriter(
            seed: seed, buildingCount: buildings, folder: try Folder(root.path, mayOverwrite: false))
        try writer.write()
        return try contents(of: root)
    }

    private func contents(of folder: URL) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            files[name] = try Data(contentsOf: folder.appending(path: name))
        }
        return files
    }

    private var geodata: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "geodata")
    }

    @Test func theCommittedCityIsWhatIsMadeNow() throws {
        let committed = try contents(of: geodata)
        let made = try made(seed: 7, buildings: 3000)
        #expect(committed.keys.sorted() == made.keys.sorted())
        for (name, bytes) in made { #expect(committed[name] == bytes, "\(name)") }
        #expect(committed.values.reduce(0) { $0 + $1.count } < 2_000_000)
    }

    @Test func theSeedAloneDecidesTheBytes() throws {
        let first = try made(seed: 21, buildings: 1000)
        #expect(try made(seed: 21, buildings: 1000) == first)
        let other = try made(seed: 22, buildings: 1000)
        for name in ["buildings.geojsonl", "boundaries.geojson", "streets.geojsonl", "stations.json"] {
            #expect(first[name] != other[name], "\(name)")
        }
    }

    @Test func theManifestCountsWhatIsThere() throws {
        let files = try contents(of: geodata)
        let json = try JSONSerialization.jsonObject(with: files["MANIFEST.json"] ?? Data())
        let manifest = try #require(json as? [String: Any])
        let entries = try #require(manifest["files"] as? [[String: Any]])
        #expect(entries.count + 2 == files.count)
        for entry in entries {
            let name = try #require(entry["file"] as? String)
            let bytes = try #require(files[name])
            #expect(entry["bytes"] as? Int == bytes.count)
            if name.hasSuffix("geojsonl") { #expect(entry["records"] as? Int == bytes.count { $0 == 10 }) }
        }
    }

    @Test func theReadmeSaysInBothLanguagesThatAllIsInvented() throws {
        let readme = String(decoding: try Data(contentsOf: geodata.appending(path: "README.md")), as: UTF8.self)
        #expect(readme.contains("invented"))
        #expect(readme.contains("虚构"))
    }

    /// zlib, through the reader of gzip files, is the judge.
    @Test func zlibUnpacksWhatWasCompressed() throws {
        var random = SplitMix64(seed: 3)
        let samples: [[UInt8]] = [
            [], [7], (0..<5000).map { UInt8(truncatingIfNeeded: $0 / 700) },
            (0..<20_000).map { _ in UInt8(truncatingIfNeeded: random.next() >> 60) },
            (0..<20_000).map { _ in UInt8(truncatingIfNeeded: random.next()) },
        ]
        for sample in samples {
            var gzip: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
            gzip += Deflate.compress(sample, distances: [2, 2402])
            gzip.append(little: [Int(ZipArchive.checksum(sample)), sample.count], width: 4)
            let path = FileManager.default.temporaryDirectory.appending(path: "city-\(UUID().uuidString).gz").path
            defer { unlink(path) }
            try Data(gzip).write(to: URL(filePath: path))
            let input = try ByteInput(path: path)
            var unpacked: [UInt8] = []
            while try input.read(appendingTo: &unpacked, atMost: 8192) > 0 {}
            #expect(unpacked == sample)
        }
    }

    @Test func existingFilesAreKeptUnlessToldOtherwise() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "city-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: root) }
        try Folder(root, mayOverwrite: false).write("a", [1])
        #expect(throws: Failure.self) { try Folder(root, mayOverwrite: false).write("a", [2]) }
        try Folder(root, mayOverwrite: true).write("a", [2])
    }
}
