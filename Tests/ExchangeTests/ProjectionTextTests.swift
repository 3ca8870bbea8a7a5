import Exchange
import Spatial
import TestSupport
import Testing

@Suite struct ProjectionTextTests {
    @Test(arguments: [
        ("CGCS2000_3_Degree_GK_Zone_25", 4513), ("CGCS2000_3_Degree_GK_Zone_35", 4523),
        ("CGCS2000_3_Degree_GK_Zone_45", 4533), ("CGCS2000_3_Degree_GK_CM_75E", 4534),
        ("CGCS2000_3_Degree_GK_CM_105E", 4544), ("CGCS2000_3_Degree_GK_CM_135E", 4554),
        ("CGCS2000 / 3-degree Gauss-Kruger CM 105E", 4544), ("CGCS2000 / Gauss-Kruger zone 18", 4496),
        ("CGCS2000_GK_CM_105E", 4507), ("Xian_1980_3_Degree_GK_Zone_36", 2360),
        ("Beijing_1954_GK_Zone_18N", 21418), ("WGS_1984_UTM_Zone_48N", 32648), ("WGS 84 / UTM zone 33S", 32733),
        ("WGS_1984_Web_Mercator_Auxiliary_Sphere", 3857),
    ])
    func projectedNames(name: String, code: Int) {
        #expect(ProjectionText("PROJCS[\"\(name)\",GEOGCS[\"x\"]]").crs == .epsg(code))
    }

    @Test func geographicNames() {
        #expect(ProjectionText("GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\"]]").crs == .wgs84)
        #expect(ProjectionText("GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\"]").crs == .cgcs2000)
        #expect(ProjectionText("GEOGCS[\"China Geodetic Coordinate System 2000\"]").crs == .cgcs2000)
    }

    @Test func theOutermostAuthorityDecides() {
        let text = """
            PROJCS["local",GEOGCS["a [b]",AUTHORITY["EPSG","4490"]],UNIT["metre",1,AUTHORITY["EPSG","9001"]],
            AUTHORITY["EPSG","4544"]]
            """
        #expect(ProjectionText(text).crs == .epsg(4544))
        #expect(ProjectionText("PROJCS[\"local\",GEOGCS[\"a\",AUTHORITY[\"EPSG\",\"4490\"]]]").crs == nil)
    }

    @Test(arguments: ["CGCS2000_3_Degree_GK_Zone_24", "CGCS2000_3_Degree_GK_CM_106E", "Chongqing independent", ""])
    func unknownNamesStayUnknown(name: String) {
        let projection = ProjectionText("PROJCS[\"\(name)\"]")
        #expect(projection.crs == nil)
        #expect(projection.name == name)
    }

    @Test func theReaderDeclaresIt() throws {
        var builder = ShapefileBuilder()
        builder.add(ShapefileBuilder.point(500_000, 3_200_000))
        let file = try TemporaryShapefile(builder, ["prj": "PROJCS[\"CGCS2000_3_Degree_GK_CM_105E\",GEOGCS[\"x\"]]"])
        #expect(try ShapefileReader(path: file.path).declaredCRS == .epsg(4544))
    }
}
