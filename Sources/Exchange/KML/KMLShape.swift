import Spatial

/// Writes WKB as the geometries of KML; what has no positions is left out.
struct KMLShape {
    private var source: WKBSource

    init(_ wkb: UnsafeRawBufferPointer) { source = WKBSource(bytes: wkb) }

    /// Appends the next geometry.
    ///
    /// - Returns: whether it was WKB.
    mutating func append(to bytes: inout [UInt8]) -> Bool {
        guard let header = source.header(), let type = GeometryType(rawValue: header.type) else { return false }
        switch type {
        case .point: return appendPoint(header, to: &bytes)
        case .lineString: return appendLine("LineString", header, to: &bytes) != nil
        case .polygon: return appendPolygon(header, to: &bytes)
        case .multiPoint, .multiLineString, .multiPolygon, .collection:
            guard let count = source.count(atLeast: 5) else { return false }
            let start = bytes.count
            bytes += "<MultiGeometry>".utf8
            let filled = bytes.count
            for _ in 0..<count { guard append(to: &bytes) else { return false } }
            if bytes.count > filled { bytes += "</MultiGeometry>".utf8 } else { bytes.removeLast(filled - start) }
            return true
        }
    }

    private mutating func appendPoint(_ header: WKBSource.Header, to bytes: inout [UInt8]) -> Bool {
        guard source.offset + header.stride <= source.bytes.count else { return false }
        defer { source.offset += header.stride }
        guard !source.double(0).isNaN else { return true }
        bytes += "<Point><coordinates>".utf8
        appendPosition(header, to: &bytes)
        bytes += "</coordinates></Point>".utf8
        return true
    }

    private mutating func appendPolygon(_ header: WKBSource.Header, to bytes: inout [UInt8]) -> Bool {
        guard let count = source.count(atLeast: 4) else { return false }
        let start = bytes.count
        bytes += "<Polygon>".utf8
        var hasOutline = false
        for _ in 0..<count {
            let side = hasOutline ? "innerBoundaryIs" : "outerBoundaryIs"
            let ring = bytes.count
            bytes += "<\(side)>".utf8
            guard let positions = appendLine("LinearRing", header, to: &bytes) else { return false }
            if positions > 0 { bytes += "</\(side)>".utf8 } else { bytes.removeLast(bytes.count - ring) }
            hasOutline = hasOutline || positions > 0
        }
        if hasOutline { bytes += "</Polygon>".utf8 } else { bytes.removeLast(bytes.count - start) }
        return true
    }

    /// Appends a line of one position or more.
    ///
    /// - Returns: its positions; `nil` for what is no WKB.
    private mutating func appendLine(
        _ element: StaticString, _ header: WKBSource.Header, to bytes: inout [UInt8]
    ) -> Int? {
        guard let count = source.count(atLeast: header.stride) else { return nil }
        guard count > 0 else { return 0 }
        bytes += "<\(element)><coordinates>".utf8
        for index in 0..<count {
            if index > 0 { bytes.append(UInt8(ascii: " ")) }
            appendPosition(header, to: &bytes)
            source.offset += header.stride
        }
        bytes += "</coordinates></\(element)>".utf8
        return count
    }

    private func appendPosition(_ header: WKBSource.Header, to bytes: inout [UInt8]) {
        Self.append(degrees: source.double(0), to: &bytes)
        bytes.append(UInt8(ascii: ","))
        Self.append(degrees: source.double(8), to: &bytes)
        guard header.hasZ else { return }
        let height = source.double(16)
        if height.isFinite { bytes += ",\(PlainNumber.text(height))".utf8 }
    }

    /// Seven decimals, without zeros at the end.
    private static func append(degrees: Double, to bytes: inout [UInt8]) {
        let units = Int64(exactly: (degrees * 1e7).rounded()) ?? 0
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: JSONText.longestNumber) { room in
            guard let start = room.baseAddress else { return }
            let end = JSONText.write(units: units, to: start)
            bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: end - start))
        }
    }
}
