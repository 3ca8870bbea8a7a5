import Exchange
import Foundation
import Spatial
import TestSupport

/// Features that writers are tried with.
enum LayerSamples {
    /// Points with values of every type.
    static func points(_ count: Int, seed: UInt64) -> [Feature] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { index in
            let position = LonLat(
                Double.random(in: 106..<107, using: &random), Double.random(in: 29..<30, using: &random))
            return Feature(
                geometry: .point(Point(position)),
                attributes: [
                    ("number", .integer(Int64(index))), ("name", .text("楼\(index)")),
                    ("share", .real(Double(index) / 4 + 0.125)), ("open", .boolean(index % 2 == 0)),
                ])
        }
    }

    /// A square, its ring counter-clockwise.
    static func ring(_ x: Double, _ y: Double, _ side: Double) -> LineString {
        LineString([LonLat(x, y), LonLat(x + side, y), LonLat(x + side, y + side), LonLat(x, y + side), LonLat(x, y)])
    }

    private static let hole = LineString(ring(106.25, 29.25, 0.5).positions.reversed())

    /// One feature of each kind.
    static let mixed: [Feature] = geometries.enumerated().map { index, geometry in
        Feature(geometry: geometry, attributes: [("name", .text("g\(index)"))])
    }

    private static let geometries: [Geometry?] = [
        .point(Point(LonLat(106, 29))), .point(Point(LonLat(106, 29), heightMeters: 12.5)),
        .lineString(LineString([LonLat(106, 29), LonLat(107, 30)])),
        .lineString(LineString([LonLat(106, 29), LonLat(107, 30)], heightsMeters: [1, 2])),
        .polygon(Polygon(ring(106, 29, 1), holes: [hole])),
        .multiPoint([Point(LonLat(106, 29)), Point(LonLat(107, 30))]),
        .multiLineString([
            LineString([LonLat(106, 29), LonLat(107, 30)]), LineString([LonLat(108, 29), LonLat(109, 30)]),
        ]),
        .multiPolygon([Polygon(ring(106, 29, 1), holes: [hole]), Polygon(ring(108, 29, 1))]),
        .collection([.point(Point(LonLat(106, 29))), .lineString(LineString([LonLat(106, 29), LonLat(107, 30)]))]),
        nil, .polygon(Polygon(LineString([]))), .multiPoint([]),
    ]
}

/// A folder for the files of a test.
final class ScratchLayers: Sendable {
    let path: String

    init() {
        path = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString)").path
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }

    /// What GDAL reads in a file.
    func convert(_ source: String, _ options: [String] = []) throws -> [Feature] {
        let target = file("\(UUID().uuidString).geojson")
        let arguments = ["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15"] + options + [target, source]
        guard try Programs.run("ogr2ogr", arguments) == 0 else { throw CocoaError(.fileReadCorruptFile) }
        return try GeoJSONReader(ByteInput(path: target)).readAll().features
    }
}

extension [Feature] {
    var batch: FeatureBatch {
        var batch = FeatureBatch()
        for (index, feature) in enumerated() { batch.append(feature, position: .record(index + 1)) }
        return batch
    }

    /// The features in batches whose keys grow as a stream's do.
    func chunked(_ size: Int) -> [FeatureBatch] {
        var keys: [String] = []
        return stride(from: 0, to: count, by: size).map { start in
            var batch = FeatureBatch()
            batch.keys = keys
            for index in start..<Swift.min(start + size, count) {
                batch.append(self[index], position: .record(index + 1))
            }
            keys = batch.keys
            return batch
        }
    }
}

extension Geometry {
    /// Whether another geometry has the same positions to a hundred-millionth, in any order of rings' turns.
    func isNear(_ other: Geometry?) -> Bool {
        guard let other else { return false }
        let (a, b) = (sortedPositions, other.sortedPositions)
        return a.count == b.count
            && zip(a, b).allSatisfy {
                abs($0.longitude - $1.longitude) < 1e-7 && abs($0.latitude - $1.latitude) < 1e-7
            }
    }

    private var sortedPositions: [LonLat] {
        var positions: [LonLat] = []
        forEachPosition { positions.append($0) }
        return positions.sorted { ($0.longitude, $0.latitude) < ($1.longitude, $1.latitude) }
    }
}
