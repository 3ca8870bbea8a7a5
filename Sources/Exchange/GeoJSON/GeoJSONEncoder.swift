import Messages
import Spatial

/// How GeoJSON is written.
public struct GeoJSONOptions: Sendable {
    /// Decimals of coordinates, 0 to 7 (7 are 1 cm); zeros at the end are cut.
    public var decimals = 7
    /// Whether every feature, and a collection as a whole, gets a "bbox".
    public var writesBox = false
    /// Whether coordinates are WGS 84 degrees: lines and outlines are then
    /// cut where they cross the antimeridian.
    public var coordinatesAreDegrees = true
    /// The EPSG code that a collection names in a `crs` member, as GeoJSON had
    /// it before RFC 7946; `nil` for WGS 84, which needs none.
    public var epsgCode: Int?
    /// Whether each record of a sequence begins with a record separator
    /// (RFC 8142) or stands on a line of its own only.
    public var writesRecordSeparators = false
    /// What has to be said of all features: a foreign member "notice" of a
    /// collection (RFC 7946, section 6.1); none where it is empty.
    public var notice = ""
    /// Mends an area that rounding may have made invalid: gets its WKB with
    /// rounded coordinates and the grid in degrees, gives a valid geometry on
    /// that grid, or `nil` where it is valid as it is.
    public var repairAfterRounding: (@Sendable (_ wkb: [UInt8], _ grid: Double) -> [UInt8]?)?

    /// Makes the usual options.
    public init() {}
}

/// Turns records of batches into GeoJSON Features.
final class GeoJSONEncoder {
    let text = JSONText()
    /// The box of all features written.
    private(set) var box = RoundedBox()
    /// Geometries that became null because nothing of them could be written.
    private(set) var geometriesDropped = 0

    private let options: GeoJSONOptions
    private let geometry: RoundedGeometry
    /// Units of 10⁻⁷ in a unit of the last decimal.
    private let unit: Int64
    private var writtenKeys: [[UInt8]] = []
    private var keys: [String] = []
    private var node = 0
    private var position = 0

    init(_ options: GeoJSONOptions) {
        precondition((0...7).contains(options.decimals), "GeoJSON is written with 0 to 7 decimals")
        self.options = options
        geometry = RoundedGeometry(decimals: options.decimals)
        unit = (options.decimals..<7).reduce(1) { unit, _ in unit * 10 }
    }

    /// Prepares for the keys of a batch.
    func take(keysOf batch: FeatureBatch) {
        guard batch.keys.count != keys.count || batch.keys != keys else { return }
        keys = batch.keys
        writtenKeys = keys.map { key in
            let quoted = JSONText()
            var key = key
            key.withUTF8 { quoted.append(quoted: $0) }
            quoted.append(":")
            return Array(quoted.buffer)
        }
    }

