import Foundation
public import Messages

/// The format of a file with geographical data.
public enum FileFormat: String, Hashable, Sendable, CaseIterable {
    /// GeoJSON (RFC 7946): a collection, a feature, a geometry, or an array of features.
    case geoJSON
    /// GeoJSON, one feature a line or behind record separators (RFC 8142).
    case geoJSONSequence
    /// JSON that is no GeoJSON: an array of objects with coordinates.
    case plainJSON
    /// A GeoPackage; read by the store, not here.
    case geoPackage
    /// A table of values, by whatever delimiter.
    case csv
    /// A workbook of a spreadsheet; read as sheets (`Exchange.openSheet`).
    case workbook
    /// An ESRI Shapefile.
    case shapefile
    /// OpenStreetMap data as PBF or XML.
    case osm
    /// A tile of elevation (`.hgt`), which holds no features.
    case elevation
    /// Any other, which GDAL may know.
    case foreign

    /// The format of a file: by the ending of its name (a `.gz` behind it
    /// aside), else by its first bytes; of standard input (`-`) by those.
    ///
    /// - Throws: `Failure` as `ByteInput` does.
    public static func detect(path: String) throws(Failure) -> FileFormat {
        if let known = ofEnding(path) { return known }
        if isFolder(path) { return .foreign }
        return try detect(ByteInput(path: path))
    }

    /// The format of an open file: by the ending of its name, else by its
    /// first bytes, which stay to be read.
    ///
    /// - Throws: `Failure` as `ByteInput` does.
    public static func detect(_ input: ByteInput) throws(Failure) -> FileFormat {
        if let known = ofEnding(input.path) { return known }
        return FormatSniffer.format(of: try input.peek(65536))
    }

    /// Whether a file of this format is read from its beginning to its end,
    /// so that it may be standard input or compressed.
    public var isStream: Bool {
        switch self {
        case .geoJSON, .geoJSONSequence, .plainJSON, .csv: true
        case .geoPackage, .workbook, .shapefile, .osm, .elevation, .foreign: false
        }
    }

    private static func ofEnding(_ path: String) -> FileFormat? {
        var name = path.lowercased()[...]
        for packing in [".gz", ".bz2"] where name.hasSuffix(packing) { name = name.dropLast(packing.count) }
        if name.hasSuffix(".hgt.zip") { return .elevation }
        guard let dot = name.lastIndex(of: ".") else { return nil }
        return endings[String(name[dot...])]
    }

    /// `.json` and `.txt` stand for several formats: their bytes decide.
    private static let endings: [String: FileFormat] = [
        ".geojson": .geoJSON, ".geojsonl": .geoJSONSequence, ".geojsons": .geoJSONSequence,
        ".geojsonseq": .geoJSONSequence, ".ndgeojson": .geoJSONSequence, ".gpkg": .geoPackage, ".csv": .csv,
        ".tsv": .csv, ".xlsx": .workbook, ".xlsm": .workbook, ".xls": .workbook, ".et": .workbook, ".shp": .shapefile,
        ".osm": .osm, ".pbf": .osm, ".hgt": .elevation,
    ]

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
