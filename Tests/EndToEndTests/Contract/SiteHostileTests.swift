import Foundation
import Testing

/// Questions that make no sense, and files that mean no good.
@Suite("site, asked badly", .enabled(if: Louyu.path != nil, "needs the built program"))
struct SiteHostileTests {
    private let place: Workplace

    init() throws { place = try OwnCosts.workplace() }

    /// What is typed, the exit status, and what is said.
    static let mistakes: [(words: String, status: Int32, says: String)] = [
        ("", 64, "-k"), ("-k 0", 64, "-k"), ("-k two", 64, "-k"),
        ("-k 2 --goal most", 64, "cover, all, median, center"),
        ("-k 2 --demand demand.csv", 64, "--costs"), ("-k 2 --radius 5", 64, "--costs"),
        ("-k 2 --by radius", 64, "walk"), ("--goal all -k 2", 64, "does not go with -k"),
        ("-k 2 --backup 2 --capacity 9", 64, "--backup"), ("-k 2 --budget 9", 64, "--cost"),
        ("-k 2 --cost 9", 64, "--budget"), ("--goal all --next 2", 64, "--goal cover or --goal median"),
        ("--goal center -k 1 --next 2", 64, "--goal cover or --goal median"), ("--next 0", 64, "--next"),
        ("--next 2 --budget 5 --cost 1", 64, "--next does not go with --budget"),
        ("--goal all --cost 3", 64, "does not go with --cost"),
        ("--goal median --next 2 --equity", 64, "--next does not go with --equity"),
        ("-k 2 --capacity 9 --each-at-least 50%", 64, "--capacity does not go with --each-at-least"),
        ("--next 2 --capacity 9", 64, "--next"), ("--next 2 --each-at-least 50%", 64, "--next"),
        ("--goal median -k 1 --backup 2", 64, "--backup"),
        ("--goal median -k 1 --each-at-least 50%", 64, "--each-at-least"), ("-k 1 --equity", 64, "--equity"),
        ("-k 1 --each-at-least 150%", 64, "--each-at-least"), ("-k 1 --gap -1", 64, "--gap"),
        ("-k 1 --time-limit 0", 64, "--time-limit"), ("-k 1 --time-limit soon", 64, "--time-limit"),
        ("-k 1 --backup 0", 64, "--backup"), ("-k 1", 66, "louyu.gpkg"),
        ("--costs costs.csv", 64, "-k"), ("--costs costs.csv -k 9", 65, "there are 4 sites"),
        ("--costs costs.csv -k 2 --kind x", 64, "--kind"), ("--costs costs.csv -k 2 --in x", 64, "--in"),
        ("--costs costs.csv -k 2 --minutes 15", 64, "--minutes"), ("--costs costs.csv -k 2 --apart", 64, "--apart"),
        ("--costs costs.csv -k 2 --from-scratch", 64, "--from-scratch"),
        ("--costs costs.csv -k 2 --vertical", 64, "--vertical"),
        ("--costs costs.csv -k 2 --weight x", 64, "--weight"), ("--costs costs.csv -k 2 --away", 64, "--away"),
        ("--costs costs.csv -k 2 --capacity size", 64, "--capacity"),
        ("--costs costs.csv -k 2 --goal median --radius 5", 64, "--goal median does not go with --radius"),
        ("--costs costs.csv --next 2 --capacity 5", 64, "--next does not go with --capacity"),
        ("--costs costs.csv --next 9", 65, "with -k or --next"),
        ("--costs costs.csv -k 1 --goal median --backup 2", 64, "--goal median does not go with --backup"),
        ("--costs costs.csv -k 2 --format geojson", 64, "no geometry"),
        ("--costs costs.csv -k 2 -o x.gpkg", 64, "no geometry"),
        ("--costs - --demand - -k 2", 64, "standard input"), ("--costs missing.csv -k 2", 66, "missing.csv"),
        ("--costs costs.csv --demand missing.csv -k 2", 66, "missing.csv"), ("--costs . -k 2", 65, "no ordinary file"),
        ("--costs demand.csv -k 2", 65, "site,demand,cost"),
        ("--costs costs.csv --demand costs.csv -k 2", 65, "demand,weight"),
        ("--costs costs.csv -k 2 -o costs.csv --overwrite", 73, "costs.csv"),
    ]

