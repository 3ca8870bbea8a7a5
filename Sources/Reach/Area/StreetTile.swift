import Spatial

/// The nearest edges of a square of 64 by 64 cells.
final class StreetTile: Sendable {
    /// The cells nearest to one edge.
    struct Run {
        let edge: UInt32
        /// Where they end in `spans`; they begin where the run before ends.
        let end: UInt32
        /// How far the farthest of them is from the edge.
        let farthestMillimeters: UInt16
    }

    /// The cells of a run in one row.
    struct Spans {
        /// Whose it is.
        var rows: [UInt8] = []
        /// A bit for each column.
        var columns: [UInt64] = []
    }

    /// The point of its edge that is nearest to a cell's centre; undefined
    /// where no street is near.
    struct Foot {
        /// The share of the edge from its tail to the point, of 65,535.
        var share: UInt16 = 0
        /// How far the point is.
        var offsetMillimeters: UInt16 = 0
    }

    /// Which edge a cell is nearest to; undefined where none is near.
    struct Owner {
        /// Of `runs`.
        var run: UInt16 = 0
        /// The corner of the edge before the nearest point; `crossing` where
        /// the cell is kept for a crossing.
        var corner: UInt16 = 0

        static let crossing = UInt16.max
    }

    /// The edges with cells, in ascending order.
    let runs: [Run]
    /// The rows of the runs, run by run.
    let spans: Spans
    /// All cells, row by row, where they stay for as long as the tile lives:
    /// what tells whether they are in reach lies by itself.
    nonisolated(unsafe) let feet: UnsafeBufferPointer<Foot>
    /// The same: whose they are.
    nonisolated(unsafe) let owners: UnsafeBufferPointer<Owner>
    /// The edges of `runs`, which stay likewise.
    nonisolated(unsafe) let edges: UnsafeBufferPointer<UInt32>
    /// How far every cell is inside the ground that an area may cover, in
    /// decimetres, at most 127; not above 0 in water and too far off the
    /// streets. Empty where all is ground.
    let groundDecimeters: [Int8]
    /// A bit a column for every row: whether it is ground.
    let ground: [UInt64]
    /// The same: whether a street is near.
    let near: [UInt64]

    init(runs: [Run], spans: Spans, feet: [Foot], owners: [Owner], groundDecimeters: [Int8]) {
        self.runs = runs
        self.spans = spans
        self.feet = Self.kept(feet)
        self.owners = Self.kept(owners)
        // The undefined owners of a tile without runs have an edge, too.
        edges = Self.kept(runs.isEmpty ? [0] : runs.map(\.edge))
        let isAllGround = groundDecimeters.allSatisfy { $0 == .max }
        self.groundDecimeters = isAllGround ? [] : groundDecimeters
        ground = (0..<RasterLattice.tileCells).map { row in
            var bits: UInt64 = 0
            for column in 0..<RasterLattice.tileCells
            where groundDecimeters[row * RasterLattice.tileCells + column] > 0 { bits |= 1 << UInt64(column) }
            return bits
        }
        var near = [UInt64](repeating: 0, count: RasterLattice.tileCells)
        for (row, columns) in zip(spans.rows, spans.columns) { near[Int(row)] |= columns }
        self.near = near
    }

    deinit {
        feet.deallocate()
        owners.deallocate()
        edges.deallocate()
    }

    private static func kept<Element>(_ array: [Element]) -> UnsafeBufferPointer<Element> {
        let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: array.count)
        _ = memory.initialize(from: array)
        return UnsafeBufferPointer(memory)
    }
}

/// Makes the tiles of a raster.
struct TileBuilder {
    private let raster: StreetRaster
    private let plane: TilePlane
    private let box: UnitBox

    private static let side = RasterLattice.tileCells
    /// Cells farther off carry no time; beyond the clip some do, so that the
    /// outline may be drawn between two of them.
    private static let reachMeters = StreetRaster.clipMeters + 12.7

    init(_ raster: StreetRaster, _ address: TileAddress) {
        self.raster = raster
        plane = raster.lattice.plane(of: address)
        box = plane.box(lattice: raster.lattice, aroundMeters: Self.reachMeters)
    }

