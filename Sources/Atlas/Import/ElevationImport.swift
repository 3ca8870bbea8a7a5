import Exchange
import Messages
import Spatial
import Store

/// The import of one tile of elevation.
struct ElevationImport {
    let path: String
    let change: AtlasChange

    /// Whether a file is a tile. What comes through a pipe has no name that
    /// would tell where it lies, and is none.
    static func isTile(_ path: String) throws(Failure) -> Bool {
        guard path != "-", PathKind(path: path) != .device else { return false }
        return try FileFormat.detect(path: path) == .elevation
    }

    /// Imports the tile.
    ///
    /// - Returns: whether there is anything to keep.
    /// - Throws: `Failure`, or a database error.
    func run(_ report: inout ImportReport, progress: (String, Int, Int) -> Bool) throws -> Bool {
        let input = try ByteInput(path: path, hashing: true)
        let tile = try ElevationReader.tile(input)
        guard progress(path, input.bytesRead, 1) else { throw Failure(.interrupted, .interrupted) }
        let counts = try change.keep(tile, file: path, sha256: input.contentHash())
        report.elevation = (report.elevation ?? ImportCounts()) + counts
        return counts.unchanged == 0
    }
}
