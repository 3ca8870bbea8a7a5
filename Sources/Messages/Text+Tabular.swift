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
