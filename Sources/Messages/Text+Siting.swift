/// What is said of placement.
extension Text {
    /// No place where a station may stand.
    public static let noSite = Text(zh: "没有可选的站点位置", en: "there is no site where a station may stand")
    /// What to do about it.
    public static let widenCandidates = Text(
        zh: "请放宽 --candidates 的条件，或扩大 --in 的范围", en: "let --candidates or --in admit more")
    /// More stations than sites.
    public static func tooFewSites(_ asked: Int, _ present: Int) -> Text {
        Text(
            zh: "要新设 \(asked) 个站点，可选位置只有 \(present) 个",
            en:
                "\(many(asked, "new station")) \(asked == 1 ? "is" : "are") asked for, and there \(present == 1 ? "is" : "are") \(many(present, "site"))"
        )
    }
    /// What to do about it.
    public static let fewerStations = Text(
        zh: "请减少 -k 或 --next 的站点数，或增加备选位置", en: "ask for fewer stations with -k or --next, or give more sites")
    /// Options that no model joins.
    public static func notTogether(goal: String, _ option: String) -> Text {
        Text(zh: "--goal \(goal) 不能与 \(option) 同时使用", en: "--goal \(goal) does not go with \(option)")
    }
    /// What to do about it.
    public static let leaveOneOut = Text(zh: "请去掉其中一项", en: "leave one of them out")
    /// Shares that cannot be had together; where fewer of them may clash as well,
    /// it says so.
    public static func sharesClash(_ names: [String], isLeast: Bool) -> Text {
        if names.count == 1 {
            return Text(
                zh: "无论怎样布点，\(names[0])都达不到所要求的比例", en: "wherever the stations stand, \(names[0]) misses its share")
        }
        return Text(
            zh: "无论怎样布点，这些辖区都不能同时达到所要求的比例：\(names.joined(separator: "、"))"
                + (isLeast ? "" : "（其中可能只有一部分相互冲突）"),
            en: "wherever the stations stand, these miss their shares together: \(names.joined(separator: ", "))"
                + (isLeast ? "" : " (some of them alone may clash already)"))
    }
    /// What to do about it.
    public static let lowerShare = Text(
        zh: "请降低 --each-at-least，或增加 -k、--minutes 或备选位置",
        en: "lower --each-at-least, or allow more stations, minutes or sites")
    /// Demand that has to be served and cannot be.
    public static func unservable(_ name: String) -> Text {
        Text(
            zh: "这么多站点不可能服务到全部需求，例如需求“\(name)”",
            en: "so many stations cannot serve all demand; demand \"\(name)\", for one, stays without")
    }
    /// A note.
    public static func positionsTakenAsWGS84(_ path: String) -> Text {
        Text(
            zh: "\(path) 未注明坐标系，按 WGS 84 读取；其他坐标系请先用 import --crs 导入为站点，再用 --candidates station",
            en: """
                \(path) names no coordinate system and is read as WGS 84; \
                for others: import them as stations with --crs, then --candidates station
                """)
    }
    /// A note.
    public static func newKind(_ kind: String, _ known: [String]) -> Text {
        let there = known.joined(separator: "、")
        return Text(
            zh: "还没有类别为“\(kind)”的站点，按新设一类计算" + (known.isEmpty ? "" : "；已有类别：\(there)"),
            en: "there is no station of the kind \"\(kind)\" yet, so none is kept"
                + (known.isEmpty ? "" : "; there are: \(known.joined(separator: ", "))"))
    }
    /// A note.
    public static func repeatedCandidates(_ count: Int) -> Text {
        Text(
            zh: "备选位置中有 \(count) 条重复或已是保留站点，未计入",
            en:
                "\(many(count, "candidate")) \(count == 1 ? "is" : "are") left out: there twice, or a station that stays"
        )
    }
    /// A note.
    public static func unlimitedStations(_ count: Int) -> Text {
        Text(
            zh: "\(count) 个保留站点没有填写容量，按不限计算",
            en:
                "\(count == 1 ? "1 station that stays tells" : "\(count) stations that stay tell") no capacity, which means no limit"
        )
    }
    /// What to do about it.
    public static let moreStations = Text(
        zh: "请增加 -k、--budget 或备选位置", en: "allow more stations, budget or sites")
    /// Stations that are too small together.
    public static func capacityTooSmall(_ weight: String, _ capacity: String) -> Text {
        Text(
            zh: "需求合计 \(weight)，站点的服务能力合计只有 \(capacity)",
            en: "the demand is \(weight) in all, and the stations can serve \(capacity)")
    }
    /// The time was used up too soon.
    public static let noPlanYet = Text(zh: "还没有得出任何方案就结束了", en: "the search ended before any plan was found")
    /// What to do about it.
    public static let moreTime = Text(
        zh: "请放宽 --time-limit 或 --work-limit", en: "allow more: --time-limit, --work-limit")
    /// A placement with capacities that takes too much memory.
    public static func placementTooLarge(_ pairs: Int, _ limit: Int) -> Text {
        Text(
            zh: "限定服务能力时，需求点与站点的组合过多：\(pairs) 对，最多 \(limit) 对",
            en: "too many pairs of demand and station for capacities: \(pairs), at most \(limit)")
    }
    /// A number that a placement cannot take.
    public static func badPlacementNumber(_ option: String) -> Text {
        Text(zh: "\(option) 的数值超出允许范围", en: "\(option): a number out of range")
    }
    /// The solver does not work.
    public static func solverFailed(_ words: String) -> Text {
        Text(zh: "求解器不能工作：\(words)", en: "the solver does not work: \(words)")
    }
    /// What to do about it.
    public static let installSolver = Text(
        zh: "请安装 coinor-libcbc-dev（Debian、Ubuntu）或 cbc（Homebrew）",
        en: "install coinor-libcbc-dev (Debian, Ubuntu) or cbc (Homebrew)")

