import Foundation
import Testing

@Suite("no answer for the public tells a phone or a tax", .enabled(if: Louyu.path != nil, "needs the built program"))
struct DisclosureContractTests {
    private static let town = Result<Workplace, any Error> {
        let place = try GuardedTown.workplaceWithHistory()
        place.folder.removeAtExit()
        return place
    }
    private let town: Workplace

    init() throws { town = try Self.town.get() }

    private static let forms = [
        "table", "json", "geojson", "geojsonseq", "csv", "xlsx", "gpkg", "shp", "fgb", "kml", "html",
    ]

    /// A question for every answering verb, and the forms that it does not have.
    struct Question: Sendable, CustomTestStringConvertible {
        let words: [String]
        let missing: Set<String>

        init(_ words: String, missing: Set<String> = []) {
            self.words = words.split(separator: " ").map(String.init)
            self.missing = missing
        }

        var testDescription: String { words.joined(separator: " ") }
    }

    private static let questions: [Question] = [
        Question("list building"), Question("list station"), Question("list zone"), Question("list boundary"),
        Question("list building --per subdistrict --sum floor_area_m2"),
        Question("find W1"), Question("find 招商"), Question("find 大街"), Question("near 0.002,0.0001"),
        Question("near W1楼 --kind clinic"), Question("near W1楼 --layer building --by walk"),
        Question("locate 0.0115,0.0004"), Question("adjacent 西街道"), Question("adjacent --layer building --all"),
        Question("reach 西诊所 --minutes 5,15"), Question("reach 西诊所 --list building"),
        Question("coverage --kind clinic --blind-spots --across"), Question("coverage --kind clinic --across"),
        Question("border 西街道 东街道 --kind clinic"), Question("site -k 1 --kind clinic"), Question("info"),
        Question("check"), Question("page W1楼"), Question("page E1楼"), Question("export building"),
        Question("export station"), Question("export zone"), Question("export boundary"),
        Question("diff --from 2020-01-01"), Question("diff before.gpkg louyu.gpkg"),
    ]

    /// Runs a question in a form; gives every file that it left, by name, and
    /// what was said beside.
    private func files(_ words: [String], _ form: String, _ stem: String) throws -> (
        files: [String: Data], answer: Answer
    ) {
        let answer = try town.louyu(words + ["--format", form, "--overwrite", "-o", "\(stem).\(form)"])
        var files: [String: Data] = [:]
        for name in town.names where name.hasPrefix(stem + ".") { files[name] = town.bytes(name) }
        return (files, answer)
    }

    @Test(arguments: questions.indices)
    func `no form of any answer holds one of them`(_ index: Int) throws {
        let question = Self.questions[index]
        for form in Self.forms {
            let (files, answer) = try files(question.words + ["--public"], form, "public\(index)")
            // `check` finds something.
            let isAnswered = answer.status == 0 || answer.status == 65 && question.words[0] == "check"
            #expect(isAnswered != question.missing.contains(form), "\(question.words) \(form): \(answer.errors)")
            #expect(isAnswered == (files["public\(index).\(form)"] != nil))
            for (name, bytes) in files {
                let found = try GuardedTown.secrets.found(in: bytes, named: name)
                #expect(found.isEmpty, "\(question.words) as \(form): \(name) tells \(found)")
            }
            let said = GuardedTown.secrets.found(in: Array(answer.errorBytes))
            #expect(said.isEmpty, "\(question.words) as \(form) says \(said)")
            for name in files.keys { try town.remove(name) }
        }
    }

    @Test(arguments: forms)
    func `the search finds them in what the office itself is told`(_ form: String) throws {
        let (files, answer) = try files(["export", "building"], form, "internal-\(form)")
        #expect(answer.status == 0, "\(answer.errors)")
        var found: Set<String> = []
        for (name, bytes) in files { found.formUnion(try GuardedTown.secrets.found(in: bytes, named: name)) }
        // Tables and pages show no further columns, but names and addresses.
        let isForReading = form == "table" || form == "html"
        for secret in ["13900033344", "15700045645"] + (isForReading ? [] : ["13800011122", "15500023423"]) {
            #expect(found.contains { $0.hasPrefix(secret) }, "\(form): \(secret) is not among \(found)")
        }
        #expect(isForReading || found.contains { $0.hasPrefix("夜间值守") }, "\(form): \(found)")
    }

