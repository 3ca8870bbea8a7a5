import Messages
public import Spatial

/// Writes features as KML 2.2 (OGC 07-147r2): a document with one folder, a
/// placemark a feature, every value in `ExtendedData` under its name and what
/// people call it.
///
/// Coordinates are WGS 84 with seven decimals, as the format demands; the
/// `name` of a feature is the placemark's.
public final class KMLWriter: FeatureWriter {
    private let output: ByteOutput
    private let title: String
    private let notice: String
    private let titles: [String: String]
    private var isBegun = false
    /// What stands before a value, by the key of the stream.
    private var beginnings: [[UInt8]] = []
    private var nameKey: Int?

    /// Begins a document; its head is written with the first features.
    ///
    /// - Parameters:
    ///   - output: where to; `finish` does not commit it.
    ///   - title: what the layer is called.
    ///   - titles: what people call the fields; shown by programs in place of their names.
    ///   - notice: what has to be said of all features: the document's description.
    public init(_ output: ByteOutput, title: String, titles: [String: String] = [:], notice: String = "") {
        self.output = output
        self.title = title
        self.titles = titles
        self.notice = notice
    }

    /// Writes placemarks.
    ///
    /// - Throws: `Failure` with `.inputOutput`, `.software` for a geometry that is no WKB.
    public func write(_ batch: FeatureBatch) throws {
        try begin()
        while beginnings.count < batch.keys.count { addKey(batch.keys[beginnings.count]) }
        for record in batch.records {
            var isSound = true
            try output.append { bytes in isSound = append(record, of: batch, to: &bytes) }
            guard isSound else { throw Failure(.software, .damagedGeometry) }
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

    private func addKey(_ key: String) {
        if key == "name" { nameKey = beginnings.count }
        let shown = titles[key].map { "<displayName>\(XMLText.escaped($0))</displayName>" } ?? ""
        beginnings.append(Array("<Data name=\"\(XMLText.escaped(key, inAttribute: true))\">\(shown)<value>".utf8))
    }

    private func append(
        _ record: FeatureBatch.Record, of batch: FeatureBatch, to bytes: inout [UInt8]
    ) -> Bool {
        bytes += "<Placemark>".utf8
        for field in batch.fields[record.fields] where field.key == nameKey && field.value != .null {
            bytes += "<name>".utf8
            Self.append(field.value, of: batch, to: &bytes)
            bytes += "</name>".utf8
        }
        bytes += "<styleUrl>#louyu</styleUrl>".utf8
        var hasData = false
        for field in batch.fields[record.fields] where field.value != .null {
            if !hasData { bytes += "<ExtendedData>".utf8 }
            hasData = true
            bytes += beginnings[field.key]
            Self.append(field.value, of: batch, to: &bytes)
            bytes += "</value></Data>".utf8
        }
        if hasData { bytes += "</ExtendedData>".utf8 }
        let isSound =
            record.geometry.isEmpty
            || batch.bytes.withUnsafeBytes { all in
                var shape = KMLShape(UnsafeRawBufferPointer(rebasing: all[record.geometry]))
                return shape.append(to: &bytes)
            }
        bytes += "</Placemark>\n".utf8
        return isSound
    }

    private static func append(_ value: FieldValue, of batch: FeatureBatch, to bytes: inout [UInt8]) {
        switch value {
        case .null: break
        case .boolean(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += String(value).utf8
        case .real(let value): bytes += PlainNumber.text(value).utf8
        case .text(let range), .json(let range): XMLText.append(batch.bytes[range], to: &bytes)
        }
    }
}
