extension Text {
    /// The cryptographic library is missing.
    public static let noCryptoLibrary = Text(
        zh: "缺少计算文件校验值所需的 libcrypto 库", en: "the library libcrypto, which checksums need, is missing")

    /// How to install it.
    public static let installCryptoLibrary = Text(
        zh: "请安装 libssl3（Debian、Ubuntu）", en: "install libssl3 (Debian, Ubuntu)")

    /// The cryptographic library refused.
    public static let hashFailed = Text(zh: "计算文件校验值失败", en: "computing the checksum failed")
}

// Text encodings.
extension Text {
    /// The system has no such encoding.
    public static func unknownEncoding(_ name: String) -> Text {
        Text(zh: "不支持的文字编码：\(name)", en: "unknown text encoding: \(name)")
    }

    /// Which encodings there are.
    public static let knownEncodings = Text(
        zh: "常用编码有 UTF-8、GB18030、UTF-16", en: "common ones are UTF-8, GB18030, UTF-16")

    /// Bytes that are no characters of the file's encoding.
    public static let undecodableText = Text(
        zh: "文字编码有误，无法完整读出", en: "the text has bytes that its encoding does not know")
}

// CSV.
extension Text {
    /// A table has no header.
    public static func noHeader(_ path: String) -> Text {
        Text(zh: "\(path) 没有可用的表头", en: "\(path) has no usable header row")
    }

    /// A header has more columns than a table may have.
    public static func tooManyColumns(_ path: String, most: Int) -> Text {
        Text(zh: "\(path) 的列数达到 \(most) 以上，不像是表格", en: "\(path) has \(most) columns or more, this looks like no table")
    }

    /// What a table needs.
    public static let headerNeeded = Text(
        zh: "表格第一行应为列名", en: "the first row must hold the column names")

    /// A named column is absent.
    public static func noSuchColumn(_ name: String) -> Text {
        Text(zh: "表中没有“\(name)”列", en: "the table has no column “\(name)”")
    }

    /// Which columns there are.
    public static func columnsAre(_ names: [String]) -> Text {
        Text(zh: "现有列：\(names.joined(separator: "、"))", en: "its columns are: \(names.joined(separator: ", "))")
    }

    /// A row is too long to be one.
    public static func rowTooLong(_ path: String, line: Int, limitMegabytes: Int) -> Text {
        Text(
            zh: "\(path) 第 \(line) 行超过 \(limitMegabytes) MB，不像是表格",
            en: "\(path), line \(line): a row longer than \(limitMegabytes) MB, this looks like no table")
    }

    /// A row has more values than there are columns.
    public static func tooManyValues(_ count: Int, columns: Int) -> Text {
        Text(zh: "该行有 \(count) 个值，而表头只有 \(columns) 列", en: "\(count) values for \(columns) columns")
    }

    /// A quotation mark is not closed.
    public static let unclosedQuote = Text(
        zh: "引号没有配对，无法确定该行到哪里结束", en: "a quotation mark is opened and never closed")

    /// A row has no coordinates.
    public static let missingCoordinates = Text(zh: "缺少坐标", en: "the coordinates are missing")

    /// A coordinate is no number.
    public static func invalidCoordinate(_ value: String) -> Text {
        Text(zh: "坐标“\(value)”不是有效数字", en: "the coordinate “\(value)” is no number")
    }

    /// A cell holds no geometry.
    public static func invalidGeometryText(_ value: String) -> Text {
        Text(zh: "无法识别的几何：\(value)", en: "this is no geometry: \(value)")
    }
}

// Shapefile.
extension Text {
    /// A path names no ordinary file.
    public static func notRegularFile(_ path: String) -> Text {
        Text(zh: "\(path) 不是普通文件", en: "\(path) is no ordinary file")
    }

    /// A file is no Shapefile.
    public static func noShapefile(_ path: String) -> Text {
        Text(zh: "\(path) 不是有效的 Shapefile", en: "\(path) is no Shapefile")
    }

    /// The attribute table of a Shapefile is damaged.
    public static func damagedTable(_ path: String) -> Text {
        Text(zh: "属性表 \(path) 已损坏", en: "the attribute table \(path) is damaged")
    }

    /// A shape's bytes do not make sense.
    public static let damagedShape = Text(zh: "图形数据已损坏", en: "the shape is damaged")

    /// A shape of a type that is not read.
    public static func unknownShapeType(_ type: Int) -> Text {
        Text(zh: "不支持的图形类型 \(type)", en: "shape type \(type) is not supported")
    }

    /// A polygon has too many rings within each other.
    public static let tooManyRings = Text(
        zh: "多边形的环过多、嵌套过于复杂", en: "the polygon has too many rings nested in each other")

    /// A row has no shape.
    public static let shapeMissing = Text(zh: "该记录只有属性，缺少图形", en: "the record has attributes but no shape")

    /// A shape has no row.
    public static let rowMissing = Text(zh: "该记录只有图形，缺少属性", en: "the record has a shape but no attributes")
}

// Formats.
extension Text {
    /// No reader knows the file and GDAL is not there.
    public static func unknownFormat(_ path: String) -> Text {
        Text(zh: "无法识别 \(path) 的格式", en: "the format of \(path) is not known")
    }

    /// What to install, and what is read without.
    public static let installGDAL = Text(
        zh: "安装 GDAL（Debian、Ubuntu：apt install gdal-bin；macOS：brew install gdal）后可读取更多格式；"
            + "可直接读取的有 GeoJSON、GeoPackage、CSV、JSON、Shapefile 和 OSM 文件",
        en: "install GDAL to read more formats (Debian, Ubuntu: apt install gdal-bin; macOS: brew install gdal); "
            + "GeoJSON, GeoPackage, CSV, JSON, Shapefile and OSM files are read without it")

    /// No reader knows the file, and GDAL does not either.
    public static func nobodyKnowsFormat(_ path: String) -> Text {
        Text(zh: "\(path) 不是地理数据文件，GDAL 也无法识别", en: "\(path) is no file of geographical data, nor does GDAL know it")
    }

    /// What can be read.
    public static let knownInputs = Text(
        zh: "可读取 GeoJSON、GeoPackage、CSV、JSON、Shapefile 和 OSM 文件",
        en: "GeoJSON, GeoPackage, CSV, JSON, Shapefile and OSM files are read")

    /// GDAL could not read the file.
    public static func conversionFailed(_ path: String, _ words: String) -> Text {
        Text(zh: "GDAL 无法读取 \(path)：\(words)", en: "GDAL cannot read \(path): \(words)")
    }

    /// A GeoPackage came where a stream was expected.
    public static func isGeoPackage(_ path: String) -> Text {
        Text(zh: "\(path) 是 GeoPackage，不能当作文本流读取", en: "\(path) is a GeoPackage, not a stream of text")
    }

    /// A format cannot be read from a pipe.
    public static func needsFile(_ path: String) -> Text {
        Text(zh: "\(path) 的格式不能从管道读取", en: "the format of \(path) cannot be read from a pipe")
    }

    /// What to do instead.
    public static let saveFirst = Text(zh: "请先存为文件再导入", en: "save it to a file first")
}
