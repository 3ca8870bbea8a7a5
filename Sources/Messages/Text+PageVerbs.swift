// Titles of printed pages, and questions in words.

extension Text {
    private static func joined(_ names: [String]) -> (zh: String, en: String) {
        (names.joined(separator: "、"), names.joined(separator: ", "))
    }

    /// How people walk.
    public static func walkingWords(_ pace: String, countsStoreys: Bool, isRadius: Bool) -> Text {
        if isRadius { return Text(zh: "直线距离，按每分钟 \(pace) 米折算", en: "straight line at \(pace) m a minute") }
        return Text(
            zh: "沿道路步行，每分钟 \(pace) 米，计坡度和梯道" + (countsStoreys ? "，计上下楼" : ""),
            en: "along the streets at \(pace) m a minute, with slopes and stairs"
                + (countsStoreys ? ", storeys counted" : ""))
    }
    /// A finding.
    public static func borderFinding(_ count: Int, unserved: Int, _ kind: String, minutes: String) -> Text {
        Text(
            zh: "交界两侧符合条件的楼宇共 \(count) 栋，其中 \(unserved) 栋 \(minutes) 分钟内没有\(kind)。",
            en: "Of \(count) buildings on both sides, \(unserved) have no \(kind) within \(minutes) minutes.")
    }

    /// A title.
    public static func findTitle(_ text: String) -> Text { Text(zh: "“\(text)”查找结果", en: "Places called \"\(text)\"") }
    /// A question in words.
    public static func findQuestion(_ text: String, _ layer: Text?) -> Text {
        Text(
            zh: "名称或地址中含“\(text)”的\(layer?.zh ?? "记录")。",
            en: "\((layer?.en ?? "records").capitalizedFirst) whose name or address holds \"\(text)\".")
    }

    /// A title.
    public static func nearTitle(_ place: String, _ what: Text) -> Text {
        Text(zh: "\(place)周边\(what.zh)一览表", en: "\(what.en.capitalizedFirst) near \(place)")
    }
    /// A question in words.
    public static func nearQuestion(_ place: String, _ what: Text, count: Int?, meters: String?, onFoot: Bool) -> Text {
        let zhRange = meters.map { " \($0) 米以内" } ?? ""
        let enRange = meters.map { " within \($0) m" } ?? ""
        return Text(
            zh: "距\(place)\(onFoot ? "步行" : "")\(zhRange)\(count.map { "最近的 \($0) 个" } ?? "的全部")\(what.zh)，由近到远。",
            en:
                "\(count.map { "The \($0) nearest" } ?? "All") \(what.en)\(enRange) of \(place)\(onFoot ? " on foot" : "")."
        )
    }

    /// A title.
    public static func locateTitle(_ place: String) -> Text { Text(zh: "\(place)属地", en: "Where \(place) is") }
    /// A question in words.
    public static func locateQuestion(_ place: String) -> Text {
        Text(zh: "\(place)所在的楼宇、各级辖区和片区。", en: "The building, the boundaries and the zones of \(place).")
    }
    /// Legend.
    public static let smallestArea = Text(zh: "所在最小辖区", en: "smallest boundary around it")

    /// A title.
    public static func listTitle(_ what: Text) -> Text { Text(zh: "\(what.zh)一览表", en: "List: \(what.en)") }
    /// A question in words.
    public static func sortedBy(_ column: Text, descends: Bool, limit: Int?) -> Text {
        Text(
            zh: "按\(column.zh)\(descends ? "由高到低" : "由低到高")排列\(limit.map { "，取前 \($0) 条" } ?? "")。",
            en: "By \(column.en), \(descends ? "highest" : "lowest") first\(limit.map { ", the first \($0)" } ?? "").")
    }
    /// A question in words.
    public static func firstRows(_ count: Int) -> Text { Text(zh: "取前 \(count) 条。", en: "The first \(count).") }
    /// A title.
    public static func totalsTitle(_ what: Text, _ level: Text) -> Text {
        Text(zh: "各\(level.zh)辖区\(what.zh)汇总表", en: "\(what.en.capitalizedFirst) per \(level.en)")
    }
    /// A question in words.
    public static func totalsQuestion(_ what: Text, _ level: Text) -> Text {
        Text(
            zh: "按\(level.zh)辖区汇总的\(what.zh)，每条只计一次。",
            en: "\(what.en.capitalizedFirst) per \(level.en); each counts once.")
    }

