public import Spatial

/// The ground that is on foot within a limit of a place: a picture of what the
/// network says exactly.
public struct WalkingArea: Sendable, Hashable {
    /// The limit.
    public let limitTicks: UInt32
    /// The parts that do not touch each other, each with its holes, in WGS 84
    /// at whole 1e-7 degrees: outlines counter-clockwise, holes clockwise
    /// (RFC 7946). None where the place itself is beyond the limit.
    public let polygons: [Polygon]

    /// The parts as one geometry.
    public var geometry: Geometry {
        if polygons.count == 1, let only = polygons.first { return .polygon(only) }
        return .multiPolygon(polygons)
    }

    /// The area of the ground in square metres.
    public var areaSquareMeters: Double { geometry.areaSquareMeters }
}

/// Draws areas on foot. Its memory is kept from area to area.
///
/// Not for two threads at once; a thread makes its own.
public final class AreaTracer {
    private let raster: StreetRaster
    private let network: WalkingNetwork
    private let arcs: Arcs
    private let ticksPerMeter: Double
    private var longest: LongestEdges
    private var field = AreaField()
    private var rings: [OutlineTracer.Ring] = []
    private var corners: [OutlineTracer.Corner] = []

    /// Makes the memory for areas.
    ///
    /// - Parameters:
    ///   - raster: of the network's shapes.
    ///   - network: the costs at a pace.
    ///   - arcs: the network's ways in the direction of the searches.
    public init(_ raster: StreetRaster, _ network: WalkingNetwork, _ arcs: Arcs) {
        precondition(
            raster.shapes.edgeCount == network.edges.count && raster.shapes.nodePositions.count == arcs.nodeCount,
            "a raster goes with the network of its streets")
        self.raster = raster
        self.network = network
        self.arcs = arcs
        longest = LongestEdges(arcs, raster.shapes)
        ticksPerMeter = Ticks.perSecond * 60 / network.paceMetersPerMinute
    }

    deinit { field.release() }

    /// The area of a place within a limit.
    ///
    /// It depends on the place and the limit alone: a larger limit's area
    /// holds it, whichever are asked for together.
    ///
    /// - Parameters:
    ///   - place: where the place meets the network.
    ///   - placeTicks: the ticks between the place and that point; by default
    ///     its offset at the flat pace.
    ///   - search: a finished search from the place along the same arcs, its
    ///     limit not below this one.
    ///   - limitTicks: the most that belongs to the area.
    /// - Returns: the area; without polygons where the place is beyond the limit.
    /// - Complexity: O(cells in reach), some nanoseconds each.
    public func area(
        of place: Foothold, placeTicks: UInt32? = nil, _ search: NetworkSearch, limitTicks: UInt32
    ) -> WalkingArea {
        let spent = placeTicks ?? network.flatTicks(meters: place.offsetMeters)
        guard spent <= limitTicks, Int(place.edge) < network.edges.count else {
            return WalkingArea(limitTicks: limitTicks, polygons: [])
        }
        let point = raster.position(of: place)
        let origin = CellClock.Origin(edge: place.edge, share: Float(place.share), ticks: Float(spent))
        let count = network.edges.withUnsafeBufferPointer { edges in
            let clock = CellClock(
                limitTicks: limitTicks, isToward: arcs.direction == .toward, origin: origin,
                ticksPerMeter: ticksPerMeter, edges: edges, search: search)
            fill(place, at: point, origin, spent, search, limitTicks, clock)
            return trace(clock, edges, around: point)
        }
        return WalkingArea(limitTicks: limitTicks, polygons: polygons(count))
    }

