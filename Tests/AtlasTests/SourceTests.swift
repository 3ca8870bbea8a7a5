@testable import Atlas
import Foundation
import Messages
import Store
import TestSupport
import Testing

/// Records of different sources that carry one ref, and sources that come again.
@Suite struct SourceTests {
    /// A folder with sources and an atlas.
    private final class Desk {
        let folder = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString)")
        var atlas: String { folder.appending(path: "louyu.gpkg").path }

        init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func write(_ name: String, _ features: [(id: String, name: String)], at longitude: Double = 106) throws {
            let lines = features.enumerated().map { index, feature in
                SmallAtlas.feature(
                    feature.id, "\"name\":\"\(feature.name)\"", SmallAtlas.point(longitude + Double(index) / 100, 29.5))
            }
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        }

        @discardableResult
        func take(_ names: String..., key: [String] = [], sync: Bool = false) throws -> ImportReport {
            var options = ImportOptions()
            options.layer = .building
            options.key = key
            options.sync = sync
            let report = try importFiles(
                names.map { folder.appending(path: $0).path }, into: atlas, options: options)
            let counts = try #require(report.layers.first).counts
            #expect(counts.read == counts.added + counts.changed + counts.unchanged + counts.rejected)
            return report
        }

        func names() throws -> [String] { try Atlas(path: atlas).list(.building).compactMap(\.name) }
    }

    @Test func aRefOfAnotherFileIsReportedAndNotOverwritten() throws {
        let desk = try Desk()
        try desk.write("a.geojsonl", [("1", "甲"), ("2", "乙")])
        try desk.write("b.geojsonl", [("1", "丙"), ("3", "丁")], at: 107)
        try desk.take("a.geojsonl")
        let report = try desk.take("b.geojsonl")
        #expect(report.layers[0].counts.added == 1)
        #expect(report.layers[0].counts.rejected == 1)
        #expect(try desk.names() == ["甲", "乙", "丁"])
        let rejection = try #require(report.rejections.first).rejection
        let owner = desk.folder.appending(path: "a.geojsonl").path
        #expect(rejection.reason == .refTaken("1", by: owner))
        #expect(rejection.record.contains("丙"))
        #expect(report.notes.contains(.refsTaken(desk.folder.appending(path: "b.geojsonl").path, 1)))
        #expect(try Atlas(path: desk.atlas).info().rejected == 1)
        // Again: nothing new, nothing kept twice.
        #expect(try desk.take("b.geojsonl").layers[0].counts.unchanged == 1)
        #expect(try Atlas(path: desk.atlas).info().rejected == 1)
    }

    @Test func bothFilesInOneImportToo() throws {
        let desk = try Desk()
        try desk.write("a.geojsonl", [("1", "甲"), ("2", "乙")])
        try desk.write("b.geojsonl", [("1", "丙"), ("2", "乙"), ("3", "丁")], at: 107)
        let report = try desk.take("a.geojsonl", "b.geojsonl")
        let counts = report.layers[0].counts
        #expect(counts.added == 3 && counts.rejected == 2)
        #expect(try desk.names() == ["甲", "乙", "丁"])
    }

    @Test func whatIsPlainlyTheSameThingIsUpdatedAndTold() throws {
        let desk = try Desk()
        try desk.write("a.geojsonl", [("1", "甲"), ("2", "乙"), ("3", "")])
        try desk.take("a.geojsonl")
        // Where it stands, whatever it is called; by name where it moved a little; not by name far away.
        try desk.write("b.geojsonl", [("1", "新甲")])
        try desk.write("c.geojsonl", [("2", "乙")], at: 106.0101)
        try desk.write("d.geojsonl", [("2", "乙")], at: 106.1)
        try desk.write("e.geojsonl", [("3", "")], at: 106.0201)
        for (file, isTaken) in [("b", true), ("c", true), ("d", false), ("e", false)] {
            let report = try desk.take("\(file).geojsonl")
            #expect(report.layers[0].counts.changed == (isTaken ? 1 : 0), "\(file)")
            #expect(report.layers[0].counts.rejected == (isTaken ? 0 : 1), "\(file)")
            let path = desk.folder.appending(path: "\(file).geojsonl").path
            #expect(report.notes.contains(isTaken ? .refsAdopted(path, 1) : .refsTaken(path, 1)), "\(file)")
        }
        #expect(try desk.names().prefix(2) == ["新甲", "乙"])
    }

    @Test func aChangedVersionOfTheSameSourceUpdates() throws {
        let desk = try Desk()
        try desk.write("a.geojsonl", [("1", "甲"), ("2", "乙")])
        try desk.take("a.geojsonl")
        try desk.write("b.geojsonl", [("9", "戊")])
        try desk.take("b.geojsonl")
        try desk.write("a.geojsonl", [("1", "甲"), ("2", "新乙"), ("3", "丙"), ("9", "己")])
        let counts = try desk.take("a.geojsonl").layers[0].counts
        #expect(counts.unchanged == 1 && counts.changed == 1 && counts.added == 1 && counts.rejected == 1)
        #expect(try desk.names() == ["甲", "新乙", "戊", "丙"])
    }

    @Test(arguments: [
        ("楼宇2026-10.geojsonl", "楼宇2026-11.geojsonl"), ("2026年9月/a.geojsonl", "2026年10月/a.geojsonl"),
        ("a_20261031.geojsonl", "a_20261130.geojsonl"),
    ]) func nextMonthsFileIsTheSameSource(_ first: String, _ second: String) throws {
        let desk = try Desk()
        try desk.write(first, [("1", "甲")])
        try desk.take(first)
        try desk.write(second, [("1", "乙")])
        #expect(try desk.take(second).layers[0].counts.changed == 1)
        #expect(try desk.names() == ["乙"])
    }

    @Test(arguments: [
        ("大坪街道/楼宇.geojsonl", "上清寺街道/楼宇.geojsonl"), ("500103.geojsonl", "500106.geojsonl"),
        ("社区1.geojsonl", "社区2.geojsonl"),
    ]) func filesOfOtherPlacesAreOtherSources(_ first: String, _ second: String) throws {
        let desk = try Desk()
        try desk.write(first, [("1", "甲")])
        try desk.take(first)
        try desk.write(second, [("1", "乙")], at: 107)
        #expect(try desk.take(second).layers[0].counts.rejected == 1)
        #expect(try desk.names() == ["甲"])
    }

    @Test(arguments: [false, true]) func aStatedKeyUpdatesAcrossFiles(_ together: Bool) throws {
        let desk = try Desk()
        try desk.write("a.geojsonl", [("1", "甲"), ("2", "乙")])
        try desk.write("b.geojsonl", [("1", "丙"), ("2", "乙")])
        if together {
            try desk.take("a.geojsonl", "b.geojsonl", key: ["id"])
        } else {
            try desk.take("a.geojsonl")
            let counts = try desk.take("b.geojsonl", key: ["id"]).layers[0].counts
            #expect(counts.changed == 1 && counts.unchanged == 1)
        }
        #expect(try desk.names() == ["丙", "乙"])
        // The index of places follows.
        let near = try Atlas(path: desk.atlas).near(.position(LonLat(106, 29.5)), limit: 9)
        #expect(near.map(\.feature.name) == ["丙", "乙"])
    }

    @Test func syncSaysThatTheFileIsTheWholeList() throws {
        let desk = try Desk()
        try desk.write("a.geojsonl", [("1", "甲"), ("2", "乙")])
        try desk.take("a.geojsonl")
        try desk.write("b.geojsonl", [("1", "丙")], at: 107)
        let counts = try desk.take("b.geojsonl", sync: true).layers[0].counts
        #expect(counts.changed == 1 && counts.ended == 1)
        #expect(try desk.names() == ["丙"])
    }

    @Test func extractsOfOpenStreetMapAreOneSource() throws {
        let desk = try Desk()
        func extract(_ name: String, _ tower: String) throws -> String {
            let nodes = [(0, 0), (1, 0), (1, 1), (0, 1)].enumerated().map { index, corner in
                "<node id=\"\(index + 1)\" lat=\"\(29.5 + Double(corner.1) / 1000)\" lon=\"\(106 + Double(corner.0) / 1000)\"/>"
            }
            let way =
                "<way id=\"7\">" + [1, 2, 3, 4, 1].map { "<nd ref=\"\($0)\"/>" }.joined()
                + "<tag k=\"building\" v=\"yes\"/><tag k=\"name\" v=\"\(tower)\"/></way>"
            let file = desk.folder.appending(path: name)
            try "<?xml version='1.0'?><osm version=\"0.6\">\(nodes.joined())\(way)</osm>"
                .write(to: file, atomically: true, encoding: .utf8)
            return name
        }
        try desk.take(try extract("区.osm", "甲"))
        #expect(try desk.take(try extract("市.osm", "乙")).layers[0].counts.changed == 1)
        #expect(try Atlas(path: desk.atlas).feature("way/7").name == "乙")
        // What merely calls itself so is another source.
        try desk.write("c.geojsonl", [("way/7", "丙"), ("way/8", "丁")], at: 107)
        #expect(try desk.take("c.geojsonl").layers[0].counts.rejected == 1)
        #expect(try desk.names() == ["乙", "丁"])
    }

    @Test func datesInNames() {
        for (name, undated) in [
            ("a2026-10.csv", "a#.csv"), ("a2026-10-31.csv", "a#.csv"), ("a.2026.10.31.csv", "a.#.csv"),
            ("2026年10月31日.csv", "#.csv"), ("2026年10月.csv", "#.csv"), ("2026年.csv", "#.csv"), ("9月.csv", "#.csv"),
            ("2026.csv", "#.csv"), ("202610.csv", "#.csv"), ("20261031.csv", "#.csv"), ("2026_1.csv", "#_1.csv"),
            ("500103.csv", "500103.csv"), ("20261331.csv", "20261331.csv"), ("12026.csv", "12026.csv"),
            ("7.csv", "7.csv"), ("网格2001.csv", "网格2001.csv"), ("台账-2026.csv", "台账-#.csv"),
            ("台账2026年.csv", "台账#.csv"),
            ("13月.csv", "13月.csv"), ("2026年7.csv", "#7.csv"), ("", ""),
        ] {
            #expect(SourceIdentity.undated(name) == undated, "\(name)")
        }
    }

    @Test func identityIsSeenFromTheAtlas() {
        func identity(_ path: String) -> String { SourceIdentity.of(path: path, atlas: "/nowhere/d/louyu.gpkg") }
        #expect(identity("/nowhere/d/in/a.csv") == "in/a.csv")
        #expect(identity("/nowhere/d/./in/../a.csv") == "a.csv")
        #expect(identity("/nowhere/e/a.csv") == "../e/a.csv")
        #expect(identity("-") == "")
        #expect(identity("/dev/null") == "")
    }
}
