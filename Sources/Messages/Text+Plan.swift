/// A plan of stations in words.
extension Text {
    /// A text that is the same in both languages.
    public static func plain(_ text: String) -> Text { Text(zh: text, en: text) }

    // Amounts.

    /// Square metres.
    public static func ofFloorArea(_ digits: String) -> Text {
        Text(zh: "建筑面积 \(digits) 平方米", en: "\(digits) m² of floor area")
    }
    /// People.
    public static func ofResidents(_ digits: String) -> Text {
        Text(zh: "居民约 \(digits) 人", en: "about \(many(digits, "resident"))")
    }
    /// Buildings.
    public static func ofBuildings(_ digits: String) -> Text {
        Text(zh: "\(digits) 栋楼宇", en: many(digits, "building"))
    }
    /// Demand.
    public static func ofDemand(_ digits: String) -> Text {
        Text(zh: "\(digits) 个需求点", en: many(digits, "demand point"))
    }
    /// A sum of a column.
    public static func ofColumn(_ digits: String, _ column: String) -> Text {
        column == "weight"
            ? Text(zh: "权重 \(digits)", en: "a weight of \(digits)")
            : Text(zh: "\(column) \(digits)", en: "\(digits) of \(column)")
    }
    /// A sum of costs of one's own.
    public static func ofTotal(_ digits: String) -> Text { Text(zh: "合计 \(digits)", en: "\(digits) in all") }
    /// Stations.
    public static func ofStations(_ digits: String) -> Text {
        Text(zh: "\(digits) 个新站点", en: many(digits, "new station"))
    }
    /// Minutes of walking.
    public static func ofMinutes(_ digits: String) -> Text {
        Text(zh: "步行 \(digits) 分钟", en: "\(many(digits, "minute")) of walking")
    }
    /// More minutes of walking than that.
    public static func ofMoreMinutes(than digits: String) -> Text {
        Text(zh: "步行超过 \(digits) 分钟", en: "more than \(many(digits, "minute")) of walking")
    }
    /// Minutes of walking in the mean.
    public static func ofMeanMinutes(_ digits: String) -> Text {
        Text(zh: "平均步行 \(digits) 分钟", en: "\(many(digits, "minute")) of walking in the mean")
    }

    /// So many of what an English noun calls one of.
    private static func many(_ digits: String, _ noun: String) -> String {
        digits == "1" ? "1 \(noun)" : "\(digits) \(noun)s"
    }
    /// So many of what an English noun calls one of.
    static func many(_ count: Int, _ noun: String) -> String { many(String(count), noun) }

    // What the plan is worth.

    /// Above the stations.
    public static func planLine(_ goal: String) -> Text {
        let titles = [
            "cover": Text(zh: "最大覆盖", en: "the most served"), "all": Text(zh: "全部覆盖", en: "all served"),
            "median": Text(zh: "总步行最少", en: "the least walking"),
            "center": Text(zh: "最远者最近", en: "the least worst walk"),
        ]
        let title = titles[goal] ?? .plain(goal)
        return Text(zh: "选址方案（\(title.zh)）：", en: "Plan (\(goal): \(title.en)):")
    }
    /// No station is worth opening.
    public static let noNewStation = Text(zh: "没有需要新设的站点", en: "no new station is needed")

