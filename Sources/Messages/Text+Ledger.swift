extension Text {
    // MARK: Reading

    /// A sheet has no row that looks like a header.
    public static func ledgerWithoutHeader(_ path: String, _ sheet: String) -> Text {
        Text(
            zh: "\(path) 的工作表“\(sheet)”里找不到表头", en: "\(path): no header row was found in the sheet \"\(sheet)\"")
    }

    /// What to do about it.
    public static let nameHeader = Text(
        zh: "可用 --header-rows 说明表头行数，或用 --mapping 说明各列的含义，或用 --sheet 另选工作表",
        en:
            "say with --header-rows how many rows it has, with --mapping what the columns are, or choose another --sheet"
    )

    /// A sheet whose first rows are formulas has no header.
    public static func ledgerHeaderIsFormula(_ path: String, _ sheet: String, _ cell: String) -> Text {
        Text(
            zh: "\(path) 的工作表“\(sheet)”里找不到表头：单元格 \(cell) 是公式，文件里没有它的计算结果",
            en:
                "\(path): no header row was found in the sheet \"\(sheet)\": cell \(cell) is a formula whose result is not in the file"
        )
    }

    /// What to do about it.
    public static let calculateAgain = Text(
        zh: "请在 Excel 或 WPS 中打开，待其算出结果后保存再试", en: "open it in a spreadsheet, so that it calculates, and save it again")

    /// Cells of records are formulas without results.
    public static func ledgerFormulas(_ path: String, _ count: Int, first: String) -> Text {
        Text(
            zh: "\(path) 有 \(count) 个单元格是公式而没有计算结果（第一个是 \(first)），未读取；请在 Excel 或 WPS 中打开，待其算出结果后保存再试",
            en:
                "\(count) cells of \(path) are formulas whose results are not in the file (the first is \(first)) and were not read; open it in a spreadsheet, so that it calculates, and save it again"
        )
    }

    /// A row has more headings than any table.
    public static func tooManyHeadings(_ most: Int) -> Text {
        Text(zh: "超过 \(most) 个单元格有内容，不像是表头", en: "it has more than \(most) filled cells, this looks like no header")
    }

    /// Too many rows are no records.
    public static func tooManyAsides(_ most: Int) -> Text {
        Text(
            zh: "到此已有超过 \(most) 行是合计、说明或重复的表头，不像是台账",
            en: "up to here more than \(most) rows are totals, notes or headings said again, this looks like no ledger")
    }

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
    public static let mappingNotPlain = Text(
        zh: "只支持“列名: 字段”，不支持列表、引用等其他写法", en: "only \"heading: field\" is understood, no lists, anchors or the like")
    /// Why a line cannot be used.
    public static let mappingNoColon = Text(
        zh: "应写成“列名: 字段”，冒号后有一个空格", en: "write \"heading: field\", with a space behind the colon")
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
        Text(
            zh: "\(path) 第 \(line) 行：表里没有列“\(column)”",
            en: "\(path), line \(line): the table has no column \"\(column)\"")
    }
    /// An option names a column that the table does not have.
    public static func ledgerColumnMissing(_ column: String) -> Text {
        Text(zh: "表里没有列“\(column)”", en: "the table has no column \"\(column)\"")
    }

    // MARK: Doubts

    /// Why a row is unsure.
    public static let ledgerSeveral = Text(zh: "有几条记录同样符合", en: "several records fit equally well")
    /// Why a row is unsure.
    public static let ledgerNothingFits = Text(
        zh: "没有找到符合的记录，行里也没有坐标", en: "no record fits, and the row has no position")
    /// Why a row is unsure.
    public static let ledgerOnlyEnded = Text(zh: "符合的记录已经终止", en: "the record that fits has ended")
    /// Why a row is unsure.
    public static let ledgerWeak = Text(zh: "只有相近的记录，不能确定", en: "only similar records were found")
    /// Why a row is unsure.
    public static let ledgerAddressDisagrees = Text(
        zh: "名称与地址指向不同的记录", en: "name and address speak for different records")
    /// Why a row is unsure.
    public static func ledgerPointDisagrees(_ meters: Double) -> Text {
        let meters = Int(min(max(meters, 0), 1e9).rounded())
        return Text(zh: "坐标离该记录 \(meters) 米", en: "the position is \(meters) m away from the record")
    }
    /// Why a row is unsure.
    public static let ledgerCodeDisagrees = Text(
        zh: "编码与名称或地址指向不同的记录", en: "code and name or address speak for different records")
    /// Why a row is unsure.
    public static let ledgerOtherCode = Text(
        zh: "名称或地址相符的记录另有编码", en: "the record with that name or address has another code")
    /// Why a row is unsure.
    public static let ledgerOtherName = Text(zh: "坐标落在名称不同的记录内", en: "the position lies in a record of another name")
    /// Why a row is unsure.
    public static let ledgerKeyUnknown = Text(zh: "没有这个编号或编码的记录", en: "no record has that ref or code")
}

extension Text {
    // MARK: Rows

