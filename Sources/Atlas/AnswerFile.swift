import Exchange
import Foundation
public import Messages
public import Spatial
import Store

/// Where answers are written: a file that appears only when it is complete,
/// or standard output.
public enum AnswerFile {
    /// A form that features are written in.
    public enum Form: Hashable, Sendable {
        /// A GeoJSON FeatureCollection (RFC 7946).
        case geojson
        /// GeoJSON text sequence, a feature a line (RFC 8142 without separators).
        case geojsonseq
        /// CSV for spreadsheets, UTF-8 with a byte order mark.
        case csv
        /// The same with the geometry as WKT in a further column.
        case csvWithWKT
        /// The same without geometry: positions stand in columns of their own.
        case csvOfValues
        /// A GeoPackage with one table.
        case geoPackage(table: String)

        /// Whether a file of that form can say something of all features.
        public var holdsNotice: Bool { self == .geojson }
    }

    /// Looks, before any work is done, whether an answer may be written to a
    /// path: not over a file that it is made of, by whatever name that is
    /// called, and over no other without leave.
    ///
    /// - Throws: `Failure` with `.cannotCreate`.
    public static func checkTarget(_ path: String, overwrite: Bool, sources: [String]) throws(Failure) {
        guard path != "-" else { return }
        switch PathKind(output: path) {
        case .absent, .device: break
        case .folder: throw Failure(.cannotCreate, .isFolder(path), hint: .nameAFile)
        case .file: if !overwrite { throw Failure(.cannotCreate, .outputExists(path), hint: .useOverwrite) }
        }
        let target = FileIdentity(path)
        for source in sources where source != "-" && FileIdentity(source) == target {
            throw Failure(.cannotCreate, .outputIsInput(path), hint: .nameAnother)
        }
    }

    /// Writes a text; `-` is standard output.
    ///
    /// - Throws: `Failure`: `.cannotCreate`, `.inputOutput`.
    public static func write(_ text: String, to path: String, overwrite: Bool) throws(Failure) {
        let output = try ByteOutput(path: path, overwrite: overwrite)
        try output.write(text)
        try output.commit()
    }

    /// A writer of features; `-` is standard output.
    ///
    /// - Parameters:
    ///   - form: the form.
    ///   - path: the file.
    ///   - overwrite: whether an existing file may be replaced.
    ///   - columns: the columns of a CSV.
    ///   - crs: the CRS of the features; `nil` is WGS 84.
    ///   - writesBox: whether GeoJSON tells the `bbox` of every feature and of all.
    ///   - notice: what has to be said of all features, where the form has room for it (`Form.holdsNotice`).
    /// - Returns: the writer; the file appears when it finishes.
    /// - Throws: `Failure`: `.cannotCreate`, `.inputOutput`.
    public static func writer(
        _ form: Form, path: String, overwrite: Bool, columns: [String] = [], crs: CoordinateDeclaration? = nil,
        writesBox: Bool = false, notice: String = ""
    ) throws(Failure) -> any FeatureWriter {
        if case .geoPackage(let table) = form {
            guard path != "-" else { throw Failure(.usage, .needsOutputFile, hint: .giveOutput) }
            guard try crs.map({ crs throws(Failure) in try CoordinateTransform(crs).isIdentity }) ?? true else {
                throw Failure(.usage, .geoPackageIsWGS84, hint: .leaveOutCRS)
            }
            switch PathKind(output: path) {
            case .folder: throw Failure(.cannotCreate, .isFolder(path), hint: .nameAFile)
            case .device: throw Failure(.usage, .needsOutputFile, hint: .giveOutput)
            case .absent, .file: return try GeoPackageWriter(path: path, table: table, overwrite: overwrite)
            }
        }
        let output = try ByteOutput(path: path, overwrite: overwrite)
        switch form {
        case .geojson, .geojsonseq: try GEOSLibrary.open()
        case .csv, .csvWithWKT, .csvOfValues, .geoPackage: break
        }
        var options = GeoJSONOptions()
        options.writesBox = writesBox
        options.notice = notice
        options.coordinatesAreDegrees = crs.map { $0.crs.isGeographic ?? false } ?? true
        options.repairAfterRounding = { wkb, grid in
            let repaired = try? Geometry(wkb: wkb).snapped(toGrid: grid)
            return repaired.flatMap { $0.isEmpty ? nil : $0.wkb }
        }
        let writer: any FeatureWriter =
            switch form {
            case .geojson, .geoPackage: GeoJSONWriter(output, options: options)
            case .geojsonseq: GeoJSONSeqWriter(output, options: options)
            case .csv: CSVWriter(output, columns: columns)
            case .csvWithWKT: CSVWriter(output, columns: columns, options: Self.csv(.coordinatesAndWKT))
            case .csvOfValues: CSVWriter(output, columns: columns, options: Self.csv(.none))
            }
        return CommittingWriter(writer, output)
    }
}

/// What tells one file from another: its number on its device; before it
/// exists, its path.
private enum FileIdentity: Equatable {
    case number(UInt64, on: UInt64)
    case path(String)

    init(_ path: String) {
        var status = stat()
        if stat(path, &status) == 0 {
            self = .number(UInt64(status.st_ino), on: UInt64(truncatingIfNeeded: status.st_dev))
        } else {
            self = .path(URL(filePath: OutputPlace(path).path).standardizedFileURL.path)
        }
    }
}

extension AnswerFile {
    private static func csv(_ shape: CSVWriter.Shape) -> CSVWriter.Options {
        var options = CSVWriter.Options()
        options.shape = shape
        return options
    }
}

/// Gives the file its name when the last feature is written.
private final class CommittingWriter: FeatureWriter {
    private let writer: any FeatureWriter
    private let output: ByteOutput

    init(_ writer: any FeatureWriter, _ output: ByteOutput) {
        self.writer = writer
        self.output = output
    }

    func write(_ batch: FeatureBatch) throws { try writer.write(batch) }

    func finish() throws {
        try writer.finish()
        try output.commit()
    }
}
