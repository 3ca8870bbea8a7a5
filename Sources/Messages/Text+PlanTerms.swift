// What a plan has to keep to, as its printed page tells it: a short name and a value each.

extension Text {
    /// One of the terms of a question, by its name.
    public struct Term: Sendable {
        /// What it is called.
        public let name: Text
        /// What was asked for.
        public let value: Text

        fileprivate init(_ zh: String, _ en: String, _ value: Text) {
            name = Text(zh: zh, en: en)
            self.value = value
        }
    }
}

extension Text.Term {
    /// How many stations are new, at most.
    public static func stationCount(_ count: Int) -> Self {
        Self("新设数量", "New stations", Text(zh: "至多 \(count) 处", en: "at most \(count)"))
    }
    /// The stations there are already are left out of account.
    public static let fromScratch = Self("现有站点", "Stations kept", Text(zh: "不计入", en: "none"))
    /// Where stations may stand: in buildings that fulfil a condition.
    public static func sites(inBuildings condition: Text) -> Self {
        Self("候选地点", "Sites", Text(zh: "楼宇：\(condition.zh)", en: "buildings: \(condition.en)"))
    }
    /// Where stations may stand: where stations stand.
    public static func sites(atStations condition: Text?) -> Self {
        Self(
            "候选地点", "Sites",
            Text(
                zh: "现有站点" + (condition.map { "：\($0.zh)" } ?? ""),
                en: "stations" + (condition.map { ": \($0.en)" } ?? "")))
    }
    /// Where stations may stand: at the places of a file.
    public static func sites(ofFile name: String) -> Self {
        Self("候选地点", "Sites", Text(zh: "文件 \(name)", en: "file \(name)"))
    }
    /// How much a demand counts.
    public static func weight(_ what: Text) -> Self { Self("需求口径", "Demand by", what) }
    /// The least share of every boundary.
    public static func eachAtLeast(_ percent: String) -> Self {
        Self("各辖区下限", "Each boundary", Text(zh: "不低于 \(percent) %", en: "at least \(percent) %"))
    }
    /// How much a station can serve.
    public static func capacity(_ amount: Text) -> Self { Self("单站容量", "Capacity", amount) }
    /// What a new station costs.
    public static func cost(_ amount: Text) -> Self { Self("单站造价", "Cost of a station", amount) }
    /// What all new stations may cost.
    public static func budget(_ amount: String) -> Self {
        Self("总预算", "Budget", Text(zh: "不超过 \(amount)", en: "at most \(amount)"))
    }
    /// The greatest cost that counts as served, in the user's unit.
    public static func radius(_ cost: String) -> Self {
        Self("服务半径", "Radius", Text(zh: "不超过 \(cost)", en: "at most \(cost)"))
    }
    /// How many stations have to reach a demand.
    public static func backup(_ count: Int) -> Self {
        Self("备份", "Backup", Text(zh: "须有 \(count) 处站点可达", en: "\(count) stations in reach"))
    }
    /// Long walks weigh more.
    public static let equity = Self(
        "公平", "Equity", Text(zh: "远者加权（Kolm-Pollak）", en: "long walks weigh more (Kolm-Pollak)"))
    /// Compared with districts that plan apart.
    public static let apart = Self("对照", "Compared", Text(zh: "各区各自布点", en: "with districts that plan apart"))
    /// How many next stations are ranked.
    public static func ranked(_ count: Int) -> Self {
        Self("后续排序", "Ranked", Text(zh: "\(count) 处", en: "the next \(count)"))
    }
    /// People walk from the stations.
    public static let away = Self("方向", "Direction", Text(zh: "从站点出发", en: "from the stations"))
    /// Stations that are tried without.
    public static func removed(_ names: [String]) -> Self {
        Self("拟撤站点", "Tried without", Text(zh: names.joined(separator: "、"), en: names.joined(separator: ", ")))
    }
    /// Stations that are only tried.
    public static func added(_ names: [String]) -> Self {
        Self("拟增站点", "Stations tried", Text(zh: names.joined(separator: "、"), en: names.joined(separator: ", ")))
    }
    /// The box that rows lie in: west, south, east, north.
    public static func box(_ degrees: [String]) -> Self {
        let (west, south, east, north) = (degrees[0], degrees[1], degrees[2], degrees[3])
        return Self(
            "经纬度范围", "Box",
            Text(
                zh: "经度 \(west) 至 \(east)，纬度 \(south) 至 \(north)",
                en: "longitude \(west) to \(east), latitude \(south) to \(north)"))
    }
}

extension Text {
    /// How much a demand counts: its floor area.
    public static let byFloorArea = Text(zh: "建筑面积", en: "floor area")
    /// How much a demand counts: the people who live there.
    public static let byResidents = Text(zh: "居民（估算）", en: "residents (estimated)")
    /// How much a demand counts: all the same.
    public static let byCount = Text(zh: "逐一计数", en: "each counts as one")
}
