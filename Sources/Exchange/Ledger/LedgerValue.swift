public import Messages
public import Spatial

/// What a column wants its cells to be.
public enum LedgerKind: Hashable, Sendable {
    /// Text: codes and names, whatever they look like.
    case text
    /// A number in the base unit of a quantity.
    case number(LedgerUnit.Quantity)
    /// A number that stays in the unit of the heading.
    case amount
    /// A whole number.
    case whole
    /// A year.
    case year
    /// Yes or no.
    case boolean
    /// A day, month or year, as ISO 8601.
    case date
    /// Whatever the cell says; numbers stay in the unit of the heading.
    case any
}

/// What a cell means.
public struct LedgerValue: Hashable, Sendable {
    /// The value; `.null` where there is none.
    public var value: Attribute
    /// What the user should know of the cell; `nil` where it says plainly what it means.
    public var note: Text?
    /// Whether the cell holds something that cannot be what its column wants.
    public var isRefused = false
    /// Whether a unit was converted.
    public var converted: LedgerUnit?

    /// Reads a cell.
    ///
    /// - Parameters:
    ///   - cell: the cell.
    ///   - kind: what its column wants.
    ///   - unit: the unit of the heading.
    /// - Returns: the value, and what is to be told of the cell.
    public static func read(_ cell: SheetCell.Value, as kind: LedgerKind, unit: LedgerUnit?) -> LedgerValue {
        switch cell {
        case .empty: return LedgerValue(.null)
        case .error(let code): return LedgerValue(.null, .cellIsError(code), isRefused: true)
        case .formulaWithoutValue: return LedgerValue(.null, .cellIsFormula, isRefused: true)
        case .text(let text):
            // A table of values has a formula's error as a text.
            let key = LedgerText.key(text)
            if errors.contains(key) { return LedgerValue(.null, .cellIsError(key.uppercased()), isRefused: true) }
            if case .boolean = kind { return boolean(text) }
            if LedgerText.saysNothing(key) { return LedgerValue(.null, .cellSaysNothing(text)) }
            return read(text: text, as: kind, unit: unit)
        case .number(let number): return read(number: number, as: kind, unit: unit)
        case .date(let date): return read(date: date, as: kind, shown: cell.shown)
        case .bool(let value): return read(truth: value, as: kind)
        }
    }

    /// A formula's errors as spreadsheets show them.
    private static let errors: Set<String> = [
        "#n/a", "#ref!", "#div/0!", "#value!", "#name?", "#null!", "#num!", "#spill!", "#calc!",
    ]

    private static func read(truth: Bool, as kind: LedgerKind) -> LedgerValue {
        switch kind {
        case .text: LedgerValue(.text(truth ? "是" : "否"))
        case .boolean, .any: LedgerValue(.boolean(truth))
        case .number, .amount, .whole, .year, .date: refused(truth ? "TRUE" : "FALSE")
        }
    }

    private init(_ value: Attribute, _ note: Text? = nil, isRefused: Bool = false, converted: LedgerUnit? = nil) {
        (self.value, self.note, self.isRefused, self.converted) = (value, note, isRefused, converted)
    }

    private static func boolean(_ text: String) -> LedgerValue {
        switch LedgerText.key(text) {
        case "是", "有", "true", "1", "yes", "y", "√", "✓": LedgerValue(.boolean(true))
        case "否", "无", "false", "0", "no", "n", "×", "-": LedgerValue(.boolean(false))
        default: refused(text)
        }
    }

    private static func refused(_ text: String) -> LedgerValue {
        LedgerValue(.null, .cellIsNotThat(text), isRefused: true)
    }

    // MARK: Text

    private static func read(text: String, as kind: LedgerKind, unit: LedgerUnit?) -> LedgerValue {
        switch kind {
        case .text: return LedgerValue(.text(text))
        case .boolean: return boolean(text)
        case .date:
            return LedgerDate(text).map { LedgerValue(.text($0.iso)) } ?? counted(text) ?? LedgerValue(.text(text))
        case .year:
            if let date = LedgerDate(text) { return LedgerValue(.integer(Int64(date.year))) }
            return year(of: text)
        case .number(let quantity):
            guard let number = LedgerNumber(text) else { return refused(text) }
            return measured(number, quantity, heading: unit) ?? refused(text)
        case .whole:
            guard let number = LedgerNumber(text),
                number.unit.map({ $0.quantity == .count || $0.quantity == .any }) ?? true
            else { return refused(text) }
            return whole(LedgerNumber.scaled(number.value, by: number.unit?.factor ?? 1)) ?? refused(text)
        case .amount: return LedgerNumber(text).flatMap { inHeadingsUnit($0, unit) } ?? refused(text)
        case .any:
            guard let number = LedgerNumber(text), !isIdentifier(text) else { return LedgerValue(.text(text)) }
            return inHeadingsUnit(number, unit) ?? LedgerValue(.text(text))
        }
    }