    @Test(arguments: mistakes.indices) func `mistakes are told in both languages`(_ index: Int) throws {
        let (words, status, says) = Self.mistakes[index]
        let typed = ["site"] + words.split(separator: " ").map(String.init)
        let english = try place.louyu(typed + ["--lang", "en"])
        #expect(english.status == status && english.output.isEmpty, "\(words): \(english.status) \(english.errors)")
        #expect(english.errors.hasPrefix("error: ") && english.errors.contains(says), "\(words): \(english.errors)")
        #expect(english.errors.split(separator: "\n").count == 1, "\(english.errors)")
        let chinese = try place.louyu(typed + ["--lang", "zh"])
        #expect(chinese.status == status && chinese.errors.hasPrefix("错误："), "\(chinese.errors)")
        if !words.contains("--format"), !words.contains("-o") {
            let json = try place.louyu(typed + ["--format", "json", "--lang", "en"])
            #expect(json.status == status && json.errorJSON["error"]["code"].integer == Int(status), "\(json.errors)")
        }
    }

    /// Contents of a cost file, and what is said of them.
    static let files: [(text: String, says: String)] = [
        ("", "empty"), ("site,demand,cost\n", "no rows"), ("a,b\n1,2\n", "lacks a column"),
        ("site,demand,cost\na,x,-3\n", "line 2"), ("site,demand,cost\na,x,1\na,y,NaN\n", "line 3"),
        ("site,demand,cost\na,x,inf\n", "line 2"), ("site,demand,cost\na,x\n", "line 2"),
        ("site,demand,cost\na,x,1\na,x,2\n", "lines 2 and 3"), ("3 2 9\n1 2 3\n2 3 4\n", "line 1"),
        ("3 5 1\n1 2 3\n", "edges"), ("900000000 1 1\n1 2 3\n", "nodes"), ("\u{0}\u{1}\u{2}", "no table"),
    ]

    @Test(arguments: files.indices) func `bad files are refused with their line`(_ index: Int) throws {
        let (text, says) = Self.files[index]
        try place.write("bad.csv", text)
        for goal in ["cover", "all", "median", "center"] {
            let words = ["site", "--costs", "bad.csv", "--goal", goal] + (goal == "all" ? [] : ["-k", "1"])
            let answer = try place.louyu(words + ["--lang", "en"], timeout: 20)
            #expect(answer.status == 65 && answer.errors.contains(says), "\(goal): \(answer.status) \(answer.errors)")
        }
    }

    @Test func `nothing in reach is an answer, not an endless search`() throws {
        let words = ["site", "--costs", "costs.csv", "--radius", "0.5"]
        let cover = try place.json(words + ["-k", "1"])
        #expect(cover["value"].number == 0 && cover["proven"] == .boolean(true) && cover["unserved"].integer == 6)
        let all = try place.json(words + ["--goal", "all"])
        #expect(all["value"].number == 0 && all["stations"].array.isEmpty && all["unreachable"].integer == 6)
    }

    @Test(arguments: ["cover", "all", "median", "center"])
    func `demand without any weight is refused`(_ goal: String) throws {
        try place.write("zero.csv", "demand,weight\n" + (1...6).map { "\($0),0\n" }.joined())
        let words = ["site", "--costs", "costs.csv", "--demand", "zero.csv", "--goal", goal]
        let answer = try place.louyu(words + (goal == "all" ? [] : ["-k", "1"]) + ["--lang", "en"])
        #expect(answer.status == 64 && answer.errors.contains("all weights of zero.csv are 0"), "\(answer.errors)")
        #expect(answer.output.isEmpty)
    }

    @Test func `Ctrl-C ends the search for paths`() throws {
        // All pairs of 6,000 nodes take far longer than a second.
        let edges = (0..<30_000).map {
            "\($0 % 6000 + 1) \(($0 &* 7919 &+ $0 / 6000 &* 31) % 6000 + 1) \($0 % 97 + 1)\n"
        }
        try place.write("big.txt", "6000 30000 5\n" + edges.joined())
        let moment = Date.now.addingTimeInterval(1.5)
        let answer = try Louyu.run(
            ["site", "--costs", "big.txt", "--goal", "median"], in: place.url, timeout: 60,
            interrupt: Interrupt(signal: SIGINT) { Date.now > moment })
        #expect(answer.status == 130 && !answer.timedOut && answer.output.isEmpty, "\(answer.status) \(answer.errors)")
    }

    @Test func `ten gigabytes of holes are refused at once`() throws {
        try place.write("huge.csv", OwnCosts.table + "\n")
        let path = place.url.appending(path: "huge.csv").path
        guard truncate(path, 10_000_000_000) == 0 else { return }
        let answer = try place.louyu(["site", "--costs", "huge.csv", "-k", "1", "--lang", "en"], timeout: 30)
        #expect(answer.status == 65 && !answer.timedOut, "\(answer.status) \(answer.errors)")
        #expect(answer.peakBytes < 200 << 20, "\(answer.peakBytes)")
    }
}
