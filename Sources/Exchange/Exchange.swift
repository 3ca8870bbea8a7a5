import Messages
public import Spatial

/// The front door: any file as a stream of features.
public enum Exchange {
    /// What a reader is told instead of finding it out.
    public struct Options: Hashable, Sendable {
        /// The encoding of texts in tables and Shapefiles; `nil` to detect it.
        public var encoding: TextEncoding?
        /// The columns of a table.
        public var csv = CSVOptions()
        /// Whether the user names the CRS, so that one in the file does not count.
        public var namesCRS = false
        /// Whether coordinates are longitudes and latitudes.
        public var coordinatesAreDegrees = true

        /// Makes the usual options.
        public init() {}
    }

    /// Opens a file by its path; `-` is standard input.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - format: its format; `nil` to detect it.
    ///   - options: what is known beforehand.
    /// - Returns: its reader.
    /// - Throws: `Failure` as the readers do; `.usage` for a GeoPackage, which
    ///   the store reads, and for a tile, which `ElevationReader` reads.
    public static func openReader(
        path: String, format: FileFormat? = nil, options: Options = Options()
    ) throws -> any FeatureReader {
        if path == "-" { return try openReader(ByteInput(path: path), format: format, options: options) }
        let format = try format ?? FileFormat.detect(path: path)
        switch format {
        case .shapefile: return try ShapefileReader(path: path, encoding: options.encoding)
        case .osm: return try OSMReader(path: path)
        case .workbook, .foreign: return try ForeignReader(path: path)
        case .geoPackage: throw Failure(.usage, .isGeoPackage(path))
        case .elevation: throw Failure(.usage, .isElevation(path))
        case .geoJSON, .geoJSONSequence, .plainJSON, .csv:
            return try openReader(ByteInput(path: path), format: format, options: options)
        }
    }

    /// Opens a stream.
    ///
    /// - Parameters:
    ///   - input: the stream, from its beginning.
    ///   - format: its format; `nil` to detect it.
    ///   - options: what is known beforehand.
    /// - Returns: its reader.
    /// - Throws: `Failure` as the readers do; `.usage` for a format that needs
    ///   a file, not a stream (`FileFormat.isStream`).
    public static func openReader(
        _ input: ByteInput, format: FileFormat? = nil, options: Options = Options()
    ) throws -> any FeatureReader {
        let format = try format ?? FileFormat.detect(input)
        switch format {
        case .geoJSON, .geoJSONSequence, .plainJSON:
            var json = GeoJSONReader.Options()
            json.ignoresDeclaredCRS = options.namesCRS
            json.coordinatesAreDegrees = options.coordinatesAreDegrees
            if format == .plainJSON { return PlainJSONReader(input, options: json) }
            return GeoJSONReader(input, options: json)
        case .csv:
            var csv = options.csv
            csv.encoding = csv.encoding ?? options.encoding
            return try CSVReader(input, options: csv)
        case .geoPackage: throw Failure(.usage, .isGeoPackage(input.path))
        case .workbook, .shapefile, .osm, .elevation, .foreign:
            throw Failure(.usage, .needsFile(input.path), hint: .saveFirst)
        }
    }
}
