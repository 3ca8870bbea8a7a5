import Dispatch
public import Spatial
import Synchronization

/// The nearest street of every place: cells of some metres, each with its
/// nearest edge, the point of the edge that is nearest, and how far it is.
///
/// What an area on foot looks like between the streets is read from it: each
/// street keeps the ground that is nearest to it, whether it is reached or
/// not, so that no area spills over a river, a railway or a wall that its
/// streets go around. Cells know no pace and no time; one raster serves all.
///
/// The raster is kept in tiles of 64 by 64 cells, each made when it is first
/// asked for. Any number of threads may ask; every tile is the same whoever
/// makes it and when.
public final class StreetRaster: Sendable {
    /// How far off its street a place may be, in metres, to belong to an area.
    public static let clipMeters = 50.0
    /// How far on each side of a bridge its ground reaches over the water, in
    /// metres.
    public static let bridgeMeters = 6.0

    let shapes: StreetShapes
    let lattice: RasterLattice
    let edgeBoxes: BoxTree
    let water: WaterOutlines?
    private let tiles = Mutex<[TileAddress: StreetTile]>([:])

    /// Makes a raster without any tile yet.
    ///
    /// - Parameters:
    ///   - shapes: the streets.
    ///   - water: areas of water, where only bridges are ground; lines among
    ///     them are streams that anybody steps over.
    ///   - cellMeters: the most that the centres of neighbouring cells are
    ///     apart, at least 1.
    /// - Complexity: O(n) for n corners of streets, O(m log m) for those of water.
    public init(_ shapes: StreetShapes, water: [Geometry] = [], cellMeters: Double = 4) {
        precondition(cellMeters >= 1 && cellMeters <= 1000, "cells are 1 to 1,000 m wide")
        self.shapes = shapes
        var extent = UnitBox.empty
        var boxes: [UnitBox] = []
        boxes.reserveCapacity(shapes.edgeCount)
        shapes.corners.withUnsafeBufferPointer { corners in
            for edge in 0..<shapes.edgeCount {
                var box = UnitBox.empty
                for corner in Int(shapes.cornerStarts[edge])..<Int(shapes.cornerStarts[edge + 1]) {
                    box.add(corners[corner])
                }
                extent.add(box)
                boxes.append(box)
            }
        }
        lattice = RasterLattice(extent, cellMeters: cellMeters)
        edgeBoxes = BoxTree(boxes)
        self.water = WaterOutlines(water)
    }

    /// Makes all tiles with streets on all processors, for servers that would
    /// rather wait once.
    ///
    /// Tiles of single edges longer than some sixty kilometres are left until
    /// they are asked for.
    ///
    /// - Complexity: O(area of the streets); some 100 ns a cell.
    public func prepareAll() {
        var addresses: Set<TileAddress> = []
        for edge in 0..<shapes.edgeCount {
            var box = UnitBox.empty
            for corner in shapes.corners(of: edge) { box.add(corner) }
            guard !box.isEmpty else { continue }
            let range = lattice.tiles(of: box, aroundMeters: Self.clipMeters)
            guard range.count <= 10_000 else { continue }
            range.forEach { addresses.insert($0) }
        }
        let all = Array(addresses)
        DispatchQueue.concurrentPerform(iterations: all.count) { _ = tile(all[$0]) }
    }

    /// A tile, made now where it was not asked for before.
    func tile(_ address: TileAddress) -> StreetTile {
        if let known = tiles.withLock({ $0[address] }) { return known }
        let made = TileBuilder(self, address).tile()
        return tiles.withLock { tiles in
            if let known = tiles[address] { return known }
            tiles[address] = made
            return made
        }
    }

    /// Where a share of an edge lies.
    func position(of foothold: Foothold) -> LonLat {
        let corners = shapes.corners(of: Int(foothold.edge))
        guard var previous = corners.first else { return LonLat(.nan, .nan) }
        let plane = lattice.plane(of: TileAddress(cell: lattice.cell(near: previous)))
        var total = 0.0
        for (a, b) in zip(corners, corners.dropFirst()) { total += plane.lengthMeters(a, b) }
        var left = foothold.share * total
        for corner in corners.dropFirst() {
            let length = plane.lengthMeters(previous, corner)
            if left <= length {
                let share = length > 0 ? left / length : 0
                return LonLat(
                    previous.longitude + share * (corner.longitude - previous.longitude),
                    previous.latitude + share * (corner.latitude - previous.latitude))
            }
            left -= length
            previous = corner
        }
        return previous
    }
}
