import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

/// Shapefiles as GDAL writes them, against the GeoJSON they were made of.
@Suite(.enabled(if: Programs.has("ogr2ogr"), "needs ogr2ogr")) struct ShapefileOracleTests {
    /// Doubled area of a geometry and its number of rings.
    private func measure(_ geometry: Geometry?) -> (area: Double, polygons: Int, holes: Int) {
        let polygons: [Polygon]
        switch geometry {
        case .polygon(let polygon): polygons = [polygon]
        case .multiPolygon(let members): polygons = members
        default: polygons = []
        }
        let area = polygons.reduce(0.0) { sum, polygon in
            let holes = polygon.holes.reduce(0.0) { $0 + abs(doubledArea($1)) }
            return sum + abs(doubledArea(polygon.exterior)) - holes
        }
        return (area, polygons.count, polygons.reduce(0) { $0 + $1.holes.count })
    }

    private func doubledArea(_ ring: LineString) -> Double {
        zip(ring.positions, ring.positions.dropFirst()).reduce(0.0) {
            $0 + $1.0.longitude * $1.1.latitude - $1.1.longitude * $1.0.latitude
        }
    }

    @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"), arguments: ["GBK", "UTF-8"])
    func boundariesComeBackWithTheirHoles(encoding: String) throws {
        let source = try SharedData.file("qingdao/boundaries.geojson").path
        let folder = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let arguments = ["-f", "ESRI Shapefile", "-lco", "ENCODING=\(encoding)", "\(folder)/a.shp", source]
        #expect(try Programs.run("ogr2ogr", arguments) == 0)
        let expected = try GeoJSONReader(ByteInput(path: source)).readAll().features
        let reader = try ShapefileReader(path: "\(folder)/a.shp")
        let (features, rejections) = try reader.readAll()
        #expect(rejections.isEmpty)
        #expect(reader.declaredCRS == .wgs84)
        #expect(features.count == expected.count)
        for (feature, origin) in zip(features, expected) {
            let (read, wanted) = (measure(feature.geometry), measure(origin.geometry))
            #expect(read.polygons == wanted.polygons && read.holes == wanted.holes)
            #expect(abs(read.area - wanted.area) < 1e-9)
            #expect(feature["name"] == origin["name"])
        }
    }
}
