import Foundation
import TestSupport
import Testing

@Suite("history, undo, diff, add, set and end", .enabled(if: Louyu.path != nil, "needs the built program"))
struct HistoryContractTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.write(
            "ledger.csv",
            """
            id,name,lon,lat,grade,floor_area_m2,tenant
            a,甲大厦,106.57,29.55,A,1000,x
            b,乙大厦,106.571,29.551,B,2000,y
            c,丙大厦,106.572,29.552,,3000,z
            """)
        try place.imported(["ledger.csv", "--layer", "building", "--note", "十月"])
    }

    private func nextMonth() throws {
        try place.write(
            "ledger.csv",
            """
            id,name,lon,lat,grade,floor_area_m2,tenant
            a,甲大厦,106.57,29.55,A,1500,x
            b,乙中心,106.571,29.551,B,2000,y
            d,丁大厦,106.573,29.553,,4000,w
            e,戊大厦,999,29,,1,w
            """)
        try place.imported(["ledger.csv", "--layer", "building", "--sync", "--note", "十一月"])
    }

    @Test func `undo gives the same export and the same rejected records`() throws {
        let (before, sources) = (try place.exported("building"), try place.json(["info"])["sources"])
        try nextMonth()
        #expect(try place.exported("building") != before)
        let undone = try place.json(["undo", "--note", "错月"])
        #expect(undone["change"]["verb"].text == "import")
        #expect(undone["layers"][0]["removed"].number == 1)
        #expect(undone["layers"][0]["restored"].number == 3)
        #expect(undone["rejectedRecords"].number == 1)
        #expect(try place.exported("building") == before)
        let info = try place.json(["info"])
        #expect(info["rejectedRecords"].number == 0)
        #expect(info["sources"].array.count == sources.array.count)
        try nextMonth()
        let after = try place.json(["near", "106.573,29.553", "--top", "1"])
        #expect(after[0]["id"].text == "building/4", "numbers are given again")
        #expect(try place.louyu(["check"]).status == 0)
    }

    @Test func `a dry run keeps nothing, and there may be nothing to take back`() throws {
        let before = try #require(place.bytes("louyu.gpkg"))
        #expect(try place.louyu(["undo", "--dry-run"]).status == 0)
        #expect(place.bytes("louyu.gpkg") == before)
        try place.louyu(["undo"])
        let answer = try place.louyu(["undo", "--lang", "en"])
        #expect(answer.status == 66 && answer.errors.contains("no change to take back"))
    }

    @Test func `history tells each column with file and row`() throws {
        try nextMonth()
        try place.louyu(["set", "b", "grade=A", "--note", "评级"])
        let events = try place.json(["history", "b"])["events"]
        #expect(events.array.count == 3)
        #expect(events[0]["verb"].text == "set" && events[0]["note"].text == "评级")
        #expect(events[1]["file"].text == "ledger.csv" && events[1]["position"].text == "line 3")
        #expect(events[1]["columns"][0]["from"].text == "乙大厦" && events[1]["columns"][0]["to"].text == "乙中心")
        #expect(events[2]["what"].text == "added" && events[2]["note"].text == "十月")
        #expect(try place.json(["history", "c"])["events"][0]["columns"][0]["column"].text == "ended_at")
        #expect(try place.json(["history"]).array.count == 3)
    }

    @Test func `diff tells what came, went, was renamed and changed`() throws {
        try place.louyu(["export", "building", "-o", "old.csv"])
        try FileManager.default.copyItem(
            at: place.url.appending(path: "louyu.gpkg"), to: place.url.appending(path: "old.gpkg"))
        let from = try #require(place.json(["history"])[0]["when"].text)
        try nextMonth()
        for words in [["diff", "--from", from], ["diff", "old.gpkg", "louyu.gpkg"]] {
            let rows = try place.json(words)
            let told = Dictionary(
                uniqueKeysWithValues: rows.texts("ref").enumerated().map { ($1, rows[$0]["change"].text) })
            #expect(told == ["a": "changed", "b": "renamed", "c": "went", "d": "came"], "\(words)")
        }
        try place.louyu(["undo"])
        #expect(try place.json(["diff", "--from", from]).array.count == 0, "what was taken back was never done")
        #expect(try place.louyu(["diff", "--from", "soon"]).status == 64)
        #expect(try place.louyu(["diff"]).status == 64)
    }

    @Test func `add, set and end change one record, with types`() throws {
        let added = try place.json([
            "add", "station", "新驿站", "--at", "106.57,29.55", "--set", "kind=党群驿站", "capacity=20",
        ])
        #expect(added["kept"] == .boolean(true) && added["done"][0]["layer"].text == "station")
        let stations = try place.json(["list", "station"])
        #expect(stations[0]["capacity"].number == 20 && stations[0]["kind"].text == "党群驿站")
        #expect(try place.louyu(["add", "boundary", "x", "--at", "106.57,29.55"]).status == 64)
        let wrong = try place.louyu(["set", "a", "floor_area_m2=abc", "--lang", "en"])
        #expect(wrong.status == 64 && wrong.errors.contains("floor_area_m2") && wrong.errors.contains("a number"))
        for words in [["set", "a", "name="], ["set", "a", "ref=z"], ["set", "a", "storeys=1.5"], ["set", "a"]] {
            #expect(try place.louyu(words).status == 64, "\(words)")
        }
        #expect(try place.louyu(["set", "nobody", "grade=A"]).status == 66)
        #expect(try place.louyu(["set", "a", "grade=C", "--if", "grade=B"]).status == 65)
        #expect(try place.louyu(["set", "a", "建筑面积=１，２００", "楼长=张三", "--if", "grade=A"]).status == 0)
        let row = try place.json(["list", "building", "--where", "name = '甲大厦'"])[0]
        #expect(row["floor_area_m2"].number == 1200 && row["楼长"].text == "张三" && row["tenant"].text == "x")
        #expect(try place.louyu(["end", "a", "--note", "拆除"]).status == 0)
        #expect(try place.json(["list", "building"]).array.count == 2)
        for _ in 0..<3 { try place.louyu(["undo"]) }
        #expect(try place.json(["list", "building"])[0]["floor_area_m2"].number == 1000)
        #expect(try place.json(["list", "station"]).array.count == 0)
    }

    /// What an office does: list, edit in a spreadsheet, set back.
    @Test func `an edited table is taken back cell by cell, and conflicts are told`() throws {
        try place.louyu(["list", "building", "--editable", "-o", "t.csv"])
        let table = try #require(place.text("t.csv"))
        #expect(try place.louyu(["set", "--from", "t.csv"]).status == 0, "nothing edited, nothing done")
        #expect(try place.json(["history"]).array.count == 1)
        try place.louyu(["set", "b", "grade=甲级"])
        try place.louyu(["set", "c", "tenant=新租户"])
        let edited = table.replacingOccurrences(of: ",A,", with: ",AA,").replacingOccurrences(of: ",B,", with: ",BB,")
            .replacingOccurrences(of: "3000", with: "3300")
        #expect(edited != table)
        try place.write("t.csv", edited)
        let before = try place.exported("building")
        let refused = try place.louyu(["set", "--from", "t.csv", "--format", "json"])
        #expect(refused.status == 65)
        let answer = try #require(JSON(refused.bytes))
        #expect(answer["kept"] == .boolean(false) && answer["refused"].array.count == 1)
        #expect(answer["refused"][0]["conflicts"][0]["present"].text == "甲级")
        #expect(answer["refused"][0]["conflicts"][0]["wanted"].text == "BB")
        #expect(try place.exported("building") == before)
        #expect(try place.louyu(["set", "--from", "t.csv", "--partial"]).status == 65)
        let rows = try place.json(["list", "building"])
        #expect(rows[0]["grade"].text == "AA" && rows[1]["grade"].text == "甲级")
        #expect(rows[2]["floor_area_m2"].number == 3300 && rows[2]["tenant"].text == "新租户")
    }

    @Test func `cells that nobody edited are no edits, whatever they hold`() throws {
        try place.write("nameless.csv", "id,name,lon,lat,grade\nn,,106.575,29.555,B\n")
        try place.imported(["nameless.csv", "--layer", "building"])
        try place.louyu(["list", "building", "--editable", "-o", "t.csv"])
        let table = try #require(place.text("t.csv"))
        #expect(try place.louyu(["set", "--from", "t.csv"]).status == 0)
        #expect(try place.json(["history"]).array.count == 2, "nothing edited, nothing done")
        try place.write("t.csv", table.replacingOccurrences(of: ",B,", with: ",A,"))
        try place.answered(["set", "--from", "t.csv"])
        #expect(try place.json(["list", "building", "--where", "grade = 'A'"]).array.count == 3)
        try place.write("t.csv", table.replacingOccurrences(of: "甲大厦", with: ""))
        #expect(try place.louyu(["set", "--from", "t.csv"]).status == 65, "a name is not emptied")
    }

    @Test func `what is not as --if says is told with both values`() throws {
        let answer = try place.louyu(["set", "a", "grade=C", "--if", "grade=B", "--lang", "en"])
        #expect(answer.status == 65 && answer.errors.contains("grade: is \"A\", expected \"B\""), "\(answer.errors)")
        try place.write("t.csv", "ref,grade\na,C\nb,C\n")
        let before = try place.exported("building")
        let refused = try place.louyu(["set", "--from", "t.csv", "--if", "grade=B", "--lang", "zh"])
        #expect(refused.status == 65 || refused.status == 64, "\(refused.status)")
        #expect(try place.exported("building") == before)
    }

    @Test func `tables add and end records, each told with its row`() throws {
        try place.write(
            "new.csv", "name,lon,lat,kind,capacity\n一站,106.5,29.5,党群驿站,3\n,106.5,29.5,党群驿站,3\n三站,106.5,29.5,x,many\n")
        let refused = try place.louyu(["add", "station", "--from", "new.csv", "--format", "json"])
        #expect(refused.status == 65)
        let answer = try #require(JSON(refused.bytes))
        #expect(answer["refused"].texts("position") == ["line 3", "line 4"])
        #expect(try place.json(["list", "station"]).array.count == 0)
        #expect(try place.louyu(["add", "station", "--from", "new.csv", "--partial"]).status == 65)
        #expect(try place.json(["list", "station"]).texts("name") == ["一站"])
        try place.write("end.csv", "ref\na\nc\n")
        #expect(try place.louyu(["end", "--from", "end.csv"]).status == 0)
        #expect(try place.json(["list", "building"]).texts("ref") == ["b"])
        #expect(try place.json(["history", "a"])["events"][0]["position"].text == "line 2")
    }

    @Test func `without an atlas only add makes one`() throws {
        for words in [
            ["undo"], ["history"], ["end", "a"], ["set", "a", "grade=A"], ["diff", "--from", "2026-01-01"],
        ] {
            #expect(try place.louyu(words + ["--atlas", "missing.gpkg"]).status == 66, "\(words)")
        }
        #expect(!place.has("missing.gpkg"))
        #expect(try place.louyu(["add", "building", "新楼", "--at", "106.5,29.5", "--atlas", "new.gpkg"]).status == 0)
        #expect(try place.json(["list", "building", "--atlas", "new.gpkg"])[0]["ref"].text == "hand/1")
    }
}
