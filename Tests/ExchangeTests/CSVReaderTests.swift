import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

@Suite struct CSVReaderTests {
    private func read(_ text: String, _ options: CSVOptions = CSVOptions()) throws -> (
        features: [Feature], rejections: [Rejection]
    ) {
        try read(Array(text.utf8), options)
    }

    private func read(_ bytes: [UInt8], _ options: CSVOptions = CSVOptions()) throws -> (
        features: [Feature], rejections: [Rejection]
    ) {
        let file = try TemporaryFile(bytes)
        return try CSVReader(ByteInput(path: file.path), options: options).readAll()
    }

    @Test func quotesCommasAndLineEndsInsideValuesStay() throws {
        let (features, rejections) = try read(
            "name,note,n\r\n\"a,b\",\"say \"\"hi\"\"\",1\r\n\"two\r\nlines\",,2\rlast,\"x\" ,3")
        #expect(rejections.isEmpty)
        #expect(features.map { $0["name"] } == [.text("a,b"), .text("two\r\nlines"), .text("last")])
        #expect(features.map { $0["note"] } == [.text("say \"hi\""), .null, .text("x")])
        #expect(features.map { $0["n"] } == [.integer(1), .integer(2), .integer(3)])
    }

    @Test(arguments: [",", ";", "\t", "|"]) func theDelimiterIsFound(delimiter: String) throws {
        let rows = [["name", "lon", "lat"], ["楼宇，甲", "106.5", "29.5"], ["乙", "106.6", "29.6"]]
        let (features, rejections) = try read(rows.map { $0.joined(separator: delimiter) }.joined(separator: "\n"))
        #expect(rejections.isEmpty)
        #expect(features.map { $0["name"] } == [.text("楼宇，甲"), .text("乙")])
        #expect(features.map(\.geometry) == [.point(Point(LonLat(106.5, 29.5))), .point(Point(LonLat(106.6, 29.6)))])
    }

    @Test func aSpreadsheetsOwnDelimiterLineDecides() throws {
        let (features, _) = try read("sep=;\r\na,b;c\r\n1,2;3\r\n")
        #expect(features.map { $0["a,b"] } == [.text("1,2")])
        #expect(features.map { $0["c"] } == [.integer(3)])
    }

    @Test(arguments: [
        ("lon", "lat"), ("LNG", "Latitude"), ("x", "y"), ("经度", "纬度"), ("东经", "北纬"), ("经度（WGS84）", "纬度（WGS84）"),
    ])
    func coordinateColumnsAreKnownByName(longitude: String, latitude: String) throws {
        let (features, rejections) = try read("名称,\(longitude),\(latitude)\n甲,１０６．５, 29.5°\n")
        #expect(rejections.isEmpty)
        #expect(features.first?.geometry == .point(Point(LonLat(106.5, 29.5))))
        #expect(features.first?.attributes.map(\.key) == ["名称"])
    }

