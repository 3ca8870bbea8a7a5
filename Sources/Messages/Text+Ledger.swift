extension Text {
    // MARK: Reading

    /// A sheet has no row that looks like a header.
    public static func ledgerWithoutHeader(_ sheet: String) -> Text {
        Text(zh: "工作表“\(sheet)”里找不到表头", en: "no header row was found in the sheet \"\(sheet)\"")
    }

    /// What to do about it.
    public static let nameHeader = Text(
        zh: "可用 --header-rows 说明表头行数，或用 --mapping 说明各列的含义，或用 --sheet 另选工作表",
        en: "say with --header-rows how many rows it has, with --mapping what the columns are, or choose another --sheet")

    /// A cell holds a formula's error.
    public static func cellIsError(_ code: String) -> Text {
        Text(zh: "单元格是公式错误 \(code)", en: "the cell is the formula error \(code)")
    }

    /// A cell holds a formula without its value.
    public static let cellIsFormula = Text(
        zh: "单元格是公式，文件里没有它的计算结果", en: "the cell is a formula whose result is not in the file")

    /// A cell says that there is nothing.
    public static func cellSaysNothing(_ text: String) -> Text {
        Text(zh: "“\(text)”按空白处理", en: "\"\(text)\" was taken as empty")
    }

    /// A cell cannot be what its column wants.
    public static func cellIsNotThat(_ text: String) -> Text {
        let text = String(text.prefix(60))
        return Text(zh: "“\(text)”不是这一列要的值", en: "\"\(text)\" is no value of this column")
    }

    /// A cell came in another unit.
    public static func cellConverted(_ unit: String) -> Text {
        Text(zh: "由“\(unit)”换算", en: "converted from \(unit)")
    }
}

extension Text {
    // MARK: Mapping

    /// A mapping file is no mapping.
    public static func mappingTooLong(_ path: String) -> Text {
        Text(zh: "\(path) 超过 1 MB，不是列对照文件", en: "\(path) is longer than 1 MB: no mapping of columns")
    }

    /// A line of a mapping file cannot be used.
    public static func mappingLine(_ path: String, _ line: Int, _ reason: Text) -> Text {
        Text(zh: "\(path) 第 \(line) 行：\(reason.zh)", en: "\(path), line \(line): \(reason.en)")
    }

    /// Why a line cannot be used.
    public static let mappingTab = Text(zh: "缩进要用空格，不能用制表符", en: "indent with spaces, not tabs")
    /// Why a line cannot be used.
    public static let mappingNotPlain = Text(zh: "只支持“列名: 字段”，不支持列表、引用等其他写法", en: "only \"heading: field\" is understood, no lists, anchors or the like")
    /// Why a line cannot be used.
    public static let mappingNoColon = Text(zh: "应写成“列名: 字段”，冒号后有一个空格", en: "write \"heading: field\", with a space behind the colon")
    /// Why a line cannot be used.
    public static let mappingIndent = Text(zh: "缩进不对", en: "the indentation fits nothing above")
    /// Why a line cannot be used.
    public static func mappingTwice(_ column: String) -> Text {
        Text(zh: "列“\(column)”写了两次", en: "the column \"\(column)\" stands there twice")
    }
    /// Why a line cannot be used.
    public static func mappingUnit(_ unit: String) -> Text {
        Text(zh: "不认识单位“\(unit)”", en: "\"\(unit)\" is no known unit")
    }
    /// Why a line cannot be used.
    public static func mappingValue(_ key: String, _ value: String, _ choices: String) -> Text {
        Text(zh: "\(key) 不能是“\(value)”，只能是 \(choices)", en: "\(key) cannot be \"\(value)\"; it is one of \(choices)")
    }
    /// Why a line cannot be used.
    public static func mappingKey(_ key: String) -> Text {
        Text(zh: "不认识“\(key)”，只有 field、unit、empty", en: "\"\(key)\" is unknown; there are field, unit and empty")
    }
    /// What to read.
    public static let seeSpreadsheets = Text(zh: "写法见 docs/spreadsheets.zh.md", en: "docs/spreadsheets.md has the form")
    /// A mapping names a column that the table does not have.
    public static func mappingColumnMissing(_ path: String, _ line: Int, _ column: String) -> Text {
        Text(zh: "\(path) 第 \(line) 行：表里没有列“\(column)”", en: "\(path), line \(line): the table has no column \"\(column)\"")
    }
    /// An option names a column that the table does not have.
    public static func ledgerColumnMissing(_ column: String) -> Text {
        Text(zh: "表里没有列“\(column)”", en: "the table has no column \"\(column)\"")
    }

    // MARK: Doubts

    /// Why a row is unsure.
    public static let ledgerSeveral = Text(zh: "有几条记录同样符合", en: "several records fit equally well")
    /// Why a row is unsure.
    public static let ledgerNothingFits = Text(zh: "没有找到符合的记录，行里也没有坐标", en: "no record fits, and the row has no position")
    /// Why a row is unsure.
    public static let ledgerWeak = Text(zh: "只有相近的记录，不能确定", en: "only similar records were found")
    /// Why a row is unsure.
    public static let ledgerAddressDisagrees = Text(zh: "名称与地址指向不同的记录", en: "name and address speak for different records")
    /// Why a row is unsure.
    public static func ledgerPointDisagrees(_ meters: Double) -> Text {
        let meters = Int(min(max(meters, 0), 1e9).rounded())
        return Text(zh: "坐标离该记录 \(meters) 米", en: "the position is \(meters) m away from the record")
    }
    /// Why a row is unsure.
    public static let ledgerCodeDisagrees = Text(zh: "编码与名称或地址指向不同的记录", en: "code and name or address speak for different records")
    /// Why a row is unsure.
    public static let ledgerOtherCode = Text(zh: "名称或地址相符的记录另有编码", en: "the record with that name or address has another code")
    /// Why a row is unsure.
    public static let ledgerOtherName = Text(zh: "坐标落在名称不同的记录内", en: "the position lies in a record of another name")
    /// Why a row is unsure.
    public static let ledgerKeyUnknown = Text(zh: "没有这个编号或编码的记录", en: "no record has that ref or code")
}
