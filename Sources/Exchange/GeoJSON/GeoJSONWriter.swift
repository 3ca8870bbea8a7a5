import Messages
public import Spatial

/// Writes features as one GeoJSON FeatureCollection (RFC 7946), a feature a
/// line: right-hand winding, at most seven decimals, ids kept, coordinates
/// cut at the antimeridian.
///
/// The same batches always give the same bytes. A geometry of which nothing
/// is left after rounding, or with a coordinate that is no finite number, is
/// written as null and counted in `geometriesDropped`.
public final class GeoJSONWriter: FeatureWriter {
    /// Geometries written as null although the record had one.
    public var geometriesDropped: Int { encoder.geometriesDropped }

    private let output: ByteOutput
    private let encoder: GeoJSONEncoder
    private let writesBox: Bool
    private var hasFeatures = false

    /// Makes a writer; the caller commits the output after `finish()`.
    public init(_ output: ByteOutput, options: GeoJSONOptions = GeoJSONOptions()) {
        self.output = output
        encoder = GeoJSONEncoder(options)
        writesBox = options.writesBox
        encoder.text.append("{\"type\":\"FeatureCollection\",")
        if let code = options.epsgCode {
            encoder.text.append("\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::")
            encoder.text.append(Int64(code))
            encoder.text.append("\"}},")
        }
        if !options.notice.isEmpty {
            encoder.text.append("\"notice\":")
            var notice = options.notice
            notice.withUTF8 { encoder.text.append(quoted: $0) }
            encoder.text.append(",")
        }
        encoder.text.append("\"features\":[")
    }

    /// Writes features, in order.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    public func write(_ batch: FeatureBatch) throws {
        encoder.take(keysOf: batch)
        try batch.bytes.withUnsafeBytes { bytes in
            for record in batch.records {
                hasFeatures ? encoder.text.append(",\n") : encoder.text.append("\n")
                hasFeatures = true
                encoder.append(record, of: batch, bytes: bytes)
                try encoder.text.flush(to: output, atLeast: 1 << 17)
            }
        }
    }

    /// Closes the collection.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    public func finish() throws {
        encoder.text.append("\n]")
        if writesBox { encoder.append(encoder.box) }
        encoder.text.append("}\n")
        try encoder.text.flush(to: output, atLeast: 0)
    }
}

/// Writes features as a GeoJSON text sequence, one a line, with record
/// separators (RFC 8142) where the options ask for them.
public final class GeoJSONSeqWriter: FeatureWriter {
    /// Geometries written as null although the record had one.
    public var geometriesDropped: Int { encoder.geometriesDropped }

    private let output: ByteOutput
    private let encoder: GeoJSONEncoder
    private let separates: Bool

    /// Makes a writer; the caller commits the output after `finish()`.
    public init(_ output: ByteOutput, options: GeoJSONOptions = GeoJSONOptions()) {
        self.output = output
        encoder = GeoJSONEncoder(options)
        separates = options.writesRecordSeparators
    }

    /// Writes features, in order.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    public func write(_ batch: FeatureBatch) throws {
        encoder.take(keysOf: batch)
        try batch.bytes.withUnsafeBytes { bytes in
            for record in batch.records {
                if separates { encoder.text.append(UInt8(0x1E)) }
                encoder.append(record, of: batch, bytes: bytes)
                encoder.text.append(UInt8(ascii: "\n"))
                try encoder.text.flush(to: output, atLeast: 1 << 17)
            }
        }
    }

    /// Writes what is left.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    public func finish() throws { try encoder.text.flush(to: output, atLeast: 0) }
}

extension JSONText {
    /// Hands what was written to an output, where it is enough to be worth it.
    fileprivate func flush(to output: ByteOutput, atLeast enough: Int) throws(Failure) {
        guard count >= enough else { return }
        try output.write(buffer)
        truncate(to: 0)
    }
}
