extension Text {
    /// A record has no geometry.
    public static let noGeometry = Text(zh: "没有几何图形", en: "no geometry")

    /// A file of no bytes.
    public static func fileIsEmpty(_ path: String) -> Text {
        path == "-"
            ? Text(zh: "标准输入没有内容", en: "standard input is empty")
            : Text(zh: "文件 \(path) 是空的", en: "\(path) is empty")
    }

    /// What `-` stands for.
    public static let standardInput = Text(zh: "标准输入", en: "standard input")

    /// What comes through a pipe found no room on disk.
    public static func spoolFailed(_ input: Text, _ folder: String, _ reason: Text) -> Text {
        Text(
            zh: "无法把\(input.zh)暂存到 \(folder)（\(reason.zh)）",
            en: "\(input.en) could not be kept in \(folder) (\(reason.en))")
    }

    /// What to do about it.
    public static let checkSource = Text(zh: "请检查来源，或重新下载", en: "check where it comes from, or fetch it again")

    /// A record's geometry has a type that its layer does not hold.
    public static func wrongGeometryType(_ type: String, _ layer: Text) -> Text {
        Text(zh: "“\(layer.zh)”图层不接受 \(type)", en: "\(layer.en) are no \(type)")
    }

    /// A coordinate lies outside the world.
    public static func outsideTheWorld(_ x: Double, _ y: Double) -> Text {
        Text(
            zh: "坐标 (\(x), \(y)) 超出经纬度范围", en: "coordinate (\(x), \(y)) is outside the range of longitude and latitude")
    }

    /// Coordinates that the declared CRS does not know.
    public static let noImage = Text(
        zh: "坐标不在所声明坐标系的范围内", en: "a coordinate has no meaning in the declared coordinate system")

    /// A geometry is no well-known binary.
    public static let damagedGeometry = Text(zh: "几何数据已损坏", en: "the geometry is damaged")

    /// A geometry could not be made valid.
    public static func cannotRepair(_ reason: Text) -> Text {
        Text(zh: "图形无效且无法修复：\(reason.zh)", en: "invalid and beyond repair: \(reason.en)")
    }

    /// A geometry is invalid and is not to be repaired.
    public static func invalidGeometry(_ reason: Text) -> Text {
        Text(zh: "图形无效：\(reason.zh)", en: "invalid geometry: \(reason.en)")
    }

    /// An import met an invalid record and was told to stop.
    public static func abortedAtInvalid(_ file: String, _ position: Text, _ reason: Text) -> Text {
        Text(zh: "\(file) \(position.zh)：\(reason.zh)", en: "\(file), \(position.en): \(reason.en)")
    }

    /// What to do about invalid records.
    public static let useRepair = Text(
        zh: "可改用 --on-invalid repair 或 reject", en: "use --on-invalid repair or reject to go on")

    /// A place in a source: a line.
    public static func atLine(_ number: Int) -> Text { Text(zh: "第 \(number) 行", en: "line \(number)") }

    /// A place in a source: a byte.
    public static func atByte(_ number: Int) -> Text { Text(zh: "第 \(number) 字节处", en: "byte \(number)") }

    /// A place in a source: a record.
    public static func atRecord(_ number: Int) -> Text { Text(zh: "第 \(number) 条记录", en: "record \(number)") }

    /// A key column that a record does not have.
    public static func noKey(_ column: String) -> Text {
        Text(zh: "缺少作为编号的列“\(column)”", en: "the key column \"\(column)\" is missing or empty")
    }

    /// Boundaries came without a level.
    public static func boundariesWithoutLevel(_ file: String, _ count: Int) -> Text {
        Text(
            zh: "\(file) 有 \(count) 个辖区没有层级；请加 --level province|city|district|subdistrict|community|grid",
            en: "\(count) boundaries of \(file) have no level; "
                + "add --level province|city|district|subdistrict|community|grid")
    }

    /// Records of a file are the same things as records of other files, by ref
    /// and by place or name, and replaced them.
    public static func refsAdopted(_ file: String, _ count: Int) -> Text {
        Text(
            zh: "\(file) 有 \(count) 条记录与其他来源的记录编号相同，位置或名称也一致，已作为同一对象更新",
            en: "\(count) records of \(file) carry refs of other sources' records and their place or name too: "
                + "they were taken as new versions of them")
    }

    /// Records were not taken because their refs belong to records of other sources.
    public static func refsTaken(_ file: String, _ count: Int) -> Text {
        Text(
            zh: "\(file) 有 \(count) 条记录与其他来源的记录编号相同、内容不同，未导入；若是同一对象的新版本，请加 --key 编号字段（如 --key id）再导入",
            en: "\(count) records of \(file) carry refs of other sources' records and differ from them: they were not "
                + "taken; if they are new versions of the same things, import again with --key and the ref's field "
                + "(--key id, say)")
    }

    /// The ref is made of fields, not set.
    public static let refCannotBeSet = Text(zh: "编号不能用 --set 设定", en: "the ref cannot be set to a constant")
    /// How a ref is chosen.
    public static let useKey = Text(zh: "请用 --key 指定作为编号的字段", en: "name the fields that make it with --key")

    /// The levels of the administrative chain, the province first.
    public static let levels = [
        Text(zh: "省级", en: "province"), Text(zh: "地级", en: "city"), Text(zh: "县级", en: "district"),
        Text(zh: "乡级", en: "subdistrict"), Text(zh: "社区（村）", en: "community"), Text(zh: "网格", en: "grid"),
    ]
}

extension Text {
    /// Nothing tells which layer a file is for.
    public static func layerUnknown(_ path: String) -> Text {
        Text(zh: "无法判断 \(path) 属于哪个图层", en: "nothing tells which layer \(path) is for")
    }

    /// How to name a layer.
    public static let nameLayer = Text(
        zh: "请加 --layer building|boundary|zone|station|street|water",
        en: "add --layer building|boundary|zone|station|street|water")

    /// A file was taken to be in WGS 84 because nothing said otherwise.
    public static func crsAssumed(_ path: String) -> Text {
        Text(
            zh: "\(path) 未注明坐标系，按 WGS 84 读取；来自高德、腾讯请加 --crs gcj02，来自百度请加 --crs bd09",
            en: "\(path) names no coordinate system: taken as WGS 84; for data from Amap or Tencent add --crs gcj02, "
                + "from Baidu --crs bd09")
    }

    /// What was wrong, and where.
    public func at(_ longitude: Double, _ latitude: Double) -> Text {
        Text(zh: "\(zh)（位于 \(longitude), \(latitude)）", en: "\(en) at \(longitude), \(latitude)")
    }
}
