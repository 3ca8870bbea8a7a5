import Foundation
import Spatial

/// Writes values as rows of a dBase table.
struct DBFRows {
    /// Texts that were longer than a column may be.
    private(set) var cutTexts = 0
    /// Numbers with more decimals than a column may have.
    private(set) var roundedNumbers = 0

    private let layout: DBFLayout
    private let text: TableText
    private let blank: [UInt8]

    init(_ layout: DBFLayout, _ text: TableText) {
        (self.layout, self.text) = (layout, text)
        var blank = [UInt8](repeating: UInt8(ascii: " "), count: layout.rowSize)
        for column in layout.columns where column.type == UInt8(ascii: "L") {
            blank[column.offset] = UInt8(ascii: "?")
        }
        self.blank = blank
    }

    /// Appends the row of a record.
    mutating func append(_ record: FeatureBatch.Record, of batch: FeatureBatch, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes += blank
        for field in batch.fields[record.fields] {
            guard let place = layout.places[field.key], field.value != .null else { continue }
            let column = layout.columns[place]
            let value = encoded(field.value, column, batch)
            let isNumber = column.type == UInt8(ascii: "N")
            let offset = start + column.offset + (isNumber ? column.width - value.count : 0)
            bytes.replaceSubrange(offset..<offset + value.count, with: value)
        }
    }

    /// A value no wider than its column.
    private mutating func encoded(
        _ value: FieldValue, _ column: DBFLayout.Column, _ batch: FeatureBatch
    ) -> ArraySlice<UInt8> {
        switch (column.type, value) {
        case (UInt8(ascii: "L"), .boolean(let value)): return [value ? UInt8(ascii: "T") : UInt8(ascii: "F")]
        case (UInt8(ascii: "N"), .integer(let value)): return number(String(value), Double(value), column)
        case (UInt8(ascii: "N"), .real(let value)): return number(PlainNumber.text(value), value, column)
        default:
            let whole = text.bytes(of: value.textBytes(in: batch))
            let cut = text.prefix(whole, atMost: column.width)
            if cut.count < whole.count { cutTexts += 1 }
            return cut
        }
    }

    private mutating func number(_ plain: String, _ value: Double, _ column: DBFLayout.Column) -> ArraySlice<UInt8> {
        let decimals = plain.firstIndex(of: ".").map { plain.distance(from: $0, to: plain.endIndex) - 1 } ?? 0
        guard decimals > column.decimals else { return Array(plain.utf8)[...] }
        roundedNumbers += 1
        return Array(String(format: "%.\(column.decimals)f", value).utf8)[...].prefix(column.width)
    }
}

extension FieldValue {
    /// A value as text in UTF-8.
    func textBytes(in batch: FeatureBatch) -> ArraySlice<UInt8> {
        switch self {
        case .null: []
        case .boolean(let value): Array((value ? "true" : "false").utf8)[...]
        case .integer(let value): Array(String(value).utf8)[...]
        case .real(let value): Array(PlainNumber.text(value).utf8)[...]
        case .text(let range), .json(let range): batch.bytes[range]
        }
    }
}
