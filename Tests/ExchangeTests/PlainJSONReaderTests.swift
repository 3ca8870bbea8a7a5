import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

@Suite struct PlainJSONReaderTests {
    private func read(_ text: String) throws -> ReadResult {
        let file = try TemporaryFile(text, ending: ".json")
        return try readAll(PlainJSONReader(try ByteInput(path: file.path)))
    }

    @Test(arguments: [
        #"{"lon":106.5,"n":1,"lat":29.5}"#, #"{"Lng":"106.5","n":1,"LAT":"29.5"}"#, #"{"lonlat":"106.5,29.5","n":1}"#,
        #"{"经度":106.5,"纬度":29.5,"n":1,"lonlat":"1,1"}"#, #"{"x":106.5,"n":1,"y":29.5}"#,
    ])
    func coordinatesAreUsedUp(object: String) throws {
        let result = try read("[\(object)]")
        #expect(
            result.features == [Feature(geometry: .point(Point(LonLat(106.5, 29.5))), attributes: [("n", .integer(1))])]
        )
    }

    @Test func coordinatesThatAreNoneAreRejected() throws {
        let bad = [#"{"lon":"a","lat":1}"#, #"{"lon":1}"#, #"{"lon":1,"lat":91}"#, #"{"lonlat":"1;2"}"#, "7"]
        let result = try read("[" + bad.joined(separator: ",\n") + "]")
        #expect(result.features.isEmpty)
        #expect(result.rejections.map(\.position) == (1...5).map { .line($0) })
        #expect(try read(#"[{"name":"a"}]"#).features == [Feature(geometry: nil, attributes: [("name", .text("a"))])])
    }

    @Test func arraysOfObjectsAreToldFromGeoJSON() {
        #expect(PlainJSONReader.recognizes(Array(#" [ {"name":"a","lon":1,"lat":2},"#.utf8)))
        #expect(!PlainJSONReader.recognizes(Array(#"[{"type":"Feature","geometry":null,"properties":null}]"#.utf8)))
        #expect(!PlainJSONReader.recognizes(Array(#"{"lon":1,"lat":2}"#.utf8)))
    }

    @Test(
        .enabled(if: SharedData.isPresent, "needs ../shared/data"),
        arguments: [("hospitals", 21), ("clinics", 46), ("primary_schools", 32), ("middle_schools", 16)])
    func yuzhongTablesAreRead(name: String, count: Int) throws {
        let path = try SharedData.file("yuzhong/\(name).json").path
        #expect(PlainJSONReader.recognizes(try ByteInput(path: path).peek(4096)))
        let result = try readAll(PlainJSONReader(try ByteInput(path: path)))
        #expect(result.features.count == count && result.rejections.isEmpty)
        #expect(result.features.allSatisfy { $0.geometry?.type == .point })
    }
}