    func tile() -> StreetTile {
        let (edges, segments) = streets()
        var painter = SegmentPainter(plane, reachMeters: Float(Self.reachMeters))
        painter.paint(segments)
        var ground = [Int8](repeating: -127, count: Self.side * Self.side)
        var found: [FoundCell] = []
        found.reserveCapacity(ground.count)
        for place in 0..<ground.count where painter.nearest(place) != SegmentPainter.none {
            let meters = painter.square(place).squareRoot()
            guard meters < Float(Self.reachMeters), isOnMap(place) else { continue }
            ground[place] = Self.decimeters(Float(StreetRaster.clipMeters) - meters)
            let segment = segments[Int(painter.nearest(place))]
            let share = segment.share(nearest: position(of: place))
            found.append(
                FoundCell(
                    place: place, edge: segment.owner, corner: segment.piece, offsetMeters: meters,
                    share: segment.startShare + share * (segment.endShare - segment.startShare),
                    foot: segment.start + share * segment.along))
        }
        keepCrossings(&found, edges)
        if let water = raster.water { keepOffWater(&ground, found, edges, water) }
        return StreetTile(found, edges: edges, groundDecimeters: ground)
    }

    private func position(of place: Int) -> SIMD2<Float> {
        SIMD2(
            Float(place % Self.side) * Float(plane.cellEast), Float(place / Self.side) * Float(plane.cellNorth))
    }

    private func isOnMap(_ place: Int) -> Bool {
        raster.lattice.isOnMap(
            plane.west / raster.lattice.stepEast + place % Self.side,
            plane.south / raster.lattice.stepNorth + place / Self.side)
    }

    /// Metres inside the ground as whole decimetres: above 0 wherever they are.
    private static func decimeters(_ meters: Float) -> Int8 {
        guard meters < 12.7 else { return .max }
        return Int8(max(-127, (meters * 10).rounded(meters > 0 ? .up : .down)))
    }

    /// The edges near the tile, and their segments.
    private func streets() -> (edges: [Int], segments: [TileSegment]) {
        var edges: [Int] = []
        raster.edgeBoxes.append(meeting: box, to: &edges)
        var segments: [TileSegment] = []
        for (number, edge) in edges.enumerated() { append(edge, number, to: &segments) }
        return (edges, segments)
    }

    private func append(_ edge: Int, _ number: Int, to segments: inout [TileSegment]) {
        let corners = raster.shapes.corners(of: edge)
        var total = 0.0
        var previous: LonLat?
        for corner in corners {
            if let previous { total += plane.lengthMeters(previous, corner) }
            previous = corner
        }
        let perMeter = total > 0 ? 1 / total : 0
        var along = 0.0
        previous = nil
        for (piece, corner) in corners.enumerated() {
            defer { previous = corner }
            guard let previous else { continue }
            let start = along
            along += plane.lengthMeters(previous, corner)
            var reach = UnitBox.empty
            reach.add(previous)
            reach.add(corner)
            guard reach.meets(box) else { continue }
            segments.append(
                TileSegment(
                    from: SIMD2<Float>(plane.meters(previous)), to: SIMD2<Float>(plane.meters(corner)),
                    owner: number, piece: piece - 1, startShare: Float(min(1, start * perMeter)),
                    endShare: Float(min(1, along * perMeter))))
        }
    }

    /// Gives crossings the cells that they lie in, where these are nearest to
    /// streets that do not lead there: an area should say of every crossing
    /// whether it is in reach. Of several in a cell the one nearest to its
    /// centre has it.
    private func keepCrossings(_ found: inout [FoundCell], _ edges: [Int]) {
        var cells = [Int32](repeating: -1, count: Self.side * Self.side)
        for (index, cell) in found.enumerated() { cells[cell.place] = Int32(truncatingIfNeeded: index) }
        var least = [Float](repeating: .infinity, count: found.count)
        let natural = found.map(\.edge)
        for (number, edge) in edges.enumerated() {
            let corners = raster.shapes.corners(of: edge)
            for (share, end) in [(Float(0), corners.first), (1, corners.last)] {
                guard let end, let cell = crossing(at: end, cells) else { continue }
                guard cell.squaredMeters < least[cell.index] else { continue }
                least[cell.index] = cell.squaredMeters
                let owner = raster.shapes.corners(of: edges[natural[cell.index]])
                if owner.first == end || owner.last == end {
                    found[cell.index].kept = nil
                } else {
                    found[cell.index].kept = (number, share)
                }
            }
        }
    }