    /// A title.
    public static func adjacentTitle(_ place: String, isArea: Bool) -> Text {
        Text(zh: "\(place)\(isArea ? "毗邻辖区" : "相邻楼宇")一览表", en: "Neighbours of \(place)")
    }
    /// A question in words.
    public static func adjacentQuestion(_ place: String, isArea: Bool, meters: String) -> Text {
        isArea
            ? Text(
                zh: "与\(place)共有边界的辖区及毗邻方式（容差 \(meters)）。",
                en: "The areas that share a border with \(place), and how they touch (tolerance \(meters)).")
            : Text(
                zh: "与\(place)相接或间距不超过 \(meters) 的楼宇。",
                en: "The buildings that touch \(place) or stand no farther than \(meters) from it.")
    }
    /// A title.
    public static func pairsPageTitle(_ layer: Text) -> Text {
        Text(zh: "\(layer.zh)相邻关系表", en: "Pairs of neighbours: \(layer.en)")
    }
    /// A finding.
    public static func explainedOutline(_ percent: Int) -> Text {
        Text(zh: "相邻辖区合计占其边界的 \(percent) %。", en: "These neighbours explain \(percent) % of its outline.")
    }

    /// A title.
    public static func reachTitle(_ names: [String]) -> Text {
        names.count == 1
            ? Text(zh: "\(names[0])服务圈", en: "Service area of \(names[0])")
            : Text(zh: "\(names.count) 处地点服务圈", en: "Service areas of \(names.count) places")
    }
    /// A question in words.
    public static func reachQuestion(_ names: [String], _ minutes: [String], isAway: Bool) -> Text {
        let (list, times) = (joined(names), joined(minutes))
        return isAway
            ? Text(
                zh: "从\(list.zh)出发 \(times.zh) 分钟走到的范围。", en: "Where one gets from \(list.en) in \(times.en) minutes.")
            : Text(
                zh: "\(times.zh) 分钟能走到\(list.zh)的范围。", en: "From where one gets to \(list.en) in \(times.en) minutes.")
    }
    /// A title.
    public static func reachListTitle(_ names: [String], _ what: Text) -> Text {
        names.count == 1
            ? Text(zh: "\(names[0])服务圈内\(what.zh)清单", en: "\(what.en.capitalizedFirst) in reach of \(names[0])")
            : Text(
                zh: "\(names.count) 处地点服务圈内\(what.zh)清单",
                en: "\(what.en.capitalizedFirst) in reach of \(names.count) places")
    }
    /// A question in words.
    public static func reachListQuestion(_ names: [String], _ what: Text, _ minutes: String, isAway: Bool) -> Text {
        let list = joined(names)
        return isAway
            ? Text(
                zh: "从\(list.zh)出发 \(minutes) 分钟走得到的\(what.zh)，由近到远。",
                en: "\(what.en.capitalizedFirst) that one gets to from \(list.en) in \(minutes) minutes, nearest first."
            )
            : Text(
                zh: "\(minutes) 分钟走得到\(list.zh)的\(what.zh)，由近到远。",
                en:
                    "\(what.en.capitalizedFirst) from where one gets to \(list.en) in \(minutes) minutes, nearest first."
            )
    }
    /// Legend.
    public static func withinMinutes(_ minutes: String) -> Text {
        Text(zh: "\(minutes) 分钟以内", en: "within \(minutes) minutes")
    }

    /// A title.
    public static func coverageTitle(_ kind: String, _ minutes: String) -> Text {
        Text(zh: "\(kind) \(minutes) 分钟服务覆盖情况表", en: "Coverage by \(kind) in \(minutes) minutes")
    }
    /// A question in words.
    public static func coverageQuestion(_ kind: String, _ minutes: String, _ level: Text, byRadius: Bool) -> Text {
        Text(
            zh: "各\(level.zh)辖区有多少楼宇\(byRadius ? "按直线折算" : "步行") \(minutes) 分钟内可达\(kind)。",
            en: "How many buildings of every \(level.en) reach a \(kind) in \(minutes) minutes"
                + (byRadius ? " in a straight line." : " on foot."))
    }
    /// A finding.
    public static func coverageFinding(
        _ count: Int, _ reached: Int, share: String, _ kind: String, _ minutes: String
    ) -> Text {
        Text(
            zh: "楼宇共 \(count) 栋，\(minutes) 分钟内可达\(kind)的 \(reached) 栋，占 \(share) %；不可达的 \(count - reached) 栋。",
            en:
                "Of \(count) buildings \(reached) reach a \(kind) within \(minutes) minutes (\(share) %); \(count - reached) do not."
        )
    }
    /// Legend.
    public static let addedStation = Text(zh: "拟增站点", en: "station tried")
    /// A heading.
    public static func perLevelTitle(_ level: Text) -> Text { Text(zh: "各\(level.zh)辖区覆盖情况", en: "Per \(level.en)") }
    /// A heading.
    public static let acrossTitle = Text(zh: "跨辖区服务", en: "Served across boundaries")
    /// A heading.
    public static let blindSpotsTitle = Text(zh: "未覆盖楼宇", en: "Buildings out of reach")
    /// Legend.
    public static let blindSpotsLegend = Text(zh: "未覆盖楼宇（编号同序号）", en: "buildings out of reach, by number")
    /// Legend: a class of shares in percent.
    public static func shareClass(from low: Int?, to high: Int?) -> Text {
        switch (low, high) {
        case (nil, let high?): Text(zh: "覆盖率不足 \(high) %", en: "below \(high) % covered")
        case (let low?, nil): Text(zh: "\(low) % 及以上", en: "\(low) % and above")
        default: Text(zh: "\(low ?? 0) %～\(high ?? 100) %", en: "\(low ?? 0) % to \(high ?? 100) %")
        }
    }