    /// The year of a number that is one; refused else.
    private static func year(of text: String) -> LedgerValue {
        guard let number = LedgerNumber(text), number.unit.map({ $0.name == "年" }) ?? true,
            let date = LedgerDate(yearNumber: number.value)
        else { return refused(text) }
        return LedgerValue(.integer(Int64(date.year)))
    }

    /// The date that a table of values has as a mere number.
    private static func counted(_ text: String) -> LedgerValue? {
        guard let number = LedgerNumber(text), number.unit == nil, let date = LedgerDate(number: number.value) else {
            return nil
        }
        return LedgerValue(.text(date.iso))
    }

    /// A number in the base unit of its quantity.
    private static func measured(
        _ number: LedgerNumber, _ quantity: LedgerUnit.Quantity, heading: LedgerUnit?
    ) -> LedgerValue? {
        let unit = number.unit ?? heading
        guard let unit else { return LedgerValue(.real(number.value)) }
        guard unit.measures(quantity) else { return nil }
        let isSame = unit.factor == 1
        return LedgerValue(
            .real(LedgerNumber.scaled(number.value, by: unit.factor)), isSame ? nil : .cellConverted(unit.name),
            converted: isSame ? nil : unit)
    }

    /// A number in the unit of its heading; `nil` where its unit measures something else.
    private static func inHeadingsUnit(_ number: LedgerNumber, _ heading: LedgerUnit?) -> LedgerValue? {
        guard let unit = number.unit else { return LedgerValue(plain(number.value)) }
        if unit.quantity == .share && heading == nil {
            return LedgerValue(.real(LedgerNumber.scaled(number.value, by: unit.factor)))
        }
        guard let heading, unit != heading else {
            let isSame = heading == unit || unit.quantity == .count
            guard !isSame, unit.quantity != .any else {
                return LedgerValue(
                    plain(LedgerNumber.scaled(number.value, by: unit.quantity == .any ? unit.factor : 1)))
            }
            return LedgerValue(
                plain(LedgerNumber.scaled(number.value, by: unit.factor)), .cellConverted(unit.name), converted: unit)
        }
        guard unit.measures(heading.quantity) else { return nil }
        let factor = unit.factor / heading.factor
        return LedgerValue(
            plain(LedgerNumber.scaled(number.value, by: factor)), .cellConverted(unit.name), converted: unit)
    }

    private static func plain(_ number: Double) -> Attribute {
        abs(number) < 9e15 ? Int64(exactly: number).map { .integer($0) } ?? .real(number) : .real(number)
    }

    /// Digits that are a code, not a number: `001`, and more than fifteen of them.
    private static func isIdentifier(_ text: String) -> Bool {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard digits.count == text.count else { return false }
        return digits.count > 15 || digits.count == 11 || (digits.count > 1 && digits.first == "0")
    }

    private static func whole(_ number: Double) -> LedgerValue? {
        Int64(exactly: number).map { LedgerValue(.integer($0)) }
    }

    // MARK: Numbers and dates

    private static func read(number: Double, as kind: LedgerKind, unit: LedgerUnit?) -> LedgerValue {
        guard number.isFinite else { return refused(String(number)) }
        switch kind {
        case .text: return LedgerValue(.text(SheetCell.Value.digits(number)))
        case .any, .amount: return LedgerValue(plain(number))
        case .boolean: return number == 0 || number == 1 ? LedgerValue(.boolean(number == 1)) : refused(String(number))
        case .date:
            return LedgerDate(number: number).map { LedgerValue(.text($0.iso)) } ?? LedgerValue(plain(number))
        case .year:
            return LedgerDate(yearNumber: number).map { LedgerValue(.integer(Int64($0.year))) }
                ?? refused(SheetCell.Value.digits(number))
        case .whole: return whole(number) ?? refused(SheetCell.Value.digits(number))
        case .number(let quantity):
            guard let unit, unit.measures(quantity), unit.factor != 1 else { return LedgerValue(.real(number)) }
            return LedgerValue(
                .real(LedgerNumber.scaled(number, by: unit.factor)), .cellConverted(unit.name), converted: unit)
        }
    }

    private static func read(date: SheetDate, as kind: LedgerKind, shown: String) -> LedgerValue {
        switch kind {
        case .text, .date, .any: LedgerValue(.text(shown))
        case .year: date.isTimeOnly ? refused(shown) : LedgerValue(.integer(Int64(date.year)))
        case .number, .amount, .whole, .boolean: refused(shown)
        }
    }
}
