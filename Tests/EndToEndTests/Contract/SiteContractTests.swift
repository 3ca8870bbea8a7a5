import Foundation
import TestSupport
import Testing

@Suite("site over costs of one's own", .enabled(if: Louyu.path != nil, "needs the built program"))
struct SiteContractTests {
    private let place: Workplace

    init() throws { place = try OwnCosts.workplace() }

    private func site(_ words: [String], sourceLocation: SourceLocation = #_sourceLocation) throws -> JSON {
        try place.json(["site", "--costs", "costs.csv"] + words, sourceLocation: sourceLocation)
    }

    private static let fields: Set = [
        "goal", "k", "value", "bound", "gap", "proven", "seconds", "stations", "unserved",
    ]

    // MARK: Answers

    @Test func `cover serves the most weight within the radius`() throws {
        let answer = try site(["--demand", "demand.csv", "--radius", "10", "-k", "2"])
        #expect(answer.keys.isSuperset(of: Self.fields))
        #expect(answer["goal"].text == "cover" && answer["k"].integer == 2)
        // a serves 11, c 7.5; a and c are better than a and d with 15.
        #expect(answer["value"].number == 18.5 && answer["bound"].number == 18.5 && answer["gap"].number == 0)
        #expect(answer["proven"] == .boolean(true))
        #expect(answer["stations"].texts("site") == ["a", "c"])
        #expect(answer["stations"].array.map { $0["order"].integer } == [1, 2])
        #expect(answer["stations"].array.map { $0["gain"].number } == [11, 7.5])
        // 3 could be served by b or d, 7 by nobody.
        #expect(answer["unserved"].integer == 2 && answer["unreachable"].integer == 1)
        #expect(answer["unreachableDemand"] == .array([.text("7")]))
        #expect(answer["next"]["site"].text == "b" && answer["next"]["gain"].number == 4)
    }

    @Test func `the next stations are ranked, each prefix with a bound`() throws {
        let answer = try site(["--demand", "demand.csv", "--radius", "10", "--next", "3"])
        let ranking = answer["ranking"].array
        #expect(ranking.map { $0["site"].text } == ["a", "c", "b"])
        #expect(ranking.map { $0["gain"].number } == [11, 7.5, 4])
        #expect(ranking.map { $0["value"].number } == [11, 18.5, 22.5])
        #expect(ranking.map { $0["bound"].number } == [11, 18.5, 22.5])
        #expect(ranking.allSatisfy { $0["gap"].number == 0 && $0["proven"] == .boolean(true) })
        #expect(answer["k"].integer == 3 && answer["value"].number == 22.5)
    }

    @Test func `a rank that is not the best of its size says by how much`() throws {
        // The best single site serves 5 in the middle; the best two serve 4 each.
        try place.write("r.csv", "site,demand,cost\nm,2,1\nm,3,1\nl,1,1\nl,2,1\nr,3,1\nr,4,1\n")
        try place.write("v.csv", "demand,weight\n1,2\n2,2.5\n3,2.5\n4,2\n")
        let words = ["site", "--costs", "r.csv", "--demand", "v.csv", "--next", "2"]
        let ranking = try place.json(words)["ranking"].array
        #expect(ranking.map { $0["value"].number } == [5, 7] && ranking.map { $0["bound"].number } == [5, 9])
        #expect(ranking.map { (($0["gap"].number ?? 1) * 1e6).rounded() } == [0, 222_222])
        #expect(ranking.map { $0["proven"] } == [.boolean(true), .boolean(false)])
        let table = try place.louyu(words + ["--lang", "en"]).output
        #expect(table.contains("22.22 %") && table.contains("proved") && table.contains("no"), "\(table)")
    }

    @Test func `all reaches everybody whom a site reaches`() throws {
        let answer = try site(["--goal", "all", "--radius", "10", "--demand", "demand.csv"])
        #expect(answer["value"].number == 3 && answer["k"].integer == 3 && answer["proven"] == .boolean(true))
        let sites = Set(answer["stations"].texts("site"))
        #expect(sites == ["a", "b", "c"] || sites == ["a", "c", "d"])
        #expect(answer["unserved"].integer == 1)
    }

