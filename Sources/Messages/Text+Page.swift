// What stands on printed pages.

extension Text {
    /// The language of a document, as HTML names it.
    public static let htmlLanguage = Text(zh: "zh-CN", en: "en")
    /// Stands on every sheet.
    public static let internalUseOnly = Text(zh: "仅供内部使用", en: "for internal use only")
    /// Stands on every sheet.
    public static let boundariesForReference = Text(zh: "界线仅供参考", en: "boundaries for reference only")
    /// The day a page was made.
    public static func madeOn(_ day: Text) -> Text { Text(zh: "制表日期：\(day.zh)", en: "Made on \(day.en)") }
    /// Before, between and after the number of a sheet and the number of all.
    public static let pageNumberParts = (
        Text(zh: "第 ", en: "page "), Text(zh: " 页，共 ", en: " of "), Text(zh: " 页", en: "")
    )
    /// Between two sentences on one line.
    public static let sentenceSeparator = Text(zh: "　", en: " · ")
    /// What was asked.
    public static let questionTerm = Text(zh: "查询内容", en: "Question")
    /// Files that the data came from.
    public static let sourceTerm = Text(zh: "数据来源", en: "Sources")
    /// The state of the data.
    public static let dataVersionTerm = Text(zh: "数据版本", en: "Data version")
    /// The condition that rows fulfil.
    public static let conditionTerm = Text(zh: "限定条件", en: "Condition")
    /// The areas that rows lie in.
    public static let areaTerm = Text(zh: "所在范围", en: "Within")
    /// How people walk.
    public static let walkingTerm = Text(zh: "步行口径", en: "Walking")
    /// The question as it was typed.
    public static func asked(_ command: String) -> Text { Text(zh: "查询命令：\(command)", en: "Asked by: \(command)") }
    /// The heading of row numbers.
    public static let rowNumber = Text(zh: "序号", en: "no.")
    /// How many rows a table has.
    public static func rowCount(_ count: Int) -> Text {
        Text(zh: "共 \(count) 条。", en: count == 1 ? "1 row." : "\(count) rows.")
    }
    /// A table that ends before the answer does.
    public static func furtherRows(_ shown: Int, of count: Int) -> Text {
        Text(
            zh: "此处只印前 \(shown) 条；全部 \(count) 条请用 -o 文件.csv 写出。",
            en: "Only the first \(shown) rows are printed; all \(count) are written with -o FILE.csv.")
    }
    /// To be filled in by hand.
    public static let officeLine = Text(zh: "单位：", en: "Office: ")
    /// To be filled in by hand.
    public static let authorLine = Text(zh: "制表：", en: "Made by: ")
    /// To be filled in by hand.
    public static let reviewerLine = Text(zh: "审核：", en: "Checked by: ")
    /// What a map is called where it is not seen.
    public static let mapTitle = Text(zh: "示意图", en: "Map")
    /// The letter at the north arrow.
    public static let north = Text(zh: "北", en: "N")
    /// A length.
    public static func kilometers(_ number: String) -> Text { Text(zh: "\(number) 公里", en: "\(number) km") }
    /// A length.
    public static func meters(_ number: String) -> Text { Text(zh: "\(number) 米", en: "\(number) m") }
    /// Marks that stand too close for their numbers.
    public static func unplacedNumbers(_ count: Int) -> Text {
        Text(
            zh: "图上 \(count) 处过密，未注编号",
            en: count == 1 ? "1 mark has no room for its number" : "\(count) marks have no room for their numbers")
    }
    /// So many things that each is only a dot.
    public static let crowdOfDots = Text(
        zh: "数量太多，只画点、不注编号，重叠处只画一点", en: "too many for outlines and numbers: dots, one for those at one spot")
    /// Legend.
    public static let waterLegend = Text(zh: "水域", en: "water")
    /// Legend.
    public static let otherBuildings = Text(zh: "其他楼宇", en: "other buildings")
    /// Legend.
    public static let mainStreets = Text(zh: "主要道路", en: "main streets")
    /// Legend.
    public static let districtLine = Text(zh: "区县界", en: "district boundary")
    /// Legend.
    public static let subdistrictLine = Text(zh: "街道界", en: "subdistrict boundary")
    /// Legend.
    public static let communityLine = Text(zh: "社区界", en: "community boundary")
    /// Legend: numbered rows.
    public static let numberedRows = Text(zh: "表列对象（编号同序号）", en: "rows of the table, by number")
    /// Legend: the place that was asked about.
    public static let askedPlace = Text(zh: "查询地点", en: "place asked about")
    /// Legend: a kind of station.
    public static func stationsOfKind(_ kind: String?) -> Text {
        Text(zh: kind ?? "站点", en: kind ?? "stations")
    }
}

// MARK: Titles and questions

extension Text {
    /// A title: an answer without one of its own.
    public static let answerTitle = Text(zh: "查询结果", en: "Answer")

    /// A title.
    public static func borderTitle(_ a: String, _ b: String, _ kind: String, isUnserved: Bool) -> Text {
        isUnserved
            ? Text(
                zh: "\(a)、\(b)交界地带\(kind)服务空白楼宇清单", en: "Buildings along the border of \(a) and \(b) without \(kind)")
            : Text(zh: "\(a)、\(b)交界地带\(kind)服务情况", en: "\(kind) along the border of \(a) and \(b)")
    }

    /// A question in words.
    public static func borderQuestion(
        _ a: String, _ b: String, within meters: String, _ kind: String, minutes: String, isUnserved: Bool,
        byRadius: Bool
    ) -> Text {
        let (zhWay, enWay) = byRadius ? ("直线折算", " in a straight line") : ("步行", " on foot")
        return isUnserved
            ? Text(
                zh: "\(a)与\(b)交界两侧 \(meters) 米以内，\(zhWay) \(minutes) 分钟到不了任何\(kind)的楼宇。",
                en:
                    "Buildings within \(meters) m of the other side of the border of \(a) and \(b) that reach no \(kind) in "
                    + "\(minutes) minutes\(enWay).")
            : Text(
                zh: "\(a)与\(b)交界两侧 \(meters) 米以内的楼宇，\(zhWay) \(minutes) 分钟由哪一侧的\(kind)服务。",
                en: "Buildings within \(meters) m of the other side of the border of \(a) and \(b), and which side's "
                    + "\(kind) serves them in \(minutes) minutes\(enWay).")
    }
}

extension Text {
    /// A heading: one side of a border in numbers.
    public static let sidesTitle = Text(zh: "两侧情况", en: "Both sides")
    /// Legend: the areas that were asked about.
    public static let areasAsked = Text(zh: "所查辖区", en: "areas asked about")
}

extension Text {
    /// A heading.
    public static let nameAndAddress = Text(zh: "名称（地址）", en: "name (address)")
    /// A place with its address.
    public static func withAddress(_ name: String, _ address: String) -> Text {
        Text(zh: "\(name)（\(address)）", en: "\(name) (\(address))")
    }
    /// A file and the day of its import.
    public static func importedOn(_ file: String, _ day: String) -> Text {
        Text(zh: "\(file)（\(day) 导入）", en: "\(file) (imported \(day))")
    }
}