    /// A title.
    public static let infoTitle = Text(zh: "楼宇库概况", en: "What the atlas holds")
    /// A finding.
    public static func extentFinding(_ squareKilometers: String) -> Text {
        Text(zh: "楼宇库范围 \(squareKilometers) 平方公里。", en: "The extent is \(squareKilometers) km².")
    }
    /// Legend.
    public static let extentLegend = Text(zh: "楼宇库范围", en: "extent of the atlas")
    /// A finding.
    public static func healthFinding(_ rejected: Int, _ repaired: Int) -> Text {
        Text(
            zh: "导入时拒收 \(rejected) 条，修复图形 \(repaired) 个。",
            en: "Imports rejected \(rejected) records and repaired \(repaired) geometries.")
    }
    /// A heading.
    public static let layersTitle = Text(zh: "图层", en: "Layers")
    /// A heading.
    public static let stationKindsTitle = Text(zh: "站点类别", en: "Kinds of stations")
    /// A heading.
    public static let importsTitle = Text(zh: "导入记录", en: "Imports")
    /// A title.
    public static let checkTitle = Text(zh: "数据检查清单", en: "What is wrong with the data")
    /// A question in words.
    public static func checkQuestion(_ layers: [Text]) -> Text {
        Text(
            zh: "检查图层：\(layers.map(\.zh).joined(separator: "、"))。",
            en: "Layers checked: \(layers.map(\.en).joined(separator: ", ")).")
    }
    /// A finding.
    public static let nothingWrong = Text(zh: "未发现问题。", en: "Nothing is wrong.")
    /// A finding.
    public static func findingCount(_ count: Int) -> Text { Text(zh: "发现 \(count) 处问题。", en: "\(count) findings.") }
}

// MARK: One building

extension Text {
    /// Help of a verb.
    public static let helpPage = Text(zh: "一栋楼一页：档案、属地、相邻、15 分钟内的站点", en: "One building on one page")
    /// Help of a verb.
    public static let helpPageDiscussion = Text(
        zh: "默认写出 A4 页面（HTML），用浏览器打开即可打印：louyu page 昶瀚广场 -o page.html",
        en: "Writes a page of A4 (HTML) by default; a browser prints it: louyu page 昶瀚广场 -o page.html")
    /// An argument.
    public static let helpPageBuilding = Text(zh: "楼宇：名称、编号、标识或 经度,纬度", en: "A building: name, ref, id or lon,lat")
    /// There is no building at a position.
    public static func noBuildingAt(_ place: String) -> Text {
        Text(zh: "\(place)处没有楼宇", en: "there is no building at \(place)")
    }
    /// A title.
    public static func dossierTitle(_ name: String) -> Text { Text(zh: "\(name)楼宇档案", en: "Building: \(name)") }
    /// A heading.
    public static let chainTitle = Text(zh: "属地", en: "Boundaries and zones")
    /// A heading.
    public static let nextBuildingsTitle = Text(zh: "相邻楼宇", en: "Buildings next to it")
    /// No neighbour.
    public static let noNextBuildings = Text(zh: "没有相接的楼宇。", en: "No building touches it.")
    /// A heading.
    public static func nextAreasTitle(_ area: String) -> Text { Text(zh: "\(area)毗邻辖区", en: "Neighbours of \(area)") }
    /// A heading.
    public static func stationsWithin(_ minutes: String) -> Text {
        Text(zh: "步行 \(minutes) 分钟内的站点", en: "Stations within \(minutes) minutes on foot")
    }
    /// The same where not all are listed.
    public static func nearestStationsWithin(_ minutes: String, _ count: Int, ofEachKind shown: Int) -> Text {
        Text(
            zh: "步行 \(minutes) 分钟内的站点（共 \(count) 处，每类列最近 \(shown) 处）",
            en: "The nearest \(shown) of each kind of \(count) stations within \(minutes) minutes on foot")
    }
    /// Nothing in reach.
    public static let noStationsWithin = Text(zh: "没有可达的站点。", en: "No station is in reach.")
    /// Nothing to walk on.
    public static let noStreetsToWalk = Text(zh: "楼宇库中没有道路，无法计算步行时间。", en: "The atlas has no streets to walk on.")
    /// Legend.
    public static let thisBuilding = Text(zh: "本楼宇", en: "this building")
    /// Legend.
    public static let stationsByNumber = Text(zh: "站点（编号同序号）", en: "stations, by number")
}

