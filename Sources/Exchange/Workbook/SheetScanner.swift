import Messages

/// Makes rows of the XML of a sheet, in the order in which they stand there.
final class SheetScanner {
    /// How deep rows stand: in `worksheet` and `sheetData`.
    static let rowDepth = 3
    /// What is read of the sheet for it.
    static let interest: [XMLTag] = [.row, .cell, .value, .formula, .inlineString, .text, .phoneticRun]

    private let xml: XMLStream
    private let strings: SharedStrings
    private let styles: CellStyles
    private let countsFrom1904: Bool

    private var number = 0
    private var cells: [SheetCell.Value] = []
    private var column = -1
    private var emptyCells = 0
    private var rowBytes = 0
    private var cell = RawCell()

    /// Makes a scanner of a sheet from its beginning.
    init(_ xml: XMLStream, strings: SharedStrings, styles: CellStyles, countsFrom1904: Bool) {
        (self.xml, self.strings, self.styles, self.countsFrom1904) = (xml, strings, styles, countsFrom1904)
    }

    /// The next row that holds anything.
    ///
    /// - Throws: `Failure` with `.unusableInput` that names the cell.
    func next() throws(Failure) -> SheetRow? {
        while let event = try xml.next() {
            switch (event.kind, event.tag) {
            case (.start, .row) where event.depth == Self.rowDepth: try beginRow(event)
            case (.end, .row) where event.depth == Self.rowDepth:
                if let row = endRow() { return row }
            case (.start, .cell) where event.depth == Self.rowDepth + 1: try beginCell(event)
            case (.end, .cell) where event.depth == Self.rowDepth + 1: try endCell()
            case (.start, .value), (.start, .inlineString): if isInCell(event) { cell.hasValue = true }
            case (.start, .formula): if isInCell(event) { cell.hasFormula = true }
            case (.text, .value): if isInCell(event) { try append(event) }
            case (.text, .text): if cell.kind == .inlineString { try append(event) }
            case (.start, .phoneticRun): cell.text.isInReading = true
            case (.end, .phoneticRun): cell.text.isInReading = false
            default: break
            }
        }
        return nil
    }

    /// Whether an event is of what stands in a cell itself.
    @inline(__always)
    private func isInCell(_ event: XMLEvent) -> Bool { event.depth == Self.rowDepth + 2 }

    private func append(_ event: XMLEvent) throws(Failure) {
        cell.text.append(xml.bytes[event.range])
        if cell.text.isTooLong { throw failure(.cellTooLong) }
    }

    // MARK: Rows

    private func beginRow(_ event: XMLEvent) throws(Failure) {
        if let written = xml.value(of: "r", in: event) {
            guard let stated = CellReference.number(xml.bytes[written]), (1...SheetBounds.rows).contains(stated) else {
                throw xml.failure(.badReference(String(decoding: xml.bytes[written].prefix(40), as: UTF8.self)))
            }
            number = stated
        } else {
            number += 1
            guard number <= SheetBounds.rows else { throw xml.failure(.badReference(String(number))) }
        }
        cells.removeAll(keepingCapacity: true)
        (column, rowBytes) = (-1, 0)
    }

    private func endRow() -> SheetRow? {
        while cells.last == .empty { cells.removeLast() }
        // A copy with no more room than it needs: rows out of order are kept.
        return cells.isEmpty ? nil : SheetRow(number: number, cells: cells.map(\.self))
    }

    // MARK: Cells

    private func beginCell(_ event: XMLEvent) throws(Failure) {
        cell.begin()
        var place: (row: Int, column: Int)?
        for attribute in xml.attributes[event.range] where attribute.name.count == 1 {
            let value = xml.bytes[attribute.value]
            switch xml.bytes[attribute.name.lowerBound] {
            case UInt8(ascii: "r"):
                guard let stated = CellReference.place(value) else {
                    throw xml.failure(.badReference(String(decoding: value.prefix(40), as: UTF8.self)))
                }
                place = stated
            case UInt8(ascii: "s"): cell.style = CellReference.number(value) ?? -1
            case UInt8(ascii: "t"): cell.kind = RawCell.Kind(value)
            default: break
            }
        }
        column = place?.column ?? column + 1
        guard column < SheetBounds.columns else { throw failure(.columnBeyondSheet) }
        if let row = place?.row, row != number { throw failure(.cellInWrongRow(number)) }
    }

