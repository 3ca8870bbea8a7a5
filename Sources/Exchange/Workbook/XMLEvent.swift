import Foundation

/// The elements that the parts of a workbook are read by; all others are `other`.
enum XMLTag: UInt8 {
    case other
    // Worksheets.
    case worksheet, sheetData, row, cell, value, formula, inlineString, mergeCell
    // Texts.
    case stringItem, run, text, phoneticRun
    // Styles.
    case numberFormats, numberFormat, cellFormats, cellFormat
    // The workbook and relationships.
    case workbookProperties, sheets, sheet, relationship

    /// The element of a local name.
    init(_ name: UnsafeRawBufferPointer) {
        self = .other
        switch name.count {
        case 1:
            switch name[0] {
            case UInt8(ascii: "c"): self = .cell
            case UInt8(ascii: "v"): self = .value
            case UInt8(ascii: "f"): self = .formula
            case UInt8(ascii: "t"): self = .text
            case UInt8(ascii: "r"): self = .run
            default: break
            }
        case 2:
            if Self.matches(name, "is") { self = .inlineString }
            if Self.matches(name, "si") { self = .stringItem }
            if Self.matches(name, "xf") { self = .cellFormat }
        case 3:
            if Self.matches(name, "row") { self = .row }
            if Self.matches(name, "rPh") { self = .phoneticRun }
        default:
            for (tag, text) in Self.longNames where Self.matches(name, text) { self = tag }
        }
    }

    private static let longNames: [(XMLTag, StaticString)] = [
        (.worksheet, "worksheet"), (.sheetData, "sheetData"), (.mergeCell, "mergeCell"), (.numberFormats, "numFmts"),
        (.numberFormat, "numFmt"), (.cellFormats, "cellXfs"), (.workbookProperties, "workbookPr"),
        (.sheets, "sheets"), (.sheet, "sheet"), (.relationship, "Relationship"),
    ]

    @inline(__always)
    static func matches(_ name: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        guard name.count == text.utf8CodeUnitCount, let base = name.baseAddress else { return false }
        return memcmp(base, text.utf8Start, name.count) == 0
    }
}

/// What an XML parser met.
struct XMLEvent {
    enum Kind: UInt8 { case start, end, text }

    let kind: Kind
    /// The element that begins or ends; of a text the one it stands in.
    let tag: XMLTag
    /// How many elements are open, this one included.
    let depth: UInt16
    /// Of a text its bytes; of a start its attributes, in `XMLStream.bytes`
    /// and `XMLStream.attributes`.
    let range: Range<Int>
}

/// An attribute: its local name and its value, in `XMLStream.bytes`.
struct XMLAttribute {
    let name: Range<Int>
    let value: Range<Int>
}