    @Test func `median weighs the costs`() throws {
        try place.write("m.csv", "site,demand,cost\na,1,1\na,2,9\nb,1,5\nb,2,2\n")
        try place.write("w.csv", "demand,weight\n1,3\n2,1\n")
        let plain = try place.json(["site", "--costs", "m.csv", "--goal", "median", "-k", "1"])
        #expect(plain["value"].number == 7 && plain["stations"].texts("site") == ["b"])
        let weighted = try place.json(["site", "--costs", "m.csv", "--demand", "w.csv", "--goal", "median", "-k", "1"])
        #expect(weighted["value"].number == 12 && weighted["stations"].texts("site") == ["a"])
    }

    @Test func `center keeps the worst cost least, unweighted`() throws {
        try place.write("c.csv", "site,demand,cost\na,1,1\na,2,9\nb,1,5\nb,2,2.5\n")
        let answer = try place.json(["site", "--costs", "c.csv", "--goal", "center", "-k", "1"])
        #expect(answer["value"].number == 5 && answer["bound"].number == 5 && answer["proven"] == .boolean(true))
    }

    @Test func `backup, capacity and budget count`() throws {
        let radius = ["--radius", "10", "--demand", "demand.csv"]
        let backup = try site(radius + ["-k", "2", "--backup", "2"])
        // Only 2 (a and d) and 3 (b and d) have two sites in reach.
        #expect(backup["value"].number == 4 && Set(backup["stations"].texts("site")) == ["b", "d"])
        let capacity = try site(radius + ["-k", "1", "--capacity", "7"])
        #expect(capacity["value"].number == 7)
        let budget = try site(radius + ["--budget", "25", "--cost", "10"])
        #expect(budget["stations"].array.count == 2 && budget["value"].number == 18.5)
    }

    @Test func `a plan with capacities has the stations that help, the best first`() throws {
        let spare = try site(["--radius", "10", "--demand", "demand.csv", "-k", "4", "--capacity", "100"])
        #expect(spare["stations"].texts("site").starts(with: ["a", "c"]) && spare["value"].number == 22.5)
        #expect(spare["stations"].array.map { $0["gain"].number } == [11, 7.5, 4])
        // By weight in reach y would come first, then z: but x has as much to serve as y.
        try place.write("full.csv", "site,demand,cost\nx,A,1\ny,A,1\ny,B,1\nz,C,1\n")
        try place.write("full-weights.csv", "demand,weight\nA,100\nB,6\nC,8\n")
        let words = ["site", "--costs", "full.csv", "--demand", "full-weights.csv", "-k", "3", "--capacity", "10"]
        for goal in ["cover", "median"] {
            let full = try place.louyu(words + ["--goal", goal, "--format", "json"])
            guard goal == "cover" else {
                #expect(full.status == 65, "three stations of 10 cannot serve 114")
                continue
            }
            #expect(full.json["stations"].array.map { $0["gain"].number } == [10, 10, 8], "\(full.output)")
            #expect(full.json["stations"].texts("site").last == "z" && full.json["value"].number == 28)
        }
        let told = try place.louyu(words + ["--lang", "en"]).output
        #expect(!told.contains("One more station would serve nobody else"), "\(told)")
    }

    @Test func `demand of no weight is served where a station is in reach`() throws {
        try place.write("none.csv", OwnCosts.weights.replacingOccurrences(of: "5,3", with: "5,0"))
        for more in [[], ["--capacity", "100"]] {
            let words = ["--radius", "10", "--demand", "none.csv", "-k", "4"] + more
            let answer = try site(words)
            #expect(answer["unserved"].integer == 1 && answer["unreachable"].integer == 1, "\(more)")
        }
        try place.write("last.csv", "demand,weight\n1,10\n2,1\n3,4\n4,2\n5,3\n6,2.5\n7,0\n")
        let words = ["site", "--costs", "costs.csv", "--demand", "last.csv", "--radius", "10", "-k", "4"]
        let told = try place.louyu(words + ["--lang", "en"]).output
        #expect(told.contains("Not served: 1 demand point of weight 0; 1 of them is out of reach"), "\(told)")
    }

