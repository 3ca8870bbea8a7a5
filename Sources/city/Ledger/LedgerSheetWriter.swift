import Spatial

/// Lays rows out as an office does: title, unit, a header of two rows, merged
/// cells, notes below.
struct LedgerSheetWriter {
    private(set) var sheet = LedgerSheet()
    private var written = 0

    private static let header: [String] = [
        "序号", "楼宇编码", "楼宇名称", "地址", "面积", "", "税收", "入驻率", "投用时间", "物业公司", "备注", "经度", "纬度",
    ]

    init(month: String) {
        sheet.append([.text("\(Words.city)重点楼宇台账（\(month)）")])
        sheet.merge("A1:M1")
        sheet.append([.text("单位：万元")])
        sheet.append(Self.header.map { $0.isEmpty ? nil : .text($0) })
        sheet.append([nil, nil, nil, nil, .text("建筑面积\n（万㎡）"), .text("空置面积（㎡）")])
        for letter in ["A", "B", "C", "D", "G", "H", "I", "J", "K", "L", "M"] { sheet.merge("\(letter)3:\(letter)4") }
        sheet.merge("E3:F3")
    }

    mutating func addBlank() { sheet.append([]) }

    mutating func addHeaderAgain() { sheet.append(Self.header.map { $0.isEmpty ? nil : .text($0) }) }

    /// Adds a row; where it is merged, its manager is that of the next two rows.
    ///
    /// - Returns: its number.
    mutating func add(_ entry: LedgerEntry, isMerged: Bool) -> Int {
        let row = sheet.nextRow
        written += 1
        if isMerged { merged = (entry.manager, row...row + 2) }
        let isInside = merged.map { $0.rows.contains(row) } ?? false
        if isMerged { sheet.merge("J\(row):J\(row + 2)") }
        let manager = isInside ? (isMerged ? entry.manager : nil) : entry.manager
        let name: LedgerSheet.Cell? = entry.dirt == .brokenName ? .error("#REF!") : entry.name.map { .text($0) }
        sheet.append([
            .number(String(written)), entry.code.map { .text($0) }, name, entry.address.map { .text($0) },
            Self.floorArea(entry), Self.vacantArea(entry), Self.tax(entry), Self.share(entry),
            Self.date(entry, written),
            manager.map { .text($0) }, entry.dirt == .blanks ? .text("/") : nil,
            entry.position.map { .number("\($0.longitude)") }, entry.position.map { .number("\($0.latitude)") },
        ])
        return row
    }

    private var merged: (manager: String?, rows: ClosedRange<Int>)?

    mutating func finish(records: Int) {
        sheet.append([.text("合 计"), nil, .number(String(records)), nil, .number("999")])
        sheet.append([.text("备注：空置面积为可租而未租的面积。")])
        sheet.append([.text("填表人：某某某"), nil, nil, nil, nil, nil, nil, .text("填表日期：2026年1月31日")])
    }

    // MARK: Cells

    private static func floorArea(_ entry: LedgerEntry) -> LedgerSheet.Cell? {
        guard let area = entry.floorAreaSquareMeters else { return nil }
        if entry.dirt == .unit { return .text("\(area)平方米") }
        let digits = String(10_000 + area % 10_000).dropFirst()
        return .number("\(area / 10_000).\(digits)")
    }

    private static func vacantArea(_ entry: LedgerEntry) -> LedgerSheet.Cell? {
        guard let area = entry.vacantAreaSquareMeters else { return nil }
        switch entry.dirt {
        case .wide: return .text(String(area).map(LedgerEntry.wide).joined())
        case .thousands where area >= 1000: return .text("\(area / 1000),\(String(1000 + area % 1000).dropFirst())")
        default: return .number(String(area))
        }
    }

    private static func tax(_ entry: LedgerEntry) -> LedgerSheet.Cell? {
        guard let tax = entry.taxWan else { return nil }
        switch entry.dirt {
        case .blanks: return .text("待定")
        case .unit: return .text("\(tax)万元")
        default: return .number(String(tax))
        }
    }

    private static func share(_ entry: LedgerEntry) -> LedgerSheet.Cell? {
        guard let area = entry.floorAreaSquareMeters, let vacant = entry.vacantAreaSquareMeters, area > 0 else {
            return nil
        }
        let percent = max(0, 100 - vacant * 100 / area)
        return entry.dirt == .share ? .text("\(percent)%") : .number("0." + String(100 + min(99, percent)).dropFirst())
    }

    private static func date(_ entry: LedgerEntry, _ number: Int) -> LedgerSheet.Cell? {
        let day = 1 + (entry.floorAreaSquareMeters ?? 0) % 28
        let two = day < 10 ? "0\(day)" : "\(day)"
        switch entry.dirt {
        case .blanks: return .text("-")
        case .dots: return .text("2019.3.\(day)")
        case .chinese: return .text("2019年3月\(day)日")
        case .serial: return .number(String(43_524 + day))
        case .packed: return .number("201903\(two)")
        case .month: return .text("2019-03")
        case .nothing, .brokenName: return nil
        default: return .text("2019/3/\(day)")
        }
    }
}
