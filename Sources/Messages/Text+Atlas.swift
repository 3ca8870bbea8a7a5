extension Text {
    /// Nothing has that name, id or ref.
    public static func noSuchPlace(_ name: String) -> Text {
        Text(zh: "找不到“\(name)”", en: "no such place: \(name)")
    }

    /// How places are named.
    public static let howToName = Text(
        zh: "可用 经度,纬度、编号、building/42 或名称；louyu find 可按部分文字查找",
        en: "give lon,lat, a ref, building/42 or a name; louyu find looks for parts of names")

    /// A record of another layer than the question is about.
    public static func wrongLayer(_ name: String, _ layer: Text) -> Text {
        Text(zh: "\(name) 属于“\(layer.zh)”图层", en: "\(name) is one of the \(layer.en)")
    }

    /// The layers that a question is about.
    public static func layersWanted(_ layers: [Text]) -> Text {
        Text(
            zh: "这里要的是：" + layers.map(\.zh).joined(separator: "、"),
            en: "wanted here: " + layers.map(\.en).joined(separator: ", "))
    }

    /// A question of service that finds stations of several kinds.
    public static func severalKinds(_ kinds: [String]) -> Text {
        Text(
            zh: "服务站点有 \(kinds.count) 个类别：\(kinds.joined(separator: "、"))",
            en: "there are stations of \(kinds.count) kinds: \(kinds.joined(separator: ", "))")
    }

    /// How to say which kind.
    public static func giveKind(_ example: String) -> Text {
        Text(zh: "请用 --kind 选定一类，例如 --kind \(example)", en: "pick one, say --kind \(example)")
    }

    /// A layer whose records are of no kind.
    public static func hasNoKinds(_ layer: Text) -> Text {
        Text(zh: "“\(layer.zh)”图层没有类别", en: "\(layer.en) are of no kind")
    }

    /// The layers whose records are of a kind.
    public static func kindsAreOf(_ layers: [Text]) -> Text {
        Text(
            zh: "--kind 用于" + layers.map(\.zh).joined(separator: "、"),
            en: "--kind is for " + layers.map(\.en).joined(separator: " and "))
    }

    /// A kind of which there is nothing.
    public static func noSuchKind(_ kind: String, _ known: [String]) -> Text {
        Text(
            zh: "没有类别“\(kind)”" + (known.isEmpty ? "" : "；已有：" + known.joined(separator: "、")),
            en: "nothing is of kind \(kind)" + (known.isEmpty ? "" : "; there are: " + known.joined(separator: ", ")))
    }

    /// Areas of several levels cannot border each other.
    public static func levelNeeded(_ levels: [Text]) -> Text {
        Text(
            zh: "辖区有多个层级：" + levels.map(\.zh).joined(separator: "、"),
            en: "there are boundaries of several levels: " + levels.map(\.en).joined(separator: ", "))
    }

    /// How to say which level.
    public static let giveLevel = Text(
        zh: "请加 --level province|city|district|subdistrict|community|grid",
        en: "add --level province|city|district|subdistrict|community|grid")

    /// Several things have that name.
    public static func severalPlaces(_ name: String, _ count: Int, _ list: String) -> Text {
        Text(zh: "“\(name)”有 \(count) 处：\(list)", en: "\"\(name)\" is the name of \(count): \(list)")
    }

    /// How to tell namesakes apart.
    public static let tellApart = Text(
        zh: "请写 上级/名称，或用括号里的编号", en: "write parent/name, or use an id in brackets")

    /// Coordinates seem to be in the wrong order.
    public static func tryCoordinates(_ x: Double, _ y: Double) -> Text {
        Text(zh: "次序似乎颠倒，请写 \(x),\(y)", en: "the order looks swapped: write \(x),\(y)")
    }

    /// The order of coordinates.
    public static let lonLatOrder = Text(zh: "请写 经度,纬度", en: "write longitude,latitude")

    /// A record without geometry.
    public static let noPosition = Text(zh: "该记录没有位置", en: "that record has no position")
}

extension Text {
    /// A column that a layer does not have.
    public static func noSuchColumn(_ name: String, _ layer: Text) -> Text {
        Text(zh: "“\(layer.zh)”图层没有列“\(name)”", en: "\(layer.en) have no column \"\(name)\"")
    }

    /// A column that cannot be summed.
    public static func noNumbers(_ name: String) -> Text {
        Text(zh: "列“\(name)”不是数字，不能求和", en: "\"\(name)\" holds no numbers to sum")
    }

    /// Values that are in no sum.
    public static func unreadableNumbers(_ name: String, _ count: Int) -> Text {
        Text(
            zh: "列“\(name)”有 \(count) 个值不是数字，未计入合计",
            en: count == 1
                ? "1 value of \"\(name)\" is no number and in no sum"
                : "\(count) values of \"\(name)\" are no numbers and in no sum")
    }

    /// What can be summed.
    public static let sumNumbers = Text(
        zh: "请用数字列，例如 --sum 建筑面积", en: "name a column of numbers, say --sum floor_area_m2")

    /// Columns that were probably meant.
    public static func alikeColumns(_ names: [String]) -> Text {
        Text(
            zh: "是否想写 " + names.joined(separator: "、") + "？",
            en: "did you mean " + names.joined(separator: " or ") + "?")
    }

    /// The columns that exist.
    public static func knownColumns(_ list: String) -> Text { Text(zh: "可用：\(list)", en: "there are: \(list)") }

    /// How text is written, for a name that may have been meant as text, and
    /// the hint for names.
    public static func textNeedsQuotes(_ text: String, or hint: Text) -> Text {
        let quoted = "'" + text.replacing("'", with: "''") + "'"
        return Text(
            zh: "若是文本，请用英文单引号写成 \(quoted)；\(hint.zh)",
            en: "if it is a text, write \(quoted) in single quotes; \(hint.en)")
    }
}

extension Text {
    /// A finding: outside all boundaries.
    public static let inNoBoundaryReason = Text(zh: "不在任何辖区内", en: "lies in no boundary")

    /// A finding: a duplicate.
    public static func sameAs(_ ref: String) -> Text {
        Text(zh: "与 \(ref) 图形和名称相同", en: "same geometry and name as \(ref)")
    }

    /// A finding: two areas overlap.
    public static func overlaps(_ name: String, _ squareMeters: Double) -> Text {
        Text(
            zh: "与 \(name) 重叠 \(Int(squareMeters.rounded())) 平方米",
            en: "overlaps \(name) by \(Int(squareMeters.rounded())) m²")
    }

    /// A finding: ground that belongs to nobody.
    public static func gapBetween(_ level: Text, _ squareMeters: Double) -> Text {
        Text(
            zh: "\(level.zh)辖区之间有 \(Int(squareMeters.rounded())) 平方米缝隙",
            en: "\(Int(squareMeters.rounded())) m² between areas of level \(level.en) belong to none")
    }
}
