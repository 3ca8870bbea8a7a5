import Foundation
import Testing

@Suite("What was asked, on printed pages", .enabled(if: Louyu.path != nil, "needs the built program"))
struct PageTermsTests {
    /// A question with options, and what a page says of them in a language.
    private struct Asked {
        let words: [String]
        let zh: [String: String]
        let en: [String: String]
    }

    private static let site = ["site", "--kind", "clinic", "--minutes", "5"]
    private static let asked: [Asked] = [
        Asked(
            words: site + ["-k", "2", "--weight", "storeys", "--each-at-least", "12.55%", "--from-scratch"],
            zh: ["新设数量": "至多 2 处", "需求口径": "楼层", "各辖区下限": "不低于 12.55 %", "现有站点": "不计入"],
            en: [
                "New stations": "at most 2", "Demand by": "storeys", "Each boundary": "at least 12.55 %",
                "Stations kept": "none",
            ]),
        Asked(
            words: site + [
                "--budget", "12000.25", "--cost", "storeys", "--capacity", "floor_area_m2", "--weight", "residents",
                "--candidates", "storeys >= 0.25",
            ],
            zh: [
                "总预算": "不超过 12,000.25", "单站造价": "楼层", "单站容量": "建筑面积（平方米）", "需求口径": "居民（估算）",
                "候选地点": "楼宇：楼层 ≥ 0.25",
            ],
            en: [
                "Budget": "at most 12,000.25", "Cost of a station": "storeys", "Capacity": "floor area (m²)",
                "Demand by": "residents (estimated)", "Sites": "buildings: storeys ≥ 0.25",
            ]),
        Asked(
            words: site + [
                "-k", "1", "--candidates", "station: kind = 'school'", "--weight", "count", "--apart", "--away",
                "--next", "1",
            ],
            zh: [
                "候选地点": "现有站点：类别 = “school”", "需求口径": "逐一计数", "对照": "各区各自布点", "方向": "从站点出发",
                "后续排序": "1 处",
            ],
            en: [
                "Sites": "stations: kind = \"school\"", "Demand by": "each counts as one",
                "Compared": "with districts that plan apart", "Direction": "from the stations", "Ranked": "the next 1",
            ]),
        Asked(
            words: site + ["-k", "1", "--candidates", "own-sites.csv", "--backup", "2", "--from-scratch"],
            zh: ["候选地点": "文件 own-sites.csv", "备份": "须有 2 处站点可达", "需求口径": "建筑面积"],
            en: ["Sites": "file own-sites.csv", "Backup": "2 stations in reach", "Demand by": "floor area"]),
        Asked(
            words: site + ["-k", "1", "--goal", "median", "--equity", "--candidates", "station"],
            zh: ["公平": "远者加权（Kolm-Pollak）", "候选地点": "现有站点"],
            en: ["Equity": "long walks weigh more (Kolm-Pollak)", "Sites": "stations"]),
        Asked(
            words: ["coverage", "--kind", "clinic", "--without", "C2", "--without", "C1", "--with", "0.018,0"],
            zh: ["拟撤站点": "西诊所、东诊所", "拟增站点": "0.018,0"],
            en: ["Tried without": "西诊所, 东诊所", "Stations tried": "0.018,0"]),
        Asked(
            words: ["export", "building", "--bbox", "-0.01,-0.02,0.0123457,0.01", "--where", "floor_area_m2 > 100.25"],
            zh: [
                "经纬度范围": "经度 -0.01 至 0.0123457，纬度 -0.02 至 0.01", "限定条件": "建筑面积（平方米） > 100.25",
            ],
            en: [
                "Box": "longitude -0.01 to 0.0123457, latitude -0.02 to 0.01", "Condition": "floor area (m²) > 100.25",
            ]),
    ]

    private func check(_ asked: Asked, in place: Workplace) throws {
        for (language, expected) in [("zh", asked.zh), ("en", asked.en)] {
            let answer = try place.answered(asked.words + ["--format", "html", "--lang", language, "--quiet"])
            let page = try #require(PrintedPage(answer.bytes))
            let terms = page.terms
            for (name, value) in expected { #expect(terms[name] == value, "\(asked.words): \(name) in \(terms)") }
            #expect(!terms.values.contains { $0.contains("--") }, "a sentence, not options: \(terms)")
        }
    }

    @Test(arguments: asked.indices) func `options are told in words`(_ number: Int) throws {
        let asked = Self.asked[number]
        let town = try StreetTown.shared()
        if asked.words.contains("own-sites.csv") { try town.write("own-sites.csv", "ref\nW1\nE1\nE2\n") }
        try check(asked, in: town)
    }

    @Test func `a station's column is told by its title`() throws {
        let place = try StreetTown.workplace()
        try place.answered(["set", "station/3", "capacity=1000.5"])
        let words = Self.site + ["-k", "1", "--candidates", "station: capacity > 1000", "--capacity", "capacity"]
        try check(
            Asked(
                words: words, zh: ["单站容量": "服务能力"], en: ["Capacity": "capacity", "Sites": "stations: capacity > 1000"]),
            in: place)
    }

    @Test func `options over costs of one's own are told in words`() throws {
        let place = try OwnCosts.workplace()
        let costs = ["site", "--costs", "costs.csv", "--demand", "demand.csv"]
        for asked in [
            Asked(
                words: costs + ["-k", "2", "--radius", "10.5", "--backup", "2"],
                zh: ["新设数量": "至多 2 处", "服务半径": "不超过 10.5", "备份": "须有 2 处站点可达"],
                en: ["New stations": "at most 2", "Radius": "at most 10.5", "Backup": "2 stations in reach"]),
            Asked(
                words: costs + ["--budget", "25", "--cost", "10.125", "--capacity", "7"],
                zh: ["总预算": "不超过 25", "单站造价": "10.125", "单站容量": "7"],
                en: ["Budget": "at most 25", "Cost of a station": "10.125", "Capacity": "7"]),
            Asked(words: costs + ["--next", "2"], zh: ["后续排序": "2 处"], en: ["Ranked": "the next 2"]),
        ] {
            try check(asked, in: place)
        }
    }
}
