extension Text {
    /// Something in a file goes on longer than a record may.
    public static func endlessRecord(_ path: String, bytes: Int) -> Text {
        Text(
            zh: "\(path) 中有一处内容超过 \(bytes >> 20) MB 仍未结束",
            en: "something in \(path) has not ended after \(bytes >> 20) MB")
    }

    /// A file is no JSON at all.
    public static func notJSON(_ path: String) -> Text {
        Text(zh: "\(path) 不是 JSON 文件", en: "\(path) is no JSON file")
    }

    /// What to give instead of a file that is no JSON.
    public static let giveGeoJSON = Text(
        zh: "请提供 GeoJSON 文件，内容应以 { 或 [ 开头", en: "give a GeoJSON file; it begins with { or [")

    /// A "crs" member that is not understood.
    public static func unknownDeclaredCRS(_ path: String, _ crs: String) -> Text {
        Text(zh: "无法识别 \(path) 声明的坐标系（\(crs)）", en: "the crs that \(path) declares is unknown (\(crs))")
    }

    /// A "crs" member behind the features, or a second one that differs.
    public static func lateDeclaredCRS(_ path: String) -> Text {
        Text(
            zh: "\(path) 的坐标系声明与已读取的要素不一致，或写在要素之后",
            en: "\(path) declares its crs behind its features, or declares two")
    }

    /// How to name the CRS.
    public static let giveCRS = Text(zh: "请用 --crs 指明坐标系", en: "name the coordinate system with --crs")

    /// The file ends inside of something.
    public static let fileIsCut = Text(zh: "文件不完整，到此中断", en: "the file is cut off here")

    /// A line that ends in a string.
    public static let unclosedString = Text(zh: "文本缺少右引号", en: "a text has no closing quote")

    /// A record whose brackets do not close.
    public static let unclosedRecord = Text(zh: "括号没有配对", en: "a bracket is not closed")

    /// A record longer than allowed.
    public static func recordTooLarge(bytes: Int) -> Text {
        Text(zh: "单条记录超过 \(bytes) 字节", en: "the record is longer than \(bytes) bytes")
    }

    /// A comma before, behind or between two others.
    public static let misplacedComma = Text(zh: "多余的逗号", en: "a comma too many")

    /// Two elements with nothing between.
    public static let missingComma = Text(zh: "与前一条记录之间缺少逗号", en: "no comma between this and the record before")

    /// Something where a record should begin.
    public static let unexpectedCharacter = Text(zh: "此处不应有这些内容", en: "this does not belong here")

    /// The line inside a record.
    public func atLine(_ line: Int?) -> Text {
        guard let line else { return self }
        return Text(zh: "\(zh)（第 \(line) 行）", en: "\(en) (line \(line))")
    }

    /// A collection inside of another.
    public static let nestedCollection = Text(
        zh: "FeatureCollection 里不能再有 FeatureCollection", en: "a FeatureCollection inside of another")

    /// Bytes that are no UTF-8.
    public static let notUTF8 = Text(zh: "文字编码不是 UTF-8", en: "the text is not UTF-8")

    /// A string with a wrong escape, or without end.
    public static let badString = Text(zh: "文本的引号或转义有误", en: "a text with a wrong escape or no closing quote")

    /// A number that is none, or too large for a coordinate.
    public static let badNumber = Text(zh: "数值格式有误或超出范围", en: "a number that is malformed or too large")

    /// Nesting deeper than allowed.
    public static let tooDeep = Text(zh: "嵌套过深", en: "nested too deeply")

    /// Something behind the end of a record.
    public static let trailingText = Text(zh: "记录之后还有多余内容", en: "there is something behind the record")

    /// A record that does not fit into memory.
    public static let noMemory = Text(zh: "内存不足，无法读取这条记录", en: "not enough memory for the record")

    /// More field names than allowed.
    public static let tooManyKeys = Text(zh: "字段名种类过多", en: "too many different names of properties")

    /// A record that is no object.
    public static let notAnObject = Text(zh: "记录不是 JSON 对象", en: "the record is no JSON object")

    /// JSON that breaks the grammar.
    public static let badSyntax = Text(zh: "JSON 语法有误", en: "malformed JSON")
}
