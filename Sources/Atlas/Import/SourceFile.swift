import Exchange
import Messages
import Spatial
import Store

/// A file opened for import, whatever its format.
final class SourceFile {
    /// Its features.
    let reader: any FeatureReader
    /// Whether the format knows no CRS but WGS 84.
    let isAlwaysWGS84: Bool

    /// Whether the format itself sorts records into layers.
    let isSorted: Bool

    private let path: String
    private let input: ByteInput?

    init(path: String, options: ImportOptions) throws {
        self.path = path
        var own = Exchange.Options()
        own.namesCRS = options.crs != nil
        // The range is checked after the transformation, so that coordinates
        // in the wrong order can be told from mere nonsense.
        own.coordinatesAreDegrees = false
        let named = path == "-" ? nil : try FileFormat.detect(path: path)
        let input = named?.isStream == false ? nil : try ByteInput(path: path, hashing: true)
        let format = try named ?? FileFormat.detect(try input ?? ByteInput(path: path))
        if let input, try input.peek(1).isEmpty {
            throw Failure(.unusableInput, .fileIsEmpty(path), hint: .checkSource)
        }
        if format == .geoPackage {
            reader = try GeoPackageReader(path: path)
        } else if let input, format.isStream {
            reader = try Exchange.openReader(input, format: format, options: own)
        } else {
            reader = try Exchange.openReader(path: path, format: format, options: own)
        }
        self.input = format.isStream ? input : nil
        isSorted = format == .osm
        isAlwaysWGS84 = format == .geoJSON || format == .geoJSONSequence
    }

    /// SHA-256 of the file's bytes; the file is read once more where its
    /// reader goes about in it.
    func contentHash() throws -> String? {
        guard input == nil else { return try input?.contentHash() }
        return try? ByteInput(path: path, hashing: true).contentHash()
    }

    /// Objects whose parts are missing, by layer.
    var incomplete: [String: Int] { (reader as? OSMReader)?.incomplete ?? [:] }
}
