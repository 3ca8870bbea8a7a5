import Foundation
import Testing

@Suite("Answers are as they were blessed", .enabled(if: Louyu.path != nil, "needs the built program"))
struct SnapshotTests {
    /// A question whose answer is kept.
    struct Question: CustomTestStringConvertible, Sendable {
        let name: String
        let arguments: [String]
        var testDescription: String { name }
    }

    /// The questions, by name; each is asked in every form it has.
    static let questions: [(name: String, arguments: [String])] = [
        ("info", ["info"]),
        ("find", ["find", "双樾岭"]),
        ("near", ["near", "双樾岭界上社区卫生服务站", "--within", "120m"]),
        ("near-stations", ["near", "82.4935,39.4985", "--kind", "社区卫生服务站", "--top", "3"]),
        ("locate", ["locate", "双樾岭界上社区卫生服务站"]),
        ("list", ["list", "building", "--where", "空置面积 > 10000", "--sort", "vacant_area_m2"]),
        ("list-columns", ["list", "boundary", "--where", "level = 'district'", "--columns", "name,code,parent_ref"]),
        ("list-totals", ["list", "building", "--in", "汐屿区", "--per", "subdistrict", "--sum", "floor_area_m2"]),
        ("adjacent", ["adjacent", "汐屿区"]),
        ("adjacent-all", ["adjacent", "--layer", "boundary", "--level", "district", "--all"]),
        ("check-water", ["check", "--layer", "water"]),
        ("export-zone", ["export", "zone"]),
    ]

    static let asked: [Question] = questions.flatMap { question in
        let forms = ["json", "geojson", "geojsonseq", "csv"].map { form in
            Question(
                name: "\(question.name).\(form)", arguments: question.arguments + ["--format", form, "--lang", "en"])
        }
        let tables = ["zh", "en"].map { language in
            Question(name: "\(question.name).\(language).txt", arguments: question.arguments + ["--lang", language])
        }
        return forms + tables
    }

    static let verbs = ["import", "info", "find", "near", "locate", "list", "adjacent", "check", "repair", "export"]

    static let help: [Question] = ["zh", "en"].flatMap { language in
        [Question(name: "help.\(language).txt", arguments: ["--help", "--lang", language])]
            + verbs.map { Question(name: "help-\($0).\(language).txt", arguments: [$0, "--help", "--lang", language]) }
    }

    /// Words that nobody should type, and what is said to them.
    static let mistakes: [[String]] = [
        ["burn"], ["near"], ["near", "82.49,39.49", "--top", "many"], ["near", "82.49,39.49", "--top", "0"],
        ["near", "82.49,39.49", "--within", "far"], ["near", "82.49,39.49", "--format", "xml"],
        ["near", "82.49,39.49", "--layer", "tree"], ["near", "82.49,39.49", "--shout"], ["near", "200,39.49"],
        ["near", "双樾岭社区"], ["near", "没有这个地方"], ["near", "82.49,39.49", "--layer", "station"],
        ["near", "82.49,39.49", "--layer", "station", "--where", "storeys >>"],
        ["list", "building", "--where", "colour = 'red'"], ["list", "building", "--sort", "colour"],
        ["list", "building", "--sum", "storeys"], ["list", "building", "--per", "planet"], ["list"],
        ["adjacent"], ["adjacent", "汐屿区", "--all"], ["adjacent", "汐屿区", "--tolerance", "-3"],
        ["export", "building", "--bbox", "1,2,3"], ["export", "building", "--crs", "EPSG:zero"],
        ["import"], ["import", "missing.geojson"], ["import", "city/population.csv"],
        ["import", "city/zones.geojson", "--set", "kind"],
        ["import", "city/zones.geojson", "--on-invalid", "pray"], ["list", "building", "-o", "x.geojson.gz"],
        ["export", "building", "-o", "louyu.gpkg", "--overwrite"], ["info", "--atlas", "missing.gpkg"],
    ]

    @Test(arguments: asked) func `a question is answered as blessed`(_ question: Question) throws {
        let answer = try City.workplace().louyu(question.arguments)
        #expect(answer.status == 0 || question.name.hasPrefix("check"), "\(answer.errors)")
        let notes = answer.errors.isEmpty ? "" : "--- standard error\n" + answer.errors
        try Snapshot.check(Snapshot.masked(answer.output + notes), question.name)
    }

    @Test(arguments: help) func `help reads as blessed`(_ question: Question) throws {
        let answer = try City.workplace().louyu(question.arguments)
        #expect(answer.status == 0)
        try Snapshot.check(answer.output, question.name)
    }

    @Test(arguments: ["zh", "en"]) func `mistakes are explained as blessed`(_ language: String) throws {
        let place = try City.workplace()
        var text = ""
        for words in Self.mistakes {
            let answer = try place.louyu(words + ["--lang", language])
            text += "$ louyu \(words.joined(separator: " "))\n\(answer.output)\(answer.errors)[\(answer.status)]\n\n"
        }
        try Snapshot.check(Snapshot.masked(text), "mistakes.\(language).txt")
    }

    @Test func `mistakes are explained as JSON as blessed`() throws {
        let place = try City.workplace()
        var text = ""
        for words in Self.mistakes where !words.contains("--format") {
            let answer = try place.louyu(words + ["--format", "json"])
            text += "$ louyu \(words.joined(separator: " "))\n\(answer.output)\(answer.errors)[\(answer.status)]\n\n"
        }
        try Snapshot.check(Snapshot.masked(text), "mistakes.json.txt")
    }

    @Test func `the import of the city counts as blessed`() throws {
        for language in ["zh", "en"] {
            let place = try Workplace()
            try place.link("city", to: Repository.city)
            var text = ""
            for file in City.files {
                let answer = try place.louyu(["import", "city/\(file)", "--lang", language])
                text += "$ louyu import city/\(file)\n\(answer.output)\(answer.errors)[\(answer.status)]\n\n"
            }
            try Snapshot.check(Snapshot.masked(text), "import.\(language).txt")
        }
    }

    @Test func `the command tree and the version are as blessed`() throws {
        let place = try City.workplace()
        try Snapshot.check(try place.louyu(["--json-usage"]).output, "usage.json")
        try Snapshot.check(try place.louyu(["--version"]).output, "version.txt")
    }

    @Test func `every blessed answer is still asked for`() throws {
        var known: Set = ["usage.json", "version.txt", "import.zh.txt", "import.en.txt"]
        known.formUnion(["mistakes.zh.txt", "mistakes.en.txt", "mistakes.json.txt"])
        known.formUnion((Self.asked + Self.help).map(\.name))
        let kept = Set(try FileManager.default.contentsOfDirectory(atPath: Repository.snapshots.path))
        #expect(kept.subtracting(known).isEmpty)
    }
}
