/// A fault that keeps a geometry from being handed to GEOS at all.
struct StructuralDefect {
    let reason: InvalidityReason
    let place: LonLat?
}

extension WKBCursor {
    /// Walks over one geometry: every count within the bytes, nesting
    /// bounded, every coordinate finite, rings closed and of four positions
    /// or more, lines of two or more.
    ///
    /// - Returns: the first fault, or `nil`.
    /// - Throws: `WKBError` where the bytes are no geometry.
    /// - Complexity: O(bytes), without a copy.
    mutating func firstDefect(depth: Int = 0) throws(WKBError) -> StructuralDefect? {
        guard depth <= 32 else { throw .tooDeep }
        let header = try header()
        switch header.type {
        case .point: return try pointDefect(header)
        case .lineString: return try lineDefect(header)
        case .polygon:
            for _ in 0..<(try count(header, atLeast: 4)) {
                if let defect = try ringDefect(header) { return defect }
            }
            return nil
        case .multiPoint: return try membersDefect(header, .point, depth)
        case .multiLineString: return try membersDefect(header, .lineString, depth)
        case .multiPolygon: return try membersDefect(header, .polygon, depth)
        case .collection: return try membersDefect(header, nil, depth)
        }
    }

    private mutating func membersDefect(
        _ header: Header, _ type: GeometryType?, _ depth: Int
    ) throws(WKBError) -> StructuralDefect? {
        for _ in 0..<(try count(header, atLeast: 9)) {
            if let type {
                var ahead = self
                let member = try ahead.header()
                guard member.type == type else { throw .type(member.type.rawValue) }
            }
            if let defect = try firstDefect(depth: depth + 1) { return defect }
        }
        return nil
    }

    private mutating func pointDefect(_ header: Header) throws(WKBError) -> StructuralDefect? {
        guard offset + header.stride <= bytes.count else { throw .truncated }
        let position = position(at: offset, header)
        offset += header.stride
        let isEmpty = position.longitude.isNaN && position.latitude.isNaN
        return isEmpty || position.isFinite ? nil : StructuralDefect(reason: .invalidCoordinate, place: nil)
    }

    private mutating func lineDefect(_ header: Header) throws(WKBError) -> StructuralDefect? {
        let count = try count(header, atLeast: header.stride)
        let first = offset
        offset += count * header.stride
        guard areFinite(from: first, count, header) else {
            return StructuralDefect(reason: .invalidCoordinate, place: nil)
        }
        return count == 1 ? StructuralDefect(reason: .tooFewPoints, place: position(at: first, header)) : nil
    }

    private mutating func ringDefect(_ header: Header) throws(WKBError) -> StructuralDefect? {
        let count = try count(header, atLeast: header.stride)
        if count == 0 { return nil }
        let first = offset
        offset += count * header.stride
        guard areFinite(from: first, count, header) else {
            return StructuralDefect(reason: .invalidCoordinate, place: nil)
        }
        let start = position(at: first, header)
        guard start == position(at: offset - header.stride, header) else {
            return StructuralDefect(reason: .ringNotClosed, place: start)
        }
        return count < 4 ? StructuralDefect(reason: .tooFewPoints, place: start) : nil
    }

    private func areFinite(from first: Int, _ count: Int, _ header: Header) -> Bool {
        var place = first
        for _ in 0..<count {
            if !position(at: place, header).isFinite { return false }
            place += header.stride
        }
        return true
    }

    private func position(at place: Int, _ header: Header) -> LonLat {
        LonLat(double(at: place, header), double(at: place + 8, header))
    }
}
