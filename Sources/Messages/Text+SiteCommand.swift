/// What is said of the options of `site`.
extension Text {
    /// Two options that do not go together.
    public static func notBoth(_ first: String, _ second: String) -> Text {
        Text(zh: "\(first) 不能与 \(second) 同时使用", en: "\(first) does not go with \(second)")
    }
    /// An option that makes sense with another one only.
    public static func needsOther(_ option: String, _ other: String) -> Text {
        Text(zh: "\(option) 须与 \(other) 一起使用", en: "\(option) needs \(other)")
    }
    /// An option for costs of one's own without any.
    public static func needsCosts(_ option: String) -> Text {
        Text(zh: "\(option) 只用于自带成本文件的选址", en: "\(option) goes with costs of your own")
    }
    /// What to do about it.
    public static let giveCosts = Text(zh: "请用 --costs 给出成本文件", en: "name their file with --costs")
    /// An option for an atlas with costs of one's own.
    public static func notOverCosts(_ option: String) -> Text {
        Text(
            zh: "\(option) 用于楼宇库，不能与 --costs 同时使用", en: "\(option) asks an atlas and does not go with --costs")
    }
    /// What to do about it.
    public static func leaveOut(_ option: String) -> Text { Text(zh: "请去掉 \(option)", en: "leave out \(option)") }
    /// A column where only a number makes sense.
    public static func needsNumber(_ option: String) -> Text {
        Text(
            zh: "与 --costs 一起使用时，\(option) 应为一个数，对所有站点相同",
            en: "with --costs, \(option) is one number for all sites")
    }
    /// Two files from one pipe.
    public static let oneStandardInput = Text(
        zh: "--costs 与 --demand 不能都来自标准输入", en: "--costs and --demand cannot both be standard input")
    /// What to do about it.
    public static let saveOneFirst = Text(zh: "请把其中一个先存为文件", en: "save one of them to a file first")
    /// A map of what has no geometry.
    public static let noGeometryOfCosts = Text(
        zh: "自带成本没有坐标，不能写成地图格式", en: "costs of your own have no geometry and make no map")
    /// What to do about it.
    public static let formsWithoutGeometry = Text(
        zh: "请用 --format table、json 或 csv", en: "take --format table, json or csv")
    /// The plain circle.
    public static let siteIsOnFoot = Text(zh: "选址按沿道路步行的时间计算", en: "placement goes by the time of the walk")

    // Progress.

    /// Files are read.
    public static func readingCosts(percent: Int) -> Text {
        Text(zh: "正在读取成本 \(percent) %", en: "reading costs \(percent) %")
    }
    /// The search is under way.
    public static func searching(value: String?, bound: String?, gap: String?) -> Text {
        let (value, bound, gap) = (value ?? "…", bound ?? "…", gap ?? "…")
        return Text(
            zh: "正在求解：目前 \(value)，界 \(bound)，差距 \(gap)", en: "searching: value \(value), bound \(bound), gap \(gap)")
    }

    // Help.