    private func endCell() throws(Failure) {
        let value = try value()
        guard value != .empty else { return }
        rowBytes += value.textBytes
        guard rowBytes <= SheetBounds.rowBytes else {
            throw failure(.rowTooLong(megabytes: SheetBounds.rowBytes >> 20))
        }
        if column >= cells.count {
            emptyCells += column - cells.count
            guard emptyCells <= SheetBounds.freeEmptyCells + xml.bytesRead else { throw failure(.tooManyEmptyCells) }
            while cells.count < column { cells.append(.empty) }
            cells.append(value)
        } else {
            guard cells[column] == .empty else { throw failure(.cellTwice) }
            cells[column] = value
        }
    }

    private func value() throws(Failure) -> SheetCell.Value {
        guard cell.hasValue, cell.hasText || !cell.hasFormula || cell.kind == .formulaString else {
            return cell.hasFormula ? .formulaWithoutValue : .empty
        }
        switch cell.kind {
        case .number: return cell.hasText ? try number(cell.text.raw[...]) : .empty
        case .sharedString:
            guard cell.hasText else { return .empty }
            guard let index = CellReference.number(cell.text.raw[...]), let text = strings[index] else {
                throw failure(.noSuchText(String(decoding: cell.text.raw.prefix(40), as: UTF8.self), strings.count))
            }
            return text.isEmpty ? .empty : .text(text)
        case .inlineString, .formulaString:
            let text = cell.text.decoded
            return text.isEmpty ? .empty : .text(text)
        case .bool:
            switch cell.text.decoded.trimmed.lowercased() {
            case "1", "true": return .bool(true)
            case "0", "false": return .bool(false)
            default: throw failure(.badCellValue(cell.text.decoded))
            }
        case .error: return .error(cell.text.decoded)
        case .date:
            let text = cell.text.decoded
            return SheetDate(iso: text).map { .date($0) } ?? (text.isEmpty ? .empty : .text(text))
        case .unknown: throw failure(.badCellType)
        }
    }

    private func number(_ text: ArraySlice<UInt8>) throws(Failure) -> SheetCell.Value {
        let number = CellReference.number(text).map(Double.init) ?? Self.decimal(text)
        guard let number, number.isFinite else {
            throw failure(.badCellValue(String(decoding: text.prefix(40), as: UTF8.self)))
        }
        guard let isDate = styles.isDate(cell.style) else { throw failure(.badCellStyle) }
        guard isDate, let date = SheetDate(serial: number, countsFrom1904: countsFrom1904) else {
            return .number(number)
        }
        return .date(date)
    }

    /// A decimal number; hexadecimal ones, infinity and such are none.
    private static func decimal(_ text: ArraySlice<UInt8>) -> Double? {
        let digits = text.drop { $0 <= 0x20 }
        let end = digits.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? digits.startIndex
        let bare = digits[digits.startIndex..<end]
        guard bare.count <= 400, bare.allSatisfy({ $0 < 58 && $0 > 42 || $0 | 0x20 == UInt8(ascii: "e") }) else {
            return nil
        }
        return Double(String(decoding: bare, as: UTF8.self))
    }

    /// What is wrong with the current cell.
    private func failure(_ fault: Text) -> Failure {
        xml.failure(.cell(SheetCell.reference(row: max(1, number), column: max(0, column)), fault))
    }
}

/// A cell as it stands in the XML.
private struct RawCell {
    /// What its text means.
    enum Kind {
        case number, sharedString, inlineString, formulaString, bool, error, date, unknown

        init(_ name: ArraySlice<UInt8>) {
            self =
                switch String(decoding: name.prefix(20), as: UTF8.self) {
                case "s": .sharedString
                case "n": .number
                case "str": .formulaString
                case "inlineStr": .inlineString
                case "b": .bool
                case "e": .error
                case "d": .date
                default: .unknown
                }
        }
    }

    var kind = Kind.number
    var style = 0
    var hasFormula = false
    var hasValue = false
    var text = CellText()

    var hasText: Bool { !text.raw.isEmpty }

    mutating func begin() {
        (kind, style, hasFormula, hasValue) = (.number, 0, false, false)
        text.begin()
    }
}