    /// Appends a Feature without a line break.
    func append(_ record: FeatureBatch.Record, of batch: FeatureBatch, bytes: UnsafeRawBufferPointer) {
        text.append(#"{"type":"Feature""#)
        append(id: record.id, bytes)
        let isWritable = prepare(record.geometry, bytes)
        if isWritable, options.writesBox {
            let box = RoundedBox(geometry)
            self.box.add(box, halfTurn: geometry.halfTurn)
            append(box)
        }
        text.append(#","geometry":"#)
        if isWritable {
            (node, position) = (0, 0)
            appendGeometry()
        } else {
            text.append("null")
        }
        text.append(#","properties":{"#)
        var isFirst = true
        for field in batch.fields[record.fields] {
            if !isFirst { text.append(UInt8(ascii: ",")) }
            isFirst = false
            text.append(writtenKeys[field.key])
            append(field.value, bytes)
        }
        text.append("}}")
    }

    /// Appends a "bbox" member with the comma before it.
    func append(_ box: RoundedBox) {
        guard !box.isEmpty else { return }
        text.append(#","bbox":["#)
        for (index, value) in [box.west, box.south, box.east, box.north].enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text.append(units: value * unit)
        }
        text.append(UInt8(ascii: "]"))
    }

    // MARK: Values

    private func append(id: FieldValue, _ bytes: UnsafeRawBufferPointer) {
        switch id {
        case .integer, .text: break
        case .real(let value) where value.isFinite: break
        default: return
        }
        text.append(#","id":"#)
        append(id, bytes)
    }

    private func append(_ value: FieldValue, _ bytes: UnsafeRawBufferPointer) {
        switch value {
        case .null: text.append("null")
        case .boolean(let value): value ? text.append("true") : text.append("false")
        case .integer(let value): text.append(value)
        case .real(let value): text.append(value)
        case .text(let range): text.append(quoted: UnsafeRawBufferPointer(rebasing: bytes[range]).asUTF8)
        case .json(let range): text.append(json: UnsafeRawBufferPointer(rebasing: bytes[range]).asUTF8)
        }
    }

    // MARK: Geometries

    /// Rounds a geometry; `false` where there is nothing to write.
    private func prepare(_ range: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
        if range.isEmpty { return false }
        do {
            let wkb = UnsafeRawBufferPointer(rebasing: bytes[range])
            try geometry.read(wkb)
            if options.coordinatesAreDegrees && geometry.crossesAntimeridian {
                try read(AntimeridianCut.wkb(of: wkb), isCut: true)
            }
            if let repair = options.repairAfterRounding, geometry.mayBeInvalid,
                let repaired = repair(geometry.wkb(), 1 / geometry.scale)
            {
                try read(repaired, isCut: geometry.isCut)
            }
        } catch {
            geometriesDropped += 1
            return false
        }
        if geometry.isEmpty { geometriesDropped += 1 }
        return !geometry.isEmpty
    }

    private func read(_ wkb: [UInt8], isCut: Bool) throws {
        try wkb.withUnsafeBytes { try geometry.read($0, isCut: isCut) }
    }

    private func appendGeometry() {
        let kind = geometry.nodes[node].kind
        switch kind {
        case .point: text.append(#"{"type":"Point","coordinates":"#)
        case .lineString: text.append(#"{"type":"LineString","coordinates":"#)
        case .polygon: text.append(#"{"type":"Polygon","coordinates":"#)
        case .multiPoint: text.append(#"{"type":"MultiPoint","coordinates":"#)
        case .multiLineString: text.append(#"{"type":"MultiLineString","coordinates":"#)
        case .multiPolygon: text.append(#"{"type":"MultiPolygon","coordinates":"#)
        case .collection, .ring: text.append(#"{"type":"GeometryCollection","geometries":["#)
        }
        if kind == .collection {
            let members = geometry.nodes[node].count
            node += 1
            for index in 0..<members {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                appendGeometry()
            }
            text.append("]}")
        } else {
            appendCoordinates()
            text.append(UInt8(ascii: "}"))
        }
    }

    private func appendCoordinates() {
        let (kind, count) = (geometry.nodes[node].kind, geometry.nodes[node].count)
        node += 1
        switch kind {
        case .point: appendPositions(count)
        case .lineString, .ring:
            text.append(UInt8(ascii: "["))
            appendPositions(count)
            text.append(UInt8(ascii: "]"))
        default:
            text.append(UInt8(ascii: "["))
            for index in 0..<count {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                appendCoordinates()
            }
            text.append(UInt8(ascii: "]"))
        }
    }

    /// Positions with commas between.
    private func appendPositions(_ count: Int) {
        let start = text.room(count * (3 * JSONText.longestNumber + 5))
        var place = start
        for index in position..<position + count {
            let value = geometry.positions[index]
            if index > position { place = put(UInt8(ascii: ","), place) }
            place = put(UInt8(ascii: "["), place)
            place = JSONText.write(units: value.x &* unit, to: place)
            place = put(UInt8(ascii: ","), place)
            place = JSONText.write(units: value.y &* unit, to: place)
            if value.z != RoundedPosition.noHeight {
                place = put(UInt8(ascii: ","), place)
                place = JSONText.write(units: value.z &* unit, to: place)
            }
            place = put(UInt8(ascii: "]"), place)
        }
        text.advance(place - start)
        position += count
    }

    @inline(__always)
    private func put(_ byte: UInt8, _ place: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
        place.pointee = byte
        return place + 1
    }
}

extension UnsafeRawBufferPointer {
    fileprivate var asUTF8: UnsafeBufferPointer<UInt8> { bindMemory(to: UInt8.self) }
}
