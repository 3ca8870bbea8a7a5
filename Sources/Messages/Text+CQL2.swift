extension Text {
    /// Where a condition is wrong, and what is.
    public static func cql2(column: Int, _ what: Text) -> Text {
        Text(zh: "查询条件第 \(column) 个字符处：\(what.zh)", en: "condition, column \(column): \(what.en)")
    }

    /// A condition without content.
    public static let cql2Empty = Text(zh: "条件为空", en: "the condition is empty")

    /// A condition of more than a megabyte.
    public static let cql2TooLong = Text(zh: "条件过长", en: "the condition is too long")

    /// Parentheses, NOT or operations beyond what is taken.
    public static let cql2TooDeep = Text(zh: "条件嵌套过深", en: "the condition is nested too deeply")

    /// What to do about nesting.
    public static let cql2Simplify = Text(zh: "请减少括号或运算", en: "use fewer parentheses or operations")

    /// A word or sign that has no place there.
    public static func cql2Unexpected(_ text: String) -> Text {
        Text(zh: "此处不应出现 \(text)", en: "\(text) is not expected here")
    }

    /// A text that ends too soon.
    public static let cql2EndsEarly = Text(zh: "条件不完整", en: "the condition ends too soon")

    /// A sign or keyword that must come.
    public static func cql2Expected(_ text: String) -> Text {
        Text(zh: "此处应为 \(text)", en: "\(text) is expected here")
    }

    /// A character that CQL2 does not know.
    public static func cql2UnknownSign(_ text: String) -> Text {
        Text(zh: "无法识别的字符 \(text)", en: "unknown character \(text)")
    }

    /// A quote that is not closed.
    public static let cql2OpenQuote = Text(zh: "引号没有结束", en: "the quote is not closed")

    /// How quotes are written within quotes.
    public static let cql2DoubleQuotes = Text(
        zh: "文本用单引号括起，其中的单引号写两次，如 'it''s'", en: "close it; write a quote within quotes twice, as in 'it''s'")

    /// Which quotes are taken.
    public static let cql2StraightQuotes = Text(
        zh: "文本请用英文单引号 '…'，列名请用英文双引号", en: "use straight quotes: '…' for text, \"…\" for names")

    /// A quoted name without content.
    public static let cql2EmptyName = Text(zh: "列名为空", en: "the name is empty")

    /// How names are written.
    public static let cql2NameExample = Text(zh: "如 \"建筑面积\"", en: "such as \"floor area\"")

    /// A number beyond what can be reckoned with.
    public static func cql2NoNumber(_ text: String) -> Text {
        Text(zh: "数字 \(text) 超出范围", en: "the number \(text) is out of range")
    }

    /// A value where a condition is needed.
    public static func cql2NoCondition(_ value: String) -> Text {
        Text(zh: "\(value) 不是条件，需与某值比较", en: "\(value) is no condition; compare it with something")
    }

    /// A condition where a value is needed.
    public static let cql2NoValue = Text(zh: "此处应为列名或值，而不是条件", en: "a name or value is expected here, not a condition")

    /// How conditions are combined.
    public static let cql2CombineConditions = Text(zh: "条件之间请用 AND 或 OR 连接", en: "combine conditions with AND or OR")

    /// An example of a condition.
    public static let cql2Example = Text(
        zh: "例如 楼层 >= 20 AND 名称 LIKE '%大厦'", en: "for example storeys >= 20 AND name LIKE '%Tower'")

    /// A pattern that is no text.
    public static let cql2PatternNeeded = Text(zh: "LIKE 后应为文本", en: "LIKE needs a text")

    /// An example of LIKE.
    public static let cql2LikeExample = Text(
        zh: "例如 名称 LIKE '%大厦'，% 代表任意文字，_ 代表一个字", en: "for example name LIKE '%Tower'; % is any text, _ one character")

    /// An example of IN.
    public static let cql2InExample = Text(zh: "例如 等级 IN ('甲级', '乙级')", en: "for example grade IN ('A', 'B')")

    /// An example of BETWEEN.
    public static let cql2BetweenExample = Text(
        zh: "例如 楼层 BETWEEN 10 AND 20", en: "for example storeys BETWEEN 10 AND 20")

    /// An example of IS NULL.
    public static let cql2NullExample = Text(zh: "例如 名称 IS NOT NULL", en: "for example name IS NOT NULL")

    /// A parenthesis to close.
    public static let cql2CloseParenthesis = Text(zh: "请补上右括号", en: "close the parenthesis")

    /// A function that is not there.
    public static func cql2UnknownFunction(_ name: String) -> Text {
        Text(zh: "没有函数 \(name)", en: "there is no function \(name)")
    }

    /// The functions that there are.
    public static let cql2Functions = Text(
        zh: "可用的函数：CASEI、DATE、TIMESTAMP、S_INTERSECTS、S_WITHIN",
        en: "the functions are CASEI, DATE, TIMESTAMP, S_INTERSECTS and S_WITHIN")

    /// A time that is none.
    public static let cql2NoTime = Text(zh: "此处应为有效的日期或时间", en: "a valid date or time is expected here")

    /// Examples of times.
    public static let cql2TimeExample = Text(
        zh: "如 DATE('2024-02-29') 或 TIMESTAMP('2024-02-29T08:00:00Z')",
        en: "such as DATE('2024-02-29') or TIMESTAMP('2024-02-29T08:00:00Z')")

    /// Examples of spatial conditions.
    public static let cql2SpatialExample = Text(
        zh: "例如 S_WITHIN(geom, '渝中区') 或 S_INTERSECTS(geom, BBOX(106.5, 29.5, 106.6, 29.6))",
        en: "for example S_WITHIN(geom, 'Yuzhong') or S_INTERSECTS(geom, BBOX(106.5, 29.5, 106.6, 29.6))")

    /// A box that is none.
    public static let cql2NoBox = Text(zh: "范围框无效", en: "this is no box")

    /// An example of a box.
    public static let cql2BoxExample = Text(
        zh: "写作 BBOX(西, 南, 东, 北)，单位为度", en: "write BBOX(west, south, east, north) in degrees")

    /// Well-known text that is none.
    public static let cql2NoGeometry = Text(zh: "几何文本（WKT）有误", en: "this is no well-known text of a geometry")

    /// An example of well-known text.
    public static let cql2WKTExample = Text(
        zh: "例如 POINT(106.55 29.56) 或 POLYGON((106 29, 107 29, 107 30, 106 29))",
        en: "for example POINT(106.55 29.56) or POLYGON((106 29, 107 29, 107 30, 106 29))")

    /// How a keyword can be a name.
    public static func cql2QuoteReserved(_ word: String) -> Text {
        Text(zh: "若 \(word) 是列名，请写成 \"\(word)\"", en: "if \(word) is a name, write \"\(word)\"")
    }
}
