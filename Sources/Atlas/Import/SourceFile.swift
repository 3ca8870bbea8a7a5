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

    private let path: String
    private let input: ByteInput?

    init(path: String, options: ImportOptions) throws {
        self.path = path
        let input = try ByteInput(path: path, hashing: true)
        var json = GeoJSONReader.Options()
        json.coordinatesAreDegrees = options.crs.map { $0.crs.isGeographic ?? false } ?? true
        json.ignoresDeclaredCRS = options.crs != nil
        reader = GeoJSONReader(input, options: json)
        self.input = input
        isAlwaysWGS84 = true
    }

    /// SHA-256 of the file's bytes; `nil` where it was not read through.
    func contentHash() throws -> String? { try input?.contentHash() }

    /// Objects whose parts are missing, by layer.
    var incomplete: [String: Int] { [:] }
}