    private static func stations(_ new: Int, _ kept: Int) -> Text {
        let (zh, en) =
            kept > 0 ? ("，连同原有 \(kept) 个", ", with the \(kept) there \(kept == 1 ? "is" : "are")") : ("", "")
        return Text(zh: "新设 \(new) 个站点\(zh)", en: many(new, "new station") + en)
    }
    /// What a plan covers.
    public static func coverLine(_ value: Text, share: String, new: Int, kept: Int) -> Text {
        let stations = stations(new, kept)
        return Text(
            zh: "\(stations.zh)，服务".spaced(value.zh) + "，占全部需求的 \(share)。",
            en: "\(stations.en)\(kept > 0 ? "," : "") serve\(new == 1 ? "s" : "") \(value.en), \(share) of all demand."
        )
    }
    /// What serves all.
    public static func allLine(_ value: Text, _ served: Text, kept: Int) -> Text {
        let (zh, en) =
            kept > 0
            ? ("（原有 \(kept) 个保留）", " (besides the \(kept) there \(kept == 1 ? "is" : "are"))") : ("", "")
        return Text(
            zh: "需要 \(value.zh)\(zh)，服务到 \(served.zh)。", en: "It takes \(value.en)\(en) to serve \(served.en).")
    }
    /// The sum of walks.
    public static func medianLine(_ value: Text, new: Int, kept: Int) -> Text {
        let stations = stations(new, kept)
        return Text(zh: "\(stations.zh)：按权重\(value.zh)。", en: "\(stations.en): \(value.en), weighted.")
    }
    /// The worst walk.
    public static func centerLine(_ value: Text, new: Int, kept: Int) -> Text {
        let stations = stations(new, kept)
        return Text(
            zh: "\(stations.zh)：最远的需求".spaced(value.zh) + "。",
            en: "\(stations.en): the farthest demand is at \(value.en).")
    }
    /// Nothing is better.
    public static func provedLine(isMost: Bool) -> Text {
        isMost
            ? Text(zh: "已证明最优：其他任何选法都不会服务更多。", en: "Proved optimal: no other choice of sites serves more.")
            : Text(zh: "已证明最优：其他任何选法都不会更好。", en: "Proved optimal: no other choice of sites does better.")
    }
    /// Something may be better.
    public static func unprovedLine(bound: Text, gap: String, isMost: Bool, _ reason: Text) -> Text {
        isMost
            ? Text(
                zh: "未证明最优（\(reason.zh)）：任何选法最多服务".spaced(bound.zh) + "，与本方案相差 \(gap)。",
                en:
                    "Not proved optimal (\(reason.en)): no choice of sites serves more than \(bound.en), a gap of \(gap)."
            )
            : Text(
                zh: "未证明最优（\(reason.zh)）：任何选法都不低于".spaced(bound.zh) + "，与本方案相差 \(gap)。",
                en: "Not proved optimal (\(reason.en)): no choice of sites is below \(bound.en), a gap of \(gap).")
    }
    /// Why the search ended.
    public static let endedByGap = Text(zh: "已达到 --gap", en: "the gap asked for is reached")
    /// Why the search ended.
    public static let endedByLimit = Text(zh: "时间或计算量已用完", en: "the time or work allowed is used up")
    /// Why the search ended.
    public static let endedByUser = Text(zh: "被中断", en: "interrupted")

    // Why here.

