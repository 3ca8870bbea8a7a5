import Foundation
import Messages

/// The columns of a dBase table that is to be written.
struct DBFLayout {
    /// One column.
    struct Column {
        /// The field it holds.
        let field: String
        /// Its name, ten bytes at most.
        let name: [UInt8]
        let type: UInt8
        let width: Int
        let decimals: Int
        /// Where it begins in a row.
        let offset: Int
    }

    /// The columns, in order.
    private(set) var columns: [Column] = []
    /// The column of each field of the stream; `nil` where it has none.
    private(set) var places: [Int?] = []
    /// The bytes of a row with its mark of deletion.
    private(set) var rowSize = 1

    /// The most columns that every program reads.
    static let mostColumns = 255
    /// The widest text.
    static let widestText = 254
    private static let longestName = 10
    private static let widestInteger = 18
    private static let mostDecimals = 15
    /// The most digits of a number with decimals: no column is wider than the format's 20 bytes.
    private static let mostDigits = 18

    /// Lays columns out by what is known of their values.
    ///
    /// - Parameters:
    ///   - fields: the fields.
    ///   - widths: the most bytes of each as text in the encoding of the table.
    ///   - text: encodes the names.
    init(_ fields: [FeatureSpool.Column], widths: [Int], text: TableText) {
        var taken: Set<[UInt8]> = []
        for (index, field) in fields.enumerated() {
            // As in other forms, what has no value has no column.
            guard field.kind != nil, columns.count < Self.mostColumns else {
                places.append(nil)
                continue
            }
            places.append(columns.count)
            add(field, textWidth: widths[index], name: Self.name(field.name, &taken, text))
        }
        // A table without columns is none.
        if columns.isEmpty { append("", Array("id".utf8), "N", 10, 0) }
    }

    private mutating func add(_ field: FeatureSpool.Column, textWidth: Int, name: [UInt8]) {
        let decimals = min(max(1, field.mostDecimals), Self.mostDecimals, Self.mostDigits - field.mostWholeBytes)
        switch field.kind {
        case .boolean: append(field.name, name, "L", 1, 0)
        case .integer where field.mostBytes <= Self.widestInteger:
            append(field.name, name, "N", max(1, field.mostBytes), 0)
        case .real where decimals >= 1:
            append(field.name, name, "N", field.mostWholeBytes + 1 + decimals, decimals)
        default: append(field.name, name, "C", min(max(1, textWidth), Self.widestText), 0)
        }
    }

    private mutating func append(
        _ field: String, _ name: [UInt8], _ type: Unicode.Scalar, _ width: Int, _ decimals: Int
    ) {
        columns.append(
            Column(
                field: field, name: name, type: UInt8(ascii: type), width: width, decimals: decimals, offset: rowSize))
        rowSize += width
    }

    /// A name that is not taken, whatever its case: letters, digits and `_`.
    private static func name(_ field: String, _ taken: inout Set<[UInt8]>, _ text: TableText) -> [UInt8] {
        let plain = field.unicodeScalars.map { scalar -> Character in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? Character(scalar) : "_"
        }
        let whole = text.bytes(of: (plain.isEmpty ? "field" : String(plain)).utf8)
            .map { $0 == UInt8(ascii: "?") ? UInt8(ascii: "_") : $0 }
        func folded(_ name: [UInt8]) -> [UInt8] {
            var name = name
            var index = 0
            while index < name.count {
                // The second byte of a character of GBK may look like a letter.
                if text.isGBK && name[index] >= 0x80 {
                    index += 1
                } else if (0x61...0x7A).contains(name[index]) {
                    name[index] -= 32
                }
                index += 1
            }
            return name
        }
        var name = Array(text.prefix(whole, atMost: longestName))
        var ordinal = 2
        while !taken.insert(folded(name)).inserted {
            let ending = Array("_\(ordinal)".utf8)
            name = text.prefix(whole, atMost: longestName - ending.count) + ending
            ordinal += 1
        }
        return name
    }

    // MARK: - Bytes

    /// The head of the table.
    func head(rows: Int, encoding: ShapefileWriter.Encoding, madeAt moment: Date) -> [UInt8] {
        let day = Calendar(identifier: .gregorian).dateComponents(in: .gmt, from: moment)
        var bytes: [UInt8] = [3]
        for part in [(day.year ?? 1900) - 1900, day.month ?? 1, day.day ?? 1] {
            bytes.append(UInt8(clamping: part))
        }
        bytes.append(littleEndian: UInt32(clamping: rows))
        bytes.append(littleEndian: UInt16(clamping: headSize))
        bytes.append(littleEndian: UInt16(clamping: rowSize))
        bytes += [UInt8](repeating: 0, count: 17)
        // What it is called in a .cpg file counts; this byte knows no UTF-8.
        bytes += [encoding == .gbk ? 0x4D : 0, 0, 0]
        for column in columns {
            bytes += column.name + [UInt8](repeating: 0, count: 11 - column.name.count)
            bytes += [column.type, 0, 0, 0, 0, UInt8(clamping: column.width), UInt8(clamping: column.decimals)]
            bytes += [UInt8](repeating: 0, count: 14)
        }
        bytes.append(0x0D)
        return bytes
    }

    /// The bytes before the first row.
    var headSize: Int { 33 + 32 * columns.count }
}
