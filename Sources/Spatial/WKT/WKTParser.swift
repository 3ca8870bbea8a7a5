/// Reads well-known text (ISO 19125-1, and the older forms in use): one pass
/// over UTF-8 bytes, recursion bounded.
struct WKTParser {
    private let text: UnsafeBufferPointer<UInt8>
    private var offset = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    /// The ordinates of a position.
    private enum Dimensions {
        /// Not said: two, three are (x, y, z), four are (x, y, z, m).
        case implied
        case xy, xyz, xym, xyzm
    }

    /// One geometry and nothing behind it.
    mutating func document() throws(WKTError) -> Geometry {
        skipIdentifier()
        let geometry = try geometry(depth: 0)
        skipSpace()
        guard offset == text.count else { throw error(.trailingText) }
        return geometry
    }

    private mutating func geometry(depth: Int) throws(WKTError) -> Geometry {
        guard depth <= 32 else { throw error(.tooDeep) }
        skipSpace()
        let start = offset
        var name = word()
        var dimensions = Dimensions.implied
        for (suffix, meaning) in [("ZM", Dimensions.xyzm), ("Z", .xyz), ("M", .xym)] where name.hasSuffix(suffix) {
            name.removeLast(suffix.utf8.count)
            dimensions = meaning
            break
        }
        if dimensions == .implied { dimensions = dimensionsWord() }
        switch name {
        case "POINT": return .point(try point(dimensions))
        case "LINESTRING", "LINEARRING": return .lineString(try line(dimensions))
        case "POLYGON": return .polygon(try polygon(dimensions))
        case "MULTIPOINT":
            return .multiPoint(
                try list { parser throws(WKTError) in try parser.memberPoint(dimensions) })
        case "MULTILINESTRING":
            return .multiLineString(try list { parser throws(WKTError) in try parser.line(dimensions) })
        case "MULTIPOLYGON":
            return .multiPolygon(try list { parser throws(WKTError) in try parser.polygon(dimensions) })
        case "GEOMETRYCOLLECTION":
            return .collection(
                try list { parser throws(WKTError) in try parser.geometry(depth: depth + 1) })
        case "": throw error(.expected("a geometry type"))
        default: throw WKTError(reason: .unknownType(name), offset: start)
        }
    }

    private mutating func polygon(_ dimensions: Dimensions) throws(WKTError) -> Polygon {
        let rings = try list { parser throws(WKTError) in try parser.line(dimensions) }
        guard let exterior = rings.first else { return Polygon(LineString([])) }
        return Polygon(exterior, holes: Array(rings.dropFirst()))
    }

    private mutating func line(_ dimensions: Dimensions) throws(WKTError) -> LineString {
        var positions: [LonLat] = []
        var heights: [Double] = []
        if takeEmpty() { return LineString([]) }
        try take("(")
        repeat {
            let point = try position(dimensions)
            if let height = point.height { heights.append(height) }
            positions.append(point.position)
            guard heights.isEmpty || heights.count == positions.count else { throw error(.mixedDimensions) }
        } while takes(",")
        try take(")")
        return LineString(positions, heightsMeters: heights.allSatisfy(\.isNaN) ? [] : heights)
    }

    private mutating func point(_ dimensions: Dimensions) throws(WKTError) -> Point {
        if takeEmpty() { return Point(nil) }
        try take("(")
        let position = try position(dimensions)
        try take(")")
        return Point(position)
    }

    /// A member of a multipoint, in brackets or, as in old texts, without.
    private mutating func memberPoint(_ dimensions: Dimensions) throws(WKTError) -> Point {
        skipSpace()
        if let next = peek, next == UInt8(ascii: "(") || next | 0x20 == UInt8(ascii: "e") {
            return try point(dimensions)
        }
        return Point(try position(dimensions))
    }

    fileprivate typealias Position = (position: LonLat, height: Double?)

    private mutating func position(_ dimensions: Dimensions) throws(WKTError) -> Position {
        let position = LonLat(try number(), try number())
        var more: [Double] = []
        while more.count < 2 {
            skipSpace()
            guard let next = peek, Self.isNumberStart(next) || Self.isLetter(next) else { break }
            more.append(try number())
        }
        switch (dimensions, more.count) {
        case (.xy, 0), (.implied, 0), (.xym, 1): return (position, nil)
        case (.implied, 1), (.implied, 2), (.xyz, 1), (.xyzm, 2):
            return (position, more[0])
        default: throw error(.mixedDimensions)
        }
    }

    private mutating func list<Member>(
        _ member: (inout WKTParser) throws(WKTError) -> Member
    ) throws(WKTError) -> [Member] {
        if takeEmpty() { return [] }
        var members: [Member] = []
        try take("(")
        repeat { members.append(try member(&self)) } while takes(",")
        try take(")")
        return members
    }
}

extension Point {
    fileprivate init(_ position: WKTParser.Position) {
        self.init(position.position, heightMeters: position.height.flatMap { $0.isNaN ? nil : $0 })
    }
}

/// Words, numbers and signs.
extension WKTParser {
    private var peek: UInt8? { offset < text.count ? text[offset] : nil }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    private static func isNumberStart(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
            || byte == UInt8(ascii: ".")
    }

    private func error(_ reason: WKTError.Reason) -> WKTError { WKTError(reason: reason, offset: offset) }

    private mutating func skipSpace() {
        while let next = peek, next == 0x20 || (0x09...0x0D).contains(next) { offset += 1 }
    }

    /// The next word in capitals, up to 32 letters of it.
    private mutating func word() -> String {
        skipSpace()
        let start = offset
        while let next = peek, Self.isLetter(next) { offset += 1 }
        return String(decoding: text[start..<min(offset, start + 32)].map { $0 & 0xDF }, as: UTF8.self)
    }

    /// A following `Z`, `M` or `ZM`.
    private mutating func dimensionsWord() -> Dimensions {
        let start = offset
        switch word() {
        case "Z": return .xyz
        case "M": return .xym
        case "ZM": return .xyzm
        default:
            offset = start
            return .implied
        }
    }

    private mutating func takeEmpty() -> Bool {
        let start = offset
        if word() == "EMPTY" { return true }
        offset = start
        return false
    }

    /// `SRID=4326;` in front, as PostGIS writes it; Louyu holds WGS 84 anyway.
    private mutating func skipIdentifier() {
        let start = offset
        guard word() == "SRID", takes("="), (try? number()) != nil, takes(";") else {
            offset = start
            return
        }
    }

    private mutating func takes(_ sign: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek == UInt8(ascii: sign) else { return false }
        offset += 1
        return true
    }

    private mutating func take(_ sign: Unicode.Scalar) throws(WKTError) {
        guard takes(sign) else { throw error(.expected(String(sign))) }
    }

    /// A number; also `NaN` and `Inf`, which other writers leave for a
    /// height not known and which, as coordinates, `validity()` finds.
    private mutating func number() throws(WKTError) -> Double {
        skipSpace()
        let start = offset
        while let next = peek, Self.isNumberStart(next) || Self.isLetter(next) { offset += 1 }
        let digits = text[start..<offset]
        guard digits.count <= 400, !digits.contains(where: { $0 | 0x20 == UInt8(ascii: "x") }),
            let value = Double(String(decoding: digits, as: UTF8.self))
        else { throw WKTError(reason: .expected("a number"), offset: start) }
        guard value.isFinite || digits.contains(where: { $0 | 0x20 == UInt8(ascii: "n") }) else {
            throw WKTError(reason: .outOfRange, offset: start)
        }
        return value
    }
}