    /// A file is no table.
    public static func ledgerNeedsTable(_ path: String) -> Text {
        Text(
            zh: "\(path) 不是表格：台账选项只用于 XLSX 和 CSV",
            en: "\(path) is no table: the options of ledgers are for XLSX and CSV")
    }

    /// A ledger has more rows than can be joined at once.
    public static func ledgerTooLong(_ path: String, row: Int) -> Text {
        Text(
            zh: "\(path) 到第 \(row) 行已超出一次能处理的数量",
            en: "\(path): up to row \(row) there is more than can be joined at once")
    }

    /// What to do about it.
    public static let splitLedger = Text(
        zh: "请拆成几个文件，或另存为 CSV 再导入", en: "split the file, or save it as CSV and import that")

    /// A layer takes no ledgers.
    public static func ledgerLayer(_ layer: Text) -> Text {
        Text(zh: "“\(layer.zh)”图层不能用台账导入，只能是楼宇或服务站点", en: "ledgers are for buildings and stations, not for \(layer.en)")
    }

    /// A row says nothing of what it is about.
    public static func ledgerRowWithoutIdentity(_ cell: String?) -> Text {
        let place = cell.map { Text(zh: "（\($0)）", en: " (\($0))") } ?? Text(zh: "", en: "")
        return Text(
            zh: "没有编号、编码、名称、地址或坐标\(place.zh)", en: "no ref, code, name, address or position\(place.en)")
    }

    /// Two rows are about one record.
    public static func ledgerRowTwice(_ row: Int, _ ref: String) -> Text {
        Text(
            zh: "与第 \(row) 行是同一条记录（\(ref)），内容不同", en: "row \(row) is about the same record (\(ref)) and says otherwise")
    }

    /// A row says the same as another.
    public static func ledgerRowRepeats(_ row: Int) -> Text {
        Text(zh: "与第 \(row) 行重复", en: "repeats row \(row)")
    }

    /// A record is not ended, as undecided rows may be about it.
    public static func ledgerHeld(_ rows: [Int]) -> Text {
        let numbers = rows.prefix(5).map(String.init)
        let (zh, en) = (numbers.joined(separator: "、"), numbers.joined(separator: ", "))
        return Text(
            zh: "台账里没有它了，但第 \(zh) \(rows.count > 5 ? "等 \(rows.count) 行" : "行")还没有确定，可能就是它",
            en: "no longer in the ledger, but undecided rows may be about it: \(en)\(rows.count > 5 ? ", …" : "")")
    }

    /// A row is not to be taken.
    public static let ledgerSkipped = Text(zh: "已选定跳过", en: "to be skipped, as decided")

    /// A person's decision cannot be carried out.
    public static func reviewUnclear(_ text: String) -> Text {
        let text = String(text.prefix(60))
        return Text(
            zh: "“选定”里的“\(text)”不是候选序号、编号、新建或跳过",
            en: "\"\(text)\" in the column 选定 is no candidate's number, ref, 新建 (new) or 跳过 (skip)")
    }

    // MARK: Notes

    /// A workbook has other sheets.
    public static func ledgerOtherSheets(_ sheet: String, _ others: [String]) -> Text {
        let names = others.prefix(8).joined(separator: "、")
        return Text(
            zh: "读取了工作表“\(sheet)”；还有 \(others.count) 张：\(names)（可用 --sheet 选择）",
            en: "the sheet \"\(sheet)\" was read; there are \(others.count) more: \(names) (choose with --sheet)")
    }

    /// Cells stand beside the table.
    public static func ledgerCellsOutside(_ path: String, _ count: Int) -> Text {
        Text(zh: "\(path)：表格之外还有 \(count) 个单元格，没有读取", en: "\(path): \(count) cells beside the table were not read")
    }

    /// Columns are to be summed up, but rows are no enterprises.
    public static let sumsNeedEnterprises = Text(
        zh: "--sum 只和 --as enterprise 一起使用", en: "--sum goes with --as enterprise only")

    /// A column's numbers were converted.
    public static func ledgerConverted(_ heading: String, _ unit: String) -> Text {
        Text(zh: "“\(heading)”由\(unit)换算", en: "\"\(heading)\" was converted from \(unit)")
    }

    /// A column has cells that say there is nothing.
    public static func ledgerBlanks(_ heading: String, _ count: Int) -> Text {
        Text(
            zh: "“\(heading)”有 \(count) 个单元格写着“-”“无”“待定”之类，按空白处理",
            en: "\"\(heading)\": \(count) cells that say \"-\", 无, 待定 or the like were taken as empty")
    }

    /// A review table was written.
    public static func reviewWritten(_ path: String, _ count: Int) -> Text {
        Text(
            zh: "\(count) 行不能确定，已写入 \(path)：请填写“选定”一列，再用同样的选项导入该文件",
            en:
                "\(count) rows are unsure and stand in \(path): fill in the column 选定 and import that file with the same options"
        )
    }

