import Foundation
import Testing

/// Two months of an office, from the first workbook to the last undo: 376
/// rows as people keep them, the review, the same again, the next month.
@Suite("an office's months", .serialized, .enabled(if: Office.isPossible, "needs louyu, city and unzip"))
struct OfficeMonthsTests {
    /// What the rows of the first workbook have of their own, how many rows
    /// have it, and what becomes of them.
    private static let dirt: [(name: String, rows: Int, landing: String)] = [
        // 1. Characters spaced out, full-width spaces around the name.
        ("spaces", 8, "changed"),
        // 2. Full-width letters and digits in addresses and numbers.
        ("wide", 13, "changed"),
        // 3. A former name in brackets behind the name.
        ("brackets", 12, "changed"),
        // 4. 大楼 for 大厦.
        ("otherWord", 12, "changed"),
        // 5. The city before the address, 88# for 88号, the block behind it.
        ("address", 15, "changed"),
        // 6. No name, only an address.
        ("addressOnly", 11, "changed"),
        // 7. No address, only a name.
        ("nameOnly", 10, "changed"),
        // 8. A name that other buildings have too, told apart by the address.
        ("sharedName", 36, "changed"),
        // 9. Units in the cells: 平方米, 万元.
        ("unit", 10, "changed"),
        // 10. Thousands separated.
        ("thousands", 14, "changed"),
        // 11. 待定, - and / for nothing.
        ("blanks", 12, "changed"),
        // 12. A share with its percent sign.
        ("share", 11, "changed"),
        // 13. to 18. Dates: 2019/3/5, 2019.3.5, 2019年3月5日, a serial number, 20190305, 2019-03.
        ("slashes", 11, "changed"), ("dots", 12, "changed"), ("chinese", 13, "changed"), ("serial", 15, "changed"),
        ("packed", 12, "changed"), ("month", 12, "changed"),
        // 19. A wrong character in the name, no address.
        ("mistyped", 6, "unsure"),
        // 20. The name of one building, the address of another.
        ("otherAddress", 6, "unsure"),
        // 21. A position where the map shows nothing.
        ("point", 8, "added"),
        // 22. A row that stands there twice.
        ("repeated", 2, "unchanged"),
        // 23. A formula's error for the name.
        ("brokenName", 1, "rejected"),
        // 24. Figures without a name, code, address or position.
        ("nothing", 1, "rejected"),
        // The rest is clean.
        ("none", 113, "changed"),
    ]

    /// What the sheet has besides: two title lines, the header in two rows
    /// with merged cells and once more in the middle, a blank row, merged
    /// values, a total, two notes.
    private static let remarks = ["title", "title", "header", "total", "note", "note"]

    @Test func `twenty kinds of dirt land with their cell and reason`() throws {
        let office = try Office()
        let expected = try office.rows(Office.january)
        #expect(expected.count == 376 && Self.dirt.reduce(0) { $0 + $1.rows } == 376)
        for (name, rows, landing) in Self.dirt {
            let own = expected.filter { $0.dirt == name }
            #expect(own.count == rows && own.allSatisfy { $0.landing == landing }, "\(name): \(own.count)")
        }
        let answer = try office.place.json(["import", Office.january, "--layer", "building", "--note", "一月"])
        let counts = answer["layers"]["building"]
        let numbers = ["read", "added", "changed", "unchanged", "unsure", "rejected", "ended"]
        #expect(numbers.map { counts[$0].integer } == [376, 8, 352, 2, 12, 2, 0])
        let ledger = answer["ledgers"][0]
        #expect(ledger["remarks"].texts("kind") == Self.remarks)
        let landings = Dictionary(ledger["rows"].array.compactMap { row in row["row"].integer.map { ($0, row) } }) {
            $1
        }
        #expect(landings.count == 376)
        for row in expected {
            let landing = landings[row.number] ?? .null
            let place = "row \(row.number), \(row.dirt): \(landing)"
            #expect(landing["landing"].text == row.landing, "\(place)")
            switch row.landing {
            case "unsure":
                #expect(landing["cell"].text == (row.dirt == "mistyped" ? "C" : "D") + "\(row.number)", "\(place)")
                #expect(landing["reason"].text?.isEmpty == false, "\(place)")
                // Of the many names that are as like as each other five are shown.
                let candidates = landing["candidates"].texts("ref")
                #expect(row.dirt == "mistyped" ? !candidates.isEmpty : candidates.contains(row.ref), "\(place)")
            case "rejected":
                #expect(landing["cell"].text == "C\(row.number)" && landing["reason"].text != nil, "\(place)")
            default:
                #expect(landing["ref"].text == row.ref, "\(place)")
                let cells = landing["changes"].texts("cell")
                #expect(cells.isEmpty == (row.landing == "unchanged"), "\(place)")
                #expect(cells.allSatisfy { $0.hasSuffix("\(row.number)") }, "\(place)")
            }
        }
    }

