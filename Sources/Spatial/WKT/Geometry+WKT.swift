extension Geometry {
    /// Reads well-known text.
    ///
    /// Accepts letters of either case, `Z`, `M` (dropped) and `ZM` behind the
    /// type or implied by the number of ordinates, points of multipoints with
    /// or without brackets, `LINEARRING` as a line, and `SRID=…;` in front.
    /// Rings are taken as they stand; `validity()` judges them.
    ///
    /// - Throws: `WKTError` with reason and place.
    /// - Complexity: O(bytes); collections nest 32 deep at most.
    public init(wkt text: String) throws(WKTError) {
        var text = text
        let result = text.withUTF8 { bytes in
            Result { () throws(WKTError) in
                var parser = WKTParser(bytes)
                return try parser.document()
            }
        }
        self = try result.get()
    }

    /// The geometry as well-known text (ISO 19125-1), with `Z` where heights
    /// are given; every number reads back as the same number.
    public var wkt: String {
        var text = ""
        append(toWKT: &text)
        return text
    }

    private func append(toWKT text: inout String) {
        switch self {
        case .point(let point):
            text += point.heightMeters == nil ? "POINT " : "POINT Z "
            text.append(point, hasZ: point.heightMeters != nil)
        case .lineString(let line):
            text += line.hasHeights ? "LINESTRING Z " : "LINESTRING "
            text.append(line, hasZ: line.hasHeights)
        case .polygon(let polygon):
            text += polygon.hasHeights ? "POLYGON Z " : "POLYGON "
            text.append(polygon, hasZ: polygon.hasHeights)
        case .multiPoint(let points):
            text += hasHeights ? "MULTIPOINT Z " : "MULTIPOINT "
            text.append(list: points) { [hasHeights] in $0.append($1, hasZ: hasHeights) }
        case .multiLineString(let lines):
            text += hasHeights ? "MULTILINESTRING Z " : "MULTILINESTRING "
            text.append(list: lines) { [hasHeights] in $0.append($1, hasZ: hasHeights) }
        case .multiPolygon(let polygons):
            text += hasHeights ? "MULTIPOLYGON Z " : "MULTIPOLYGON "
            text.append(list: polygons) { [hasHeights] in $0.append($1, hasZ: hasHeights) }
        case .collection(let members):
            text += hasHeights ? "GEOMETRYCOLLECTION Z " : "GEOMETRYCOLLECTION "
            text.append(list: members) { $1.append(toWKT: &$0) }
        }
    }
}

extension String {
    fileprivate mutating func append<Member>(list: [Member], _ member: (inout String, Member) -> Void) {
        if list.isEmpty {
            self += "EMPTY"
            return
        }
        self += "("
        for index in list.indices {
            if index > 0 { self += ", " }
            member(&self, list[index])
        }
        self += ")"
    }

    fileprivate mutating func append(_ point: Point, hasZ: Bool) {
        guard let position = point.position else {
            self += "EMPTY"
            return
        }
        self += "("
        append(position, height: hasZ ? point.heightMeters ?? .nan : nil)
        self += ")"
    }

    fileprivate mutating func append(_ line: LineString, hasZ: Bool) {
        append(list: Array(line.positions.indices)) { text, index in
            let height = line.hasHeights ? line.heightsMeters[index] : .nan
            text.append(line.positions[index], height: hasZ ? height : nil)
        }
    }

    fileprivate mutating func append(_ polygon: Polygon, hasZ: Bool) {
        append(list: polygon.rings) { $0.append($1, hasZ: hasZ) }
    }

    private mutating func append(_ position: LonLat, height: Double?) {
        append(number: position.longitude)
        self += " "
        append(number: position.latitude)
        if let height {
            self += " "
            append(number: height)
        }
    }

    private mutating func append(number: Double) {
        let digits = number.description
        self += digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
    }
}
