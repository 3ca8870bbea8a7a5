import Spatial

/// The centres of a raster's cells: whole steps of longitude and latitude.
///
/// Everything is counted in units of 1e-7 degrees, about a centimetre, the
/// precision of a map file: whatever is cut between two centres is exact
/// there, and rounding afterwards changes nothing.
struct RasterLattice: Sendable, Hashable {
    /// The step from a cell to the next one east, in units.
    let stepEast: Int
    /// The step from a cell to the next one north, in units.
    let stepNorth: Int

    static let unitsPerDegree = 1e7
    /// Cells of a tile in a row, and rows of a tile.
    static let tileCells = 64
    /// The farthest east and north, in units.
    static let (lastEast, lastNorth) = (1_800_000_000, 900_000_000)

    /// Makes a lattice whose cells are at most so wide anywhere in a box: a
    /// degree of longitude is longest where the box is nearest to the equator.
    init(_ extent: UnitBox, cellMeters: Double) {
        let metric = LocalMetric(LonLat(0, min(85, extent.leastLatitude)))
        stepEast = Self.units(cellMeters / metric.metersPerDegreeEast)
        stepNorth = Self.units(cellMeters / metric.metersPerDegreeNorth)
    }

    private static func units(_ degrees: Double) -> Int { max(16, Int((degrees * unitsPerDegree).rounded())) }

    /// Degrees as units; what is no number is the far west or south.
    static func units(clamping degrees: Double) -> Int32 {
        let units = degrees * unitsPerDegree
        let last = Double(lastEast)
        return units > -last ? (units < last ? Int32(units) : Int32(lastEast)) : Int32(-lastEast)
    }

    /// The cell whose centre is nearest to a position.
    func cell(near position: LonLat) -> (x: Int, y: Int) {
        (
            Self.nearest(Int(Self.units(clamping: position.longitude)), step: stepEast),
            Self.nearest(Int(Self.units(clamping: position.latitude)), step: stepNorth)
        )
    }

    private static func nearest(_ units: Int, step: Int) -> Int {
        let doubled = 2 * units + step
        let floored = doubled / (2 * step)
        return doubled < 0 && floored * 2 * step != doubled ? floored - 1 : floored
    }

    /// Whether a cell and its neighbours lie between the poles and on one side
    /// of the antimeridian.
    func isOnMap(_ x: Int, _ y: Int) -> Bool {
        abs(x * stepEast) <= Self.lastEast - stepEast && abs(y * stepNorth) <= Self.lastNorth - stepNorth
    }

    /// The tiles of a box and so many metres around it.
    func tiles(of box: UnitBox, aroundMeters margin: Double) -> TileRange {
        let plane = plane(of: TileAddress(cellX: 0, cellY: Int(box.south) / stepNorth))
        let east = Int(min(1e9, margin / plane.metersPerUnitEast)) + stepEast
        let north = Int(min(1e9, margin / plane.metersPerUnitNorth)) + stepNorth
        return TileRange(
            TileAddress(cellX: (Int(box.west) - east) / stepEast - 1, cellY: (Int(box.south) - north) / stepNorth - 1),
            TileAddress(cellX: (Int(box.east) + east) / stepEast + 1, cellY: (Int(box.north) + north) / stepNorth + 1))
    }

    /// The plane of a tile.
    func plane(of tile: TileAddress) -> TilePlane {
        TilePlane(
            west: tile.x * Self.tileCells * stepEast, south: tile.y * Self.tileCells * stepNorth, lattice: self)
    }
}

/// Which tile of a raster.
struct TileAddress: Sendable, Hashable {
    let x: Int
    let y: Int

    init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }

    /// The tile of a cell.
    init(cellX: Int, cellY: Int) { self.init(x: cellX >> 6, y: cellY >> 6) }

    /// The tile of a cell.
    init(cell: (x: Int, y: Int)) { self.init(cellX: cell.x, cellY: cell.y) }
}

/// A rectangle of tiles.
struct TileRange: Sendable, Hashable {
    private(set) var first: TileAddress
    private(set) var last: TileAddress

    init(_ first: TileAddress, _ last: TileAddress) {
        self.first = first
        self.last = last
    }

    var columns: Int { last.x - first.x + 1 }
    var rows: Int { last.y - first.y + 1 }
    var count: Int { columns * rows }