    /// A verb.
    public static let helpSite = Text(
        zh: "选址：下一批站点设在哪里最好，并给出证明", en: "Where the next stations go, with a proof of how good that is")
    /// A verb, at length.
    public static let helpSiteDiscussion = Text(
        zh: """
            目标 --goal：cover 用 k 个新站点服务最多的需求；all 用最少的新站点服务全部可达需求；\
            median 使加权步行时间之和最小；center 使最远的需求尽量近。已有的同类站点默认保留。
            结果给出数值、任何方案都不能超过的界与差距；只有二者相等时才说“已证明最优”。Ctrl-C 给出当前最好的方案。
            例：louyu site -k 3 --kind 社区卫生服务站 --in 砚岗区 --candidates "vacant_area_m2 > 500"
            例：louyu site --costs 成本.csv --demand 需求.csv --radius 1000 -k 5
            """,
        en: """
            Goals: cover serves as much demand as k new stations can; all serves all demand in reach with as few as \
            can be; median keeps the sum of weighted walks least; center keeps the worst walk least. Existing stations \
            of the kind stay.
            The answer has its value, a bound that no plan can beat, and the gap between them; it is called proved \
            optimal only where they meet. Ctrl-C gives the best plan so far.
            Example: louyu site -k 3 --kind clinic --in A --candidates "vacant_area_m2 > 500"
            Example: louyu site --costs costs.csv --demand demand.csv --radius 1000 -k 5
            """)
    /// An option.
    public static let helpStationCount = Text(zh: "最多新设几个站点", en: "At most so many new stations")
    /// An option.
    public static let helpGoal = Text(
        zh: "目标：cover 最大覆盖、all 全部覆盖、median 总步行最少、center 最远者最近",
        en: "Goal: cover the most, cover all, least sum of walks (median), least worst walk (center)")
    /// An option.
    public static let helpSiteKind = Text(
        zh: "站点类别；已有的同类站点保留", en: "The kind of stations; those there are of it stay")
    /// An option.
    public static let helpSiteMinutes = Text(
        zh: "步行多少分钟以内算服务到（默认 15）", en: "How many minutes of walking a station reaches (default: 15)")
    /// A flag.
    public static let helpFromScratch = Text(zh: "不计已有站点，从零规划", en: "Plan as if there were no stations yet")
    /// An option.
    public static let helpSiteIn = Text(
        zh: "需求与备选位置限于这些辖区或片区（可重复）", en: "Demand and sites only in this boundary or zone (repeats)")
    /// An option.
    public static let helpCandidates = Text(
        zh: "备选位置：对楼宇的条件（CQL2），或文件，或 station、station: 条件（默认为范围内所有楼宇）",
        en: "Sites: a CQL2 condition on buildings; a file; station, or station: CONDITION (default: all buildings)")
    /// An option.
    public static let helpCosts = Text(
        zh: "自带成本：CSV site,demand,cost，或 OR-Library 的 p-median 文件；不需要楼宇库",
        en: "Costs of your own: CSV site,demand,cost, or a p-median file of the OR-Library; needs no atlas")
    /// An option.
    public static let helpDemand = Text(
        zh: "自带成本的需求权重：CSV demand,weight（默认都为 1）",
        en: "Weights for costs of your own: CSV demand,weight (default: all 1)")
    /// An option.
    public static let helpRadius = Text(
        zh: "自带成本中不超过多少算服务到（用于 cover、all）", en: "Costs up to this are in reach (cover and all over costs of your own)")
    /// An option.
    public static let helpWeight = Text(
        zh: "需求权重：floor_area_m2（默认）、residents、count，或楼宇的一列",
        en: "How much a building counts: floor_area_m2 (default), residents, count, or a column")
    /// An option.
    public static let helpEachAtLeast = Text(
        zh: "每个辖区至少服务到的比例，如 50%", en: "At least this share of every boundary, like 50%")
    /// An option.
    public static let helpCapacity = Text(
        zh: "每个站点最多服务多少权重：一个数，或站点的一列", en: "What a station can serve: a number, or a column of its record")
    /// An option.
    public static let helpBudget = Text(zh: "新站点的费用合计不超过", en: "What all new stations may cost together")
    /// An option.
    public static let helpCost = Text(
        zh: "每个新站点的费用：一个数，或位置的一列", en: "What a new station costs: a number, or a column of its site")
    /// An option.
    public static let helpBackup = Text(
        zh: "几个站点都到得了才算服务到（默认 1）", en: "How many stations have to reach a demand until it counts (default: 1)")
    /// A flag.
    public static let helpEquity = Text(
        zh: "更看重步行较久的人（Kolm-Pollak；用于 median）",
        en: "Let long walks weigh more than in proportion (Kolm-Pollak; with median)")
    /// A flag.
    public static let helpApart = Text(
        zh: "与各辖区分别规划相比，给出不共享边界的代价", en: "Compare with districts that plan apart: the price of not sharing a border")
    /// An option.
    public static let helpNext = Text(
        zh: "排出接下来 N 个站点，各自的增益与上界", en: "Rank the next N stations, with the gain of each and a bound for every prefix")
    /// An option.
    public static let helpTimeLimit = Text(
        zh: "最多求解多少秒（读取文件、计算步行的时间不计）",
        en: "Seconds that the search may take; reading files and working out the walks do not count")
    /// An option.
    public static let helpOpenGap = Text(
        zh: "差距不超过此值即可停止：1% 或 0.01（默认 0）", en: "A gap that is good enough: 1% or 0.01 (default: 0)")
    /// An option.
    public static let helpWorkLimit = Text(
        zh: "最多多少步计算；与时间不同，每次运行结果相同", en: "Steps of work that the search may take: the same answer on every run")
    /// An option.
    public static let helpSeed = Text(zh: "随机数种子", en: "Seed of everything that is random")
}
