// Sheets of workbooks and of tables of values.
extension Text {
    /// What is wrong with a row of a sheet.
    public static func sheetRow(_ path: String, row: Int, _ fault: Text) -> Text {
        Text(zh: "\(path) 第 \(row) 行：\(fault.zh)", en: "\(path), row \(row): \(fault.en)")
    }

    /// A row has more columns than a sheet may have.
    public static func sheetTooWide(_ path: String, row: Int, most: Int) -> Text {
        Text(
            zh: "\(path) 第 \(row) 行的列数超过 \(most)，不像是表格",
            en: "\(path), row \(row): more than \(most) columns, this looks like no table")
    }

    /// What to do about it.
    public static let deleteEmptyColumns = Text(
        zh: "请在表格软件中删除右侧多余的列后重新保存", en: "delete the surplus columns on the right in a spreadsheet and save again")

    /// A row is longer than any.
    public static func longerThan(megabytes: Int) -> Text {
        Text(zh: "该行超过 \(megabytes) MB，不像是表格", en: "the row is longer than \(megabytes) MB, this looks like no table")
    }
}

// Workbooks.
extension Text {
    /// What is wrong with a part of a workbook.
    public static func workbookPart(_ path: String, _ part: String, _ fault: Text) -> Text {
        Text(zh: "\(path) 中的 \(part)：\(fault.zh)", en: "\(path), part \(part): \(fault.en)")
    }

    /// What is wrong with a cell.
    public static func cell(_ reference: String, _ fault: Text) -> Text {
        Text(zh: "单元格 \(reference) \(fault.zh)", en: "cell \(reference) \(fault.en)")
    }

    /// A file is no workbook.
    public static func noWorkbook(_ path: String) -> Text {
        Text(zh: "\(path) 不是 .xlsx 工作簿", en: "\(path) is no .xlsx workbook")
    }

    /// A workbook is in the format of before 2007.
    public static func workbookIsOld(_ path: String) -> Text {
        Text(
            zh: "\(path) 是旧格式的工作簿（.xls、.et），无法读取",
            en: "\(path) is a workbook in the format of before 2007 (.xls), which is not read")
    }

    /// A workbook is in the binary format.
    public static func workbookIsBinary(_ path: String) -> Text {
        Text(
            zh: "\(path) 是二进制工作簿（.xlsb），无法读取", en: "\(path) is a binary workbook (.xlsb), which is not read")
    }

    /// What to do about it.
    public static let saveAsXLSX = Text(
        zh: "请在 Excel 或 WPS 中打开，另存为 .xlsx 后再试", en: "open it in a spreadsheet and save it as .xlsx")

    /// A workbook cannot be read without a password.
    public static func workbookHasPassword(_ path: String) -> Text {
        Text(
            zh: "\(path) 设有打开密码（内容在 EncryptedPackage 中加密），无法读取",
            en: "\(path), part EncryptedPackage: it is protected by a password and cannot be read")
    }

    /// What to do about it.
    public static let removePassword = Text(
        zh: "请在 Excel 或 WPS 中取消打开密码，另存为 .xlsx 后再试",
        en: "open it in a spreadsheet, take the password away and save it as .xlsx")

    /// What to do about a damaged workbook.
    public static let saveWorkbookAgain = Text(
        zh: "请在 Excel 或 WPS 中打开核对，重新保存后再试", en: "open it in a spreadsheet, look it over and save it again")

    /// A file is neither a workbook nor a table of values.
    public static func noSheet(_ path: String) -> Text {
        Text(zh: "\(path) 不是工作簿或 CSV 表格", en: "\(path) is neither a workbook nor a CSV table")
    }

    /// What is read as a sheet.
    public static let knownSheets = Text(zh: "可读取 .xlsx、.xlsm 和 .csv", en: ".xlsx, .xlsm and .csv are read")

    /// A named sheet is absent.
    public static func noSuchSheet(_ path: String, _ name: String) -> Text {
        Text(zh: "\(path) 中没有工作表“\(name)”", en: "\(path) has no sheet “\(name)”")
    }