    // What an atlas is asked.

    /// More walks than memory holds.
    public static func tooManyPairs(millions: Int) -> Text {
        Text(
            zh: "楼宇与备选位置的组合约有 \(millions) 百万对，超过可计算的规模",
            en: "there are some \(millions) million pairs of building and site in reach: too many")
    }
    /// What to do about it.
    public static let narrowCandidates = Text(
        zh: "请用 --candidates 限定备选位置，例如 --candidates \"vacant_area_m2 > 500\"，或用 --in 限定范围",
        en: "name fewer sites, as in --candidates \"vacant_area_m2 > 500\", or a smaller --in")
    /// A record of a file of places that says none.
    public static func badPlaceRecord(_ path: String, _ position: Text, _ reason: Text) -> Text {
        Text(
            zh: "\(path) \(position.zh)不能作为备选位置：\(reason.zh)",
            en: "\(path), \(position.en), names no site: \(reason.en)")
    }
    /// What to do about it.
    public static func placeFileColumns(_ names: String) -> Text {
        Text(
            zh: "每条记录应有坐标，或在下列任一列写明库中的楼宇或站点：\(names)",
            en: "every record needs coordinates, or names a building or station of the atlas in one of: \(names)")
    }
    /// No building to be served.
    public static let noDemand = Text(zh: "没有需要服务的楼宇", en: "there are no buildings to be served")
    /// What to do about it.
    public static let widenDemand = Text(zh: "请检查 --in 和 --where", en: "look at --in and --where")
    /// Buildings without any weight.
    public static func noWeight(_ name: String) -> Text {
        Text(zh: "没有一栋楼宇的\(name)有数值", en: "no building tells a number of \(name)")
    }
    /// What to do about it.
    public static let otherWeight = Text(
        zh: "请用 --weight 换一列，或用 --weight count 让每栋楼宇各计 1",
        en: "take another column with --weight, or let every building count as one: --weight count")
    /// Every building counts the same.
    public static let everyBuildingCountsOne = Text(
        zh: "库中没有建筑面积，每栋楼宇各计 1", en: "no building tells its floor area: each counts as one")
    /// Candidates that cannot be walked to.
    public static func unplacedCandidates(_ count: Int) -> Text {
        Text(
            zh: "\(count) 个备选位置接不上路网，未予考虑",
            en: "\(count == 1 ? "1 site meets no street and is" : "\(count) sites meet no street and are") left out")
    }
    /// Candidates that do not say what is asked.
    public static func untoldCandidates(_ count: Int) -> Text {
        Text(
            zh: "\(count) 个备选位置没有费用或服务能力的数值，未予考虑",
            en:
                "\(count == 1 ? "1 site tells no cost or capacity and is" : "\(count) sites tell no cost or capacity and are") left out"
        )
    }
    /// Demand that nobody can walk from.
    public static func unplacedDemand(_ count: Int) -> Text {
        Text(
            zh: "\(count) 栋楼宇接不上路网，任何站点都不能服务",
            en:
                count == 1
                ? "1 building meets no street: no station serves it"
                : "\(count) buildings meet no street: no station serves them")
    }
    /// Shares of boundaries where there are none.
    public static let noBoundariesForShares = Text(
        zh: "需求所在范围没有可分别计算比例的辖区", en: "there are no boundaries whose shares could be counted")
    /// Planning apart where there is only one district.
    public static let noDistrictsToPlanApart = Text(
        zh: "需求只涉及一个辖区，没有可比较的界线", en: "all demand lies in one boundary: there is no border to share")
    /// What to do about it.
    public static let nameSeveralAreas = Text(
        zh: "请用多个 --in 指明要比较的辖区", en: "name the boundaries with several --in")
    /// What to do about equity with another goal.
    public static let equityNeedsMedian = Text(zh: "请用 --goal median", en: "take --goal median")
    /// What to do about a ranking with another goal.
    public static let rankCoverOrMedian = Text(
        zh: "排序请用 --goal cover 或 --goal median", en: "a ranking goes by --goal cover or --goal median")
    /// A number of stations is missing.
    public static let needsStationCount = Text(
        zh: "请用 -k 指明新设几个站点，或用 --next 排出接下来的站点",
        en: "say with -k how many new stations, or with --next how many to rank")
    /// Demand of one's own without any weight.
    public static func noWeightOfDemand(_ path: String) -> Text {
        Text(zh: "\(path) 的权重全为 0", en: "all weights of \(path) are 0")
    }
    /// What to do about it.
    public static let weighDemand = Text(
        zh: "请填写权重，或去掉 --demand 让每个需求各计 1",
        en: "give weights, or leave out --demand to let every demand count as one")
    /// A note: the worst walk is not known.
    public static func worstWalkBeyond(minutes: String) -> Text {
        Text(
            zh: "最远的需求步行超过 \(minutes) 分钟，求解已结束，未能算出究竟多远",
            en: "the worst walk takes more than \(minutes) minutes; the search ended before it was known how much more")
    }
    /// A note: planning apart was not worked out.
    public static let apartMissing = Text(
        zh: "求解已结束，未能算出各辖区分别规划的方案", en: "the search ended before there was a plan for districts apart")
}