    /// Grows to hold another rectangle.
    mutating func add(_ other: TileRange) {
        first = TileAddress(x: min(first.x, other.first.x), y: min(first.y, other.first.y))
        last = TileAddress(x: max(last.x, other.last.x), y: max(last.y, other.last.y))
    }

    /// What lies in another rectangle too; `nil` where nothing does.
    func clamped(to other: TileRange) -> TileRange? {
        let west = max(first.x, other.first.x)
        let south = max(first.y, other.first.y)
        let east = min(last.x, other.last.x)
        let north = min(last.y, other.last.y)
        guard west <= east, south <= north else { return nil }
        return TileRange(TileAddress(x: west, y: south), TileAddress(x: east, y: north))
    }

    /// The place of a tile, row by row.
    func index(of tile: TileAddress) -> Int { (tile.y - first.y) * columns + tile.x - first.x }

    /// Calls `body` with every tile.
    func forEach(_ body: (TileAddress) -> Void) {
        for y in first.y...last.y {
            for x in first.x...last.x { body(TileAddress(x: x, y: y)) }
        }
    }
}

/// Metres around a tile, from the centre of its first cell.
struct TilePlane {
    /// The first cell, in units.
    let west: Int
    let south: Int
    /// Metres between neighbouring cells.
    let cellEast: Double
    let cellNorth: Double
    /// Metres in a unit, in the middle of the tile.
    let metersPerUnitEast: Double
    let metersPerUnitNorth: Double
    /// What the metres in a unit east change in a unit north.
    private let eastSlope: Double
    private let middle: Double

    init(west: Int, south: Int, lattice: RasterLattice) {
        self.west = west
        self.south = south
        middle = Double(south + RasterLattice.tileCells / 2 * lattice.stepNorth)
        func metric(_ units: Double) -> LocalMetric {
            LocalMetric(LonLat(0, max(-89, min(89, units / RasterLattice.unitsPerDegree))))
        }
        let here = metric(middle)
        metersPerUnitEast = here.metersPerDegreeEast / RasterLattice.unitsPerDegree
        metersPerUnitNorth = here.metersPerDegreeNorth / RasterLattice.unitsPerDegree
        let span = 1e5
        eastSlope =
            (metric(middle + span).metersPerDegreeEast - metric(middle - span).metersPerDegreeEast)
            / (RasterLattice.unitsPerDegree * 2 * span)
        cellEast = Double(lattice.stepEast) * metersPerUnitEast
        cellNorth = Double(lattice.stepNorth) * metersPerUnitNorth
    }

    /// Metres east and north of the first cell.
    @inline(__always)
    func meters(_ position: LonLat) -> SIMD2<Double> {
        SIMD2(
            (position.longitude * RasterLattice.unitsPerDegree - Double(west)) * metersPerUnitEast,
            (position.latitude * RasterLattice.unitsPerDegree - Double(south)) * metersPerUnitNorth)
    }

    /// The place so many metres from the first cell, in units.
    func units(_ meters: SIMD2<Float>) -> SIMD2<Double> {
        SIMD2(
            Double(west) + Double(meters.x) / metersPerUnitEast, Double(south) + Double(meters.y) / metersPerUnitNorth)
    }

    /// The length of a stretch, wherever it lies.
    @inline(__always)
    func lengthMeters(_ from: LonLat, _ to: LonLat) -> Double {
        let north = (from.latitude + to.latitude) / 2 * RasterLattice.unitsPerDegree - middle
        let east =
            (to.longitude - from.longitude) * RasterLattice.unitsPerDegree * (metersPerUnitEast + eastSlope * north)
        let rise = (to.latitude - from.latitude) * RasterLattice.unitsPerDegree * metersPerUnitNorth
        return (east * east + rise * rise).squareRoot()
    }

    /// The box of the tile and so many metres around it.
    func box(lattice: RasterLattice, aroundMeters margin: Double) -> UnitBox {
        let last = RasterLattice.tileCells - 1
        // A unit more: boxes of corners are cut to whole units.
        let east = min(1e9, margin / metersPerUnitEast) + 1
        let north = min(1e9, margin / metersPerUnitNorth) + 1
        return UnitBox(
            west: UnitBox.clamped(Double(west) - east), south: UnitBox.clamped(Double(south) - north),
            east: UnitBox.clamped(Double(west + last * lattice.stepEast) + east),
            north: UnitBox.clamped(Double(south + last * lattice.stepNorth) + north))
    }
}