    @Test func `a GBK Shapefile and its mapping tell none either`() throws {
        for word in ["--public", "--quiet"] {
            let stem = "gbk\(word)"
            #expect(try town.louyu(["export", "building", word, "--encoding", "gbk", "-o", stem + ".shp"]).status == 0)
            let names = town.names.filter { $0.hasPrefix(stem + ".") }
            #expect(
                names.contains(stem + ".dbf") && names.contains(stem + ".cpg") && names.contains(stem + ".fields.csv"))
            let found = try names.flatMap {
                try GuardedTown.secrets.found(in: town.bytes($0) ?? Data(), named: $0)
            }
            #expect(found.isEmpty == (word == "--public"), "\(found)")
        }
    }

    // MARK: The exact difference

    /// What a public export does not tell, or tells otherwise, record by record.
    private func differences(of layer: String, in place: Workplace) throws -> [String] {
        func records(_ more: [String]) throws -> [String: JSON] {
            let features = try #require(JSON(place.louyu(["export", layer] + more).bytes))["features"].array
            return Dictionary(features.map { ($0["id"].text ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        }
        let (all, open) = (try records([]), try records(["--public"]))
        #expect(all.keys.sorted() == open.keys.sorted(), "no record is left out, none comes in")
        return all.sorted { $0.key < $1.key }.flatMap { ref, record in
            let (before, after) = (record["properties"].members, open[ref]?["properties"].members ?? [:])
            #expect(record["geometry"] == open[ref]?["geometry"])
            #expect(Set(after.keys).isSubset(of: before.keys))
            return before.keys.sorted().compactMap { column in
                guard let told = after[column] else { return "\(ref) - \(column)" }
                return told == before[column]
                    ? nil : "\(ref) ~ \(column): \(before[column]?.text ?? "") → \(told.text ?? "")"
            }
        }
    }

    @Test func `a public and an internal export differ in exactly these cells`() throws {
        let place = try GuardedTown.workplace()
        #expect(
            try differences(of: "building", in: place) == [
                "E1 ~ address: 东大街1号，找物业023-63750001 → 东大街1号，找物业***", "E1 - 微信", "E1 - 身份证",
                "E2 - complex", "E2 - 丁列", "E2 - 党员人数", "E2 - 备注", "E2 - 税收", "E2 - 联系电话",
                "L1 ~ name: L1楼（招商１３９００　０３３３４４） → L1楼（招商***）",
                "W1 - details", "W1 - note", "W1 - 乙列", "W1 - 企业数", "W1 - 党员数", "W1 - 甲列", "W1 - 电话", "W1 - 税收",
                "W1 - 税收合计", "W1 - 联系人",
                "W2 - complex", "W2 - email", "W2 - 丙列", "W2 - 企业数", "W2 - 税收合计",
                "W3 - 丁列", "W3 - 党员人数", "W3 - 备注", "W3 - 税收", "W3 - 联系电话",
            ])
        #expect(
            try differences(of: "station", in: place) == [
                "C1 ~ address: 西大街2号诊所门厅 023 6375 0002 → 西大街2号诊所门厅 ***", "C1 - members", "C1 - 负责人",
            ])
        #expect(
            try differences(of: "zone", in: place) == [
                "Z1 ~ name: 创业园 152-0009-9900 → 创业园 ***", "Z1 - 招商", "Z1 - 税收",
            ])
        #expect(
            try differences(of: "boundary", in: place) == ["CE - population", "CW - population", "W - 书记电话", "W - 税收"])
        #expect(try differences(of: "street", in: place).isEmpty && differences(of: "water", in: place).isEmpty)
    }

    /// The example of docs/compliance.md: its file, what is done with it, and what it says.
    @Test func `the document's example differs in three columns and three cells`() throws {
        let place = try Workplace()
        let document = try String(contentsOf: Repository.root.appending(path: "docs/compliance.md"), encoding: .utf8)
        let table = try #require(
            document.components(separatedBy: "```csv\n").dropFirst().first?.components(separatedBy: "```").first)
        try place.write("buildings.csv", table)
        for line in ["import buildings.csv --layer building --key ref --crs wgs84", "export building -o internal.csv"] {
            #expect(document.contains("\nlouyu \(line)\n"))
            #expect(try place.louyu(line.split(separator: " ").map(String.init)).status == 0)
        }
        let answer = try place.louyu(["export", "building", "--public", "-o", "public.csv", "--lang", "en"])
        #expect(
            answer.errors.contains("building.备注, building.税收, building.联系电话") && answer.errors.contains("masked: 3"))
        #expect(place.text("public.csv.txt") == "for internal use only · boundaries for reference only\n")
        var expected = try #require(place.text("internal.csv"))
        for (before, told) in [
            (",联系电话,税收,备注,", ","), (",13800001111,8812345,夜间找王小明,", ","), (",,,,,,,,106.51", ",,,,,106.51"),
            (",13900003333,,,", ","), ("138 0000 2222", "***"), ("023-63750001", "***"), ("7723万元", "***万元"),
        ] {
            #expect(expected.contains(before), "\(before)")
            expected = expected.replacing(before, with: told)
        }
        #expect(place.text("public.csv") == expected)
        for cell in ["枫汇大厦（招商 ***）", "大坪正街3号（物业***）", "檀衡中心（年税收***万元）"] {
            #expect(document.contains("| \(cell) |") && expected.contains(cell))
        }
    }

    /// Every command that the documents show.
    @Test(arguments: ["docs/compliance.md", "docs/compliance.zh.md"])
    func `every command of the document runs`(_ name: String) throws {
        let place = try Ledger.workplace()
        let document = try String(contentsOf: Repository.root.appending(path: name), encoding: .utf8)
        let blocks = document.components(separatedBy: "```sh\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        let table = try #require(
            document.components(separatedBy: "```csv\n").dropFirst().first?.components(separatedBy: "```").first)
        try place.write("buildings.csv", table)
        try place.remove("buildings.geojson")
        var count = 0
        for line in blocks.joined(separator: "\n").split(separator: "\n") {
            let command = String(line.prefix { $0 != "#" })
            let words = try Tool.run(
                "/bin/sh", ["-c", "for word in \(command); do echo \"$word\"; done"], in: place.url
            )
            .split(separator: "\n").map(String.init)
            #expect(words.first == "louyu")
            let answer = try place.louyu(Array(words.dropFirst()))
            #expect(answer.status == 0, "\(line): \(answer.errors)")
            count += 1
        }
        #expect(count == 8)
    }

    // MARK: History

    @Test func `the history has no public form`() throws {
        for words in [["history"], ["history", "W1"]] {
            let answer = try town.louyu(words + ["--public", "--lang", "zh"])
            #expect(answer.status == 64 && answer.output.isEmpty && answer.errors.contains("变更记录"), "\(answer.errors)")
            #expect(answer.errors.contains("louyu diff --from"))
        }
    }

    @Test(arguments: [["diff", "--from", "2020-01-01"], ["diff", "before.gpkg", "louyu.gpkg"]])
    func `a public comparison tells public columns alone`(_ words: [String]) throws {
        let isOfFiles = words.count == 3 && words[1] == "before.gpkg"
        let (all, open) = (try town.json(words).array, try town.json(words + ["--public"]).array)
        func entry(_ ref: String, _ entries: [JSON]) -> JSON? { entries.first { $0["ref"].text == ref } }
        guard isOfFiles else {
            #expect(all.count == open.count, "since the first import everything came")
            return
        }
        #expect(entry("L2", all)?["changes"].array.map { $0["column"].text } == ["电话"])
        #expect(entry("L2", open) == nil, "of what changed in no public column nothing is told")
        #expect(
            Set(entry("W1", all)?["changes"].array.compactMap { $0["column"].text } ?? []) == ["storeys", "电话", "税收"])
        let told = try #require(entry("W1", open)?["changes"].array)
        #expect(told.map { $0["column"].text } == ["storeys"])
        #expect(told.first?["from"].integer == 20 && told.first?["to"].integer == 21)
        let address = try #require(entry("E1", open)?["changes"].array.first)
        #expect(address["from"].text == "东大街1号，找物业***" && address["to"].text == "东大街9号，找物业***")
        #expect(entry("L3", open)?["change"].text == "went")
        #expect(open.contains { $0["change"].text == "came" && $0["name"].text == "新诊所 ***" })
    }

    @Test func `a public comparison of an atlas that is secret is refused`() throws {
        let place = try GuardedTown.workplace()
        try FileManager.default.copyItem(
            at: place.url.appending(path: "louyu.gpkg"), to: place.url.appending(path: "old.gpkg"))
        try place.louyu(["configure", "--atlas", "old.gpkg", "--secrecy", "秘密"])
        #expect(try place.louyu(["diff", "old.gpkg", "louyu.gpkg", "--public"]).status == 64)
        #expect(try place.louyu(["diff", "old.gpkg", "louyu.gpkg"]).status == 0)
    }

    // MARK: Kept answers

    @Test func `what is kept in the atlas is not for the public`() throws {
        let answer = try town.louyu(["list", "building", "--save", "公开", "--public", "--lang", "zh"])
        #expect(answer.status == 64 && answer.errors.contains("-o 公开.gpkg"), "\(answer.errors)")
        #expect(try town.louyu(["export", "building", "--save", "公开", "--public"]).status == 64)
        #expect(try town.json(["info"])["savedLayers"].array.map { $0["name"].text } == ["台账王小明"])
        #expect(try town.json(["info", "--public"])["savedLayers"] == .array([]))
    }

    @Test func `a table to be edited is not for the public`() throws {
        let answer = try town.louyu(["list", "building", "--editable", "--public"])
        #expect(answer.status == 64 && answer.output.isEmpty && answer.errors.contains("--editable"))
    }

    // MARK: Inference

    @Test(arguments: [
        "list building --where 税收>1000", "list building --sort 电话", "list building --columns name,甲列",
        "list building --per subdistrict --sum 税收", "export building --where 党员数>3",
        "list zone --where 税收>1", "near W1楼 --layer building --where 税收>1", "coverage --kind clinic --where 税收>1",
        "border 西街道 东街道 --kind clinic --where 税收>1", "reach 西诊所 --list building --where 税收>1",
        "site -k 1 --kind clinic --where 税收>1", "site -k 1 --kind clinic --weight 税收",
        "site -k 1 --kind clinic --weight residents", "list building --where 税收合计>1", "list building --sort 企业数",
        "export building --where 丁列='x'",
    ])
    func `a column that is not public is refused by name`(_ words: String) throws {
        let question = words.split(separator: " ").map(String.init)
        #expect(try town.louyu(question).status == 0, "\(words)")
        let answer = try town.louyu(question + ["--public", "--lang", "zh"])
        #expect(answer.status == 64 && answer.output.isEmpty && answer.errors.contains("不公开"), "\(answer.errors)")
        let column = ["税收合计", "税收", "电话", "甲列", "党员数", "企业数", "丁列", "population"].first { words.contains($0) }
        #expect(answer.errors.contains("“\(column ?? "population")”"), "\(answer.errors)")
    }

    @Test(arguments: ["--where", "--sort"])
    func `nor does an answer go by a column full of phones, whatever its name`(_ option: String) throws {
        let place = try GuardedTown.workplace()
        try place.louyu(["set", "W2", "complex="])
        let value = option == "--where" ? "complex='15100088899'" : "complex"
        let answer = try place.louyu(["list", "building", option, value, "--public", "--lang", "zh"])
        #expect(answer.status == 64 && answer.errors.contains("“complex”多为电话或证件号码"), "\(answer.errors)")
        #expect(try place.louyu(["list", "building", option, value]).status == 0)
    }

    // MARK: Enterprises

    @Test func `of one or two enterprises in a house no total is told, though its column is public`() throws {
        let place = try GuardedTown.workplace()
        try place.louyu(["configure", "--class", "building.企业数=public", "--class", "building.税收合计=public"])
        let rows = try place.json(["list", "building", "--public"]).array
        let (three, one) = (
            try #require(rows.first { $0["ref"].text == "W1" }), try #require(rows.first { $0["ref"].text == "W2" })
        )
        #expect(three["企业数"].integer == 3 && three["税收合计"].number == GuardedTown.sumOfThree)
        #expect(one["企业数"] == .null && one["税收合计"] == .null)
        let all = try place.json(["list", "building"]).array.first { $0["ref"].text == "W2" }
        #expect(all?["企业数"].integer == 1 && all?["税收合计"].number == 5_550_001_234)
        for words in [
            ["--where", "税收合计 > 5000000000"], ["--sort", "税收合计"], ["--per", "subdistrict", "--sum", "税收合计"],
        ] {
            let answer = try place.louyu(["list", "building", "--public", "--lang", "zh"] + words)
            #expect(answer.status == 64 && answer.errors.contains("企业汇总数"), "\(answer.errors)")
        }
        #expect(try place.louyu(["list", "building", "--public", "--columns", "税收合计"]).status == 0)
        // What one more enterprise brings would be the difference.
        try FileManager.default.copyItem(
            at: place.url.appending(path: "louyu.gpkg"), to: place.url.appending(path: "old.gpkg"))
        try place.louyu(["set", "W1", "企业数=4", "税收合计=6543210987"])
        #expect(try place.json(["diff", "old.gpkg", "louyu.gpkg"]).array.count == 1)
        #expect(try place.json(["diff", "old.gpkg", "louyu.gpkg", "--public"]).array.isEmpty)
    }
}
