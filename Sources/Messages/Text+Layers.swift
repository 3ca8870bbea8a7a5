extension Text {
    // MARK: - Shapefiles

    /// A Shapefile is several files.
    public static let shapefileNeedsFile = Text(
        zh: "Shapefile 由多个文件组成，不能写到标准输出", en: "a Shapefile is several files: it cannot be standard output")
    /// How to name it.
    public static let giveShapefile = Text(zh: "请加 -o 文件.shp", en: "add -o FILE.shp")

    /// More than programs read.
    public static func shapefileTooLarge(_ path: String) -> Text {
        Text(zh: "\(path) 将超过 Shapefile 的 2 GB 上限，未写出任何文件", en: "\(path) would exceed the 2 GB of a Shapefile; no file was written")
    }
    /// What to do about it.
    public static let splitOrGeoPackage = Text(
        zh: "请用 --in 或 --bbox 分批导出，或改用 .gpkg、.fgb", en: "export parts with --in or --bbox, or write .gpkg or .fgb")

    /// Several kinds of shapes became several files.
    public static func shapefileKinds(_ files: String) -> Text {
        Text(
            zh: "一个 Shapefile 只能放一种几何类型，已分为：\(files)", en: "a Shapefile holds one kind of geometry; there are: \(files)")
    }

    /// Fields that have other names in the table.
    public static func shapefileFields(_ list: String, _ path: String) -> Text {
        Text(zh: "字段名（最多 10 字节）：\(list)；对照表见 \(path)", en: "column names (ten bytes at most): \(list); kept in \(path)")
    }

    /// Columns beyond the most.
    public static func shapefileColumnsLeftOut(_ count: Int, most: Int) -> Text {
        Text(zh: "超出 \(most) 列的 \(count) 个字段未写出", en: "\(count) fields beyond the \(most) columns of a table were left out")
    }

    /// Texts that did not fit.
    public static func shapefileTextsCut(_ count: Int, bytes: Int) -> Text {
        Text(zh: "\(count) 处文字超过 \(bytes) 字节，已截断", en: "\(count) texts of more than \(bytes) bytes were cut")
    }

    /// Characters that GBK does not have.
    public static func shapefileCharactersReplaced(_ count: Int) -> Text {
        Text(
            zh: "GBK 没有的 \(count) 个字符已写作“?”；要保留请去掉 --encoding gbk",
            en: "\(count) characters that GBK does not have were written as ?; leave out --encoding gbk to keep them")
    }

    /// Numbers with too many decimals.
    public static func shapefileNumbersRounded(_ count: Int) -> Text {
        Text(zh: "\(count) 个数值的小数位过多，已舍入", en: "\(count) numbers with too many decimals were rounded")
    }
}
