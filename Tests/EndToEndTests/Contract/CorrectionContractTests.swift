import Foundation
import Testing

/// What the same source does to a record that people, or other sources, have
/// changed since.
@Suite("imports and corrections by hand", .enabled(if: Louyu.path != nil, "needs the built program"))
struct CorrectionContractTests {
    private let place: Workplace
    private static let first = """
        id,name,lon,lat,grade,floor_area_m2,tenant
        a,甲大厦,106.57,29.55,A,1000,x
        b,乙大厦,106.571,29.551,B,2000,y
        c,丙大厦,106.572,29.552,,3000,z
        """

    init() throws {
        place = try Workplace()
        try place.write("x.csv", Self.first)
        try bring()
    }

    @discardableResult
    private func bring(_ words: [String] = []) throws -> JSON {
        try place.json(["import", "x.csv", "--layer", "building"] + words)
    }

    private func building(_ ref: String) throws -> JSON {
        try place.json(["list", "building", "--where", "ref = '\(ref)'"])[0]
    }

    @Test func `the same file again changes nothing that was corrected`() throws {
        try place.louyu(["set", "a", "grade=C", "楼长=张三"])
        try place.louyu(["end", "b", "--note", "拆除"])
        try place.write("m.csv", "ref,lon,lat\nc,106.6,29.6\n")
        #expect(try place.louyu(["set", "--from", "m.csv"]).status == 0)
        let before = try place.exported("building")
        let answer = try bring()
        #expect(answer["layers"]["building"]["unchanged"].integer == 3 && answer["conflictCount"] == .null)
        #expect(try place.exported("building") == before)
        #expect(try place.json(["list", "building"]).texts("ref") == ["a", "c"])
        #expect(try place.json(["history"]).array.count == 4, "an import that changed nothing is no change")
    }

    @Test func `news come in beside corrections, and what both changed is told`() throws {
        try place.louyu(["set", "a", "grade=C", "楼长=张三"])
        try place.write(
            "x.csv",
            Self.first.replacingOccurrences(of: "甲大厦,106.57,29.55,A,1000,x", with: "甲中心,106.57,29.55,D,1000,w"))
        for round in 1...2 {
            let answer = try bring()
            #expect(answer["conflictCount"].integer == 1, "round \(round)")
            let told = answer["conflicts"][0]
            #expect(told["ref"].text == "a" && told["column"].text == "grade" && told["layer"].text == "building")
            #expect(told["present"].text == "C" && told["incoming"].text == "D" && told["position"].text == "line 2")
            let row = try building("a")
            #expect(row["name"].text == "甲中心" && row["grade"].text == "C")
            #expect(row["楼长"].text == "张三" && row["tenant"].text == "w")
        }
        for (language, word) in [("zh", "手工更正"), ("en", "Corrected by hand")] {
            let table = try place.louyu(["import", "x.csv", "--layer", "building", "--lang", language]).output
            #expect(table.contains(word) && table.contains("grade") && table.contains("D"), "\(table)")
        }
        try place.louyu(["set", "a", "grade=D"])
        #expect(try bring()["conflictCount"] == .null)
    }

    @Test func `a correction that was taken back is none`() throws {
        try place.louyu(["set", "a", "grade=C"])
        try place.louyu(["undo"])
        try place.louyu(["set", "b", "grade=C"])
        try place.louyu(["set", "b", "grade=B"])
        try place.write(
            "x.csv",
            Self.first.replacingOccurrences(of: ",A,", with: ",E,").replacingOccurrences(of: ",B,", with: ",F,"))
        #expect(try bring()["conflictCount"] == .null)
        #expect(try building("a")["grade"].text == "E" && building("b")["grade"].text == "F")
    }

    @Test func `what --sync ended comes back, and promoted columns follow their source`() throws {
        try place.write("x.csv", Self.first.split(separator: "\n").dropLast().joined(separator: "\n"))
        try bring(["--sync"])
        #expect(try place.json(["list", "building"]).texts("ref") == ["a", "b"])
        try place.write("x.csv", Self.first)
        try bring(["--sync", "--promote", "tenant"])
        #expect(try place.json(["list", "building"]).texts("ref") == ["a", "b", "c"])
        try place.write("x.csv", Self.first.replacingOccurrences(of: "1000,x", with: "1000,q"))
        #expect(try bring()["conflictCount"] == .null)
        #expect(try building("a")["tenant"].text == "q")
    }

    @Test func `footprints that come again keep what a ledger brought`() throws {
        try place.write("ledger.csv", "楼宇名称,等级,空置面积\n甲大厦,S,50\n")
        try place.imported(["ledger.csv", "--layer", "building"])
        let before = try place.exported("building")
        #expect(try building("a")["vacant_area_m2"].number == 50)
        try bring()
        #expect(try place.exported("building") == before)
        try place.write("x.csv", Self.first.replacingOccurrences(of: "1000,x", with: "1200,x"))
        try bring()
        let row = try building("a")
        #expect(row["vacant_area_m2"].number == 50 && row["grade"].text == "S" && row["floor_area_m2"].number == 1200)
    }
}
