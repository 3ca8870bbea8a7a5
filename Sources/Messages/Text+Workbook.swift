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
