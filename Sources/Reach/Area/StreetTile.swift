import Spatial

/// The nearest edges of a square of 64 by 64 cells.
final class StreetTile: Sendable {
    /// The cells nearest to one edge.
    struct Run {
        let edge: UInt32
        /// Where they end in `cells`; they begin where the run before ends.
        let end: UInt32
    }

    /// A cell and the point of its edge that is nearest to its centre.
    struct Cell {
        /// 64 times the row plus the column.
        let place: UInt16
        /// The share of the edge from its tail to the point, of 65,535.
        let share: UInt16
        /// How far the point is.
        let offsetMillimeters: UInt16
        /// The corner of the edge before the point; `crossing` where the cell
        /// is kept for a crossing.
        let corner: UInt16

        static let crossing = UInt16.max
    }

    /// The edges with cells, in ascending order.
    let runs: [Run]
    /// The cells, run by run; none where no street is near.
    let cells: [Cell]
    /// How far every cell is inside the ground that an area may cover, in
    /// decimetres, at most 127; not above 0 in water and too far off the
    /// streets. Empty where all is ground.
    let groundDecimeters: [Int8]
    /// A bit a column for every row: whether it is ground.
    let ground: [UInt64]
    /// The same: whether a street is near.
    let near: [UInt64]

    init(runs: [Run], cells: [Cell], groundDecimeters: [Int8]) {
        self.runs = runs
        self.cells = cells
        let isAllGround = groundDecimeters.allSatisfy { $0 == .max }
        self.groundDecimeters = isAllGround ? [] : groundDecimeters
        ground = Self.bits { groundDecimeters[$0] > 0 }
        var isNear = [Bool](repeating: false, count: groundDecimeters.count)
        for cell in cells { isNear[Int(cell.place)] = true }
        near = Self.bits { isNear[$0] }
    }

    /// A bit a column for every row.
    private static func bits(_ isSet: (Int) -> Bool) -> [UInt64] {
        let side = RasterLattice.tileCells
        return (0..<side).map { row in
            var bits: UInt64 = 0
            for column in 0..<side where isSet(row * side + column) { bits |= 1 << UInt64(column) }
            return bits
        }
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
    /// Sorts cells by their edges.
    fileprivate convenience init(_ found: [FoundCell], edges: [Int], groundDecimeters: [Int8]) {
        var ends = [Int](repeating: 0, count: edges.count + 1)
        for cell in found { ends[cell.owner + 1] += 1 }
        for number in 0..<edges.count { ends[number + 1] += ends[number] }
        var next = ends
        let empty = Cell(place: 0, share: 0, offsetMillimeters: 0, corner: 0)
        var cells = [Cell](repeating: empty, count: found.count)
        for cell in found {
            cells[next[cell.owner]] = Cell(
                place: UInt16(cell.place),
                share: UInt16((max(0, min(1, cell.kept?.share ?? cell.share)) * 65_535).rounded()),
                offsetMillimeters: cell.kept == nil ? UInt16(cell.offsetMeters * 1000) : 0,
                corner: cell.kept == nil ? UInt16(min(cell.corner, Int(Cell.crossing) - 1)) : Cell.crossing)
            next[cell.owner] += 1
        }
        let runs = edges.indices.filter { ends[$0] < ends[$0 + 1] }.map { number in
            Run(edge: UInt32(edges[number]), end: UInt32(ends[number + 1]))
        }
        self.init(runs: runs, cells: cells, groundDecimeters: groundDecimeters)
    }
}