    /// Draws the outlines of the field.
    ///
    /// - Returns: how many polygons they make.
    private func trace(
        _ clock: CellClock, _ edges: UnsafeBufferPointer<WalkingNetwork.Edge>, around point: LonLat
    ) -> Int {
        let shapes = raster.shapes
        let plane = raster.lattice.plane(of: TileAddress(cell: raster.lattice.cell(near: point)))
        return shapes.corners.withUnsafeBufferPointer { streetCorners in
            shapes.cornerStarts.withUnsafeBufferPointer { cornerStarts in
                let streets = FieldStreets(edges: edges, corners: streetCorners, cornerStarts: cornerStarts)
                let finder = CornerFinder(
                    field, raster.lattice, plane, streets, clock, ticksPerMeter: ticksPerMeter)
                var tracer = OutlineTracer(field, streets, finder, rings: rings)
                rings = []
                tracer.trace()
                (rings, corners) = (tracer.rings, tracer.corners)
                return tracer.polygonCount
            }
        }
    }

    /// The areas of a place within several limits, in the order of the limits.
    public func areas(
        of place: Foothold, placeTicks: UInt32? = nil, _ search: NetworkSearch, limitsTicks: [UInt32]
    ) -> [WalkingArea] {
        limitsTicks.map { area(of: place, placeTicks: placeTicks, search, limitTicks: $0) }
    }

    /// The outlines as polygons.
    private func polygons(_ count: Int) -> [Polygon] {
        var polygons = [Polygon](repeating: Polygon(LineString([])), count: count)
        for ring in rings {
            let line = LineString(positions(of: ring))
            if ring.isHole {
                polygons[ring.polygon].holes.append(line)
            } else {
                polygons[ring.polygon].exterior = line
            }
        }
        return polygons
    }

    /// The corners of an outline in degrees, the first one again at the end.
    private func positions(of ring: OutlineTracer.Ring) -> [LonLat] {
        let length = ring.end - ring.first
        return corners.withUnsafeBufferPointer { corners in
            [LonLat](unsafeUninitializedCapacity: length + 1) { positions, count in
                for index in 0...length {
                    let corner = corners[index < length ? ring.first + index : ring.first]
                    let degrees = SIMD2<Double>(corner) / RasterLattice.unitsPerDegree
                    positions.initializeElement(at: index, to: LonLat(degrees.x, degrees.y))
                }
                count = length + 1
            }
        }
    }

    /// Lays the tiles in reach into the field.
    private func fill(
        _ place: Foothold, at point: LonLat, _ origin: CellClock.Origin, _ spent: UInt32, _ search: NetworkSearch,
        _ limitTicks: UInt32, _ clock: CellClock
    ) {
        let marks = TileMarks(
            raster, &longest, search, around: point, originTicks: spent,
            originMeters: raster.shapes.meters[Int(place.edge)],
            limitTicks: limitTicks, ticksPerMeter: ticksPerMeter)
        field.begin(marks.tiles, marked: marks.addresses)
        field.lay(marks.addresses.map(raster.tile), clock)
        seed(origin, at: point, marks.tiles)
        field.close()
    }

    /// Makes the cell of the place's own point a part of the area: of the
    /// cells around it the nearest one of its own edge, else the nearest.
    private func seed(_ origin: CellClock.Origin, at point: LonLat, _ tiles: TileRange) {
        let lattice = raster.lattice
        let nearest = lattice.cell(near: point)
        let side = RasterLattice.tileCells
        var best: (x: Int, y: Int, rank: Double)?
        for y in nearest.y - 1...nearest.y + 1 {
            for x in nearest.x - 1...nearest.x + 1 {
                let east =
                    (Double(x * lattice.stepEast) - point.longitude * RasterLattice.unitsPerDegree)
                    / Double(lattice.stepEast)
                let north =
                    (Double(y * lattice.stepNorth) - point.latitude * RasterLattice.unitsPerDegree)
                    / Double(lattice.stepNorth)
                guard lattice.isOnMap(x, y) else { continue }
                let (column, row) = (x - tiles.first.x * side, y - tiles.first.y * side)
                guard field.isMarked(cell: column, row) else { continue }
                let place = field.place(column, row)
                let isOwn = field.isKnown(place) && field.edge(place) == origin.edge
                let rank = east * east + north * north + (isOwn ? 0 : 2)
                if rank < best?.rank ?? .infinity { best = (column, row, rank) }
            }
        }
        if let best { field.seed(best.x, best.y, AreaField.Cell(ticks: origin.ticks, edge: origin.edge, corner: 0)) }
    }
}
