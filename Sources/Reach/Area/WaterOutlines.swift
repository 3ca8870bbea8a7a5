import Spatial

/// Areas of water, for the distance from their shores.
///
/// Areas may overlap: a place is in water where more outlines than holes go
/// around it. Lines (streams) are none.
struct WaterOutlines: Sendable {
    /// The corners of all rings, outlines counter-clockwise and holes
    /// clockwise, each closed.
    private let corners: [LonLat]
    /// Where every piece of a ring begins and where it ends, its last corner
    /// being the next one's first.
    private let pieces: [ClosedRange<Int>]
    private let boxes: BoxTree

    private static let segmentsPerPiece = 16

    /// Collects the areas of geometries; `nil` where there are none.
    ///
    /// - Complexity: O(n log n) for n corners.
    init?(_ geometries: [Geometry]) {
        var polygons: [Polygon] = []
        for geometry in geometries { Self.collect(geometry, into: &polygons) }
        let order = HilbertCurve.order(of: polygons.map { Geometry.lineString($0.exterior).box })
        var corners: [LonLat] = []
        var pieces: [ClosedRange<Int>] = []
        for polygon in order.map({ polygons[Int($0)] }) {
            for (number, ring) in polygon.rings.enumerated() {
                guard ring.positions.count >= 4, ring.positions.first == ring.positions.last else { continue }
                let first = corners.count
                let isHole = number > 0
                corners +=
                    Self.isCounterClockwise(ring.positions) != isHole ? ring.positions : ring.positions.reversed()
                for start in stride(from: first, to: corners.count - 1, by: Self.segmentsPerPiece) {
                    pieces.append(start...min(corners.count - 1, start + Self.segmentsPerPiece))
                }
            }
        }
        guard !pieces.isEmpty else { return nil }
        boxes = BoxTree(
            pieces.map { piece in
                var box = UnitBox.empty
                for index in piece { box.add(corners[index]) }
                return box
            })
        self.corners = corners
        self.pieces = pieces
    }

    private static func collect(_ geometry: Geometry, into polygons: inout [Polygon]) {
        switch geometry {
        case .polygon(let polygon): polygons.append(polygon)
        case .multiPolygon(let members): polygons += members
        case .collection(let members): for member in members { collect(member, into: &polygons) }
        case .point, .multiPoint, .lineString, .multiLineString: break
        }
    }

    private static func isCounterClockwise(_ ring: [LonLat]) -> Bool {
        guard let base = ring.first else { return true }
        var doubled = 0.0
        for (a, b) in zip(ring, ring.dropFirst()) {
            doubled +=
                (a.longitude - base.longitude) * (b.latitude - base.latitude)
                - (b.longitude - base.longitude) * (a.latitude - base.latitude)
        }
        return doubled >= 0
    }

    /// Calls `body` with the segments whose pieces meet a box.
    private func forEachSegment(meeting box: UnitBox, _ body: (LonLat, LonLat) -> Void) {
        var found: [Int] = []
        boxes.append(meeting: box, to: &found)
        for piece in found {
            for index in pieces[piece].dropLast() { body(corners[index], corners[index + 1]) }
        }
    }

    /// Whether a place lies in water, from the crossings of rings with the line
    /// that leads west from there.
    ///
    /// - Parameter place: longitude and latitude in units of 1e-7 degrees.
    /// - Returns: whether it lies in water.
    func covers(_ place: SIMD2<Double>) -> Bool {
        let west = UnitBox(
            west: -Int32(RasterLattice.lastEast), south: UnitBox.clamped(place.y - 1),
            east: UnitBox.clamped(place.x + 1), north: UnitBox.clamped(place.y + 1))
        var winding = 0
        forEachSegment(meeting: west) { a, b in
            guard let crossing = Crossing(a, b, at: place.y), crossing.x < place.x else { return }
            winding += crossing.winding
        }
        return winding > 0
    }

    /// Where a ring crosses a latitude, and what that adds east of there.
    private struct Crossing {
        let x: Double
        let winding: Int

        @inline(__always)
        init?(_ a: LonLat, _ b: LonLat, at y: Double) {
            let (from, to) = (a.latitude * RasterLattice.unitsPerDegree, b.latitude * RasterLattice.unitsPerDegree)
            guard (from <= y) != (to <= y) else { return nil }
            let share = (y - from) / (to - from)
            x = (a.longitude + share * (b.longitude - a.longitude)) * RasterLattice.unitsPerDegree
            // A counter-clockwise ring goes down where its inside begins.
            winding = to < from ? 1 : -1
        }
    }

    /// The distances of a tile's cells from the shore.
    struct Shore {
        /// Metres, below 0 in water; at most 12.7 either way.
        let metersFromWater: [Float]
    }

    /// The shore in a tile; `nil` where there is no water near it.
    func shore(_ plane: TilePlane, _ lattice: RasterLattice) -> Shore? {
        let reach: Float = 12.7
        let side = RasterLattice.tileCells
        var segments: [TileSegment] = []
        forEachSegment(meeting: plane.box(lattice: lattice, aroundMeters: Double(reach))) { a, b in
            segments.append(TileSegment(from: SIMD2<Float>(plane.meters(a)), to: SIMD2<Float>(plane.meters(b))))
        }
        if segments.isEmpty {
            let isWater = covers(SIMD2(Double(plane.west) + 0.5, Double(plane.south) + 0.5))
            return isWater ? Shore(metersFromWater: [Float](repeating: -reach, count: side * side)) : nil
        }
        var painter = SegmentPainter(plane, reachMeters: reach)
        painter.paint(segments)
        var meters = (0..<side * side).map { min(reach, painter.square($0).squareRoot()) }
        let winding = windings(plane, lattice)
        for place in meters.indices where winding[place] > 0 { meters[place] = -meters[place] }
        return Shore(metersFromWater: meters)
    }

    /// How often rings go around every cell of a tile.
    private func windings(_ plane: TilePlane, _ lattice: RasterLattice) -> [Int16] {
        let side = RasterLattice.tileCells
        var change = [Int16](repeating: 0, count: side * side)
        let (south, west) = (Double(plane.south) + 0.5, Double(plane.west) + 0.5)
        let (stepNorth, stepEast) = (Double(lattice.stepNorth), Double(lattice.stepEast))
        let tile = plane.box(lattice: lattice, aroundMeters: 0)
        forEachSegment(meeting: tile.stretchedWest) { a, b in
            let ends = [a, b].map { ($0.latitude * RasterLattice.unitsPerDegree - south) / stepNorth }
            let (low, high) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
            guard high >= 0, low <= Double(side) else { return }
            for row in max(0, Int(max(0, low)))...min(side - 1, Int(min(Double(side), high))) {
                guard let crossing = Crossing(a, b, at: south + Double(row) * stepNorth) else { continue }
                let column = (crossing.x - west) / stepEast
                guard column < Double(side - 1) else { continue }
                let first = column < 0 ? 0 : Int(column) + 1
                change[row * side + first] &+= Int16(crossing.winding)
            }
        }
        for row in 0..<side {
            for column in 1..<side { change[row * side + column] &+= change[row * side + column - 1] }
        }
        return change
    }
}