    /// Records are not ended, as undecided rows may be about them.
    public static func ledgerHolds(_ count: Int) -> Text {
        Text(
            zh: "\(count) 条记录台账里没有了，但未确定的行可能就是它们，暂不终止：请先处理这些行，再用 --sync 导入一次",
            en:
                "\(count) records are no longer in the ledger but not ended, as undecided rows may be about them: settle those rows, then import with --sync again"
        )
    }

    /// A review table was not filled in wholly.
    public static func reviewStill(_ count: Int) -> Text {
        Text(zh: "核对表里还有 \(count) 行没有选定", en: "\(count) rows of the review table are still undecided")
    }

    /// A review table is read otherwise than its ledger was.
    public static func reviewOptions(_ path: String, _ options: String) -> Text {
        guard !options.isEmpty else {
            return Text(
                zh: "\(path) 所属的台账导入时没有这些选项", en: "the ledger of \(path) was imported without these options")
        }
        return Text(zh: "\(path) 所属的台账是用 \(options) 导入的", en: "the ledger of \(path) was imported with \(options)")
    }

    /// What to do about it.
    public static func reviewSameOptions(_ options: String) -> Text {
        let how =
            options.isEmpty
            ? Text(
                zh: "不加 --as、--sum、--crs、--mapping、--map、--key、--set",
                en: "without --as, --sum, --crs, --mapping, --map, --key, --set")
            : Text(zh: "用同样的选项", en: "with the same options")
        return Text(zh: "请\(how.zh)导入核对表", en: "import the review table \(how.en)")
    }

    /// A review table would be overwritten.
    public static func reviewExists(_ path: String) -> Text {
        Text(zh: "核对表 \(path) 已存在", en: "the review table \(path) exists already")
    }

    /// What to do about it.
    public static let reviewMove = Text(zh: "请另取文件名，或先移走该文件", en: "name another file, or move that one away")
}

extension Text {
    // MARK: Answers

    /// A count.
    public static let unsure = Text(zh: "待定", en: "unsure")

    /// What became of a record.
    public static let held = Text(zh: "暂不终止", en: "not ended")

    /// What a list of rows is.
    public static func ledgerRowsTitle(_ sheet: String) -> Text {
        Text(zh: "“\(sheet)”各行：", en: "Rows of \"\(sheet)\":")
    }

    /// A row by its number.
    public static func ledgerRow(_ row: Int) -> Text { Text(zh: "第 \(row) 行", en: "row \(row)") }

    /// Rows that were passed over, counted by what they are.
    public static func ledgerAsides(_ counts: [(kind: String, count: Int)]) -> Text {
        let names = [
            "title": Text(zh: "标题", en: "titles"), "total": Text(zh: "合计", en: "totals"),
            "note": Text(zh: "备注", en: "notes"), "header": Text(zh: "重复的表头", en: "repeated headers"),
            "section": Text(zh: "分节行", en: "section lines"), "outside": Text(zh: "表外的行", en: "rows beside the table"),
        ]
        let parts = counts.map { kind, count in
            let name = names[kind] ?? Text(zh: kind, en: kind)
            return Text(zh: "\(name.zh) \(count)", en: "\(count) \(name.en)")
        }
        return Text(
            zh: "没有当作记录的行：\(parts.map(\.zh).joined(separator: "，"))",
            en: "Rows not taken for records: \(parts.map(\.en).joined(separator: ", "))")
    }

    /// Lines that were left out.
    public static func ledgerMoreRows(_ count: Int) -> Text {
        Text(zh: "另有 \(count) 行；--format json 列出全部", en: "\(count) more; --format json tells all")
    }

    /// The likeliest of some records.
    public static func ledgerBest(_ name: String, _ count: Int) -> Text {
        Text(zh: "最接近的是“\(name)”，共 \(count) 个候选", en: "likeliest \(name), \(count) candidates")
    }

    // MARK: Help

    /// An option.
    public static let helpSheet = Text(zh: "工作簿里的工作表，默认第一张", en: "The sheet of a workbook; the first by default")
    /// An option.
    public static let helpHeaderRows = Text(
        zh: "表头占几行；默认自动识别", en: "How many rows the header has; found out by default")
    /// An option.
    public static let helpJoin = Text(
        zh: "台账各行按什么找到记录：ref、code、name、address、point；默认依次尝试，并要求互相一致",
        en:
            "By what rows find their records: ref, code, name, address, point; by default all are tried and have to agree"
    )
    /// An option.
    public static let helpMapping = Text(
        zh: "列对照文件（YAML）：列名、字段、单位", en: "File that says what the columns are (YAML): heading, field, unit")
    /// An option.
    public static let helpReview = Text(
        zh: "不能确定的行写到哪里（CSV 或 XLSX）；默认写在源文件旁", en: "Where unsure rows go (CSV or XLSX); beside the input by default")
    /// An option.
    public static let helpRowsAs = Text(
        zh: "各行是什么：enterprise 表示企业，按所在楼宇计数并汇总",
        en: "What rows are: enterprise counts and sums them up by their buildings")
    /// An option.
    public static let helpSumColumns = Text(
        zh: "--as enterprise 时按楼宇汇总的列", en: "Columns summed up by building with --as enterprise")
}
