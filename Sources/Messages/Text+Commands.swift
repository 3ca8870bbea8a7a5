extension Text {
    /// A language that is not spoken.
    public static func unknownLanguage(_ name: String) -> Text {
        Text(zh: "不支持语言“\(name)”，可用 zh、en", en: "no language \"\(name)\"; there are zh and en")
    }

    /// A word that an option does not know.
    public static func unknownChoice(_ option: String, _ word: String, _ known: String) -> Text {
        Text(zh: "\(option) 不认识“\(word)”，可用 \(known)", en: "\(option) does not know \"\(word)\"; there are \(known)")
    }

    /// A distance that is none.
    public static func badDistance(_ option: String, _ text: String) -> Text {
        Text(
            zh: "\(option) 的“\(text)”不是距离，请写 500、500m 或 1.2km",
            en: "\(option): \"\(text)\" is no distance; write 500, 500m or 1.2km")
    }

    /// A first word that is no verb.
    public static func noSuchVerb(_ text: String) -> Text {
        Text(zh: "没有命令“\(text)”", en: "no command \"\(text)\"")
    }
    /// Which verbs there are.
    public static func knownVerbs(_ list: String) -> Text { Text(zh: "可用：\(list)", en: "there are: \(list)") }

    /// An assignment without a column.
    public static func noColumn(_ text: String) -> Text {
        Text(zh: "“\(text)”缺少列名，请写 列=值", en: "\"\(text)\" names no column; write column=value")
    }

    /// A GeoPackage cannot be standard output.
    public static let needsOutputFile = Text(
        zh: "GeoPackage 不能写到标准输出", en: "a GeoPackage cannot be written to standard output")
    /// Tables tell positions in WGS 84 only.
    public static let tableIsWGS84 = Text(
        zh: "表格中的经纬度只能是 WGS 84", en: "a table tells positions in WGS 84 only")
    /// What to do about it.
    public static let leaveOutCRS = Text(
        zh: "请去掉 --crs，或改用 .geojson、.csv、.shp、.fgb", en: "leave out --crs, or write .geojson, .csv, .shp or .fgb")
    /// How to name an output.
    public static let giveOutput = Text(zh: "请加 -o 文件.gpkg", en: "add -o FILE.gpkg")

    /// An answer would replace what it is made of.
    public static func outputIsInput(_ path: String) -> Text {
        Text(zh: "\(path) 正是要读取的文件，不能用结果覆盖它", en: "\(path) is read for this answer and cannot be replaced by it")
    }
    /// What to do about it.
    public static let nameAnother = Text(zh: "请用 -o 写到另一个文件", en: "name another file with -o")
    /// An ending of a form that is not written.
    public static func unwrittenForm(_ ending: String) -> Text {
        Text(zh: "不能写出 .\(ending) 文件", en: "no .\(ending) files are written")
    }
    /// The endings of forms that are.
    public static let writtenForms = Text(
        zh: "可用 .json、.geojson、.geojsonl、.csv、.xlsx、.gpkg、.shp、.fgb、.kml、.html、.txt",
        en: "there are .json, .geojson, .geojsonl, .csv, .xlsx, .gpkg, .shp, .fgb, .kml, .html, .txt"
    )
    /// Answers are not packed.
    public static let packElsewhere = Text(
        zh: "不压缩输出；请去掉 -o，改用 | gzip > 文件", en: "answers are not packed: leave out -o and add | gzip > FILE")
    /// An output without a name.
    public static let emptyOutput = Text(zh: "-o 缺少文件名", en: "-o names no file")

    /// Nothing to import.
    public static let noFiles = Text(zh: "没有要导入的文件", en: "no files to import")
    /// Totals without a level.
    public static let sumNeedsPer = Text(
        zh: "--sum 需要 --per 层级", en: "--sum needs --per with a level, say --per subdistrict")
    /// A limit below one.
    public static let topBelowOne = Text(zh: "--top 至少为 1", en: "--top is at least 1")
    /// Neither a place nor all.
    public static let placeOrAll = Text(zh: "请给出地点，或 --all", en: "give a place, or --all")
    /// Both a place and all.
    public static let placeAndAll = Text(zh: "地点与 --all 只能选一个", en: "give a place or --all, not both")

    /// Nothing to show.
    public static let nothing = Text(zh: "没有结果", en: "nothing")
    /// A search without a hit.
    public static func nothingFound(_ text: String) -> Text {
        Text(zh: "没有找到“\(text)”", en: "nothing is called \"\(text)\"")
    }
    /// Nothing near.
    public static let nothingNear = Text(zh: "附近没有符合条件的记录", en: "nothing that fits is near")
    /// No rows.
    public static let nothingHere = Text(zh: "没有符合条件的记录", en: "no rows fit")
    /// No neighbours.
    public static let noNeighbours = Text(zh: "没有邻居", en: "no neighbours")
    /// A place outside all boundaries.
    public static let inNoBoundary = Text(zh: "（不在任何辖区内）", en: "(in no boundary)")
    /// Nothing was imported.
    public static let nothingImported = Text(zh: "没有记录", en: "no records")
    /// A trial run.
    public static let dryRun = Text(zh: "试运行：没有保存任何更改", en: "dry run: nothing was kept")
    /// Above the list of repairs.
    public static let repairsTitle = Text(zh: "修复的图形（面积变化）：", en: "Mended (area before → after):")
    /// Above the list of rejections.
    public static let rejectionsTitle = Text(
        zh: "拒收的记录（存于 rejected_record）：", en: "Rejected (kept in rejected_record):")

    /// Records so far.
    public static func recordsSoFar(_ count: Int) -> Text { Text(zh: "\(count) 条", en: "\(count) records") }
    /// An export is done.
    public static func exported(_ count: Int, _ path: String) -> Text {
        Text(zh: "已导出 \(count) 条到 \(path)", en: "\(count) records written to \(path)")
    }

    /// Exact edges explain little of an outline.
    public static func littleExplained(_ percent: Int, _ tolerance: String, _ servingMeters: Double?) -> Text {
        let serving = servingMeters.map { "\(Int($0.rounded(.up)))m" }
        return Text(
            zh: "容差 \(tolerance) 只解释了轮廓的 \(percent)%" + (serving.map { "；试试 --tolerance \($0)" } ?? "；周边可能缺少辖区数据"),
            en: "a tolerance of \(tolerance) explains \(percent) % of the outline"
                + (serving.map { "; try --tolerance \($0)" } ?? "; areas around it may be missing"))
    }

    /// Water and bridges lie beside a border, beyond the tolerance.
    public static func terrainBeyond(_ names: String, _ tolerance: String, _ meters: Int) -> Text {
        Text(
            zh: "与 \(names) 的界线画在水域或桥梁旁边，容差 \(tolerance) 够不到；试试 --tolerance \(meters)m",
            en: "water and bridges along the border with \(names) lie beyond \(tolerance); try --tolerance \(meters)m")
    }

    /// A tolerance that is no tolerance.
    public static let toleranceTooLarge = Text(
        zh: "--tolerance 与 --gap 最大 10km", en: "--tolerance and --gap are at most 10km")

    /// Heading.
    public static let what = Text(zh: "项目", en: "what")
    /// Heading.
    public static let position = Text(zh: "位置", en: "position")
    /// Heading.
    public static let building = Text(zh: "楼宇", en: "building")
    /// Heading.
    public static let zone = Text(zh: "片区", en: "zone")
    /// Heading.
    public static let sharedWall = Text(zh: "共墙（米）", en: "party wall (m)")
    /// Heading.
    public static let firstOfPair = Text(zh: "甲", en: "a")
    /// Heading.
    public static let secondOfPair = Text(zh: "乙", en: "b")
    /// Heading.
    public static let firstID = Text(zh: "甲标识", en: "a id")
    /// Heading.
    public static let secondID = Text(zh: "乙标识", en: "b id")
    /// Heading.
    public static let extent = Text(zh: "范围", en: "extent")
    /// Heading.
    public static let extentArea = Text(zh: "范围面积（平方公里）", en: "extent (km²)")
}
