import Exchange
import Foundation
import Spatial
import TestSupport
import Testing

/// Real tiles beside what GDAL reads of them.
@Suite(.enabled(if: Programs.has("gdallocationinfo"), "needs GDAL")) struct ElevationOracleTests {
    private static let city = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "geodata/N39E082.hgt.zip")

    private static let tiles: [URL] =
        [city] + ["N49E011", "N50E011"].compactMap { try? SharedData.file("elevation/\($0).hgt.zip") }

    /// What GDAL reads at columns and rows.
    private func heights(_ file: URL, _ places: [(column: Int, row: Int)]) throws -> [Int] {
        let name = file.lastPathComponent.replacing(".zip", with: "")
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: try #require(Programs.path(of: "gdallocationinfo")))
        process.arguments = ["-valonly", "/vsizip/\(file.path)/\(name)"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let lines = places.map { "\($0.column) \($0.row)\n" }.joined()
        // The pipe holds all of it: ten bytes a place at most.
        try input.fileHandleForWriting.write(contentsOf: Data(lines.utf8))
        try input.fileHandleForWriting.close()
        let words = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return words.split(separator: "\n").compactMap { Int($0) }
    }

    @Test(arguments: tiles) func samplesAreWhatGDALReads(_ file: URL) throws {
        let tile = try ElevationReader.tile(ByteInput(path: file.path))
        #expect(tile.name == file.lastPathComponent.prefix(7))
        var generator = SeededGenerator(seed: 11)
        let last = tile.side - 1
        let places =
            [(0, 0), (last, 0), (0, last), (last, last)]
            + (0..<4000).map { number in
                // The invented city lies in the middle of its desert.
                let range = number % 2 == 0 ? 0...last : last / 2 - 40...last / 2 + 40
                return (Int.random(in: range, using: &generator), Int.random(in: range, using: &generator))
            }
        let expected = try heights(file, places)
        #expect(expected.count == places.count)
        for ((column, row), height) in zip(places, expected) {
            #expect(Int(tile.heightsMeters[row * tile.side + column]) == height, "\(column) \(row)")
        }
        #expect(Set(expected).count > 20, "heights that tell something")
    }

    @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data")) func neighboursShareTheirEdge() throws {
        let tiles = try Self.tiles.dropFirst().map { try ElevationReader.tile(ByteInput(path: $0.path)) }
        let (southern, northern) = (tiles[0], tiles[1])
        let shared = (0..<1201).map { LonLat(11 + Double($0) / 1200, 50) }
        #expect(shared.map(southern.heightMeters) == shared.map(northern.heightMeters))
        #expect(southern.heightsMeters.prefix(1201) == northern.heightsMeters.suffix(1201))
    }
}
