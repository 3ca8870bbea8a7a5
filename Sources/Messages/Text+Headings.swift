extension Text {
    /// Heading.
    public static let id = Text(zh: "标识", en: "id")
    /// Heading.
    public static let ref = Text(zh: "编号", en: "ref")
    /// Heading.
    public static let layer = Text(zh: "图层", en: "layer")
    /// Heading.
    public static let name = Text(zh: "名称", en: "name")
    /// Heading.
    public static let longitude = Text(zh: "经度", en: "lon")
    /// Heading.
    public static let latitude = Text(zh: "纬度", en: "lat")
    /// Heading.
    public static let distance = Text(zh: "距离（米）", en: "distance (m)")
    /// Heading.
    public static let level = Text(zh: "层级", en: "level")
    /// Heading.
    public static let kind = Text(zh: "类别", en: "kind")
    /// Heading.
    public static let address = Text(zh: "地址", en: "address")
    /// Heading.
    public static let count = Text(zh: "数量", en: "count")
    /// Heading.
    public static let boundary = Text(zh: "辖区", en: "boundary")
    /// Heading.
    public static let contact = Text(zh: "毗邻方式", en: "contact")
    /// How two areas or two buildings touch, by the word that answers in JSON have for it.
    public static func contact(_ word: String) -> Text {
        let zh = [
            "land": "陆接", "bridge": "桥连", "water": "隔水相望", "corner": "点接", "wall": "共墙", "point": "点接",
            "gap": "间隙", "overlap": "重叠",
        ]
        return Text(zh: zh[word] ?? word, en: word)
    }
    /// What sort of thing `check` found, by the word that stands in JSON.
    public static func problem(_ word: String) -> Text {
        let zh = ["invalid": "图形无效", "overlap": "重叠", "gap": "缝隙", "duplicate": "重复", "unlocated": "无属地"]
        return Text(zh: zh[word] ?? word, en: word)
    }

    /// Between the names of a list.
    public static let listSeparator = Text(zh: "、", en: ", ")
    /// Heading.
    public static let sharedBorder = Text(zh: "公共边界（米）", en: "shared border (m)")
    /// Heading.
    public static let waterShare = Text(zh: "水上占比", en: "water share")
    /// Heading.
    public static let gap = Text(zh: "间隙（米）", en: "gap (m)")
    /// Heading.
    public static let bridges = Text(zh: "桥梁", en: "bridges")
    /// Heading.
    public static let read = Text(zh: "读取", en: "read")
    /// Heading.
    public static let added = Text(zh: "新增", en: "added")
    /// Heading.
    public static let changed = Text(zh: "变更", en: "changed")
    /// Heading.
    public static let unchanged = Text(zh: "未变", en: "unchanged")
    /// Heading.
    public static let ended = Text(zh: "终止", en: "ended")
    /// Heading.
    public static let repaired = Text(zh: "修复", en: "repaired")
    /// Heading.
    public static let rejected = Text(zh: "拒收", en: "rejected")
    /// Heading.
    public static let incomplete = Text(zh: "不完整", en: "incomplete")
    /// Heading.
    public static let reason = Text(zh: "原因", en: "reason")
    /// Heading.
    public static let repairCommand = Text(zh: "修复命令", en: "repair")
    /// Heading.
    public static let problem = Text(zh: "问题", en: "problem")
    /// Heading.
    public static let file = Text(zh: "文件", en: "file")
    /// Heading.
    public static let crs = Text(zh: "坐标系", en: "CRS")
    /// Heading.
    public static let importedAt = Text(zh: "导入时间", en: "imported at")
}

extension Text {
    /// Heading.
    public static let areaBefore = Text(zh: "修复前面积（平方米）", en: "area before (m²)")
    /// Heading.
    public static let areaAfter = Text(zh: "修复后面积（平方米）", en: "area after (m²)")
    /// Nothing is invalid.
    public static let nothingToRepair = Text(zh: "没有需要修复的图形", en: "nothing to mend")
}