    /// The cell that a crossing lies in.
    private func crossing(at end: LonLat, _ cells: [Int32]) -> (index: Int, squaredMeters: Float)? {
        let meters = plane.meters(end)
        let (column, row) = ((meters.x / plane.cellEast).rounded(), (meters.y / plane.cellNorth).rounded())
        let last = Double(Self.side - 1)
        guard column >= 0, column <= last, row >= 0, row <= last else { return nil }
        let place = Int(row) * Self.side + Int(column)
        guard cells[place] >= 0 else { return nil }
        let off = SIMD2<Float>(meters) - position(of: place)
        return (Int(cells[place]), off.x * off.x + off.y * off.y)
    }

    /// Takes water away from the ground, but leaves bridges a strip of it.
    private func keepOffWater(
        _ ground: inout [Int8], _ found: [FoundCell], _ edges: [Int], _ water: WaterOutlines
    ) {
        guard let shore = water.shore(plane, raster.lattice) else { return }
        for cell in found {
            var inside = shore.metersFromWater[cell.place]
            let strip = Float(StreetRaster.bridgeMeters) - cell.offsetMeters
            if strip > inside, raster.shapes.isStraight[edges[cell.edge]] || water.covers(plane.units(cell.foot)) {
                inside = strip
            }
            ground[cell.place] = min(ground[cell.place], Self.decimeters(inside))
        }
    }
}

/// What is found for one cell.
struct FoundCell {
    let place: Int
    /// The edge's number among those near the tile.
    let edge: Int
    let corner: Int
    let offsetMeters: Float
    let share: Float
    /// The point of the edge, in metres from the tile's first cell.
    let foot: SIMD2<Float>
    /// The edge of the crossing that has the cell, and the crossing's share of it.
    var kept: (edge: Int, share: Float)?

    /// The edge that has the cell.
    var owner: Int { kept?.edge ?? edge }
}

extension StreetTile {
    /// Sorts cells, which come in the order of their places, by their edges.
    fileprivate convenience init(_ found: [FoundCell], edges: [Int], groundDecimeters: [Int8]) {
        var ends = [Int](repeating: 0, count: edges.count + 1)
        for cell in found { ends[cell.owner + 1] += 1 }
        for number in 0..<edges.count { ends[number + 1] += ends[number] }
        var next = ends
        var sorted = [Int](repeating: 0, count: found.count)
        for (index, cell) in found.enumerated() {
            sorted[next[cell.owner]] = index
            next[cell.owner] += 1
        }
        var feet = [Foot](repeating: Foot(), count: groundDecimeters.count)
        var owners = [Owner](repeating: Owner(), count: groundDecimeters.count)
        var (runs, spans) = ([Run](), Spans())
        for number in edges.indices where ends[number] < ends[number + 1] {
            var farthest: UInt16 = 0
            let start = spans.rows.count
            for index in sorted[ends[number]..<ends[number + 1]] {
                let place = found[index].place
                feet[place] = found[index].storedFoot
                owners[place] = Owner(run: UInt16(runs.count), corner: found[index].storedCorner)
                farthest = max(farthest, feet[place].offsetMillimeters)
                spans.add(place, from: start)
            }
            runs.append(
                Run(edge: UInt32(edges[number]), end: UInt32(spans.rows.count), farthestMillimeters: farthest))
        }
        self.init(runs: runs, spans: spans, feet: feet, owners: owners, groundDecimeters: groundDecimeters)
    }
}

extension StreetTile.Spans {
    /// Adds a cell to the last row of a run that begins at `start`, or begins
    /// the next.
    fileprivate mutating func add(_ place: Int, from start: Int) {
        let row = UInt8(place / RasterLattice.tileCells)
        let column: UInt64 = 1 << UInt64(place % RasterLattice.tileCells)
        if rows.count > start, rows.last == row {
            columns[columns.count - 1] |= column
        } else {
            rows.append(row)
            columns.append(column)
        }
    }
}

extension FoundCell {
    fileprivate var storedFoot: StreetTile.Foot {
        StreetTile.Foot(
            share: UInt16((max(0, min(1, kept?.share ?? share)) * 65_535).rounded()),
            offsetMillimeters: kept == nil ? UInt16(offsetMeters * 1000) : 0)
    }

    fileprivate var storedCorner: UInt16 {
        kept == nil ? UInt16(min(corner, Int(StreetTile.Owner.crossing) - 1)) : StreetTile.Owner.crossing
    }
}