    /// Which sheets there are.
    public static func sheetsAre(_ names: [String]) -> Text {
        let shown = names.prefix(20)
        let (more, end) = (names.count > shown.count, names.count)
        return Text(
            zh: "现有工作表：\(shown.joined(separator: "、"))\(more ? " 等 \(end) 张" : "")",
            en: "its sheets are: \(shown.joined(separator: ", "))\(more ? " … (\(end))" : "")")
    }
}

// What may be wrong with a part.
extension Text {
    /// There is none of that name.
    public static let partMissing = Text(zh: "缺少这一部分", en: "it is missing")
    /// It should be a sheet.
    public static let partIsNoSheet = Text(zh: "内容不是工作表", en: "it is no sheet of cells")
    /// It names charts only, or nothing.
    public static let partWithoutSheets = Text(zh: "其中没有工作表", en: "it names no sheet of cells")
    /// There are two of that name.
    public static let partTwice = Text(zh: "这一部分出现了两次", en: "it is there twice")
    /// It is in another file.
    public static let partOutside = Text(zh: "内容不在此文件中", en: "it is not in this file")
    /// It has more entries than any honest one.
    public static let tooManyEntries = Text(zh: "条目过多，不像是正常保存的文件", en: "more entries than any honest workbook has")

    /// It unpacks to far more than it takes.
    public static func unpacksTooLarge(ratio: Int) -> Text {
        Text(
            zh: "解压后超过压缩大小的 \(ratio) 倍，不像是正常保存的文件",
            en: "it unpacks to more than \(ratio) times its size, as no honest workbook does")
    }

    /// Its XML is broken.
    public static func xmlBroken(line: Int, reason: String) -> Text {
        Text(zh: "XML 第 \(line) 行有误（\(reason)）", en: "its XML is broken at line \(line) (\(reason))")
    }

    /// It has a document type, which could define entities.
    public static let xmlDocumentType = Text(
        zh: "含有文档类型声明（DTD），工作簿中不应出现", en: "it has a document type (DTD), as no workbook has")
    /// Its elements stand in each other too deep.
    public static func xmlTooDeep(_ most: Int) -> Text {
        Text(zh: "元素嵌套超过 \(most) 层", en: "its elements are nested deeper than \(most)")
    }

    /// A tag, or a name in it, is too long.
    public static let xmlTagTooLong = Text(zh: "含有过长的标记或名称", en: "a tag or a name in it is too long")
    /// There are too many different names.
    public static let xmlTooManyNames = Text(zh: "标记与属性的名称过多", en: "its tags have too many different names")

    /// The text of a number is too long.
    public static func textTooLong(number: Int) -> Text {
        Text(zh: "第 \(number) 条文字过长", en: "text number \(number) is too long")
    }

    /// The texts take too much memory.
    public static func textsTooLarge(megabytes: Int) -> Text {
        Text(
            zh: "文字总量超过 \(megabytes) MB，相对于文件大小过大",
            en: "its texts take more than \(megabytes) MB, too much for a file of this size")
    }

    /// A place of cells is none.
    public static func badReference(_ reference: String) -> Text {
        Text(zh: "“\(reference)”不是有效的单元格位置", en: "“\(reference)” is no place of a sheet")
    }

    /// Rows would have to be sorted, and are too many.
    public static func rowsOutOfOrder(megabytes: Int) -> Text {
        Text(
            zh: "行的顺序错乱，排序所需内存超过 \(megabytes) MB",
            en: "its rows are out of order, and to sort them takes more than \(megabytes) MB")
    }

    /// A row stands twice.
    public static func rowTwice(_ number: Int) -> Text {
        Text(zh: "第 \(number) 行出现了两次", en: "row \(number) is there twice")
    }
}

// What may be wrong with a cell; the place stands before.
extension Text {
    /// It stands twice.
    public static let cellTwice = Text(zh: "出现了两次", en: "is there twice")
    /// Its text is longer than any.
    public static let cellTooLong = Text(zh: "的文字过长", en: "has a text that is too long")
    /// With it the texts of its row are too long.
    public static func rowTooLong(megabytes: Int) -> Text {
        Text(zh: "所在行的文字超过 \(megabytes) MB", en: "brings the texts of its row to more than \(megabytes) MB")
    }