    @Test func `the same comes through a pipe and packed`() throws {
        let words = ["--radius", "10", "-k", "2", "--format", "json"]
        let plain = try place.louyu(["site", "--costs", "costs.csv"] + words).json
        let piped = try place.louyu(["site", "--costs", "-"] + words, input: OwnCosts.table)
        try Data(Gzip.pack(Array(OwnCosts.table.utf8))).write(to: place.url.appending(path: "costs.csv.gz"))
        let packed = try place.louyu(["site", "--costs", "costs.csv.gz"] + words)
        for answer in [piped, packed] {
            #expect(answer.status == 0, "\(answer.errors)")
            for field in Self.fields.subtracting(["seconds"]) {
                #expect(answer.json[field] == plain[field], "\(field)")
            }
        }
        let bad = try place.louyu(["site", "--costs", "-", "-k", "1"], input: "site,demand,cost\na,x,no\n")
        #expect(bad.status == 65 && bad.errors.contains("standard input, line 2"), "\(bad.errors)")
    }

    @Test func `two languages explain it, and a spreadsheet lists the stations`() throws {
        let words = ["site", "--costs", "costs.csv", "--demand", "demand.csv", "--radius", "10", "-k", "2"]
        let english = try place.louyu(words + ["--lang", "en"]).output
        for text in ["Proved optimal", "15.1 %", "1. a adds", "One more would best stand at b", "Not served: 2"] {
            #expect(english.contains(text), "\(text): \(english)")
        }
        let chinese = try place.louyu(words + ["--lang", "zh"]).output
        for text in ["已证明最优", "1. a：新增服务", "若再设一个，最好设在 b", "仍未服务到：2 个需求点"] {
            #expect(chinese.contains(text), "\(text): \(chinese)")
        }
        let csv = try place.louyu(words + ["--format", "csv"]).output
        #expect(
            csv.contains("order,gain,site,served,servedWeight\n1,11,\"a\"") || csv.contains("\n1,11,a,2,11"), "\(csv)")
    }

    // MARK: Limits

    @Test func `a time limit ends with an honest answer`() throws {
        try place.write("hard.csv", OwnCosts.hard(demands: 400, sites: 100, seed: 5))
        let answer = try place.json(
            ["site", "--costs", "hard.csv", "--goal", "median", "-k", "12", "--time-limit", "1.5"])
        let (value, bound) = (answer["value"].number ?? 0, answer["bound"].number ?? 0)
        #expect(answer["proven"] == .boolean(false) && bound < value && bound >= 0, "\(value) \(bound)")
        #expect(abs((answer["gap"].number ?? 0) - (value - bound) / value) < 1e-12)
        #expect(answer["stations"].array.count == 12)
    }

    @Test func `Ctrl-C gives the best plan so far`() throws {
        try place.write("hard.csv", OwnCosts.hard(demands: 400, sites: 100, seed: 6))
        for (goal, more) in [("median", [String]()), ("cover", ["--radius", "60"])] {
            let moment = Date.now.addingTimeInterval(3)
            let answer = try Louyu.run(
                ["site", "--costs", "hard.csv", "--goal", goal, "-k", "12", "--format", "json"] + more, in: place.url,
                timeout: 60, interrupt: Interrupt(signal: SIGINT) { Date.now > moment })
            #expect(answer.status == 130 && !answer.timedOut, "\(goal): \(answer.status) \(answer.errors)")
            #expect(answer.json["proven"] == .boolean(false) && answer.json["stations"].array.count == 12, "\(goal)")
            #expect(answer.json["value"].number != nil && answer.json["bound"].number != nil, "\(goal)")
        }
    }

    @Test func `a limit of work gives the same answer on every run`() throws {
        try place.write("hard.csv", OwnCosts.hard(demands: 200, sites: 60, seed: 7))
        let words = ["site", "--costs", "hard.csv", "--goal", "median", "-k", "8", "--work-limit", "30"]
        let answers = try (0..<2).map { _ in try place.json(words) }
        for field in ["value", "bound", "gap", "stations"] {
            #expect(answers[0][field] == answers[1][field], "\(field)")
        }
    }
}