    @Test func bothCoordinatesInOneCell() throws {
        let (features, rejections) = try read("名称,坐标\n甲,\"106.5,29.5\"\n乙,106.6，29.6\n丙,（106.7 29.7）\n丁,不详\n")
        #expect(
            features.map(\.geometry) == [
                .point(Point(LonLat(106.5, 29.5))), .point(Point(LonLat(106.6, 29.6))),
                .point(Point(LonLat(106.7, 29.7))),
            ])
        #expect(rejections.map(\.position) == [.line(5)])
        #expect(rejections.map(\.record) == ["丁,不详"])
    }

    @Test func hexadecimalWellKnownBinary() throws {
        let wkb = Geometry.lineString(LineString([LonLat(1, 2), LonLat(3, 4)]))
        let hex = wkb.wkb.map { String(format: "%02X", $0) }.joined()
        let (features, rejections) = try read("id,geom\n7,\(hex)\n8,0101\n")
        #expect(features.map(\.geometry) == [wkb])
        #expect(rejections.map(\.position) == [.line(3)])
    }

    @Test func wellKnownText() throws {
        let (features, rejections) = try read(
            "id,the_geom\n1,POINT (1 2)\n2,\"SRID=4326;LINESTRING(1 2, 3 4)\"\n3,\"POLYGON((0 0, 1 0\"\n4,\n")
        #expect(
            features.map(\.geometry) == [
                .point(Point(LonLat(1, 2))), .lineString(LineString([LonLat(1, 2), LonLat(3, 4)])),
            ])
        #expect(rejections.map(\.position) == [.line(4), .line(5)])
    }

    @Test func badRowsAreKeptWholeWithTheirLine() throws {
        let (features, rejections) = try read(
            "name,lon,lat\nok,1,2\nmany,1,2,3\nnone,,\nword,east,2\n\n,,\ninfinite,inf,2\nshort,1\ntail,3,4,,\n")
        #expect(features.map { $0["name"] } == [.text("ok"), .text("tail")])
        #expect(rejections.map(\.position) == [.line(3), .line(4), .line(5), .line(8), .line(9)])
        #expect(rejections.map(\.record) == ["many,1,2,3", "none,,", "word,east,2", "infinite,inf,2", "short,1"])
    }

    @Test func missingValuesAtTheEndAreNull() throws {
        let (features, _) = try read("a,b,c\n1\n1,2,3\n")
        #expect(features.map { $0["c"] ?? .null } == [.null, .integer(3)])
    }

    @Test func manyColumnsOfOneNameAreToldApart() throws {
        let (features, _) = try read("a,a,b,a\n1,2,3,4\n")
        #expect(features.first?.attributes.map(\.key) == ["a", "a_2", "b", "a_3"])
    }

    @Test func anUnclosedQuoteCostsOneLineOnly() throws {
        let (features, rejections) = try read("a,b\n1,\"open\n2,x\n3,y\n")
        #expect(rejections.map(\.position) == [.line(2)])
        #expect(rejections.map(\.record) == ["1,\"open"])
        #expect(features.map { $0["a"] } == [.integer(2), .integer(3)])
    }

    @Test func aTableWithoutCoordinatesIsALedger() throws {
        let file = try TemporaryFile("楼宇,税收\n甲,12.50\n")
        let reader = try CSVReader(ByteInput(path: file.path))
        #expect(!reader.hasGeometry)
        let (features, _) = try reader.readAll()
        #expect(features == [Feature(geometry: nil, attributes: [("楼宇", .text("甲")), ("税收", .real(12.5))])])
    }

    @Test func numbersThatAreIdentifiersStayText() throws {
        let (features, _) = try read(
            """
            code,long,n,r,e,q,mixed
            001,123456789012345678,-5,106.5576091234568,1E5,"7",12
            120,1,0,-0.5,2,"8",无
            """)
        #expect(features.map { $0["code"] } == [.text("001"), .text("120")])
        #expect(features.map { $0["long"] } == [.text("123456789012345678"), .text("1")])
        #expect(features.map { $0["n"] } == [.integer(-5), .integer(0)])
        #expect(features.map { $0["r"] } == [.real(106.5576091234568), .real(-0.5)])
        #expect(features.map { $0["e"] } == [.text("1E5"), .integer(2)])
        #expect(features.map { $0["q"] } == [.text("7"), .text("8")])
        #expect(features.map { $0["mixed"] } == [.integer(12), .text("无")])
    }

    @Test func realsAreTheNearestDoubles() throws {
        var random = SeededGenerator(seed: 11)
        let texts = (0..<5000).map { _ in
            let whole = Int.random(in: -180...180, using: &random)
            let fraction = UInt64.random(in: 0...999_999_999_999, using: &random)
            return "\(whole).\(String(fraction).prefix(Int.random(in: 1...12, using: &random)))"
        }
        let (features, _) = try read("lon,lat,v\n" + texts.map { "\($0),\($0),\($0)" }.joined(separator: "\n"))
        for (text, feature) in zip(texts, features) {
            let value = try #require(Double(text))
            #expect(feature.geometry == .point(Point(LonLat(value, value))))
            #expect(feature["v"] == .real(value))
        }
        #expect(features.count == texts.count)
    }

    @Test func headersWithoutNameOrTwiceGetOne() throws {
        let (features, _) = try read("a,,a,\n1,2,3,\n")
        #expect(features.first?.attributes.map(\.key) == ["a", "column2", "a_2"])
    }

    @Test func namedColumnsDecide() throws {
        let text = "e,n,lon,lat\n500000,3200000,0,0\n"
        let (features, _) = try read(text, CSVOptions(longitudeColumn: "e", latitudeColumn: "n"))
        #expect(features.first?.geometry == .point(Point(LonLat(500_000, 3_200_000))))
        #expect(features.first?["lon"] == .integer(0))
        #expect(throws: Failure.self) { try read(text, CSVOptions(longitudeColumn: "absent")) }
    }

    @Test func anEmptyFileIsAFailure() throws {
        #expect(throws: Failure.self) { try read("") }
        #expect(throws: Failure.self) { try read("\n\n,,\n") }
    }

    @Test(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
    func allTownshipsOfChina() throws {
        let reader = try CSVReader(ByteInput(path: SharedData.file("china/town_codes.csv").path))
        let (features, rejections) = try reader.readAll()
        #expect(features.count == 43_118)
        #expect(rejections.isEmpty)
        #expect(!reader.hasGeometry)
        #expect(features.allSatisfy { if case .text = $0["ext_id"] { true } else { false } })
        #expect(features[2]["ext_name"] == .text("东城区"))
        #expect(features[2]["pid"] == .integer(1101))
    }
}
