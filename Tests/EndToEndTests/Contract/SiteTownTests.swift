import Foundation
import TestSupport
import Testing

@Suite("site over a town", .enabled(if: Louyu.path != nil, "needs the built program"))
struct SiteTownTests {
    private let place: Workplace

    init() throws { place = try StreetTown.workplace() }

    private func site(_ words: [String]) throws -> JSON {
        try place.json(["site", "--kind", "clinic", "--minutes", "5"] + words)
    }

    @Test func `kept stations need no column of the candidates`() throws {
        let answer = try site(["--budget", "20", "--cost", "storeys", "--capacity", "floor_area_m2"])
        #expect(answer["kept"].array.count == 2)
        #expect(answer["proven"] == .boolean(true))
        let notes = try place.louyu(["site", "--kind", "clinic", "-k", "1", "--capacity", "storeys"])
        #expect(notes.status == 0 && notes.errors.contains("2 stations that stay tell no capacity"))
        let unknown = try place.louyu(["site", "--kind", "clinic", "-k", "1", "--capacity", "nothing"])
        #expect(unknown.status == 64 && unknown.errors.contains("nothing"))
    }

    @Test func `places that a file repeats, and stations that stay, are one site`() throws {
        try place.write("sites.csv", "ref\nW1\nW1\nE2\nC1\n")
        let answer = try site(["-k", "2", "--candidates", "sites.csv"])
        #expect(answer["candidates"].integer == 2)
        let told = try place.louyu(["site", "--kind", "clinic", "-k", "2", "--candidates", "sites.csv"])
        #expect(told.errors.contains("2 candidates are left out") && !told.errors.contains("WGS 84"))
        #expect(try place.louyu(["site", "--kind", "clinic", "-k", "3", "--candidates", "sites.csv"]).status == 65)
    }

    @Test func `a kind that is new is said to be new, and a folder is no file`() throws {
        let new = try place.louyu(["site", "--kind", "library", "-k", "1"])
        #expect(new.status == 0 && new.errors.contains("\"library\"") && new.errors.contains("clinic, school"))
        let folder = try place.louyu(["site", "--kind", "clinic", "-k", "1", "--candidates", "."])
        #expect(folder.status == 65 && folder.errors.contains("is a folder"))
    }

    @Test func `what cannot be served with so few stations is said of their number`() throws {
        try place.write("sparse.csv", "site,demand,cost\na,1,2\nb,2,3\na,3,4\n")
        let answer = try place.louyu(["site", "--costs", "sparse.csv", "--goal", "median", "-k", "1"])
        #expect(answer.status == 65 && answer.errors.contains("so many stations cannot serve all demand"))
        #expect(try place.json(["site", "--costs", "sparse.csv", "--goal", "median", "-k", "2"])["value"].number == 9)
    }

    @Test func `tables show minutes, JSON seconds`() throws {
        let words = ["--goal", "median", "-k", "1", "--next", "1", "--weight", "count"]
        let plan = try site(words)
        let table = try place.louyu(["site", "--kind", "clinic", "--minutes", "5", "--lang", "en"] + words).output
        let saved = try #require(plan["stations"].array.first?["gain"].number)
        let reachable = Double((plan["demand"].integer ?? 0) - (plan["unreachable"].integer ?? 0))
        let minutes = saved / reachable / 60
        let digits = String(format: minutes < 0.1 ? "%.4f" : "%.2f", minutes).replacing(#/\.?0+$/#, with: "")
        #expect(table.contains("mean saved (min)") && table.contains("mean walk (min)"), "\(table)")
        #expect(table.contains("saves \(digits) minutes of walking in the mean"), "\(digits): \(table)")
        let equity = try place.louyu(
            ["site", "--kind", "clinic", "--minutes", "5", "--lang", "en", "--equity", "--goal", "median", "-k", "1"])
        #expect(equity.output.contains(#/as good as \d+\.\d\d? minutes of walking/#), "\(equity.output)")
    }

    @Test func `sentences agree in number, and Chinese keeps its spaces`() throws {
        let words = ["site", "--kind", "clinic", "--minutes", "5", "-k", "1"]
        let english = try place.louyu(words + ["--lang", "en"]).output
        #expect(english.contains("1 new station, with the 2 there are, serves "), "\(english)")
        let chinese = try place.louyu(["site", "--kind", "clinic", "-k", "1", "--goal", "center", "--lang", "zh"])
            .output
        #expect(chinese.contains(#/最远的需求步行 [\d.]+ 分钟。/#), "\(chinese)")
        #expect(!chinese.contains(#/[\u{4E00}-\u{9FFF}] [\u{4E00}-\u{9FFF}]{2}.*。/#), "\(chinese)")
        let help = try place.louyu(["site", "--help", "--lang", "zh"]).output
        #expect(help.contains("--demand <FILE>") && help.contains("--costs <FILE>"), "\(help)")
        #expect(!help.contains(#/\S （默认/#), "\(help)")
    }
}
