import Foundation
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// What Louyu writes, judged by GDAL's validator of GeoPackages, where
/// `tools/benchmarks/install` has put it.
@Suite(.enabled(if: Validator.isPresent, "needs the validator that tools/benchmarks/install puts into .build"))
struct ValidatorTests {
    @Test func anAtlasIsValid() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        for round in 0..<2 {
            try AtlasFile.write(path) { rows in
                for index in 0..<200 {
                    rows.add(
                        "\(index)", .square(106.5 + Double(index) / 100, 29.5 + Double(round)),
                        [("name", .text("楼 \(index)")), ("storeys", .integer(Int64(round)))])
                }
                rows.add("point", .point(Point(LonLat(106, 29))))
            }
        }
        try AtlasFile.write(path, .street) { rows in
            rows.add("s", .lineString(LineString([LonLat(1, 2), LonLat(3, 4)], heightsMeters: [5, 6])))
        }
        _ = try AtlasFile.change(path: path) { change in
            let heights = [Int16](repeating: 300, count: 1201 * 1201)
            let tile = ElevationTile(south: 29, west: 106, side: 1201, heightsMeters: heights)
            return (try change.keep(tile, file: "N29E106.hgt", sha256: nil), .commit)
        }
        let file = try AtlasFile(path: path, for: .reading)
        #expect(
            try file.keepDerived(
                [("network", [UInt8](repeating: 7, count: 100_000))], stamp: "1", computedFrom: file.versions()))
        try file.close()
        let complaints = try Validator.complaints(path)
        #expect(complaints == "")
    }

    @Test func anAtlasWithAnswersIsValid() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { rows in rows.add("1", .square(106.5, 29.5), [("name", .text("楼"))]) }
        var batch = FeatureBatch()
        let shapes: [Geometry?] = [
            .square(106.5, 29.5), .point(Point(LonLat(106, 29), heightMeters: 3)), nil,
            .lineString(LineString([LonLat(1, 2), LonLat(3, 4)])), .multiPolygon([]),
        ]
        for (index, shape) in shapes.enumerated() {
            batch.append(
                Feature(id: .text("r\(index)"), geometry: shape, attributes: [("名称", .text("楼 \"\(index)\""))]),
                position: .record(index + 1))
        }
        for round in 0..<2 {
            for name in ["答案", "Answer of 2026-10"] {
                let writer = try SavedLayerWriter(
                    path: path, name: name, description: "louyu list '…'", overwrite: round == 1)
                writer.write(batch)
                try writer.finish()
                #expect(writer.tables.map(\.count) == [3, 1, 1])
            }
        }
        let complaints = try Validator.complaints(path)
        #expect(complaints == "")
    }

    @Test func aPlainGeoPackageIsValid() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        let writer = try GeoPackageWriter(path: path, table: "building", title: Layer.building.title)
        var batch = FeatureBatch()
        for index in 0..<200 {
            let value: Attribute = index < 100 ? .integer(Int64(index)) : .text("第\(index)")
            batch.append(
                Feature(
                    id: .text("b\(index)"), geometry: index == 7 ? nil : .square(Double(index) / 2, 10),
                    attributes: [("mixed", value), ("ok", .boolean(index % 2 == 0)), ("h", .real(0.5))]),
                position: .record(index + 1))
            if index == 99 {
                try writer.write(batch)
                let keys = batch.keys
                batch = FeatureBatch()
                batch.keys = keys
            }
        }
        try writer.write(batch)
        try writer.finish()
        let complaints = try Validator.complaints(path)
        #expect(complaints == "")
    }
}

/// GDAL's `validate_gpkg`.
enum Validator {
    private static let python = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".build/bench-venv/bin/python")

    static var isPresent: Bool { access(python.path, X_OK) == 0 }

    /// What it says of a file; empty where it is valid.
    static func complaints(_ path: String) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = python
        process.arguments = ["-m", "osgeo_utils.samples.validate_gpkg", "-k", path]
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let words = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus == 0 && words.isEmpty ? "" : "status \(process.terminationStatus): \(words)"
    }
}
