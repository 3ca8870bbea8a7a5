public import Messages
public import Spatial

/// Reads tiles of elevation: `.hgt` files, plain, in gzip or in a zip archive
/// that holds one of them.
///
/// The name tells the south-western corner (`N49E011.hgt`): the member's in an
/// archive, else the file's.
public enum ElevationReader {
    /// No archive of one tile is larger.
    private static let largestArchive = 64 << 20
    private static let largestTile = 2 * 3601 * 3601

    /// Reads a tile.
    ///
    /// - Parameter input: the file, from its beginning; read to its end.
    /// - Returns: the tile.
    /// - Throws: `Failure` with `.unusableInput` where the file is truncated,
    ///   damaged or too large, has the size of no tile or a name without a
    ///   corner, or is an archive that is encrypted, in zip64, in several
    ///   parts, or of none or several tiles; or what `ByteInput` throws.
    /// - Complexity: O(bytes); the file and what it unpacks to, 26 MB at most,
    ///   are in memory at once.
    public static func tile(_ input: ByteInput) throws(Failure) -> ElevationTile {
        let isArchive = try input.peek(4).starts(with: [0x50, 0x4B])
        let bytes = try whole(input, largest: isArchive ? largestArchive : largestTile)
        guard !bytes.isEmpty else { throw Failure(.unusableInput, .fileIsEmpty(input.path), hint: .checkSource) }
        guard isArchive else { return try tile(bytes, name: input.path, path: input.path) }
        let archive = try ZipArchive(bytes, path: input.path)
        let tiles = archive.members.filter { isTile($0.name) }
        guard let member = tiles.first else {
            throw Failure(.unusableInput, .zipWithoutTile(input.path), hint: .checkSource)
        }
        guard tiles.count == 1 else {
            throw Failure(.unusableInput, .zipWithTiles(input.path, tiles.count), hint: .unpackFirst)
        }
        guard let content = try archive.content(of: member, largest: largestTile) else {
            throw Failure(.unusableInput, .elevationTooLarge(input.path), hint: .checkSource)
        }
        let name = corner(of: member.name) == nil ? input.path : member.name
        return try tile(content, name: name, path: input.path)
    }

    /// Whether the member of an archive is a tile; macOS puts files of its own beside each.
    private static func isTile(_ name: String) -> Bool {
        name.lowercased().hasSuffix(".hgt") && !lastComponent(name).hasPrefix(".")
    }

    private static func whole(_ input: ByteInput, largest: Int) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        while try input.read(appendingTo: &bytes, atMost: 1 << 18) > 0 {
            guard bytes.count <= largest else {
                throw Failure(.unusableInput, .elevationTooLarge(input.path), hint: .checkSource)
            }
        }
        return bytes
    }

    private static func tile(_ bytes: [UInt8], name: String, path: String) throws(Failure) -> ElevationTile {
        guard let side = ElevationTile.sides.first(where: { 2 * $0 * $0 == bytes.count }) else {
            throw Failure(.unusableInput, .elevationSize(path, bytes.count), hint: .checkSource)
        }
        guard let corner = corner(of: name) else {
            throw Failure(.unusableInput, .elevationName(String(lastComponent(name))), hint: .nameTheCorner)
        }
        let tile = bytes.withUnsafeBytes {
            ElevationTile(south: corner.south, west: corner.west, side: side, hgt: $0)
        }
        guard let tile else {
            throw Failure(.unusableInput, .elevationOutside(String(lastComponent(name))), hint: .nameTheCorner)
        }
        return tile
    }

    /// The corner that a name begins with; `nil` where it does not.
    private static func corner(of name: String) -> (south: Int, west: Int)? {
        let pattern = #/^([NS])([0-9]{2})([EW])([0-9]{3})(?![0-9])/#.ignoresCase()
        guard let match = lastComponent(name).firstMatch(of: pattern), let latitude = Int(match.output.2),
            let longitude = Int(match.output.4)
        else { return nil }
        return (
            match.output.1.lowercased() == "s" ? -latitude : latitude,
            match.output.3.lowercased() == "w" ? -longitude : longitude
        )
    }

    private static func lastComponent(_ path: String) -> Substring {
        path.lastIndex(where: { $0 == "/" || $0 == "\\" }).map { path[path.index(after: $0)...] } ?? path[...]
    }
}
