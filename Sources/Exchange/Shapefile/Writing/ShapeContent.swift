import Spatial

/// A geometry taken apart into what records of Shapefiles hold.
struct ShapeContent {
    private(set) var points: [Point] = []
    private(set) var lines: [LineString] = []
    private(set) var polygons: [Polygon] = []

    init(_ geometry: Geometry) { add(geometry) }

    private mutating func add(_ geometry: Geometry) {
        switch geometry {
        case .point(let point): if point.position != nil { points.append(point) }
        case .multiPoint(let several): points += several.filter { $0.position != nil }
        case .lineString(let line): if !line.positions.isEmpty { lines.append(line) }
        case .multiLineString(let several): lines += several.filter { !$0.positions.isEmpty }
        case .polygon(let polygon): if !polygon.rings.isEmpty { polygons.append(polygon) }
        case .multiPolygon(let several): polygons += several.filter { !$0.rings.isEmpty }
        case .collection(let members): members.forEach { add($0) }
        }
    }

    /// The families of which there is something.
    var families: [ShapeFamily] {
        [(points.isEmpty, ShapeFamily.points), (lines.isEmpty, .lines), (polygons.isEmpty, .areas)]
            .filter { !$0.0 }.map(\.1)
    }

    /// Appends the content of a record: the part of one family, or the null shape.
    ///
    /// - Parameters:
    ///   - type: the shape type of the file.
    ///   - family: of that type.
    ///   - bytes: take the content.
    ///   - extent: grows by what is written.
    func append(_ type: ShapeType, _ family: ShapeFamily, to bytes: inout [UInt8], extent: inout ShapeExtent) {
        switch family {
        case .points:
            guard !points.isEmpty else { return Self.appendNull(to: &bytes) }
            let line = LineString(
                points.compactMap(\.position),
                heightsMeters: points.contains { $0.heightMeters != nil } ? points.map { $0.heightMeters ?? 0 } : [])
            if type.isMulti {
                Self.append([line], type, hasParts: false, to: &bytes, extent: &extent)
            } else {
                Self.append(point: line, type, to: &bytes, extent: &extent)
            }
        case .lines:
            guard !lines.isEmpty else { return Self.appendNull(to: &bytes) }
            Self.append(lines, type, hasParts: true, to: &bytes, extent: &extent)
        case .areas:
            guard !polygons.isEmpty else { return Self.appendNull(to: &bytes) }
            let rings = polygons.flatMap { polygon in
                [polygon.exterior.turned(clockwise: true)] + polygon.holes.map { $0.turned(clockwise: false) }
            }
            Self.append(rings.filter { !$0.positions.isEmpty }, type, hasParts: true, to: &bytes, extent: &extent)
        }
    }

    private static func appendNull(to bytes: inout [UInt8]) { bytes.append(littleEndian: Int32(0)) }

    private static func append(
        point line: LineString, _ type: ShapeType, to bytes: inout [UInt8], extent: inout ShapeExtent
    ) {
        bytes.append(littleEndian: type.code)
        extent.add(line)
        bytes.append(double: line.positions[0].longitude)
        bytes.append(double: line.positions[0].latitude)
        guard type.hasHeights else { return }
        bytes.append(double: line.knownHeight(0))
        bytes.append(double: noMeasure)
    }

    /// Less than -10^38 means that there is no measure.
    private static let noMeasure = -1e39

    private static func append(
        _ parts: [LineString], _ type: ShapeType, hasParts: Bool, to bytes: inout [UInt8],
        extent: inout ShapeExtent
    ) {
        var own = ShapeExtent()
        for part in parts { own.add(part) }
        bytes.append(littleEndian: type.code)
        for edge in own.box { bytes.append(double: edge) }
        if hasParts { bytes.append(littleEndian: Int32(clamping: parts.count)) }
        bytes.append(littleEndian: Int32(clamping: parts.reduce(0) { $0 + $1.positions.count }))
        var first = 0
        for part in parts where hasParts {
            bytes.append(littleEndian: Int32(clamping: first))
            first += part.positions.count
        }
        for part in parts {
            for position in part.positions {
                bytes.append(double: position.longitude)
                bytes.append(double: position.latitude)
            }
        }
        extent.add(own)
        guard type.hasHeights else { return }
        for edge in own.heights { bytes.append(double: edge) }
        for part in parts {
            for index in part.positions.indices {
                bytes.append(double: part.knownHeight(index))
            }
        }
    }
}

/// A shape type of the ESRI Shapefile Technical Description.
struct ShapeType {
    let family: ShapeFamily
    /// Whether a record holds several points.
    let isMulti: Bool
    let hasHeights: Bool

    var code: Int32 {
        let plain: Int32 =
            switch family {
            case .points: isMulti ? 8 : 1
            case .lines: 3
            case .areas: 5
            }
        return plain + (hasHeights ? 10 : 0)
    }
}

/// The box of shapes with their heights.
struct ShapeExtent {
    private var plane = BoundingBox.empty
    private var lowest = Double.infinity
    private var highest = -Double.infinity

    /// West, south, east, north; zeros for nothing.
    var box: [Double] { plane.isEmpty ? [0, 0, 0, 0] : [plane.west, plane.south, plane.east, plane.north] }
    /// Lowest and highest; zeros for nothing.
    var heights: [Double] { lowest <= highest ? [lowest, highest] : [0, 0] }

    mutating func add(_ line: LineString) {
        for (index, position) in line.positions.enumerated() {
            plane.add(position.longitude, position.latitude)
            let height = line.knownHeight(index)
            lowest = min(lowest, height)
            highest = max(highest, height)
        }
    }

    mutating func add(_ other: ShapeExtent) {
        plane.add(other.plane)
        lowest = min(lowest, other.lowest)
        highest = max(highest, other.highest)
    }
}

extension LineString {
    /// The height of a position in metres; 0 where it is not known.
    fileprivate func knownHeight(_ index: Int) -> Double {
        guard !heightsMeters.isEmpty, heightsMeters[index].isFinite else { return 0 }
        return heightsMeters[index]
    }

    /// A ring that runs clockwise on the plane, or the other way.
    fileprivate func turned(clockwise: Bool) -> LineString {
        guard let origin = positions.first else { return self }
        var twice = 0.0
        for (a, b) in zip(positions, positions.dropFirst()) {
            twice +=
                (a.longitude - origin.longitude) * (b.latitude - origin.latitude)
                - (b.longitude - origin.longitude) * (a.latitude - origin.latitude)
        }
        guard twice != 0, (twice < 0) != clockwise else { return self }
        return LineString(positions.reversed(), heightsMeters: heightsMeters.reversed())
    }
}

extension [UInt8] {
    /// Appends a double, its lowest byte first.
    mutating func append(double value: Double) { append(littleEndian: value.bitPattern) }
}
