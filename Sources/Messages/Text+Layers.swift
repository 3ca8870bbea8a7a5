extension Text {
    // MARK: - Shapefiles

    /// A Shapefile is several files.
    public static let shapefileNeedsFile = Text(
        zh: "Shapefile 由多个文件组成，不能写到标准输出", en: "a Shapefile is several files: it cannot be standard output")
    /// How to name it.
    public static let giveShapefile = Text(zh: "请加 -o 文件.shp", en: "add -o FILE.shp")

    /// More than programs read.
    public static func shapefileTooLarge(_ path: String) -> Text {
        Text(
            zh: "\(path) 将超过 Shapefile 的 2 GB 上限，未写出任何文件",
            en: "\(path) would exceed the 2 GB of a Shapefile; no file was written")
    }
    /// What to do about it.
    public static let splitOrGeoPackage = Text(
        zh: "请用 --in 或 --bbox 分批导出，或改用 .gpkg、.fgb", en: "export parts with --in or --bbox, or write .gpkg or .fgb")

    /// Several kinds of shapes became several files.
    public static func shapefileKinds(_ files: String) -> Text {
        Text(
            zh: "一个 Shapefile 只能放一种几何类型，已分为：\(files)", en: "a Shapefile holds one kind of geometry; there are: \(files)"
        )
    }

    /// Fields that have other names in the table.
    public static func shapefileFields(_ list: String, _ path: String) -> Text {
        Text(
            zh: "字段名（最多 10 字节）：\(list)；对照表见 \(path)",
            en: "column names (ten bytes at most): \(list); kept in \(path)")
    }

    /// Columns beyond the most.
    public static func shapefileColumnsLeftOut(_ count: Int, most: Int) -> Text {
        Text(
            zh: "超出 \(most) 列的 \(count) 个字段未写出",
            en: "\(count) fields beyond the \(most) columns of a table were left out")
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

    // MARK: - FlatGeobuf

    /// Features without geometry leave no index.
    public static func flatGeobufWithoutIndex(_ count: Int) -> Text {
        Text(
            zh: "\(count) 条没有位置，文件因此没有空间索引；加 --bbox 只导出有位置的即可",
            en:
                "\(count) features have no place, so the file has no spatial index; leave them out with --bbox to have one"
        )
    }

    // MARK: - Coordinate systems of files

    /// Positions that a system does not have.
    public static func withoutImage(_ count: Int, _ crs: String) -> Text {
        Text(
            zh: "\(count) 条在 \(crs) 中没有坐标，写出时不带图形",
            en:
                "\(count) features have a position that \(crs) has no coordinates for; they were written without geometry"
        )
    }

    /// KML knows one system.
    public static let kmlIsWGS84 = Text(zh: "KML 只能以 WGS 84 写出", en: "KML is written in WGS 84 only")
    /// These files hold easting or longitude first.
    public static let fileIsEastingFirst = Text(
        zh: "这种文件的坐标总是东向（经度）在前", en: "files of this form hold easting or longitude first")
    /// What to do about it.
    public static let leaveOutAxisOrder = Text(
        zh: "请去掉 --crs 中的 /northing-first", en: "leave /northing-first out of --crs")

    /// A system that the catalogue of a GeoPackage cannot name.
    public static func geoPackageNeedsCode(_ name: String) -> Text {
        Text(zh: "\(name) 没有 EPSG 编号，GeoPackage 无法注明", en: "\(name) has no EPSG code, which a GeoPackage needs")
    }

    /// What the coordinates of a file are.
    public static func writtenInCRS(_ name: String, _ crs: String) -> Text {
        Text(zh: "坐标系：\(name)（\(crs)），东向（经度）在前", en: "coordinates: \(name) (\(crs)), easting or longitude first")
    }
    /// The same for the other order.
    public static func writtenNorthingFirst(_ name: String, _ crs: String) -> Text {
        Text(zh: "坐标系：\(name)（\(crs)），北向（纬度）在前", en: "coordinates: \(name) (\(crs)), northing or latitude first")
    }
    /// The file itself cannot say it.
    public static let crsNotInFile = Text(
        zh: "这种文件无法注明坐标系，交付时请另行说明", en: "the file itself cannot name it: say so when you hand it over")

    /// A zone by an extent that is none.
    public static let noExtentForZone = Text(zh: "没有可导出的位置，无法选定分带", en: "there is no position to choose a zone by")
    /// An extent outside of China's zones.
    public static let outsideOfZones = Text(
        zh: "数据超出 CGCS2000 三度带的范围（东经 73.5°–136.5°）",
        en: "the extent lies outside of CGCS2000's zones (73.5° to 136.5° E)")
    /// What to do about it.
    public static let nameZone = Text(zh: "请用 --crs 写明 EPSG 编号", en: "name an EPSG code with --crs")
    /// An extent over two zones.
    public static func overTwoZones(_ west: String, _ east: String) -> Text {
        Text(zh: "数据跨两个三度带：\(west) 与 \(east)", en: "the extent lies over two zones: \(west) and \(east)")
    }
    /// What to do about it.
    public static func chooseZone(_ crs: String) -> Text {
        Text(
            zh: "请选定其一，例如 --crs \(crs)，或用 --in、--bbox 分带导出",
            en: "choose one, say --crs \(crs), or export each part with --in or --bbox")
    }

    /// `--encoding` for a form that has none.
    public static let encodingIsOfShapefiles = Text(
        zh: "--encoding 只用于 Shapefile", en: "--encoding is for Shapefiles only")

    // MARK: - Workbooks

    /// More columns than a sheet has.
    public static func tooManyColumnsForSheet(_ count: Int) -> Text {
        Text(zh: "\(count) 列超过工作表的上限", en: "a sheet has no room for \(count) columns")
    }

    // MARK: - Answers kept in the atlas

    /// A name that no layer can have.
    public static func badSavedLayerName(_ name: String) -> Text {
        Text(zh: "“\(name)”不能作图层名", en: "\"\(name)\" cannot be the name of a layer")
    }
    /// What names can be.
    public static let savedLayerNames = Text(
        zh: "图层名可用文字、数字、空格、- 和 _，最多 60 个字符", en: "names are made of letters, digits, spaces, - and _, 60 at most")
    /// A name that is the atlas's own.
    public static func reservedLayerName(_ name: String) -> Text {
        Text(zh: "“\(name)”是楼宇库自己的图层", en: "\"\(name)\" is a layer of the atlas itself")
    }
    /// A name of a table that no answer made.
    public static func layerNameTaken(_ name: String) -> Text {
        Text(zh: "楼宇库中已有“\(name)”，它不是 --save 写入的", en: "the atlas has a \"\(name)\" already, which --save did not make")
    }
    /// What to do about it.
    public static let chooseAnotherName = Text(zh: "请换一个名称", en: "choose another name")
    /// An answer of that name exists.
    public static func savedLayerExists(_ name: String) -> Text {
        Text(zh: "已有名为“\(name)”的保存结果", en: "an answer is kept as \"\(name)\" already")
    }
    /// An answer is kept.
    public static func layerSaved(_ name: String, _ count: Int, _ atlas: String) -> Text {
        Text(zh: "已把 \(count) 条存为 \(atlas) 的图层“\(name)”", en: "\(count) features kept as layer \"\(name)\" of \(atlas)")
    }
    /// `--save` beside another output.
    public static let saveIsAnOutput = Text(
        zh: "--save 不能与 -o、--format 同用", en: "--save does not go with -o or --format")
    /// `--save` for a verb without places.
    public static let nothingToSave = Text(
        zh: "这个命令的结果没有位置，不能存为图层", en: "the answer of this command has no places to keep as a layer")
    /// An option.
    public static let helpSave = Text(
        zh: "把结果连同样式存为楼宇库中的图层，供 QGIS 打开", en: "Keep the answer as a styled layer in the atlas, for QGIS")
    /// An option.
    public static let helpEncoding = Text(
        zh: "Shapefile 的文字编码：utf8（默认）或 gbk", en: "Texts of a Shapefile: utf8 (default) or gbk")
    /// A heading.
    public static let savedLayers = Text(zh: "保存的结果", en: "kept answers")
}