    /// What a station adds.
    public static func adds(_ amount: Text) -> Text { Text(zh: "新增服务".spaced(amount.zh), en: "adds \(amount.en)") }
    /// What a station saves.
    public static func saves(_ digits: String) -> Text { Text(zh: "节省 \(digits)", en: "saves \(digits)") }
    /// By what a station shortens the mean walk.
    public static func saves(meanMinutes digits: String) -> Text {
        Text(zh: "平均步行缩短 \(digits) 分钟", en: "saves \(many(digits, "minute")) of walking in the mean")
    }
    /// By what a station lowers the worst cost.
    public static func lowersWorst(_ digits: String) -> Text {
        Text(zh: "使最大成本减少 \(digits)", en: "lowers the worst cost by \(digits)")
    }
    /// By what a station shortens the worst walk.
    public static func shortensWorst(minutes digits: String) -> Text {
        Text(zh: "使最远的步行缩短 \(digits) 分钟", en: "shortens the worst walk by \(many(digits, "minute"))")
    }
    /// Where a station stands.
    public static func inBoundary(_ name: String) -> Text { Text(zh: "（\(name)）", en: " in \(name)") }
    /// One station.
    public static func stationLine(
        _ order: Int, _ name: String, home: Text?, gain: Text?, served: Text, weight: Text?, sides: [Text]
    ) -> Text {
        let zh = [gain?.zh, "就近服务".spaced(served.zh) + (weight.map { "、\($0.zh)" } ?? "")].compactMap { $0 }
        let en = [gain?.en, "nearest to \(served.en)" + (weight.map { " with \($0.en)" } ?? "")].compactMap { $0 }
        return Text(
            zh: "\(order). \(name)\(home?.zh ?? "")：\(zh.joined(separator: "；"))"
                + (sides.isEmpty ? "" : "，来自\(sides.map(\.zh).joined(separator: "、"))") + "。",
            en: "\(order). \(name)\(home?.en ?? "") \(en.joined(separator: "; "))"
                + (sides.isEmpty ? "" : ", of them \(sides.map(\.en).joined(separator: ", "))") + ".")
    }
    /// Those who come from one boundary.
    public static func sideOf(_ name: String, _ count: Text, isAcross: Bool) -> Text {
        Text(
            zh: (isAcross ? "界外".spaced(name) : name).spaced(count.zh),
            en: count.en + (isAcross ? " across the border in \(name)" : " in \(name)"))
    }
    /// Stations that are not explained one by one.
    public static func andMore(_ count: Int) -> Text { Text(zh: "……另有 \(count) 个。", en: "... and \(count) more.") }

    // What is left.

    /// Those who are not served, `beyond` of them out of reach.
    public static func unservedLine(_ amount: Text, beyond: Int, _ names: [String]) -> Text {
        var (zh, en) = ("", "")
        if beyond > 0 {
            zh = "；其中 \(beyond) 个任何备选位置都到不了（\(names.joined(separator: "、"))）"
            en = "; \(beyond) of them \(beyond == 1 ? "is" : "are") out of reach of every site"
            en += " (\(names.joined(separator: ", ")))"
        }
        return Text(zh: "仍未服务到：\(amount.zh)\(zh)。", en: "Not served: \(amount.en)\(en).")
    }
    /// Demand that has no weight.
    public static func weightless(_ count: Text) -> Text {
        Text(zh: "\(count.zh)（权重为 0）", en: "\(count.en) of weight 0")
    }
    /// Demand with its weight.
    public static func weighing(_ count: Text, _ weight: Text) -> Text {
        Text(zh: "\(count.zh)、\(weight.zh)", en: "\(count.en) with \(weight.en)")
    }
    /// The station to come next.
    public static func nextLine(_ name: String, _ gain: Text) -> Text {
        Text(zh: "若再设一个，最好设在".spaced(name) + "：\(gain.zh)。", en: "One more would best stand at \(name): it \(gain.en).")
    }
    /// No station more would help.
    public static let nothingToAdd = Text(zh: "再增设站点也不会服务更多。", en: "One more station would serve nobody else.")
    /// Together and apart.
    public static func apartLine(together: Text, togetherStations: Int, apart: Text, apartStations: Int) -> Text {
        Text(
            zh: "统一规划：\(togetherStations) 个新站点，\(together.zh)；各辖区分别规划：\(apartStations) 个新站点，\(apart.zh)。",
            en:
                "Together: \(many(togetherStations, "new station")), \(together.en); each apart: \(many(apartStations, "new station")), \(apart.en)."
        )
    }
    /// Together and apart, where it is stations that count.
    public static func apartLine(together: Int, apart: Int) -> Text {
        Text(
            zh: "统一规划只需 \(together) 个新站点；各辖区分别规划需要 \(apart) 个。",
            en: "Planning together takes \(many(together, "new station")); each apart, \(apart).")
    }
    /// What it costs not to share a border.
    public static func priceLine(_ price: Text, isProved: Bool, isNothing: Bool) -> Text {
        if isNothing { return Text(zh: "不共享边界没有代价。", en: "Not sharing the border costs nothing here.") }
        return Text(
            zh: "不共享边界的代价：\(price.zh)\(isProved ? "（已证明）" : "（未证明）")。",
            en: "The price of not sharing the border: \(price.en)\(isProved ? ", proved" : ", not proved").")
    }
    /// How walks are spread.
    public static func equityLine(equivalent: Text, mean: Text) -> Text {
        Text(
            zh: "公平性：相当于人人\(equivalent.zh)；平均为\(mean.zh)。",
            en: "Equity: as good as \(equivalent.en) for everybody; the mean is \(mean.en).")
    }
    /// How long it took.
    public static func timesLine(prepare: String, solve: String) -> Text {
        Text(zh: "准备 \(prepare) 秒，求解 \(solve) 秒。", en: "Prepared in \(prepare) s, solved in \(solve) s.")
    }

