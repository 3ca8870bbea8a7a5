import Messages
public import Spatial

/// Writes features as a table (RFC 4180) in UTF-8.
///
/// The columns are given beforehand; attributes beyond them are left out,
/// absent ones are empty. Text is written as it is: a cell that begins with
/// `=`, `+`, `-` or `@` is a formula to some spreadsheets, so a table of texts
/// from strangers is to be imported there as text, not opened.
public final class CSVWriter: FeatureWriter {
    /// How geometries are written.
    public enum Shape: Hashable, Sendable {
        /// `lon` and `lat`: the point itself, or of any other geometry a point
        /// on it.
        case coordinates
        /// `lon` and `lat` as above, and `geom_wkt` with the whole geometry.
        case coordinatesAndWKT
        /// None.
        case none
    }

    /// How to write.
    public struct Options: Hashable, Sendable {
        /// How geometries are written.
        public var shape = Shape.coordinates
        /// Whether a byte order mark stands first, by which spreadsheets know UTF-8.
        public var hasByteOrderMark = true
        /// Whether lines end with CR LF as RFC 4180 has it, else with LF.
        public var endsLinesWithCRLF = true
        /// Whether the format's own id stands first, as column `id`.
        public var hasID = false

        /// Makes the usual options.
        public init() {}
    }

    private let output: ByteOutput
    private let columns: [String]
    private let options: Options
    private var columnOfKey: [Int] = []
    private var cells: [FieldValue] = []

    /// Begins a table; its header is written with the first features.
    ///
    /// - Parameters:
    ///   - output: where to; `finish` does not commit it.
    ///   - columns: the names of the attributes, in order.
    ///   - options: how to write.
    public init(_ output: ByteOutput, columns: [String], options: Options = Options()) {
        self.output = output
        self.columns = columns
        self.options = options
    }

    private var hasHeader = false

    private func writeHeader() throws(Failure) {
        guard !hasHeader else { return }
        hasHeader = true
        let first = options.hasID ? ["id"] : []
        var last = options.shape != .none ? ["lon", "lat"] : []
        if options.shape == .coordinatesAndWKT { last.append("geom_wkt") }
        // An attribute called `lon` becomes `lon_2`.
        let distinct = ColumnNames.unique(first + last + columns).dropFirst(first.count + last.count)
        let header = first + distinct + last
        let isMarked = options.hasByteOrderMark
        let lineEnd = lineEnd
        try output.append { bytes in
            if isMarked { bytes += [0xEF, 0xBB, 0xBF] }
            for (index, name) in header.enumerated() {
                if index > 0 { bytes.append(CSVCell.comma) }
                CSVCell.append(text: Array(name.utf8)[...], to: &bytes)
            }
            bytes += lineEnd
        }
    }

    private var lineEnd: [UInt8] { options.endsLinesWithCRLF ? [13, 10] : [10] }

    /// Writes one row a feature.
    ///
    /// - Throws: `Failure` with `.inputOutput`, or `.software` for a geometry
    ///   that is no WKB.
    public func write(_ batch: FeatureBatch) throws {
        try writeHeader()
        while columnOfKey.count < batch.keys.count {
            columnOfKey.append(columns.firstIndex(of: batch.keys[columnOfKey.count]) ?? -1)
        }
        for record in batch.records {
            let place = try place(of: record, in: batch)
            try output.append { bytes in append(record, place, of: batch, to: &bytes) }
        }
    }

    /// Writes the header where there was no feature; the output is for the
    /// caller to commit.
    public func finish() throws { try writeHeader() }

    /// Where a feature stands, and its whole geometry where it is asked for.
    private struct Place {
        var position: LonLat?
        var text: String?
    }

    private func place(of record: FeatureBatch.Record, in batch: FeatureBatch) throws -> Place {
        guard options.shape != .none, !record.geometry.isEmpty else { return Place() }
        do {
            let geometry = try Geometry(wkb: batch.bytes[record.geometry])
            return Place(
                position: geometry.representativePoint,
                text: options.shape == .coordinatesAndWKT ? geometry.wkt : nil)
        } catch {
            throw Failure(.software, .damagedGeometry)
        }
    }

    private func append(
        _ record: FeatureBatch.Record, _ place: Place, of batch: FeatureBatch, to bytes: inout [UInt8]
    ) {
        cells.removeAll(keepingCapacity: true)
        cells.append(contentsOf: repeatElement(.null, count: columns.count))
        for field in batch.fields[record.fields] where columnOfKey[field.key] >= 0 {
            cells[columnOfKey[field.key]] = field.value
        }
        var isFirst = true
        if options.hasID {
            CSVCell.append(record.id, of: batch, to: &bytes)
            isFirst = false
        }
        for cell in cells {
            if !isFirst { bytes.append(CSVCell.comma) }
            isFirst = false
            CSVCell.append(cell, of: batch, to: &bytes)
        }
        if options.shape != .none {
            for coordinate in [place.position?.longitude, place.position?.latitude] {
                if !isFirst { bytes.append(CSVCell.comma) }
                isFirst = false
                if let coordinate { bytes.append(contentsOf: CSVCell.coordinate(coordinate).utf8) }
            }
        }
        if options.shape == .coordinatesAndWKT {
            bytes.append(CSVCell.comma)
            if let text = place.text { CSVCell.append(text: Array(text.utf8)[...], to: &bytes) }
        }
        bytes += lineEnd
    }
}
