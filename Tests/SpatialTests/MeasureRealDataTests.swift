import Spatial
import TestSupport
import Testing

@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data")) struct MeasureRealDataTests {
    @Test func everyServicePointLiesInOneSubdistrict() throws {
        let subdistricts = try SharedShapes.polygons("yuzhong/subdistricts.geojson", by: "name")
        #expect(subdistricts.count == 12)
        var count = 0
        for file in ["hospitals", "clinics", "primary_schools", "middle_schools"] {
            for position in try SharedShapes.points("yuzhong/\(file).json") {
                count += 1
                let holders = subdistricts.filter { $0.geometry.covers(position) }
                #expect(holders.count == 1, "\(file): \(position)")
                let distances = subdistricts.map { PointProbe(position).distanceMeters(to: $0.geometry) }
                #expect(distances.count { $0 == 0 } == 1)
            }
        }
        #expect(count == 115)
    }

    @Test(.enabled(if: ProjOracle.isPresent, "needs the PROJ library")) func areasOfRealOutlinesEqualProj() throws {
        for (name, geometry) in try SharedShapes.polygons("yuzhong/subdistricts.geojson", by: "name") {
            var truth = 0.0
            let polygons: [Polygon] =
                switch geometry {
                case .polygon(let polygon): [polygon]
                case .multiPolygon(let polygons): polygons
                default: []
                }
            for polygon in polygons {
                truth += ProjOracle.areaSquareMeters(polygon.exterior.positions, pieces: 8)
                for hole in polygon.holes { truth -= ProjOracle.areaSquareMeters(hole.positions, pieces: 8) }
            }
            #expect(abs(geometry.areaSquareMeters - truth) < 1e-6 * truth, "\(name)")
        }
    }

    @Test func districtsOnGCJ02AreSuspectedBesideYuzhong() throws {
        let districts = try SharedShapes.polygons("chongqing/districts_gcj02.json", by: "name")
        let yuzhong = try #require(districts.first { $0.name == "渝中区" }).geometry
        var existing = BoundingBox.empty
        for (_, geometry) in try SharedShapes.polygons("yuzhong/subdistricts.geojson", by: "name") {
            existing.add(geometry.box)
        }
        let match = DatumSuspicion.Match(imported: yuzhong.box.center, existing: existing.center)
        let suspicion = try #require(DatumSuspicion(declared: .wgs84, matches: [match]))
        #expect(suspicion.likely == .gcj02 && suspicion.culprit == .imported)
        let right = DatumSuspicion.Match(imported: GCJ02.toWGS84(match.imported), existing: match.existing)
        #expect(DatumSuspicion(declared: .gcj02, matches: [right]) == nil)
    }
}