    /// It lies beyond the last column.
    public static let columnBeyondSheet = Text(zh: "之后的列超出了工作表的范围", en: "is beyond the last column of a sheet")
    /// It stands in another row.
    public static func cellInWrongRow(_ row: Int) -> Text {
        Text(zh: "的行号与其位置不符（位于第 \(row) 行中）", en: "has another row than its place, row \(row)")
    }

    /// There are too many empty cells before it.
    public static let tooManyEmptyCells = Text(
        zh: "之前的空列过多，不像是正常保存的文件", en: "has more empty columns before it than any honest sheet")
    /// Its text is not among those that are shared.
    public static func noSuchText(_ index: String, _ count: Int) -> Text {
        Text(
            zh: "引用了不存在的文字（编号 \(index)，共有 \(count) 条）", en: "has text number \(index), of which there are \(count)")
    }

    /// Its value does not fit its type.
    public static func badCellValue(_ value: String) -> Text {
        Text(zh: "的内容“\(value)”与其类型不符", en: "has the value “\(value)”, which does not fit its type")
    }

    /// Its type is unknown.
    public static let badCellType = Text(zh: "的类型无法识别", en: "has a type that is not known")
    /// Its style is not there.
    public static let badCellStyle = Text(zh: "引用了不存在的样式", en: "has a style that is not there")
}

// Writing.
extension Text {
    /// The library that writes workbooks is missing.
    public static func noWorkbookLibrary(_ reason: String) -> Text {
        Text(
            zh: "缺少写出工作簿所需的 libxlsxwriter 库（\(reason)）",
            en: "the library libxlsxwriter, which writes workbooks, is missing (\(reason))")
    }

    /// How to install it.
    public static let installWorkbookLibrary = Text(
        zh: "请安装 libxlsxwriter（Debian、Ubuntu：apt install libxlsxwriter-dev；macOS：brew install libxlsxwriter）",
        en: "install libxlsxwriter (Debian, Ubuntu: apt install libxlsxwriter-dev; macOS: brew install libxlsxwriter)")

    /// A cell cannot be written, and why.
    public static func cannotWriteCell(_ path: String, _ reference: String, _ fault: Text) -> Text {
        Text(zh: "无法写入 \(path)：单元格 \(reference) \(fault.zh)", en: "cannot write \(path): cell \(reference) \(fault.en)")
    }

    /// A sheet has no room for more rows.
    public static func sheetIsFull(_ path: String, most: Int) -> Text {
        Text(zh: "\(path) 的工作表已满（最多 \(most) 行）", en: "a sheet of \(path) is full (\(most) rows)")
    }

    /// What to do about it.
    public static let writeCSVInstead = Text(zh: "请改为导出 CSV", en: "write CSV instead")
}

// Zip archives.
extension Text {
    /// The library for zip archives is missing.
    public static func noZipLibrary(_ reason: String) -> Text {
        Text(
            zh: "缺少读取 zip 压缩包所需的 libzip 库（\(reason)）",
            en: "the library libzip, which zip archives need, is missing (\(reason))")
    }

    /// How to install it.
    public static let installZipLibrary = Text(
        zh: "请安装 libzip（Debian、Ubuntu：apt install libzip-dev；macOS：brew install libzip）",
        en: "install libzip (Debian, Ubuntu: apt install libzip-dev; macOS: brew install libzip)")

    /// A zip archive has too many members.
    public static func zipTooManyMembers(_ path: String, _ count: Int) -> Text {
        Text(zh: "\(path) 中有 \(count) 个文件，过多", en: "\(path) holds \(count) files, too many")
    }

    /// A member of a zip archive is damaged.
    public static func zipDamagedMember(_ path: String, _ name: String) -> Text {
        Text(zh: "\(path) 中的 \(name) 已损坏，无法解压", en: "\(path), part \(name): it is damaged and cannot be unpacked")
    }
}
