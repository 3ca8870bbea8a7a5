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
        _ raster: StreetRaster, _ arcs: Arcs, _ search: NetworkSearch, around point: LonLat, originTicks: UInt32,
        originMeters: Double, limitTicks: UInt32, ticksPerMeter: Double
    ) {
        let lattice = raster.lattice
        let plane = lattice.plane(of: TileAddress(cell: lattice.cell(near: point)))
        let metersPerTick = Self.greatestFactor / ticksPerMeter
        /// The tiles within some metres of a position.
        func range(_ position: LonLat, _ meters: Double) -> TileRange {
            let cell = lattice.cell(near: position)
            let clip = meters + StreetRaster.clipMeters
            // A lattice may be narrower elsewhere, but not on the way of a walk.
            let north = Int(min(1e6, clip * 1.02 / plane.cellNorth)) + 3
            // Near the poles of a network that comes near the equator cells
            // are slivers; what lies beyond so many is not drawn.
            let east = min(4 * north, Int(min(1e6, clip * 1.02 / plane.cellEast)) + 3)
            return TileRange(
                TileAddress(cellX: cell.x - east, cellY: cell.y - north),
                TileAddress(cellX: cell.x + east, cellY: cell.y + north))
        }
        let walk = Double(limitTicks - originTicks) * metersPerTick
        let bound = range(point, walk)
        var ranges = [range(point, min(walk, originMeters))]
        ranges.reserveCapacity(search.reachedBuffer.count + 1)
        arcs.starts.withUnsafeBufferPointer { starts in
            for node in search.reachedBuffer {
                guard let ticks = search.ticks(of: Int(node)), ticks <= limitTicks else { continue }
                let left = Double(limitTicks - ticks)
                var meters = 0.0
                for arc in Int(starts[Int(node)])..<Int(starts[Int(node) + 1]) {
                    let (cost, length) = (Double(arcs.arcs[arc].ticks), raster.shapes.meters[Int(arcs.edges[arc])])
                    meters = max(meters, cost > left ? length * left / cost : length)
                }
                if let tiles = range(raster.shapes.nodePositions[Int(node)], meters).clamped(to: bound) {
                    ranges.append(tiles)
                }
            }
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
