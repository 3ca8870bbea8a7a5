import Exchange
public import Foundation
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
        /// Shapefiles, their texts in UTF-8 or in GBK.
        case shapefile(isGBK: Bool)
        /// FlatGeobuf with its index.
        case flatGeobuf(title: String)
        /// KML.
        case kml(title: String)
        /// A workbook of one sheet; positions stand in columns of their own, or are told in two more.
        case workbook(sheet: String, tellsPositions: Bool)
    }

    /// What the writing of a form needs to know beside the features.
    public struct Details {
        /// The columns of a table.
        public var columns: [String] = []
        /// What people call the columns.
        public var titles: [String: Text] = [:]
        /// The language of headings.
        public var language = Language.en
        /// What brought the features into their CRS; `nil` is WGS 84.
        public var transform: CoordinateTransform?
        /// The time that files note as that of their making.
        public var madeAt = Date.now
        /// Whether GeoJSON tells the `bbox` of every feature and of all.
        public var writesBox = false
        /// What has to be said of all features, where the form has room for it.
        public var notice = ""
        /// Called with what one has to know of the files.
        public var note: (Text) -> Void = { _ in }
        /// Asked now and then, where the end of a file takes long, whether to give up.
        public var isBrokenOff: () -> Bool = { false }

        /// What the coordinates are; `nil` is WGS 84.
        var crs: CoordinateDeclaration? { transform?.declaration }

        /// Makes the usual details.
        public init() {}
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
    ///   - details: columns, CRS and the like.
    /// - Returns: the writer; the file appears when it finishes.
    /// - Throws: `Failure`: `.cannotCreate`, `.inputOutput`; `.usage` for a
    ///   CRS that the form cannot say, or standard output where it needs a file.
    public static func writer(
        _ form: Form, path: String, overwrite: Bool, details: Details = Details()
    ) throws(Failure) -> any FeatureWriter {
        switch form {
        case .geoPackage(let table):
            guard path != "-", PathKind(output: path) != .device else {
                throw Failure(.usage, .needsOutputFile, hint: .giveOutput)
            }
            if PathKind(output: path) == .folder { throw Failure(.cannotCreate, .isFolder(path), hint: .nameAFile) }
            let crs = try fileCRS(details)
            return try GeoPackageWriter(
                path: path, table: table, notice: details.notice, crs: crs.geoPackage(), overwrite: overwrite,
                madeAt: details.madeAt)
        case .shapefile(let isGBK):
            let crs = try fileCRS(details)
            let writer = try ShapefileWriter(
                path: path, overwrite: overwrite, encoding: isGBK ? .gbk : .utf8, projection: crs.esriText,
                titles: details.titles, madeAt: details.madeAt, isBrokenOff: details.isBrokenOff)
            return TellingWriter(writer, { writer.notes }, details.note)
        case .workbook(let sheet, let tellsPositions):
            guard details.crs.map({ $0 == CoordinateDeclaration(.wgs84) }) ?? true else {
                throw Failure(.usage, .tableIsWGS84, hint: .leaveOutCRS)
            }
            let language = details.language
            let positions = (Text.longitude[language], Text.latitude[language])
            return try WorkbookFeatureWriter(
                path: path, sheet: sheet, columns: details.columns.map { ($0, details.titles[$0]?[language] ?? $0) },
                positions: tellsPositions ? .told(longitude: positions.0, latitude: positions.1) : .none,
                overwrite: overwrite, madeAt: details.madeAt)
        case .flatGeobuf, .kml, .geojson, .geojsonseq, .csv, .csvWithWKT, .csvOfValues:
            return try streamWriter(form, path: path, overwrite: overwrite, details)
        }
    }

    private static func fileCRS(_ details: Details) throws(Failure) -> FileCRS {
        guard let transform = details.transform else { return .wgs84 }
        return try FileCRS(transform)
    }

    /// A writer of one file from its beginning to its end.
    private static func streamWriter(
        _ form: Form, path: String, overwrite: Bool, _ details: Details
    ) throws(Failure) -> any FeatureWriter {
        if case .kml = form, details.crs.map({ $0 != CoordinateDeclaration(.wgs84) }) ?? false {
            throw Failure(.usage, .kmlIsWGS84, hint: .leaveOutCRS)
        }
        var crs = FileCRS.wgs84
        if case .flatGeobuf = form { crs = try fileCRS(details) }
        let output = try ByteOutput(path: path, overwrite: overwrite)
        let writer: any FeatureWriter
        switch form {
        case .flatGeobuf(let title):
            let layer = try FlatGeobufWriter(
                output, title: title, crs: crs.flatGeobuf, notice: details.notice, isBrokenOff: details.isBrokenOff)
            return TellingWriter(CommittingWriter(layer, output), { layer.notes }, details.note)
        case .kml(let title):
            writer = KMLWriter(
                output, title: title, titles: details.titles.mapValues { $0[details.language] }, notice: details.notice)
        case .csv: writer = CSVWriter(output, columns: details.columns)
        case .csvWithWKT: writer = CSVWriter(output, columns: details.columns, options: csv(.coordinatesAndWKT))
        case .csvOfValues: writer = CSVWriter(output, columns: details.columns, options: csv(.none))
        case .geojsonseq: writer = GeoJSONSeqWriter(output, options: try geoJSON(details))
        default: writer = GeoJSONWriter(output, options: try geoJSON(details))
        }
        return CommittingWriter(writer, output)
    }

    private static func geoJSON(_ details: Details) throws(Failure) -> GeoJSONOptions {
        try GEOSLibrary.open()
        var options = GeoJSONOptions()
        options.writesBox = details.writesBox
        options.notice = details.notice
        options.coordinatesAreDegrees = details.crs.map { $0.crs.isGeographic ?? false } ?? true
        if let crs = details.crs, crs.axisOrder == .eastingFirst, crs.crs != .wgs84 {
            options.epsgCode = crs.crs.epsgCode
        }
        options.repairAfterRounding = { wkb, grid in
            let repaired = try? Geometry(wkb: wkb).snapped(toGrid: grid)
            return repaired.flatMap { $0.isEmpty ? nil : $0.wkb }
        }
        return options
    }

    /// A writer that keeps an answer as a layer of an atlas, from which
    /// nothing is being read now.
    ///
    /// - Parameters:
    ///   - atlas: the path of the atlas.
    ///   - name: what the layer is called.
    ///   - description: what was asked.
    ///   - overwrite: whether an answer kept under that name may be replaced.
    ///   - note: called with what was kept.
    /// - Returns: the writer; the layer appears when it finishes.
    /// - Throws: `Failure` as `SavedLayerWriter` does.
    public static func layerWriter(
        atlas: String, name: String, description: String, overwrite: Bool, note: @escaping (Text) -> Void
    ) throws(Failure) -> any FeatureWriter {
        let writer = try SavedLayerWriter(path: atlas, name: name, description: description, overwrite: overwrite)
        return NotingLayerWriter(writer, atlas, note)
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

/// Tells what one has to know of files when they are written.
private final class TellingWriter: FeatureWriter {
    private let writer: any FeatureWriter
    private let notes: () -> [Text]
    private let tell: (Text) -> Void

    init(_ writer: any FeatureWriter, _ notes: @escaping () -> [Text], _ tell: @escaping (Text) -> Void) {
        (self.writer, self.notes, self.tell) = (writer, notes, tell)
    }

    func write(_ batch: FeatureBatch) throws { try writer.write(batch) }

    func finish() throws {
        try writer.finish()
        notes().forEach(tell)
    }
}

/// Tells which layers an answer became.
private final class NotingLayerWriter: FeatureWriter {
    private let writer: SavedLayerWriter
    private let atlas: String
    private let note: (Text) -> Void

    init(_ writer: SavedLayerWriter, _ atlas: String, _ note: @escaping (Text) -> Void) {
        (self.writer, self.atlas, self.note) = (writer, atlas, note)
    }

    func write(_ batch: FeatureBatch) throws { writer.write(batch) }

    func finish() throws {
        try writer.finish()
        for table in writer.tables { note(.layerSaved(table.name, table.count, atlas)) }
    }
}
