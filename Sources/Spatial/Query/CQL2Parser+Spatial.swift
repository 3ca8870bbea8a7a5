internal import Messages

extension CQL2Parser {
    /// The arguments of a spatial relation, behind its opening parenthesis.
    mutating func spatial(
        _ predicate: CQL2Expression.SpatialPredicate
    ) throws(CQL2SyntaxError) -> CQL2Expression {
        var property: String?
        if let name = propertyName() {
            property = name
            index += 1
            try expect(",", .cql2SpatialExample)
        }
        let argument = try spatialArgument()
        // The relation is the same either way round for S_INTERSECTS only.
        if property == nil, predicate == .intersects, take(sign: ",") {
            guard let name = propertyName() else { throw unexpected(.cql2SpatialExample) }
            property = name
            index += 1
        }
        try expect(")", .cql2SpatialExample)
        return .spatial(predicate, property: property, argument)
    }

    private func propertyName() -> String? {
        switch token.kind {
        case .quotedName(let name): return name
        case .word(let word):
            let isCall = index + 1 < tokens.count && tokens[index + 1].kind == .sign("(")
            let isGeometry = CQL2Geometry.types.contains(CQL2Name.keyword(word))
            return isCall || isGeometry ? nil : word
        default: return nil
        }
    }

    private mutating func spatialArgument() throws(CQL2SyntaxError) -> CQL2Expression.SpatialArgument {
        switch token.kind {
        case .string(let name):
            guard !name.isEmpty else { throw unexpected(.cql2SpatialExample) }
            index += 1
            return .place(name)
        case .word(let word):
            let key = CQL2Name.keyword(word)
            if key == "BBOX" || key == "ENVELOPE" {
                index += 1
                return .box(try box())
            }
            guard CQL2Geometry.types.contains(key) else { throw unexpected(.cql2SpatialExample) }
            return .geometry(try geometry())
        default: throw unexpected(.cql2SpatialExample)
        }
    }

    /// West, south, east and north, or the six numbers of a box with heights.
    private mutating func box() throws(CQL2SyntaxError) -> BoundingBox {
        let column = token.column
        try expect("(", .cql2BoxExample)
        var numbers = [try coordinate()]
        while take(sign: ","), numbers.count < 7 { numbers.append(try coordinate()) }
        try expect(")", .cql2BoxExample)
        let edges = numbers.compactMap { Double($0) }
        guard edges.count == 4 || edges.count == 6 else { throw CQL2SyntaxError(column, .cql2NoBox, .cql2BoxExample) }
        let half = edges.count / 2
        let box = BoundingBox(west: edges[0], south: edges[1], east: edges[half], north: edges[half + 1])
        guard abs(box.west) <= 180, abs(box.east) <= 180, box.south >= -90, box.south <= box.north, box.north <= 90
        else { throw CQL2SyntaxError(column, .cql2NoBox, .cql2BoxExample) }
        return box
    }

    /// One geometry of well-known text.
    private mutating func geometry() throws(CQL2SyntaxError) -> Geometry {
        var text = ""
        // Where the tokens begin in the text, to find a mistake's column.
        var starts: [(offset: Int, column: Int)] = []
        var open = 0
        repeat {
            starts.append((text.utf8.count, token.column))
            switch token.kind {
            case .word(let word): text += word + " "
            case .number(let number): text += number + " "
            case .sign("-"): text += "-"
            case .sign("("):
                open += 1
                text += "("
            case .sign(")"):
                open -= 1
                text += ")"
            case .sign(","): text += ","
            default: throw unexpected(.cql2WKTExample)
            }
            index += 1
        } while open > 0 || (starts.count < 4 && continuesGeometry)
        do throws(WKTError) {
            return try Geometry(wkt: text)
        } catch {
            let place = starts.last { $0.offset <= error.offset }
            throw CQL2SyntaxError(place?.column ?? token.column, .cql2NoGeometry, .cql2WKTExample)
        }
    }

    /// Whether `Z`, `EMPTY` or the first parenthesis of a geometry comes next.
    private var continuesGeometry: Bool {
        if case .word(let word) = token.kind { return ["Z", "M", "ZM", "EMPTY"].contains(CQL2Name.keyword(word)) }
        return token.kind == .sign("(")
    }

    private mutating func coordinate() throws(CQL2SyntaxError) -> String {
        let minus = take(sign: "-") ? "-" : ""
        guard case .number(let text) = token.kind, Double(text)?.isFinite ?? false else {
            throw unexpected(.cql2WKTExample)
        }
        index += 1
        return minus + text
    }
}

/// The types of well-known text.
enum CQL2Geometry {
    static let types: Set<String> = [
        "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION",
    ]
}