    @Test func `review, the same again, next month's diff, and undo to the first byte`() throws {
        let office = try Office()
        let place = office.place
        var states = [try office.state()]

        let first = try place.json(["import", Office.january, "--layer", "building", "--note", "一月"])
        states.append(try office.state())
        let review = try #require(first["ledgers"][0]["review"].text)
        #expect(review.hasSuffix("ledger-2026-01-待定.xlsx") && place.has("ledger-2026-01-待定.xlsx"))

        let unsure = try office.rows(Office.january).filter { $0.landing == "unsure" }
        try office.fill(review, as: "decided.xlsx", with: Dictionary(unsure.map { ($0.number, $0.ref) }) { $1 })
        let settled = try place.imported(["decided.xlsx", "--layer", "building", "--note", "核对"])["building"]
        #expect(settled["read"].integer == 12 && settled["changed"].integer == 12 && settled["unsure"].integer == 0)
        states.append(try office.state())

        try again(office)
        let before = try #require(place.json(["history"])[0]["when"].text)
        let next = try place.json(["import", Office.february, "--layer", "building", "--sync", "--note", "二月"])
        let counts = next["layers"]["building"]
        let numbers = ["read", "added", "changed", "unchanged", "unsure", "rejected", "ended"]
        #expect(numbers.map { counts[$0].integer } == [379, 8, 32, 337, 0, 2, 5])
        try diff(office, from: before)
        try history(office)
        states.append(try office.state())

        let last = states.removeLast()
        while let state = states.popLast() {
            let undone = try place.json(["undo"])
            #expect(undone["change"]["note"].text == ["一月", "核对", "二月"][states.count])
            let now = try office.state()
            for (name, bytes) in state { #expect(now[name] == bytes, "\(name), back before change \(states.count)") }
        }
        try place.remove("ledger-2026-01-待定.xlsx")
        let repeated = try place.json(["import", Office.january, "--layer", "building", "--note", "一月"])
        #expect(repeated == first, "what was taken back was never done")
        try place.imported(["decided.xlsx", "--layer", "building", "--note", "核对"])
        try place.imported([Office.february, "--layer", "building", "--sync", "--note", "二月"])
        let now = try office.state()
        for name in ["state.geojson", "state.csv", "list"] { #expect(now[name] == last[name], "\(name)") }
    }

    /// The same workbook once more changes nothing, with `--sync` too.
    private func again(_ office: Office) throws {
        let place = office.place
        let (state, changes, names) = (try office.state(), try place.json(["history"]), place.names)
        for words in [[Office.january], [Office.january, "--sync"], ["decided.xlsx"]] {
            let counts = try place.imported(words + ["--layer", "building"])["building"]
            let changed = ["added", "changed", "unsure", "ended"].map { counts[$0].integer }
            #expect(changed == [0, 0, 0, 0], "\(words)")
        }
        #expect(try office.state() == state)
        #expect(try place.json(["history"]) == changes)
        #expect(place.names == names)
    }

    /// The comparison of the months, told by the workbooks themselves.
    private func diff(_ office: Office, from: String) throws {
        let place = office.place
        let expected = try truth(office)
        #expect(expected.mapValues(\.count) == ["changed": 30, "went": 5, "came": 8, "renamed": 2])

        let json = try place.json(["diff", "--from", from])
        let told = Dictionary(grouping: json.array) { $0["change"].text ?? "" }
        #expect(told.mapValues { Set($0.compactMap { $0["ref"].text }) } == expected)
        for row in told["renamed"] ?? [] {
            let name = row["changes"].first("column", "name")
            #expect(name["from"].text?.isEmpty == false && name["to"].text == row["name"].text)
            #expect(name["from"].text != name["to"].text)
        }
        for row in told["changed"] ?? [] {
            #expect(row["changes"].texts("column").contains("vacant_area_m2"), "\(row)")
        }

        for (language, line) in [
            ("en", "came 8, went 5, renamed 2, moved 0, changed 30"), ("zh", "新增 8、消失 5、更名 2、移动 0、变更 30"),
        ] {
            let table = try place.answered(["diff", "--from", from, "--lang", language]).output
            #expect(table.hasSuffix("\n\(line)\n"), "\(table.suffix(200))")
        }
        let map = try place.answered(["diff", "--from", from, "--format", "geojson"])
        let features = CityFiles.features(map.bytes, isSequence: false)
        #expect(features.count == 45)
        #expect(
            Dictionary(features.map { ($0["properties"]["change"].text ?? "", 1) }, uniquingKeysWith: +)
                == expected.mapValues(\.count))
        try place.answered(["diff", "--from", from, "-o", "diff.xlsx"])
        #expect(try office.rowCount("diff.xlsx") == 46)
        let strings = try office.part("xl/worksheets/sheet1.xml", of: "diff.xlsx")
        for ref in expected.values.joined() { #expect(strings.contains(">\(ref)<"), "\(ref)") }
    }

    /// The refs by what the two workbooks say of them, read apart from the program.
    private func truth(_ office: Office) throws -> [String: Set<String>] {
        var months: [[String: (ref: String, name: String?, vacant: String?)]] = []
        for workbook in [Office.january, Office.february] {
            let cells = try office.cells(workbook)
            var records: [String: (ref: String, name: String?, vacant: String?)] = [:]
            for row in try office.rows(workbook) where !row.ref.isEmpty {
                let own = cells[row.number] ?? [:]
                records[own["B"] ?? ""] = (row.ref, own["C"], own["F"])
            }
            months.append(records)
        }
        var truth: [String: Set<String>] = [:]
        for (code, old) in months[0] {
            guard let new = months[1][code] else {
                truth["went", default: []].insert(old.ref)
                continue
            }
            if old.name != new.name {
                truth["renamed", default: []].insert(old.ref)
            } else if old.vacant != new.vacant {
                truth["changed", default: []].insert(old.ref)
            }
        }
        truth["came"] = Set(months[1].filter { months[0][$0.key] == nil }.map(\.value.ref))
        return truth
    }

    /// A record tells from which row of which workbook each change came.
    private func history(_ office: Office) throws {
        let february = try office.rows(Office.february)
        let changed = try #require(february.first { $0.landing == "changed" })
        let events = try office.place.json(["history", changed.ref])["events"]
        #expect(events[0]["file"].text == Office.february && events[0]["note"].text == "二月")
        #expect(events[0]["position"].text == "row \(changed.number)")
        #expect(events[0]["columns"].first("column", "vacant_area_m2")["to"].number != nil)
        let january = try #require(try office.rows(Office.january).first { $0.ref == changed.ref })
        #expect(events[1]["file"].text == Office.january && events[1]["position"].text == "row \(january.number)")
        #expect(events[1]["note"].text == "一月")
        let unsure = try #require(try office.rows(Office.january).first { $0.landing == "unsure" })
        let decided = try office.place.json(["history", unsure.ref])["events"]
        #expect(decided.array.contains { $0["file"].text == "decided.xlsx" && $0["note"].text == "核对" })
        let table = try office.place.answered(["history", changed.ref, "--lang", "zh"]).output
        #expect(table.contains(Office.february) && table.contains("第 \(changed.number) 行") && table.contains("二月"))
        let new = try #require(february.last { $0.landing == "added" })
        let added = try office.place.json(["history", new.ref])["events"][0]
        #expect(added["what"].text == "added" && added["position"].text == "row \(new.number)")
    }

    @Test func `a review table as CSV settles the same`() throws {
        var exports: [Data] = []
        for isTable in [false, true] {
            let office = try Office()
            let review = isTable ? ["--review", "review.csv"] : []
            try office.place.imported([Office.january, "--layer", "building"] + review)
            let unsure = try office.rows(Office.january).filter { $0.landing == "unsure" }
            if isTable {
                var table = try #require(office.place.text("review.csv"))
                for row in unsure {
                    table = table.replacing("\r\n,\(row.number),", with: "\r\n\(row.ref),\(row.number),")
                }
                try office.place.write("decided.csv", table)
            } else {
                try office.fill(
                    "ledger-2026-01-待定.xlsx", as: "decided.xlsx",
                    with: Dictionary(unsure.map { ($0.number, $0.ref) }) { $1 })
            }
            let file = isTable ? "decided.csv" : "decided.xlsx"
            let counts = try office.place.imported([file, "--layer", "building"])["building"]
            #expect(counts["changed"].integer == 12 && counts["unsure"].integer == 0)
            exports.append(try office.place.exported("building"))
        }
        #expect(exports[0] == exports[1])
    }

    @Test func `a dry run tells what an import does, cell by cell, and keeps nothing`() throws {
        let office = try Office()
        let bytes = office.place.bytes("louyu.gpkg")
        let words = ["import", Office.january, "--layer", "building"]
        let tried = try office.place.json(words + ["--dry-run"])
        let table = try office.place.answered(words + ["--dry-run", "--lang", "zh"]).output
        #expect(office.place.bytes("louyu.gpkg") == bytes && !office.place.has("ledger-2026-01-待定.xlsx"))
        let done = try office.place.json(words)
        #expect(tried["layers"] == done["layers"] && tried["ledgers"][0]["rows"] == done["ledgers"][0]["rows"])
        for row in done["ledgers"][0]["rows"].array {
            let number = try #require(row["row"].integer)
            let line = try #require(table.split(separator: "\n").first { $0.hasPrefix("  第 \(number) 行  ") })
            for change in row["changes"].array {
                #expect(line.contains("\(change["cell"].text ?? "") \(change["column"].text ?? ""): "), "\(line)")
                #expect(line.contains(" → "))
            }
            if let reason = row["cell"].text { #expect(line.contains(reason)) }
        }
    }
}
