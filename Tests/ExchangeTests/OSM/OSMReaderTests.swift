import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

@Suite struct OSMReaderTests {
    private static let courtyard = """
        A---------B
        |         |
        |  E---F  |
        |  H---G  |
        |         |
        D---------C
        """

    @Test func aCourtyardIsAHole() throws {
        var town = OSMDrawing(Self.courtyard)
        town.way(1, "ABCDA")
        town.way(2, "EFGHE")
        town.relation(3, outer: [1], inner: [2], ["type": "multipolygon", "building": "office", "name": "环球金融中心"])
        let all = try OSMCollection(xml: town.xml)
        let building = try #require(all.feature("building", "relation/3"))
        guard case .polygon(let polygon) = building.geometry else {
            Issue.record("no polygon: \(String(describing: building.geometry))")
            return
        }
        #expect(all.count("building") == 1)
        #expect(polygon.holes.count == 1)
        #expect(
            Set(polygon.exterior.positions) == [LonLat(0, 0), LonLat(0.01, 0), LonLat(0.01, 0.005), LonLat(0, 0.005)])
        #expect(Set(polygon.holes[0].positions).contains(LonLat(0.003, 0.002)))
        #expect(building["name"] == .text("环球金融中心"))
        #expect(building["building"] == .text("office"))
        #expect(building["use"] == .text("office"))
        #expect(building["type"] == nil)
    }

    @Test func severalOutlinesAreOneBuilding() throws {
        var town = OSMDrawing("A-B E-F\nD-C H-G")
        town.way(1, "ABCDA")
        town.way(2, "EFGHE")
        town.relation(3, outer: [1, 2], ["type": "multipolygon", "building": "yes"])
        let building = try #require(try OSMCollection(xml: town.xml).feature("building", "relation/3"))
        guard case .multiPolygon(let parts) = building.geometry else {
            Issue.record("no multipolygon: \(String(describing: building.geometry))")
            return
        }
        #expect(parts.count == 2)
        #expect(parts.allSatisfy { $0.holes.isEmpty && $0.exterior.positions.count == 5 })
    }

    @Test func buildingNoIsNoBuilding() throws {
        var town = OSMDrawing("A-B\nD-C")
        town.way(1, "ABCDA", ["building": "no"])
        town.way(2, "ABCDA", ["building:part": "yes"])
        let all = try OSMCollection(xml: town.xml)
        #expect(all.count("building") == 0)
        #expect(all.rejections.values.allSatisfy { $0.isEmpty })
    }

    @Test func buildingFieldsAreNumbersWhereTheyCanBeRead() throws {
        var town = OSMDrawing("A-B\nD-C")
        town.way(
            1, "ABCDA",
            [
                "building": "yes", "height": "40'", "building:levels": "12", "start_date": "1998-05",
                "addr:city": "重庆市", "addr:district": "渝中区", "addr:street": "民权路", "addr:housenumber": "28",
                "office": "company", "use": "kept",
            ])
        town.way(2, "ABCDA", ["building": "yes", "height": "tall", "building:levels": "3;4", "start_date": "C19"])
        let all = try OSMCollection(xml: town.xml)
        let tower = try #require(all.feature("building", "way/1"))
        guard case .real(let meters) = tower["height_m"] else {
            Issue.record("no height")
            return
        }
        #expect(abs(meters - 12.192) < 1e-9)
        #expect(tower["storeys"] == .integer(12))
        #expect(tower["year_built"] == .integer(1998))
        #expect(tower["address"] == .text("重庆市渝中区民权路28号"))
        #expect(tower["use"] == .text("office"))
        #expect(tower["osm:use"] == .text("kept"))
        let plain = try #require(all.feature("building", "way/2"))
        for made in ["height_m", "storeys", "year_built", "address", "use"] { #expect(plain[made] == nil) }
        #expect(plain["height"] == .text("tall"))
    }

    @Test func ringsOfABoundaryRelationAreNoBoundaries() throws {
        var town = OSMDrawing("A---B---E\n|   |   |\nD---C---F")
        let district = ["boundary": "administrative", "admin_level": "6"]
        town.way(1, "ABCDA", ["boundary": "administrative", "admin_level": "8"])
        town.way(2, "BEFCB", district)
        town.relation(3, outer: [1], district.merging(["type": "boundary", "name": "渝中区", "ref": "500103"]) { $1 })
        let all = try OSMCollection(xml: town.xml)
        #expect(all.layer("boundary").map(\.id) == [.text("way/2"), .text("relation/3")])
        let boundary = try #require(all.feature("boundary", "relation/3"))
        #expect(boundary["admin_level"] == .integer(6))
        #expect(boundary["code"] == .text("500103"))
        #expect(boundary["name"] == .text("渝中区"))
        #expect(boundary.attributes.filter { $0.key == "admin_level" }.count == 1)
    }

    @Test func aRelationWithoutItsMembersIsCountedAndKept() throws {
        var town = OSMDrawing("A---B\n|   |\nD---C")
        town.way(1, "ABC")
        town.relation(3, outer: [1, 2], ["type": "boundary", "boundary": "administrative", "name": "江\"北\"区"])
        let all = try OSMCollection(xml: town.xml)
        #expect(all.count("boundary") == 0)
        #expect(all.incomplete == ["boundary": 1])
        let rejection = try #require(all.rejections["boundary"]?.first)
        #expect(rejection.reason.zh.contains("不完整"))
        #expect(rejection.reason.en.contains("1 of its member ways"))
        let record = try #require(
            try JSONSerialization.jsonObject(with: Data(rejection.record.utf8)) as? [String: Any])
        #expect(record["id"] as? Int == 3)
        #expect((record["tags"] as? [String: String])?["name"] == "江\"北\"区")
        #expect((record["members"] as? [[String: Any]])?.count == 2)
    }

    @Test func aWayWithoutItsNodesIsCountedAndKept() throws {
        var town = OSMDrawing("A---B\n|   |\nD---C")
        town.way(1, "ABXDA", ["building": "yes"])
        town.way(2, "ABX", ["highway": "steps"])
        let all = try OSMCollection(xml: town.xml)
        #expect(all.count("building") == 0 && all.count("street") == 0)
        #expect(all.incomplete == ["building": 1, "street": 1])
        #expect(all.rejections["street"]?.first?.record.contains("\"nodes\":[65,66,88]") == true)
    }

    @Test func openAndCrossingOutlinesAreNotLost() throws {
        var town = OSMDrawing("A---B\n|   |\nD---C")
        town.way(1, "ABC", ["building": "yes"])
        town.way(2, "ACBDA", ["building": "yes"])
        town.way(3, "ACBDA")
        town.relation(4, outer: [3], ["type": "multipolygon", "building": "yes"])
        let all = try OSMCollection(xml: town.xml)
        #expect(all.layer("building").map(\.id) == [.text("way/2")])
        guard case .polygon(let drawn) = all.layer("building")[0].geometry else {
            Issue.record("no polygon")
            return
        }
        #expect(drawn.exterior.positions.count == 5)
        #expect(all.rejections["building"]?.map(\.reason) == [.osmOpenOutline, .osmNoArea])
        #expect(all.incomplete.isEmpty)
    }

    @Test func oneReferenceTwiceComesTwice() throws {
        var town = OSMDrawing("A-B\nD-C")
        town.way(1, "ABCDA", ["building": "yes"])
        town.way(1, "ABCDA", ["building": "yes", "name": "again"])
        let all = try OSMCollection(xml: town.xml)
        #expect(all.layer("building").map(\.id) == [.text("way/1"), .text("way/1")])
    }

    @Test func theOrderOfObjectsDoesNotMatter() throws {
        var town = OSMDrawing(Self.courtyard)
        town.node("A", ["amenity": "clinic"])
        town.way(1, "ABCDA", ["highway": "pedestrian"])
        town.way(2, "EFGHE")
        town.relation(3, outer: [1], inner: [2], ["type": "multipolygon", "building": "yes"])
        let forth = try OSMCollection(xml: town.xml)
        let back = try OSMCollection(xml: town.xmlBackwards)
        #expect(forth.features == back.features)
        #expect(forth.count("building") == 1 && forth.count("street") == 1 && forth.count("station") == 1)
    }

    @Test func entrancesAreGivenToTheirBuilding() throws {
        var town = OSMDrawing("A-B E\nD-C F")
        town.node("B", ["entrance": "main"])
        town.node("C", ["entrance": "no"])
        town.node("E", ["entrance": "yes"])
        town.way(1, "BCDAB", ["building": "yes"])
        town.way(2, "ADCBA", ["building": "yes", "name": "B"])
        let all = try OSMCollection(xml: town.xml)
        for reference in ["way/1", "way/2"] {
            let building = try #require(all.feature("building", reference))
            #expect(building["entrances"] == .json("[{\"node\":66,\"lon\":0.002,\"lat\":0.001,\"kind\":\"main\"}]"))
        }
    }

    @Test func openPiecesOfARelationAreNoOutlinesOfTheirOwn() throws {
        var town = OSMDrawing("A---B\n|   |\nD---C")
        town.way(1, "ABC", ["building": "yes"])
        town.way(2, "CDA", ["natural": "water"])
        town.relation(3, outer: [1, 2], ["type": "multipolygon", "building": "yes", "natural": "water"])
        town.way(4, "ABC", ["natural": "water"])
        let all = try OSMCollection(xml: town.xml)
        #expect(all.layer("building").map(\.id) == [.text("relation/3")])
        #expect(all.layer("water").map(\.id) == [.text("relation/3")])
        #expect(all.rejections["building"] ?? [] == [])
        #expect(all.rejections["water"]?.map(\.reason) == [.osmOpenOutline])
    }

    @Test func aReaderMayBeDroppedHalfway() throws {
        var town = OSMDrawing("A-B\nD-C")
        for id in 1...5000 { town.way(id, "ABCDA", ["building": "yes"]) }
        let file = try TemporaryFile("<osm version=\"0.6\">\(town.xml)</osm>", ending: ".osm")
        try withExtendedLifetime(file) {
            let reader = try OSMReader(path: file.path)
            let first = try #require(try reader.next())
            #expect(first.records.count > 0 && first.records.count < 5000)
            #expect(reader.bytesRead > 0)
        }
    }
}
