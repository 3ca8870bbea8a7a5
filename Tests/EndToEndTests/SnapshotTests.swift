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

    /// Questions about walking and about the past; a form that says nothing of its own is not kept.
    static let walks: [(name: String, arguments: [String], forms: [String])] = [
        ("reach", ["reach", "双樾岭界上社区卫生服务站", "--minutes", "3,5"], ["json", "geojson"]),
        (
            "reach-list", ["reach", "双樾岭界上社区卫生服务站", "82.4935,39.4985", "--minutes", "2", "--list", "building"],
            ["json", "csv"]
        ),
        ("history", ["history"], ["json", "csv"]), ("history-record", ["history", "building/7"], ["json", "csv"]),
        ("reach-radius", ["reach", "82.4935,39.4985", "--minutes", "10", "--by", "radius"], ["json"]),
        ("near-walk", ["near", "双樾岭界上社区卫生服务站", "--by", "walk", "--top", "5"], ["json"]),
        (
            "coverage",
            ["coverage", "--kind", "社区卫生服务站", "--minutes", "10", "--per", "district", "--in", "砚岗区", "--blind-spots"],
            ["json", "geojson"]
        ),
        (
            "coverage-across",
            [
                "coverage", "--kind", "社区卫生服务站", "--minutes", "5", "--in", "霜降坪街道", "--across", "--with",
                "82.4745,39.503",
            ], ["csv"]
        ),
        ("border", ["border", "汐屿区", "砚岗区", "--kind", "社区卫生服务站", "--within", "60m"], ["json", "csv"]),
        (
            "site",
            ["site", "-k", "2", "--kind", "社区卫生服务站", "--minutes", "5", "--in", "霜降坪街道", "--next", "3"],
            ["json", "geojson", "csv"]
        ),
    ]

    static let asked: [Question] = (questions.map { ($0.name, $0.arguments, Self.forms) } + walks).flatMap { question in
        let forms = question.2.map { form in
            Question(name: "\(question.0).\(form)", arguments: question.1 + ["--format", form, "--lang", "en"])
        }
        let tables = ["zh", "en"].map { language in
            Question(name: "\(question.0).\(language).txt", arguments: question.1 + ["--lang", language])
        }
        return forms + tables
    }

    /// The forms beside the table.
    private static let forms = ["json", "geojson", "geojsonseq", "csv"]

    static let verbs = [
        "import", "info", "find", "near", "locate", "list", "adjacent", "check", "repair", "export", "reach",
        "coverage", "border", "site", "add", "set", "end", "history", "diff", "undo",
    ]

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
        ["reach"], ["reach", "82.49,39.49", "--minutes", "0"], ["reach", "82.49,39.49", "--pace", "brisk"],
        ["reach", "82.49,39.49", "--list", "street"], ["reach", "82.49,39.49", "--in", "汐屿区"], ["reach", "10,10"],
        ["near", "10,10", "--by", "walk"], ["near", "82.49,39.49", "--by", "walk", "--layer", "boundary"],
        ["coverage"], ["coverage", "--kind", "水族馆"], ["coverage", "--kind", "学校", "--per", "planet"],
        ["coverage", "--kind", "学校", "--minutes", "5,10"], ["border", "汐屿区"],
        ["border", "汐屿区", "汐屿区", "--kind", "学校"], ["site"], ["site", "-k", "2"], ["site", "-k", "0"],
        ["site", "-k", "2", "--goal", "most"], ["site", "--goal", "all", "-k", "2"],
        ["site", "-k", "2", "--kind", "学校", "--candidates", "missing.csv"],
        ["site", "-k", "2", "--kind", "学校", "--candidates", "storeys > 1000"],
        ["site", "-k", "2", "--kind", "学校", "--each-at-least", "half"],
        ["site", "-k", "2", "--costs", "missing.csv"], ["site", "-k", "2", "--costs", "city/population.csv"],
        ["site", "-k", "2", "--costs", "missing.csv", "--in", "汐屿区"],
        ["diff"], ["diff", "--from", "someday"], ["history", "没有这个地方"], ["set", "building/7"], ["add", "building"],
        ["end"], ["undo", "--atlas", "missing.gpkg"], ["add", "zone", "x", "--at", "200,10"],
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