    // Headings.

    /// Before a table.
    public static let boundariesTitle = Text(zh: "各辖区：", en: "By boundary:")
    /// Before a table.
    public static let rankingTitle = Text(zh: "接下来的站点：", en: "The next stations:")
    /// Before a table.
    public static let apartTitle = Text(zh: "统一规划与分别规划：", en: "Together and apart:")
    /// Heading.
    public static let orderOfStations = Text(zh: "次序", en: "order")
    /// Heading.
    public static let gain = Text(zh: "增益", en: "gain")
    /// Heading.
    public static let meanSavedMinutes = Text(zh: "平均缩短（分钟）", en: "mean saved (min)")
    /// Heading.
    public static let worstSavedMinutes = Text(zh: "最远缩短（分钟）", en: "worst saved (min)")
    /// Heading.
    public static let meanMinutes = Text(zh: "平均步行（分钟）", en: "mean walk (min)")
    /// Heading.
    public static let boundMinutes = Text(zh: "界（分钟）", en: "bound (min)")
    /// Heading.
    public static let gapColumn = Text(zh: "差距", en: "gap")
    /// Heading.
    public static let provedColumn = Text(zh: "已证明", en: "proved")
    /// What is not so.
    public static let no = Text(zh: "否", en: "no")
    /// Heading.
    public static let site = Text(zh: "位置", en: "site")
    /// Heading.
    public static let servedDemand = Text(zh: "就近服务", en: "nearest to")
    /// Heading.
    public static let servedWeight = Text(zh: "服务权重", en: "weight")
    /// Heading.
    public static let siteCost = Text(zh: "费用", en: "cost")
    /// Heading.
    public static let demandColumn = Text(zh: "需求", en: "demand")
    /// Heading.
    public static let weightColumn = Text(zh: "权重", en: "weight")
    /// Heading.
    public static let shareBefore = Text(zh: "原覆盖率", en: "before")
    /// Heading.
    public static let shareAfter = Text(zh: "新覆盖率", en: "after")
    /// Heading.
    public static let valueColumn = Text(zh: "数值", en: "value")
    /// Heading.
    public static let boundColumn = Text(zh: "界", en: "bound")
    /// Heading.
    public static let stationsTogether = Text(zh: "统一规划", en: "together")
    /// Heading.
    public static let stationsApart = Text(zh: "分别规划", en: "apart")
    /// Heading.
    public static let role = Text(zh: "角色", en: "role")
}

extension String {
    /// The text with another behind it; between Chinese and a letter or digit
    /// of another script comes a space.
    fileprivate func spaced(_ next: String) -> String {
        guard let last = unicodeScalars.last, let first = next.unicodeScalars.first else { return self + next }
        let isMixed = last.properties.isIdeographic != first.properties.isIdeographic
        return self + (isMixed && last.isOfWord && first.isOfWord ? " " : "") + next
    }
}

extension Unicode.Scalar {
    /// Whether it is a letter or a digit.
    fileprivate var isOfWord: Bool { properties.isAlphabetic || properties.numericType != nil }
}