extension String {
    /// The text as a sentence begins.
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

// MARK: Changes

extension Text {
    /// A title.
    public static let diffTitle = Text(zh: "变化一览表", en: "What changed")
    /// A question in words.
    public static func diffOfDates(_ from: String, _ to: String?) -> Text {
        Text(
            zh: "\(from) 至\(to.map { " \($0) " } ?? "今")的变化。",
            en: "What changed from \(from) to \(to ?? "today").")
    }
    /// A question in words.
    public static func diffOfFiles(_ old: String, _ new: String) -> Text {
        Text(zh: "\(new) 与 \(old) 相比的变化。", en: "What changed from \(old) to \(new).")
    }
    /// A finding: how many came, went, were renamed, moved and changed.
    public static func diffFinding(_ counts: [Int]) -> Text {
        let words = ["came", "went", "renamed", "moved", "changed"].map(becameOf)
        let told = zip(words, counts)
        return Text(
            zh: told.map { "\($0.zh) \($1) 条" }.joined(separator: "，") + "。",
            en: told.map { "\($1) \($0.en)" }.joined(separator: ", ") + ".")
    }
    /// Legend.
    public static let cameLegend = Text(zh: "新增", en: "came")
    /// Legend.
    public static let wentLegend = Text(zh: "消失", en: "went")
    /// Legend.
    public static let changedLegend = Text(zh: "更名、移动、变更", en: "renamed, moved, changed")
    /// A title.
    public static let importTitle = Text(zh: "导入结果", en: "What was imported")
    /// A title.
    public static let correctionsTitle = Text(zh: "更正结果", en: "What was corrected")
    /// A heading.
    public static let correctedTitle = Text(zh: "已处理的记录", en: "Records that were taken")
    /// A heading.
    public static let refusedTitle = Text(zh: "未处理的行", en: "Rows that were refused")
    /// A title.
    public static let undoTitle = Text(zh: "撤销结果", en: "What was taken back")
    /// A title.
    public static let settingsTitle = Text(zh: "发布设置", en: "What may be published")
    /// A title.
    public static func historyTitle(_ name: String) -> Text { Text(zh: "\(name)变更经过", en: "History of \(name)") }
    /// A title.
    public static let changesTitle = Text(zh: "楼宇库变更记录", en: "Changes of the atlas")
    /// Legend.
    public static let thisRecord = Text(zh: "本记录", en: "this record")
}

// MARK: Plans

extension Text {
    /// A title.
    public static func siteTitle(_ kind: String) -> Text {
        Text(zh: "\(kind)布点方案", en: "Where the next stations go: \(kind)")
    }
    /// A question in words, by the word for the goal.
    public static func siteQuestion(_ goal: String, _ minutes: String?) -> Text {
        let (zh, en) = (minutes.map { "步行 \($0) 分钟内" } ?? "", minutes.map { " within \($0) minutes on foot" } ?? "")
        switch goal {
        case "cover": return Text(zh: "新站点设在哪里，\(zh)服务的需求最多。", en: "Where new stations serve the most\(en).")
        case "all": return Text(zh: "至少设几处站点，才能\(zh)服务到全部需求。", en: "The fewest stations that serve all\(en).")
        case "median": return Text(zh: "站点设在哪里，总路程最短。", en: "Where stations make all ways together shortest.")
        default: return Text(zh: "站点设在哪里，最远的一处也最近。", en: "Where stations make the farthest way shortest.")
        }
    }
    /// A heading, and legend.
    public static let newStations = Text(zh: "新设站点（编号同序号）", en: "new stations, by number")
    /// A heading, and legend.
    public static let keptStations = Text(zh: "现有站点", en: "stations kept")
    /// Legend.
    public static let servedByLine = Text(zh: "服务关系", en: "who serves whom")
    /// Legend.
    public static let notServedLegend = Text(zh: "未服务到的楼宇", en: "buildings not served")
}
