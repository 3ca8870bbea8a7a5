import GRDB
public import Messages
public import Spatial

/// A tile of elevation as the atlas lists it, without its heights.
public struct StoredTile: Hashable, Sendable {
    /// The latitude of the southern edge in whole degrees.
    public let south: Int
    /// The longitude of the western edge in whole degrees.
    public let west: Int
    /// Samples along each side.
    public let side: Int

    /// The box of the tile.
    public var box: BoundingBox {
        BoundingBox(west: Double(west), south: Double(south), east: Double(west + 1), north: Double(south + 1))
    }

    /// The name that such a tile has by convention: `N49E011`.
    public var name: String { ElevationTile.name(south: south, west: west) }

    /// From one sample to the next, in seconds of arc.
    public var spacingArcSeconds: Int { 3600 / max(1, side - 1) }
}

extension AtlasFile {
    /// The tiles of elevation that share a point with a box, with their heights.
    ///
    /// - Parameter box: in degrees; its west is greater than its east where it
    ///   lies across the antimeridian.
    /// - Returns: the tiles, from the south and from the west.
    /// - Throws: `Failure`, with `.unusableInput` where a tile is damaged.
    /// - Complexity: O(bytes); 2.9 MB in memory for a tile of three arc
    ///   seconds, 26 MB for one of one.
    public func elevationTiles(meeting box: BoundingBox) throws(Failure) -> [ElevationTile] {
        try ask { db in
            guard try Self.holdsElevationAndDerived(db), !box.isEmpty || box.west > box.east else { return [] }
            let rows = try RawStatement(
                db, "SELECT south, west, side, heights FROM louyu_elevation ORDER BY south, west")
            let boxes = box.cutAtAntimeridian
            var tiles: [ElevationTile] = []
            while try rows.step() {
                let listed = try tile(rows)
                guard boxes.contains(where: { $0.intersects(listed.box) }) else { continue }
                let whole = PackedHeights.unpack(
                    rows.bytes(3), south: listed.south, west: listed.west, side: listed.side)
                guard let whole else { throw damage(listed.name) }
                tiles.append(whole)
            }
            return tiles
        }
    }

    /// The tiles of elevation, from the south and from the west.
    func storedTiles(_ db: Database) throws -> [StoredTile] {
        guard try Self.holdsElevationAndDerived(db) else { return [] }
        let rows = try RawStatement(db, "SELECT south, west, side FROM louyu_elevation ORDER BY south, west")
        var tiles: [StoredTile] = []
        while try rows.step() { tiles.append(try tile(rows)) }
        return tiles
    }

    private func tile(_ row: borrowing RawStatement) throws -> StoredTile {
        let numbers = (0..<3).map { Int(row.integer($0)) }
        guard ElevationTile.isCorner(south: numbers[0], west: numbers[1]), ElevationTile.sides.contains(numbers[2])
        else { throw damage(numbers.map(String.init).joined(separator: " ")) }
        return StoredTile(south: numbers[0], west: numbers[1], side: numbers[2])
    }

    private func damage(_ tile: String) -> Failure {
        Failure(.unusableInput, .atlasDamaged(path, "louyu_elevation \(tile)"), hint: .restoreBackup)
    }
}

extension AtlasChange {
    /// Keeps a tile of elevation in place of the one with its corner, and the
    /// record of its source, unless the same heights stand there.
    ///
    /// - Parameters:
    ///   - tile: the tile, of as many samples as `ElevationTile.sides` names.
    ///   - file: the source's name as it was given.
    ///   - sha256: of the file's bytes, in hexadecimal.
    /// - Returns: one record read, and added, changed or unchanged.
    /// - Throws: a database error.
    public func keep(_ tile: ElevationTile, file: String, sha256: String?) throws -> ImportCounts {
        precondition(ElevationTile.sides.contains(tile.side), "a tile of a size that no file has")
        var counts = ImportCounts()
        counts.read = 1
        switch try presence(of: tile) {
        case .same:
            counts.unchanged = 1
            return counts
        case .other: counts.changed = 1
        case .none: counts.added = 1
        }
        let source = try addSource(
            layer: AtlasPart.elevation.name, file: file, sha256: sha256, crs: "wgs84", counts: counts)
        try log.replacesTile(south: tile.south, west: tile.west, file: file, sha256: sha256, source: source)
        let insert = try RawStatement(db, "INSERT OR REPLACE INTO louyu_elevation VALUES (?, ?, ?, ?, ?)")
        for (index, number) in [tile.south, tile.west, tile.side].enumerated() { insert.bind(index + 1, Int64(number)) }
        insert.bind(5, source)
        try PackedHeights.pack(tile).withUnsafeBytes { bytes in
            insert.bind(4, blob: bytes)
            try insert.run()
        }
        return counts
    }

    private enum Presence { case none, other, same }

    /// Whether a tile stands in the atlas.
    private func presence(of tile: ElevationTile) throws -> Presence {
        let row = try RawStatement(db, "SELECT side, heights FROM louyu_elevation WHERE south = ? AND west = ?")
        row.bind(1, Int64(tile.south))
        row.bind(2, Int64(tile.west))
        guard try row.step() else { return .none }
        let present = PackedHeights.unpack(
            row.bytes(1), south: tile.south, west: tile.west, side: Int(row.integer(0)))
        return present == tile ? .same : .other
    }
}
