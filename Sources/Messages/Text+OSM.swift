extension Text {
    /// OSM data came from a pipe.
    public static let osmNeedsFile = Text(
        zh: "OSM 数据要读两遍，不能从标准输入或管道读取",
        en: "OSM data is read twice and cannot come from standard input or a pipe")

    /// What to do with OSM data from a pipe.
    public static let osmSaveFirst = Text(zh: "请先存为文件再导入", en: "save it as a file first")

    /// A file holds no OSM data.
    public static func osmUnknown(_ path: String) -> Text {
        Text(zh: "\(path) 不是 OSM 数据", en: "\(path) is no OSM data")
    }

    /// Which OSM formats are read.
    public static let osmFormats = Text(
        zh: "可读取 .osm.pbf、.osm、.osm.gz 和 .osm.bz2", en: "readable are .osm.pbf, .osm, .osm.gz and .osm.bz2")

    /// An OSM file is damaged, and how.
    public static func osmDamaged(_ path: String, _ reason: String) -> Text {
        let detail = reason.isEmpty ? "" : reason
        return Text(
            zh: detail.isEmpty ? "OSM 文件 \(path) 已损坏" : "OSM 文件 \(path) 已损坏（\(detail)）",
            en: detail.isEmpty ? "the OSM file \(path) is damaged" : "the OSM file \(path) is damaged (\(detail))")
    }

    /// What to do with a damaged OSM file.
    public static let osmFetchAgain = Text(zh: "请重新下载该文件", en: "download the file again")

    /// An OSM file holds changes or several versions of its objects.
    public static func osmHistory(_ path: String) -> Text {
        Text(
            zh: "\(path) 是 OSM 变更或历史文件，不是某一时刻的地图",
            en: "\(path) holds OSM changes or history, not the map of one moment")
    }

    /// What to do with an OSM history.
    public static let osmSnapshot = Text(
        zh: "请改用普通的 .osm 或 .osm.pbf 数据", en: "use a plain .osm or .osm.pbf extract")

    /// A file unpacks to far more than a map of its size would.
    public static func osmBursting(_ path: String) -> Text {
        Text(
            zh: "\(path) 解开后的数据量与文件大小不相称，不像正常的地图",
            en: "\(path) unpacks to far more than a map of its size would")
    }

    /// Memory has run out while reading.
    public static func outOfMemory(_ path: String) -> Text {
        Text(zh: "读取 \(path) 时内存不足", en: "memory ran out while reading \(path)")
    }

    /// A node without a valid location.
    public static let osmNoLocation = Text(zh: "没有有效坐标", en: "no valid coordinates")

    /// A way lacks nodes.
    public static func osmMissingNodes(_ count: Int) -> Text {
        Text(zh: "不完整：文件中缺少 \(count) 个节点", en: "incomplete: the file lacks \(count) of its nodes")
    }

    /// A relation lacks member ways, or nodes of them.
    public static func osmMissingMembers(ways: Int, nodes: Int) -> Text {
        nodes == 0
            ? Text(
                zh: "不完整：文件中缺少 \(ways) 条成员路径", en: "incomplete: the file lacks \(ways) of its member ways")
            : Text(
                zh: "不完整：文件中缺少 \(ways) 条成员路径、\(nodes) 个节点",
                en: "incomplete: the file lacks \(ways) of its member ways and \(nodes) nodes")
    }

    /// An outline does not end where it begins.
    public static let osmOpenOutline = Text(zh: "轮廓没有闭合", en: "the outline is not closed")

    /// A line of one node or none.
    public static let osmTooFewNodes = Text(zh: "少于两个节点，不成线", en: "fewer than two nodes make no line")

    /// Member ways that make no area.
    public static let osmNoArea = Text(
        zh: "成员路径没有闭合或相互交叉，不成面", en: "the member ways are open or cross each other and make no area")
}
