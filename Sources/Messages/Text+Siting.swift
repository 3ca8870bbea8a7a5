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
            en: "\(asked) new stations are asked for, and there are \(present) sites")
    }
    /// What to do about it.
    public static let fewerStations = Text(
        zh: "请减少 -k，或放宽 --candidates 的条件", en: "ask for fewer with -k, or let --candidates admit more")
    /// Options that no model joins.
    public static func notTogether(goal: String, _ option: String) -> Text {
        Text(zh: "--goal \(goal) 不能与 \(option) 同时使用", en: "--goal \(goal) does not go with \(option)")
    }
    /// What to do about it.
    public static let leaveOneOut = Text(zh: "请去掉其中一项", en: "leave one of them out")
    /// Shares that cannot be had together.
    public static func sharesClash(_ names: [String]) -> Text {
        names.count == 1
            ? Text(
                zh: "无论怎样布点，\(names[0])都达不到所要求的比例", en: "wherever the stations stand, \(names[0]) misses its share")
            : Text(
                zh: "无论怎样布点，这些辖区都不能同时达到所要求的比例：\(names.joined(separator: "、"))",
                en: "wherever the stations stand, these miss their shares together: \(names.joined(separator: ", "))")
    }
    /// What to do about it.
    public static let lowerShare = Text(
        zh: "请降低 --each-at-least，或增加 -k、--minutes 或备选位置",
        en: "lower --each-at-least, or allow more stations, minutes or sites")
    /// Demand that has to be served and cannot be.
    public static func unservable(_ name: String) -> Text {
        Text(zh: "无论怎样布点，\(name)都无人服务", en: "wherever the stations stand, nobody serves \(name)")
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
    public static let moreTime = Text(zh: "请放宽 --time-limit", en: "allow more time: --time-limit")
    /// The solver does not work.
    public static func solverFailed(_ words: String) -> Text {
        Text(zh: "求解器不能工作：\(words)", en: "the solver does not work: \(words)")
    }
    /// What to do about it.
    public static let installSolver = Text(
        zh: "请安装 coinor-libcbc-dev（Debian、Ubuntu）或 cbc（Homebrew）",
        en: "install coinor-libcbc-dev (Debian, Ubuntu) or cbc (Homebrew)")
}
