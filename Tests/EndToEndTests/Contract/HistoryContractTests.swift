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

    /// Replaces a part of the table that was listed for editing.
    private func table(changing old: String, to new: String) throws {
        let table = try #require(place.text("t.csv"))
        #expect(table.contains(old))
        try place.write("t.csv", table.replacingOccurrences(of: old, with: new))
    }

    @Test func `a point that somebody else has moved meanwhile is told, not moved`() throws {
        try place.louyu(["list", "building", "--editable", "-o", "t.csv"])
        try place.write("colleague.csv", "ref,lon,lat\nb,106.6,29.6\n")
        let moved = try place.json(["set", "--from", "colleague.csv"])
        #expect(moved["done"][0]["changes"][0]["column"].text == "lon,lat")
        #expect(moved["done"][0]["changes"][0]["to"].text == "106.6,29.6")
        #expect(try place.louyu(["set", "--from", "t.csv"]).status == 0, "the table did not move it")
        try table(changing: "106.571", to: "106.58")
        let refused = try place.louyu(["set", "--from", "t.csv", "--format", "json"])
        let conflict = try #require(JSON(refused.bytes))["refused"][0]["conflicts"][0]
        #expect(refused.status == 65 && conflict["column"].text == "lon,lat")
        #expect(conflict["present"].text == "106.6,29.6" && conflict["wanted"].text == "106.58,29.551")
        #expect(try place.json(["list", "building", "--where", "ref = 'b'"])[0]["lon"].number == 106.6)
    }

    @Test func `a table from a state that nobody knows moves nothing back`() throws {
        try place.louyu(["list", "building", "--editable", "-o", "t.csv"])
        let known = try #require(place.text("t.csv")).matches(of: #/r[0-9a-f]{16}/#).map { String($0.0) }
        #expect(known.count == 3)
        for version in known { try table(changing: version, to: "r0123456789abcdef") }
        #expect(try place.louyu(["set", "--from", "t.csv"]).status == 0)
        try place.write("colleague.csv", "ref,lon,lat\nb,106.6,29.6\n")
        try place.louyu(["set", "--from", "colleague.csv"])
        #expect(try place.louyu(["set", "--from", "t.csv"]).status == 65)
        #expect(try place.json(["list", "building", "--where", "ref = 'b'"])[0]["lon"].number == 106.6)
    }

    @Test func `a table tells records by id or whole ref, never by part of a name`() throws {
        try place.louyu(["add", "building", "12号楼", "--at", "106.58,29.55"])
        for (table, status) in [
            ("ref\n12\n", 65), ("id\n12\n", 65), ("id\n甲大厦\n", 65), ("id,ref\nbuilding/1,c\n", 0),
        ] {
            try place.write("gone.csv", table)
            #expect(try place.louyu(["end", "--from", "gone.csv"]).status == status, "\(table)")
        }
        #expect(try place.json(["list", "building"]).texts("name") == ["甲大厦", "乙大厦", "12号楼"])
        try place.write("back.csv", "ref,ended_at\nc,\n")
        #expect(try place.louyu(["set", "--from", "back.csv"]).status == 0, "one that has ended")
    }

    @Test func `a row version that is cut off counts for no other`() throws {
        try place.louyu(["list", "building", "--editable", "-o", "t.csv"])
        let written = try #require(place.text("t.csv"))
        let version = try #require(written.firstMatch(of: #/r[0-9a-f]{16}/#)).0
        try table(changing: String(version), to: String(version.prefix(12)))
        let refused = try place.louyu(["set", "--from", "t.csv", "--format", "json"])
        #expect(refused.status == 65)
        let answer = try #require(JSON(refused.bytes))
        #expect(answer["refused"].texts("position") == ["line 2"])
    }

    @Test func `rows without a position are set where they stand`() throws {
        try place.write("t.csv", "ref,lon,lat,grade\na,,,AA\nb,106.571,29.551,BB\n")
        #expect(try place.louyu(["set", "--from", "t.csv"]).status == 0)
        let rows = try place.json(["list", "building"])
        #expect(rows.texts("grade").prefix(2) == ["AA", "BB"] && rows[0]["lon"].number == 106.57)
        try place.write("t.csv", "ref,lon,lat,grade\na,106.5,,AAA\n")
        #expect(try place.louyu(["set", "--from", "t.csv"]).status == 65, "half a position")
    }

    @Test func `by hand no geometry comes in that an import rejects`() throws {
        try place.write("far.csv", "name,lon,lat\n一站,999,29\n")
        #expect(try place.louyu(["add", "station", "--from", "far.csv"]).status == 65)
        try place.write("bow.csv", "name,wkt\n蝴蝶结,\"POLYGON((0 0,1 1,1 0,0 1,0 0))\"\n")
        #expect(try place.louyu(["add", "building", "--from", "bow.csv"]).status == 65)
        try place.write("move.csv", "ref,lon,lat\na,999,29\n")
        #expect(try place.louyu(["set", "--from", "move.csv"]).status == 65)
        #expect(try place.json(["list", "building"]).array.count == 3)
    }

    @Test func `a dry run says so, and a refusal what to do next`() throws {
        for words in [["add", "station", "站", "--at", "106.5,29.5"], ["set", "a", "grade=B"], ["end", "a"]] {
            let answer = try place.louyu(words + ["--dry-run", "--lang", "en"])
            #expect(answer.status == 0 && answer.errors.contains("nothing was kept"), "\(words): \(answer.errors)")
        }
        let unknown = try place.louyu(["set", "nobody", "grade=A", "--lang", "en"])
        #expect(unknown.status == 66 && unknown.errors.contains("; "), "\(unknown.errors)")
        let conflict = try place.louyu(["set", "a", "grade=C", "--if", "grade=B", "--lang", "en"])
        #expect(conflict.status == 65 && conflict.errors.contains("louyu history"), "\(conflict.errors)")
    }

    @Test func `a ref by hand that was taken back is given to no other record`() throws {
        let empty = ["--atlas", "new.gpkg"]
        try place.louyu(["add", "building", "甲", "--at", "106.5,29.5"] + empty)
        try FileManager.default.copyItem(
            at: place.url.appending(path: "new.gpkg"), to: place.url.appending(path: "copy.gpkg"))
        try place.louyu(["undo"] + empty)
        try place.louyu(["add", "building", "乙", "--at", "106.6,29.6"] + empty)
        let told = try place.json(["diff", "copy.gpkg", "new.gpkg"])
        #expect(Set(told.texts("change")) == ["came", "went"])
        #expect(try place.json(["list", "building"] + empty)[0]["ref"].text == "hand/2")
        let events = try place.json(["history", "hand/2"] + empty)["events"]
        #expect(events.array.count == 1, "what 甲 had is not 乙's")
    }

    @Test func `diff of an area tells what moved out of it`() throws {
        let ring = "[[106.56,29.54],[106.58,29.54],[106.58,29.56],[106.56,29.56],[106.56,29.54]]"
        try place.write(
            "z.geojson",
            "{\"type\":\"Feature\",\"id\":\"z\",\"properties\":{\"name\":\"片区\"},"
                + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[\(ring)]}}")
        try place.imported(["z.geojson", "--layer", "zone"])
        let from = try #require(place.json(["history"])[0]["when"].text)
        try place.write("out.csv", "ref,lon,lat\nb,106.7,29.6\n")
        try place.louyu(["set", "--from", "out.csv"])
        let told = try place.json(["diff", "--from", from, "--in", "片区", "--layer", "building"])
        #expect(told.texts("ref") == ["b"] && told.texts("change") == ["moved"])
    }
}
