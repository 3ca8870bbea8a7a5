extension SheetCell.Value {
    /// The cell as a person reads it, without space at its ends.
    public var shown: String {
        switch self {
        case .empty, .formulaWithoutValue: ""
        case .text(let text): LedgerText.trimmed(text)
        case .number(let number): Self.digits(number)
        case .date(let date): date.hasTime || date.isTimeOnly ? date.description : Self.day(date)
        case .bool(let value): value ? "TRUE" : "FALSE"
        case .error(let code): code
        }
    }

    /// The bytes of its text; 0 for anything but text.
    public var textBytes: Int {
        if case .text(let text) = self { return text.utf8.count }
        return 0
    }

    /// The cell, empty where it holds nothing but space.
    var settled: SheetCell.Value {
        guard case .text = self else { return self }
        let text = shown
        return text.isEmpty ? .empty : .text(text)
    }

    /// A number without a decimal point where it is whole.
    static func digits(_ number: Double) -> String {
        Int64(exactly: number).map { String($0) } ?? String(number)
    }

    private static func day(_ date: SheetDate) -> String {
        LedgerDate(year: date.year, month: date.month, day: date.day)?.iso ?? date.description
    }
}
