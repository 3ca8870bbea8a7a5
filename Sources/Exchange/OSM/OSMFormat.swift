import Foundation
import Messages

/// How an OSM file is packed; raw values are libosmium's names.
enum OSMFormat: String, Sendable {
    case pbf
    case xml = "osm"
    case gzippedXML = "osm.gz"
    case bzippedXML = "osm.bz2"

    /// The format of a regular file, by its first bytes.
    ///
    /// - Throws: `Failure` where the path is no regular file, or the file
    ///   holds no OSM data.
    init(path: String) throws(Failure) {
        if path == "-" { throw Failure(.usage, .osmNeedsFile, hint: .osmSaveFirst) }
        let input = try ByteInput(path: path)
        guard input.size != nil else { throw Failure(.usage, .osmNeedsFile, hint: .osmSaveFirst) }
        let packing = Self.firstBytes(path)
        if packing.starts(with: Array("BZh".utf8)) {
            self = .bzippedXML
            return
        }
        let isGzip = packing.starts(with: [0x1F, 0x8B])
        let start = try input.peek(4096)
        if Self.isPBF(start) && !isGzip {
            self = .pbf
        } else if Self.isXML(start) {
            self = isGzip ? .gzippedXML : .xml
        } else {
            throw Failure(.unusableInput, .osmUnknown(path), hint: .osmFormats)
        }
    }

    /// Whether a file that begins so, unpacked, is OSM data.
    static func isOSM(_ start: [UInt8]) -> Bool { isPBF(start) || isXML(start) }

    private static func isPBF(_ start: [UInt8]) -> Bool {
        guard start.count >= 6, start[0] == 0 else { return false }
        return start.prefix(64).contains(Array("OSMHeader".utf8))
    }

    private static func isXML(_ start: [UInt8]) -> Bool {
        let text = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start[...]
        guard let first = text.first(where: { $0 > 0x20 }), first == UInt8(ascii: "<") else { return false }
        return text.contains(Array("<osm".utf8))
    }

    private static func firstBytes(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "re") else { return [] }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes[..<count])
    }
}
