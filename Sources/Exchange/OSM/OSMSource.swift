import COsmium
import Messages

/// An OSM file as a run of objects: tagged nodes and all relations first,
/// then tagged ways, then the areas of the relations that were kept.
///
/// Every pointer in an object is good until the next call.
final class OSMSource {
    private let path: String
    private let reader: OpaquePointer

    init(path: String, format: OSMFormat) throws(Failure) {
        self.path = path
        guard let reader = louyu_osm_open(path, format.rawValue) else { throw Failure(.software, .outOfMemory(path)) }
        self.reader = reader
    }

    deinit { louyu_osm_close(reader) }

    /// Bytes read, over both passes.
    var offset: Int { louyu_osm_offset(reader) }

    /// The next object; `nil` at the end.
    func next() throws(Failure) -> louyu_osm_object? {
        var object = louyu_osm_object()
        return try isGiven(louyu_osm_next(reader, &object)) ? object : nil
    }

    /// Asks for the area of the relation just given.
    func keep(_ layers: OSMLayers) throws(Failure) {
        _ = try isGiven(louyu_osm_keep(reader, layers.rawValue))
    }

    /// The area of the closed way just given; `nil` where its outline
    /// crosses itself.
    func area() throws(Failure) -> louyu_osm_object? {
        var object = louyu_osm_object()
        return try isGiven(louyu_osm_assemble(reader, &object)) ? object : nil
    }

    private func isGiven(_ status: Int32) throws(Failure) -> Bool {
        switch Int(status) {
        case LOUYU_OSM_OK: return true
        case LOUYU_OSM_END: return false
        case LOUYU_OSM_READ_ERROR:
            throw Failure(.inputOutput, .readFailed(path, message), hint: .checkPath)
        case LOUYU_OSM_OUT_OF_MEMORY: throw Failure(.software, .outOfMemory(path))
        case LOUYU_OSM_HISTORY: throw Failure(.unusableInput, .osmHistory(path), hint: .osmSnapshot)
        case LOUYU_OSM_TOO_LARGE: throw Failure(.unusableInput, .osmBursting(path), hint: .osmFetchAgain)
        default: throw Failure(.unusableInput, .osmDamaged(path, message), hint: .osmFetchAgain)
        }
    }

    private var message: String { String(cString: louyu_osm_message(reader)) }
}
