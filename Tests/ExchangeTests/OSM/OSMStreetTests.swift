import Exchange
import Foundation
import Spatial
import Testing

@Suite struct OSMStreetTests {
    @Test func streetsCarryWhatWalkingNeeds() throws {
        var town = OSMDrawing("A---B---C\n    |\n    D")
        town.node("D", ["highway": "elevator", "name": "凯旋路电梯"])
        town.way(1, "ABC", ["highway": "primary", "bridge": "yes", "layer": "1", "oneway": "yes", "name": "东水门大桥"])
        town.way(2, "BD", ["highway": "steps", "step_count": "186", "incline": "up", "layer": "ground"])
        town.way(3, "AD", ["highway": "footway", "tunnel": "building_passage", "covered": "yes", "foot": "designated"])
        town.way(4, "BD", ["highway": "elevator"])
        let all = try OSMCollection(xml: town.xml)
        let bridge = try #require(all.feature("street", "way/1"))
        #expect(
            bridge.geometry == .lineString(LineString([LonLat(0, 0.002), LonLat(0.004, 0.002), LonLat(0.008, 0.002)])))
        #expect(bridge["class"] == .text("primary"))
        #expect(bridge["highway"] == nil)
        #expect(bridge["bridge"] == .text("yes"))
        #expect(bridge["layer"] == .integer(1))
        #expect(bridge["from_node"] == .integer(65))
        #expect(bridge["to_node"] == .integer(67))
        #expect(bridge["node_ids"] == .json("[65,66,67]"))
        let steps = try #require(all.feature("street", "way/2"))
        #expect(steps["step_count"] == .integer(186))
        #expect(steps["incline"] == .text("up"))
        #expect(steps["layer"] == .text("ground"))
        #expect(all.feature("street", "way/3")?["tunnel"] == .text("building_passage"))
        #expect(all.feature("street", "way/4")?["class"] == .text("elevator"))
        let lift = try #require(all.feature("street", "node/68"))
        #expect(lift.geometry == .point(Point(LonLat(0.004, 0))))
        #expect(lift["node_ids"] == .json("[68]"))
    }

    @Test func aSquareIsALineAndARelationAnArea() throws {
        var town = OSMDrawing("A---B\n|   |\nD---C")
        town.way(1, "ABCDA", ["highway": "pedestrian", "area": "yes", "name": "解放碑步行街"])
        town.way(2, "ABCDA")
        town.relation(3, outer: [2], ["type": "multipolygon", "highway": "pedestrian"])
        let all = try OSMCollection(xml: town.xml)
        let square = try #require(all.feature("street", "way/1"))
        #expect(square.geometry?.type == .lineString)
        #expect(square["area"] == .text("yes"))
        let area = try #require(all.feature("street", "relation/3"))
        #expect(area.geometry?.type == .polygon)
        guard case .json(let rings) = area["ring_node_ids"] else {
            Issue.record("no ring_node_ids")
            return
        }
        let ids = try JSONDecoder().decode([[Int64]].self, from: Data(rings.utf8))
        #expect(ids.count == 1 && Set(ids[0]) == [65, 66, 67, 68] && ids[0].first == ids[0].last)
    }

    @Test func stationsAreCalledWhatTheMapCallsThem() throws {
        var town = OSMDrawing("A---B  E F G H\n|   |\nD---C")
        town.way(1, "ABCDA", ["amenity": "school", "building": "school", "name:zh": "人和街小学"])
        town.node("E", ["office": "government", "name": "大坪街道办事处"])
        town.node("F", ["healthcare": "doctor"])
        town.node("G", ["amenity": "restaurant"])
        town.node("H", ["amenity": "clinic"])
        let all = try OSMCollection(xml: town.xml)
        let kinds = Dictionary(uniqueKeysWithValues: all.layer("station").map { ($0.id, $0["kind"]) })
        #expect(
            kinds == [
                .text("way/1"): .text("school"), .text("node/69"): .text("government"),
                .text("node/70"): .text("doctors"), .text("node/72"): .text("clinic"),
            ])
        #expect(all.feature("station", "way/1")?["name"] == .text("人和街小学"))
        #expect(all.feature("station", "way/1")?.geometry?.type == .polygon)
        #expect(all.feature("building", "way/1")?["use"] == .text("education"))
    }

    @Test func waterIsAreasAndLines() throws {
        var town = OSMDrawing("A---B\n|   |\nD---C")
        town.way(1, "ABCDA", ["natural": "water", "water": "lake"])
        town.way(2, "AB", ["waterway": "river", "name": "嘉陵江"])
        town.way(3, "AB", ["waterway": "ditch"])
        town.way(4, "ABCDA")
        town.relation(5, outer: [4], ["type": "multipolygon", "landuse": "reservoir"])
        let all = try OSMCollection(xml: town.xml)
        let classes = Dictionary(uniqueKeysWithValues: all.layer("water").map { ($0.id, $0["class"]) })
        #expect(
            classes == [
                .text("way/1"): .text("lake"), .text("way/2"): .text("river"), .text("relation/5"): .text("reservoir"),
            ])
        #expect(all.feature("water", "way/2")?.geometry?.type == .lineString)
    }
}
