import Messages
public import Spatial

/// Writes features as KML 2.2 (OGC 07-147r2): a document with one folder, a
/// placemark a feature, every value in `ExtendedData`.
///
/// Coordinates are WGS 84 with seven decimals, as the format demands; the
/// `name` of a feature is the placemark's.
public final class KMLWriter: FeatureWriter {
    private let output: ByteOutput
    private let title: String
    private let notice: String
    private var isBegun = false

    /// Begins a document; its head is written with the first features.
    ///
    /// - Parameters:
    ///   - output: where to; `finish` does not commit it.
    ///   - title: what the layer is called.
    ///   - notice: what has to be said of all features: the document's description.
    public init(_ output: ByteOutput, title: String, notice: String = "") {
        self.output = output
        self.title = title
        self.notice = notice
    }

    /// Writes placemarks.
    ///
    /// - Throws: `Failure` with `.inputOutput`, `.software` for a geometry that is no WKB.
    public func write(_ batch: FeatureBatch) throws {
        try begin()
        for record in batch.records {
            var geometry: Geometry?
            if !record.geometry.isEmpty {
                do { geometry = try Geometry(wkb: batch.bytes[record.geometry]) } catch {
                    throw Failure(.software, .damagedGeometry)
                }
            }
            try output.append { bytes in
                Self.append(record, geometry, of: batch, to: &bytes)
            }
        }
    }

    /// Writes the end; the output is for the caller to commit.
    public func finish() throws {
        try begin()
        try output.write("</Folder></Document></kml>\n")
    }

    private func begin() throws(Failure) {
        guard !isBegun else { return }
        isBegun = true
        let name = XMLText.escaped(title)
        let notice = notice.isEmpty ? "" : "<description>\(XMLText.escaped(notice))</description>"
        try output.write(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>\(name)</name>\(notice)
            <Style id="louyu"><LineStyle><color>ff3c3c3c</color><width>1.2</width></LineStyle>\
            <PolyStyle><color>7fd8a05a</color></PolyStyle></Style>
            <Folder><name>\(name)</name>

            """)
    }

    private static func append(
        _ record: FeatureBatch.Record, _ geometry: Geometry?, of batch: FeatureBatch, to bytes: inout [UInt8]
    ) {
        bytes += "<Placemark>".utf8
        let fields = batch.fields[record.fields]
        if let name = fields.first(where: { batch.keys[$0.key] == "name" }), let text = text(name.value, of: batch) {
            bytes += "<name>\(XMLText.escaped(text))</name>".utf8
        }
        bytes += "<styleUrl>#louyu</styleUrl>".utf8
        var hasData = false
        for field in fields {
            guard let text = text(field.value, of: batch) else { continue }
            if !hasData { bytes += "<ExtendedData>".utf8 }
            hasData = true
            let name = XMLText.escaped(batch.keys[field.key])
            bytes += "<Data name=\"\(name)\"><value>\(XMLText.escaped(text))</value></Data>".utf8
        }
        if hasData { bytes += "</ExtendedData>".utf8 }
        if let geometry, !geometry.isEmpty { append(geometry, to: &bytes) }
        bytes += "</Placemark>\n".utf8
    }

    private static func text(_ value: FieldValue, of batch: FeatureBatch) -> String? {
        switch value {
        case .null: nil
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .real(let value): PlainNumber.text(value)
        case .text(let range), .json(let range): batch.string(range)
        }
    }

    // MARK: - Geometry

    private static func append(_ geometry: Geometry, to bytes: inout [UInt8]) {
        func several(_ members: [Geometry]) {
            bytes += "<MultiGeometry>".utf8
            for member in members where !member.isEmpty { append(member, to: &bytes) }
            bytes += "</MultiGeometry>".utf8
        }
        switch geometry {
        case .point(let point):
            let line = point.position.map { LineString([$0], heightsMeters: point.heightMeters.map { [$0] } ?? []) }
            if let line { append("Point", line, to: &bytes) }
        case .lineString(let line): append("LineString", line, to: &bytes)
        case .polygon(let polygon):
            bytes += "<Polygon>".utf8
            for (index, ring) in polygon.rings.enumerated() {
                let side = index == 0 ? "outerBoundaryIs" : "innerBoundaryIs"
                bytes += "<\(side)>".utf8
                append("LinearRing", ring, to: &bytes)
                bytes += "</\(side)>".utf8
            }
            bytes += "</Polygon>".utf8
        case .multiPoint(let points): several(points.map { .point($0) })
        case .multiLineString(let lines): several(lines.map { .lineString($0) })
        case .multiPolygon(let polygons): several(polygons.map { .polygon($0) })
        case .collection(let members): several(members)
        }
    }

    private static func append(_ element: String, _ line: LineString, to bytes: inout [UInt8]) {
        bytes += "<\(element)><coordinates>".utf8
        for (index, position) in line.positions.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: " ")) }
            bytes += degrees(position.longitude).utf8
            bytes.append(UInt8(ascii: ","))
            bytes += degrees(position.latitude).utf8
            if index < line.heightsMeters.count { bytes += ",\(PlainNumber.text(line.heightsMeters[index]))".utf8 }
        }
        bytes += "</coordinates></\(element)>".utf8
    }

    private static func degrees(_ value: Double) -> String {
        PlainNumber.text((value * 1e7).rounded() / 1e7)
    }
}
