import Spatial

/// Which tiles an area may touch: those around the crossings in reach, as far
/// as their streets lead and the ground beside them.
struct TileMarks {
    /// The rectangle around all of them.
    let tiles: TileRange
    /// The tiles, row by row.
    let addresses: [TileAddress]

    /// Nobody walks faster on any slope than this times the flat pace.
    private static let greatestFactor = WalkingModel.slopeFactor(-0.05) + 0.01

    init(
        _ raster: StreetRaster, _ longest: inout LongestEdges, _ search: NetworkSearch, around point: LonLat,
        originTicks: UInt32, originMeters: Double, limitTicks: UInt32, ticksPerMeter: Double
    ) {
        let surroundings = TileSurroundings(raster.lattice, around: point)
        let metersPerTick = Self.greatestFactor / ticksPerMeter
        let walk = Double(limitTicks - originTicks) * metersPerTick
        let bound = surroundings.tiles(around: point, meters: walk)
        var ranges = [surroundings.tiles(around: point, meters: min(walk, originMeters))]
        ranges.reserveCapacity(search.reachedBuffer.count + 1)
        for node in search.reachedBuffer {
            guard let ticks = search.ticks(of: Int(node)), ticks <= limitTicks else { continue }
            let meters = min(longest[Int(node)], Double(limitTicks - ticks) * metersPerTick)
            let tiles = surroundings.tiles(around: raster.shapes.nodePositions[Int(node)], meters: meters)
            if let tiles = tiles.clamped(to: bound) { ranges.append(tiles) }
        }
        var all = ranges[0]
        for tiles in ranges { all.add(tiles) }
        var isMarked = [Bool](repeating: false, count: all.count)
        for tiles in ranges {
            for y in tiles.first.y...tiles.last.y {
                for x in tiles.first.x...tiles.last.x {
                    isMarked[(y - all.first.y) * all.columns + x - all.first.x] = true
                }
            }
        }
        var addresses: [TileAddress] = []
        for (index, isMarked) in isMarked.enumerated() where isMarked {
            addresses.append(TileAddress(x: all.first.x + index % all.columns, y: all.first.y + index / all.columns))
        }
        tiles = all
        self.addresses = addresses
    }
}

/// Which tiles are near positions of one walk.
private struct TileSurroundings {
    /// One over the units of a tile's sides.
    private let perEast: Double
    private let perNorth: Double
    /// Tiles in a metre.
    private let eastPerMeter: Double
    private let northPerMeter: Double

    /// Beyond the cells that are so many metres away, for those that are cut.
    private static let spareTiles = 3 / Double(RasterLattice.tileCells)

    /// - Parameters:
    ///   - lattice: of the tiles.
    ///   - point: where the walk begins.
    init(_ lattice: RasterLattice, around point: LonLat) {
        let side = Double(RasterLattice.tileCells)
        let plane = lattice.plane(of: TileAddress(cell: lattice.cell(near: point)))
        perEast = 1 / (side * Double(lattice.stepEast))
        perNorth = 1 / (side * Double(lattice.stepNorth))
        // A lattice may be narrower elsewhere, but not on the way of a walk.
        eastPerMeter = 1.02 / (side * plane.cellEast)
        northPerMeter = 1.02 / (side * plane.cellNorth)
    }

    /// The tiles within some metres of a position and the ground beside it.
    @inline(__always)
    func tiles(around position: LonLat, meters: Double) -> TileRange {
        let clip = meters + StreetRaster.clipMeters
        let north = min(1e4, clip * northPerMeter) + Self.spareTiles
        // Near the poles of a network that comes near the equator cells are
        // slivers; what lies beyond so many is not drawn.
        let east = min(4 * north, clip * eastPerMeter + Self.spareTiles)
        let x = Double(RasterLattice.units(clamping: position.longitude)) * perEast
        let y = Double(RasterLattice.units(clamping: position.latitude)) * perNorth
        func tile(_ place: Double) -> Int { Int(place.rounded(.down)) }
        return TileRange(
            TileAddress(x: tile(x - east), y: tile(y - north)), TileAddress(x: tile(x + east), y: tile(y + north)))
    }
}

/// The length of the longest edge at every crossing, found when it is first
/// asked for.
struct LongestEdges {
    private let arcs: Arcs
    private let edgeMeters: [Double]
    /// In metres; below 0 where nobody asked yet.
    private var meters: [Float]

    init(_ arcs: Arcs, _ shapes: StreetShapes) {
        self.arcs = arcs
        edgeMeters = shapes.meters
        meters = Array(repeating: -1, count: arcs.nodeCount)
    }

    /// The length in metres, rounded up.
    subscript(node: Int) -> Double {
        mutating get {
            if meters[node] < 0 { meters[node] = find(node) }
            return Double(meters[node])
        }
    }

    private func find(_ node: Int) -> Float {
        var longest = 0.0
        for arc in Int(arcs.starts[node])..<Int(arcs.starts[node + 1]) {
            longest = max(longest, edgeMeters[Int(arcs.edges[arc])])
        }
        return Float(longest).nextUp
    }
}
