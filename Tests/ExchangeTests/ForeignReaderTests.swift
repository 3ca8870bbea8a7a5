import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

@Suite(.enabled(if: Programs.has("ogr2ogr"), "needs ogr2ogr")) struct ForeignReaderTests {
    @Test func allLayersOfAFileComeInWGS84() throws {
        let file = try TemporaryFile(
            """
            <kml xmlns="http://www.opengis.net/kml/2.2"><Document>
            <Folder><name>甲</name><Placemark><name>党群驿站</name><Point><coordinates>106.5,29.5</coordinates></Point>
            </Placemark></Folder><Folder><name>乙</name><Placemark><name>b</name><LineString>
            <coordinates>1,2 3,4</coordinates></LineString></Placemark></Folder></Document></kml>
            """, ending: ".kml")
        let reader = try Exchange.openReader(path: file.path)
        let (features, rejections) = try reader.readAll()
        #expect(rejections.isEmpty)
        #expect(
            features.map(\.geometry) == [
                .point(Point(LonLat(106.5, 29.5))), .lineString(LineString([LonLat(1, 2), LonLat(3, 4)])),
            ])
        #expect(features.first?["Name"] == .text("党群驿站"))
        #expect(reader.declaredCRS == .wgs84)
    }

    @Test func whatGDALDoesNotKnowIsNoGeographicalData() throws {
        let file = try TemporaryFile("<nothing/>", ending: ".xml")
        let failure = try #require(throws: Failure.self) { try Exchange.openReader(path: file.path).readAll() }
        #expect(failure.code == .unusableInput)
        #expect(failure.what == .nobodyKnowsFormat(file.path))
    }

    @Test func aPathIsNeverAnOption() throws {
        #expect(throws: Failure.self) { try ForeignReader(path: "--version") }
    }

    @Test func manyFeaturesStream() throws {
        let placemarks = (0..<20_000).map { index in
            "<Placemark><name>\(index)</name><Point><coordinates>\(Double(index) / 1000),1</coordinates></Point></Placemark>"
        }
        let file = try TemporaryFile(
            "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>\(placemarks.joined())</Document></kml>",
            ending: ".kml")
        #expect(try ForeignReader(path: file.path).countAll() == (20_000, 0))
    }
}
