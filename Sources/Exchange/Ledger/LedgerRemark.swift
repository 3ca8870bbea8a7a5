/// A row of a ledger that is no record.
public struct LedgerRemark: Hashable, Sendable {
    /// What such a row is.
    public enum Kind: String, Hashable, Sendable {
        /// A line above the header.
        case title
        /// A sum of the rows above.
        case total
        /// A note, or who filled in the table.
        case note
        /// The header, said again.
        case header
        /// A line across the table that divides it.
        case section
        /// A record's row without anything in the table's columns.
        case outside
    }

    /// The row's number in the sheet.
    public let row: Int
    /// What it is.
    public let kind: Kind
    /// Its first words.
    public let text: String

    private static let totals: Set<String> = [
        "合计", "总计", "小计", "共计", "累计", "总和", "平均", "平均值", "汇总", "本页合计", "本页小计", "total", "subtotal", "sum",
    ]
    private static let notes = [
        "备注", "注", "说明", "填表说明", "填表人", "填报人", "填表单位", "填报单位", "制表人", "制表", "制表单位", "审核人", "审核", "复核人", "负责人", "单位负责人",
        "分管领导", "联系人", "联系电话", "填表日期", "填报日期", "填报时间", "制表日期", "数据来源", "资料来源", "note", "notes", "remark", "remarks",
        "source",
    ]

    /// What a row below the header is, if it is no record.
    ///
    /// - Parameters:
    ///   - row: the row.
    ///   - header: the header of the table.
    ///   - merges: the merged cells that begin in the row.
    /// - Returns: `nil` for a record.
    static func kind(of row: SheetRow, header: LedgerHeader, merges: [MergedRange]) -> Kind? {
        let filled = row.cells.indices.filter { !row[$0].settled.isEmpty }
        guard let first = filled.first else { return .outside }
        if header.isRepeated(in: row) { return .header }
        let text = row[first].shown
        let key = LedgerText.key(text)
        let word = key.prefix { !":(".contains($0) }
        if totals.contains(String(word)) { return .total }
        if let second = filled.dropFirst().first, filled.count > 2, isNumber(row[first]) {
            // A running number stands before the word.
            if totals.contains(LedgerText.key(row[second].shown)) { return .total }
        }
        let isSparse = filled.count * 2 <= header.columns.count || filled.count == 1
        if isSparse, startsNote(key) { return .note }
        if filled.count == 1, let merge = merges.first(where: { $0.columns.contains(first) }),
            merge.columns.count * 2 >= header.columns.count, header.columns.count > 2
        {
            return .section
        }
        return nil
    }

    private static func startsNote(_ key: String) -> Bool {
        for word in notes where key.hasPrefix(word) {
            let rest = key.dropFirst(word.count)
            guard let next = rest.first else { return true }
            if ":;,.、".contains(next) || next.isNumber { return true }
        }
        return false
    }

    private static func isNumber(_ cell: SheetCell.Value) -> Bool {
        switch cell {
        case .number: true
        case .text(let text): LedgerNumber(text) != nil
        default: false
        }
    }
}
