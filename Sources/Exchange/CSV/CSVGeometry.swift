import Messages
import Spatial

/// Makes geometries out of cells.
enum CSVGeometry {
    /// Appends the geometry of a row as WKB.
    ///
    /// - Returns: why there is none; then bytes may have been appended.
    static func append(
        _ row: CSVRow, of bytes: UnsafeRawBufferPointer, _ source: CSVColumns.Source, allowsDecimalComma: Bool,
        to wkb: inout [UInt8], _ box: inout BoundingBox
    ) -> Text? {
        if let cell = cell(row, source.shape) {
            let text = CSVRow.string(bytes, cell)
            guard let geometry = shape(text) else { return .invalidGeometryText(beginning(text)) }
            geometry.append(toWKB: &wkb)
            box = geometry.box
            return nil
        }
        if let pair = source.pair {
            guard let east = cell(row, pair.longitude), let north = cell(row, pair.latitude) else {
                return .missingCoordinates
            }
            guard let x = CSVNumber.coordinate(bytes, east.range, allowsDecimalComma: allowsDecimalComma) else {
                return .invalidCoordinate(beginning(CSVRow.string(bytes, east)))
            }
            guard let y = CSVNumber.coordinate(bytes, north.range, allowsDecimalComma: allowsDecimalComma) else {
                return .invalidCoordinate(beginning(CSVRow.string(bytes, north)))
            }
            append(x, y, to: &wkb, &box)
            return nil
        }
        guard let cell = cell(row, source.both) else { return .missingCoordinates }
        let text = CSVRow.string(bytes, cell)
        guard let position = position(text) else { return .invalidCoordinate(beginning(text)) }
        append(position.longitude, position.latitude, to: &wkb, &box)
        return nil
    }

    /// Whether all cells for the position are empty.
    static func isMissing(_ row: CSVRow, _ source: CSVColumns.Source) -> Bool {
        [source.shape, source.pair?.longitude, source.pair?.latitude, source.both].allSatisfy { cell(row, $0) == nil }
    }

    private static func beginning(_ text: String) -> String { String(text.prefix(80)) }

    /// The two numbers of `106.5,29.5`, with a comma, semicolon or space
    /// between them, full-width or not, perhaps in brackets.
    static func position(_ text: String) -> LonLat? {
        guard text.utf8.count <= CSVNumber.longestCoordinate else { return nil }
        let plain = CSVNumber.halfWidth(text).map { "()[]".contains($0) ? " " : $0 }
        let parts = plain.split { $0 == "," || $0 == ";" || $0 == "、" || $0.isWhitespace }
        guard parts.count == 2, let x = CSVNumber.coordinate(String(parts[0]), allowsDecimalComma: false),
            let y = CSVNumber.coordinate(String(parts[1]), allowsDecimalComma: false)
        else { return nil }
        return LonLat(x, y)
    }

    /// Whether a cell may hold WKT or hexadecimal WKB.
    static func looksLikeShape(_ text: String) -> Bool {
        if isHexadecimal(text) { return true }
        let words = ["POINT", "LINESTRING", "POLYGON", "MULTI", "GEOMETRYCOLLECTION", "SRID="]
        let start = text.drop(while: \.isWhitespace).prefix(18).uppercased()
        return words.contains { start.hasPrefix($0) }
    }

    private static func append(_ x: Double, _ y: Double, to wkb: inout [UInt8], _ box: inout BoundingBox) {
        wkb.append(wkbHeader: .point, hasZ: false)
        wkb.append(wkb: x)
        wkb.append(wkb: y)
        box.add(x, y)
    }

    private static func cell(_ row: CSVRow, _ column: Int?) -> CSVRow.Value? {
        guard let column, column < row.values.count, !row.values[column].range.isEmpty else { return nil }
        return row.values[column]
    }

    private static func shape(_ text: String) -> Geometry? {
        guard isHexadecimal(text) else { return try? Geometry(wkt: text) }
        let digits = Array(text.utf8)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).map { index in
            nibble(digits[index]) << 4 | nibble(digits[index + 1])
        }
        return try? Geometry(wkb: bytes)
    }

    private static func isHexadecimal(_ text: String) -> Bool {
        let digits = text.utf8
        guard digits.count >= 18, digits.count.isMultiple(of: 2), text.hasPrefix("0") else { return false }
        return digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }

    private static func nibble(_ digit: UInt8) -> UInt8 { digit < 58 ? digit &- 48 : (digit | 32) &- 87 }
}
