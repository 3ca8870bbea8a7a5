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
    private let spool: SpooledInput?

    /// Opens a file or a pipe.
    ///
    /// - Parameters:
    ///   - path: the file; `-` is standard input.
    ///   - options: how it is read.
    ///   - isWanted: asked while a pipe is read to its end before the first
    ///     record comes; breaks off with `false`.
    /// - Throws: `Failure`.
    init(path: String, options: ImportOptions, isWanted: () -> Bool) throws {
        self.path = path
        var own = Exchange.Options()
        own.namesCRS = options.crs != nil
        // The range is checked after the transformation, so that coordinates
        // in the wrong order can be told from mere nonsense.
        own.coordinatesAreDegrees = false
        // A pipe is opened once only: what is read of it is gone.
        let isPipe = path == "-" || PathKind(path: path) == .device
        let named = isPipe ? nil : try FileFormat.detect(path: path)
        let input = named?.isStream == false ? nil : try ByteInput(path: path, hashing: true)
        let format = try named ?? FileFormat.detect(try input ?? ByteInput(path: path))
        if format == .elevation || format == .workbook { throw Failure(.usage, .needsFile(path), hint: .saveFirst) }
        if try Self.isEmpty(path, input) {
            throw Failure(.unusableInput, .fileIsEmpty(path), hint: .checkSource)
        }
        if let input, format.isStream {
            spool = nil
            reader = try Exchange.openReader(input, format: format, options: own)
        } else {
            spool = try input.map { try SpooledInput($0, isWanted: isWanted) }
            let path = spool?.path ?? path
            do {
                reader =
                    format == .geoPackage
                    ? try GeoPackageReader(path: path)
                    : try Exchange.openReader(path: path, format: format, options: own)
            } catch {
                throw spool?.named(error) ?? error
            }
        }
        self.input = input
        isSorted = format == .osm
        isAlwaysWGS84 = format == .geoJSON || format == .geoJSONSequence
    }

    /// The next features.
    func next() throws -> FeatureBatch? {
        do { return try reader.next() } catch { throw spool?.named(error) ?? error }
    }

    private static func isEmpty(_ path: String, _ input: ByteInput?) throws(Failure) -> Bool {
        if let input { return try input.peek(1).isEmpty }
        guard PathKind(path: path) == .file else { return false }
        return try ByteInput(path: path).size == 0
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
