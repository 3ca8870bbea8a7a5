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
    /// Whether another geometry has the same members, parts and rings, their positions the same
    /// to a ten-millionth; a ring may begin anywhere and run either way.
    func isNear(_ other: Geometry?) -> Bool {
        guard let other else { return false }
        let (a, b) = (runs, other.runs)
        return a.count == b.count && zip(a, b).allSatisfy { $0.isNear($1) }
    }

    /// Its points, lines and rings in order.
    private var runs: [PositionRun] {
        switch self {
        case .point(let point): PositionRun.points([point])
        case .multiPoint(let points): PositionRun.points(points)
        case .lineString(let line): [PositionRun(kind: .line, positions: line.positions)]
        case .multiLineString(let lines): lines.map { PositionRun(kind: .line, positions: $0.positions) }
        case .polygon(let polygon): PositionRun.rings(polygon)
        case .multiPolygon(let polygons): polygons.flatMap(PositionRun.rings)
        case .collection(let members): members.flatMap(\.runs)
        }
    }
}

/// Positions that belong together.
private struct PositionRun {
    enum Kind { case point, line, exterior, hole }

    let kind: Kind
    let positions: [LonLat]

    static func points(_ points: [Point]) -> [PositionRun] {
        points.map { PositionRun(kind: .point, positions: $0.position.map { [$0] } ?? []) }
    }

    static func rings(_ polygon: Polygon) -> [PositionRun] {
        polygon.rings.enumerated().map { index, ring in
            PositionRun(kind: index == 0 ? .exterior : .hole, positions: Array(ring.positions.dropLast()))
        }
    }

    func isNear(_ other: PositionRun) -> Bool {
        guard kind == other.kind, positions.count == other.positions.count else { return false }
        if kind == .point || kind == .line || positions.isEmpty { return Self.areNear(positions, other.positions) }
        return positions.indices.contains { start in
            let turned = Array(positions[start...] + positions[..<start])
            return Self.areNear(turned, other.positions) || Self.areNear(turned.reversed(), other.positions)
        }
    }

    private static func areNear(_ a: [LonLat], _ b: [LonLat]) -> Bool {
        zip(a, b).allSatisfy { abs($0.longitude - $1.longitude) < 1e-7 && abs($0.latitude - $1.latitude) < 1e-7 }
    }
}
