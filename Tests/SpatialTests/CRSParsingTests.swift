import Messages
import Spatial
import Testing

@Suite struct CRSParsingTests {
    @Test(
        arguments: [
            ("wgs84", .wgs84), ("WGS 84", .wgs84), ("EPSG:4326", .wgs84), ("epsg:4490", .cgcs2000), ("4490", .cgcs2000),
            ("GCJ-02", .gcj02), ("火星坐标系", .gcj02), ("bd09ll", .bd09), ("CGCS2000", .cgcs2000),
            ("EPSG:4523", .epsg(4523)),
            (" 4523 ", .epsg(4523)), ("urn:ogc:def:crs:OGC:1.3:CRS84", .wgs84),
            ("urn:ogc:def:crs:EPSG::3857", .epsg(3857)),
            ("urn:ogc:def:crs:EPSG:9.8:4326", .wgs84), ("http://www.opengis.net/def/crs/EPSG/0/32648", .epsg(32648)),
        ] as [(String, CoordinateReferenceSystem)])
    func systemsAreRead(text: String, expected: CoordinateReferenceSystem) throws {
        #expect(try CoordinateReferenceSystem(parsing: text) == expected)
    }

    @Test(arguments: [
        "", "epsg", "EPSG:", "EPSG:abc", "EPSG:-1", "EPSG:7", "EPSG:99999999999999999999", "xian80", "４５２３",
    ])
    func whatIsNoSystemSaysWhatMayBeTyped(text: String) {
        #expect {
            _ = try CoordinateReferenceSystem(parsing: text)
        } throws: { error in
            let failure = error as? Failure
            return failure?.code == .usage && failure?.hint == .crsChoices
        }
    }

    @Test func declarationsReadBackAsTheyArePrinted() throws {
        for crs in [CoordinateReferenceSystem.wgs84, .gcj02, .bd09, .cgcs2000, .epsg(4523)] {
            for order in [AxisOrder.eastingFirst, .northingFirst] {
                let declaration = CoordinateDeclaration(crs, axisOrder: order)
                #expect(try CoordinateDeclaration(parsing: declaration.description) == declaration)
            }
        }
    }

    @Test func everyZoneKnowsItsCode() {
        for code in 4491...4554 { #expect(GaussKrugerZone(epsgCode: code)?.epsgCode == code) }
        #expect(GaussKrugerZone(epsgCode: 4490) == nil && GaussKrugerZone(epsgCode: 4555) == nil)
        #expect(GaussKrugerZone(epsgCode: 4523)?.centralMeridian == 105)
        #expect(GaussKrugerZone(epsgCode: 4544)?.falseEastingMeters == 500_000)
        #expect(GaussKrugerZone(atLongitude: 106.5, hasPrefix: true)?.number == 36)
    }
}
