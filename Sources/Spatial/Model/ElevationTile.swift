/// Heights of the ground over one degree of longitude and latitude, on a grid
/// of equal steps in degrees, as the Shuttle Radar Topography Mission has them
/// (`.hgt`; USGS, SRTM Topography, version 2.1, section 2).
///
/// The outermost samples stand on the edges of the degree, so tiles that meet
/// share a row or a column.
public struct ElevationTile: Hashable, Sendable {
    /// The latitude of the southern edge in whole degrees, -90 to 89.
    public let south: Int
    /// The longitude of the western edge in whole degrees, -180 to 179.
    public let west: Int
    /// Samples along each side: 1201 for three arc seconds, 3601 for one.
    public let side: Int
    /// Metres above the geoid (EGM96), rows from the north, each from the west.
    public let heightsMeters: [Int16]

    /// What stands where the height is unknown.
    public static let void: Int16 = -32768
    /// The numbers of samples along a side that tiles come with.
    public static let sides = [1201, 3601]

    /// Makes a tile.
    ///
    /// - Precondition: the corner lies in the world, there are two samples a
    ///   side or more, and as many heights as samples.
    public init(south: Int, west: Int, side: Int, heightsMeters: [Int16]) {
        precondition(Self.isCorner(south: south, west: west), "a corner outside the world")
        precondition(side >= 2 && heightsMeters.count == side * side, "heights that fill no square")
        (self.south, self.west, self.side, self.heightsMeters) = (south, west, side, heightsMeters)
    }

    /// Makes a tile of the bytes of an `.hgt` file; `nil` where there are not
    /// two for each sample, or the corner lies outside the world.
    public init?(south: Int, west: Int, side: Int, hgt: UnsafeRawBufferPointer) {
        guard Self.isCorner(south: south, west: west), (2...10_000).contains(side), hgt.count == 2 * side * side else {
            return nil
        }
        let heights = [Int16](unsafeUninitializedCapacity: side * side) { heights, count in
            for index in 0..<side * side {
                let value = hgt.loadUnaligned(fromByteOffset: 2 * index, as: Int16.self)
                heights.initializeElement(at: index, to: Int16(bigEndian: value))
            }
            count = side * side
        }
        self.init(south: south, west: west, side: side, heightsMeters: heights)
    }

    /// The bytes of the tile's `.hgt` file: 16-bit big-endian numbers.
    public var hgt: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 2 * heightsMeters.count) { bytes, count in
            let bytes = UnsafeMutableRawBufferPointer(bytes)
            for (index, height) in heightsMeters.enumerated() {
                bytes.storeBytes(of: height.bigEndian, toByteOffset: 2 * index, as: Int16.self)
            }
            count = 2 * heightsMeters.count
        }
    }

    /// Whether a tile may have its south-western corner there.
    public static func isCorner(south: Int, west: Int) -> Bool {
        (-90...89).contains(south) && (-180...179).contains(west)
    }

    /// The name that such a tile has by convention: `N49E011`, `S01W180`.
    public var name: String { Self.name(south: south, west: west) }

    /// The name of the tile with that corner.
    public static func name(south: Int, west: Int) -> String {
        func digits(_ number: Int, _ count: Int) -> String {
            let text = String(number.magnitude)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        return (south < 0 ? "S" : "N") + digits(south, 2) + (west < 0 ? "W" : "E") + digits(west, 3)
    }

    /// The box of the tile.
    public var box: BoundingBox {
        BoundingBox(west: Double(west), south: Double(south), east: Double(west + 1), north: Double(south + 1))
    }

    /// The height of the ground at a position in metres, bilinear between the
    /// four samples around it; a sample's own height where it stands.
    ///
    /// Of samples that are void the others take the place, as long as they
    /// have at least half of the weight: the position is then nearer to known
    /// ground than to unknown. The edges belong to the tile.
    ///
    /// - Parameter position: in WGS 84.
    /// - Returns: `nil` outside the tile and where the height is unknown.
    public func heightMeters(at position: LonLat) -> Double? {
        let steps = Double(side - 1)
        let x = Self.settled((position.longitude - Double(west)) * steps)
        let y = Self.settled((Double(south + 1) - position.latitude) * steps)
        guard x >= 0, x <= steps, y >= 0, y <= steps else { return nil }
        let (column, row) = (min(Int(x), side - 2), min(Int(y), side - 2))
        let (right, down) = (x - Double(column), y - Double(row))
        let first = row * side + column
        var (sum, weight) = (0.0, 0.0)
        func add(_ index: Int, _ share: Double) {
            guard heightsMeters[index] != Self.void else { return }
            sum += share * Double(heightsMeters[index])
            weight += share
        }
        add(first, (1 - right) * (1 - down))
        add(first + 1, right * (1 - down))
        add(first + side, (1 - right) * down)
        add(first + side + 1, right * down)
        return weight >= 0.5 ? sum / weight : nil
    }

    /// A place on the grid, on the line where it misses it by rounding alone:
    /// a hundredth of a millimetre on the ground at most.
    private static func settled(_ place: Double) -> Double {
        let line = place.rounded()
        return abs(place - line) < 1e-7 ? line : place
    }
}

/// The heights of several tiles as one ground.
public struct Elevation: Sendable {
    /// The tiles.
    public let tiles: [ElevationTile]

    private let indices: [Int: Int]

    /// Joins tiles; of two with one corner the later counts.
    public init(_ tiles: [ElevationTile]) {
        self.tiles = tiles
        indices = Dictionary(
            tiles.enumerated().map { (Self.key(south: $1.south, west: $1.west), $0) }, uniquingKeysWith: { $1 })
    }

    /// The height of the ground at a position in metres: that of the tile that
    /// holds it, on an edge of the first of those beside it that knows it.
    ///
    /// - Parameter position: in WGS 84.
    /// - Returns: `nil` where no tile knows the height.
    /// - Complexity: O(1).
    public func heightMeters(at position: LonLat) -> Double? {
        guard abs(position.longitude) <= 180, abs(position.latitude) <= 90 else { return nil }
        let (south, west) = (Int(position.latitude.rounded(.down)), Int(position.longitude.rounded(.down)))
        if let height = height(at: position, south, west) { return height }
        let isOnParallel = position.latitude == Double(south)
        let isOnMeridian = position.longitude == Double(west)
        if isOnParallel, let height = height(at: position, south - 1, west) { return height }
        if isOnMeridian, let height = height(at: position, south, west - 1) { return height }
        return isOnParallel && isOnMeridian ? height(at: position, south - 1, west - 1) : nil
    }

    private func height(at position: LonLat, _ south: Int, _ west: Int) -> Double? {
        indices[Self.key(south: south, west: west)].flatMap { tiles[$0].heightMeters(at: position) }
    }

    private static func key(south: Int, west: Int) -> Int { south * 1000 + west }
}
