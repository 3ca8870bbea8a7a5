import Spatial
import TestSupport
import Testing

@Suite struct ElevationTileTests {
    private func tile(_ south: Int, _ west: Int, side: Int = 5, _ height: (Int, Int) -> Int16) -> ElevationTile {
        ElevationTile(
            south: south, west: west, side: side,
            heightsMeters: (0..<side * side).map { height($0 / side, $0 % side) })
    }

    /// Where a sample stands.
    private func place(_ tile: ElevationTile, _ row: Double, _ column: Double) -> LonLat {
        let steps = Double(tile.side - 1)
        return LonLat(Double(tile.west) + column / steps, Double(tile.south + 1) - row / steps)
    }

    @Test(arguments: [(49, 11, 1201), (-1, -180, 1201), (-90, 179, 3601), (89, 0, 3601)])
    func samplesHaveTheirOwnHeight(south: Int, west: Int, side: Int) {
        var generator = SeededGenerator(seed: 49)
        let heights = (0..<side * side).map { _ in Int16(truncatingIfNeeded: generator.next()) }
        let tile = ElevationTile(south: south, west: west, side: side, heightsMeters: heights)
        let last = side - 1
        let corners = [(0, 0), (0, last), (last, 0), (last, last)]
        let others = (0..<5000).map { _ in
            (Int.random(in: 0...last, using: &generator), Int.random(in: 0...last, using: &generator))
        }
        for (row, column) in corners + others {
            let height = heights[row * side + column]
            let found = tile.heightMeters(at: place(tile, Double(row), Double(column)))
            #expect(found == (height == ElevationTile.void ? nil : Double(height)), "\(row) \(column)")
        }
    }

    @Test func betweenSamplesTheSurfaceIsBilinear() throws {
        var generator = SeededGenerator(seed: 7)
        let tile = tile(29, 106) { _, _ in Int16.random(in: -400...8000, using: &generator) }
        for _ in 0..<5000 {
            let (row, column) = (
                Double.random(in: 0..<4, using: &generator), Double.random(in: 0..<4, using: &generator)
            )
            func height(_ row: Double, _ column: Double) -> Double {
                Double(tile.heightsMeters[Int(row) * 5 + Int(column)])
            }
            // Along both rows first, then between them.
            let (x, y) = (column - column.rounded(.down), row - row.rounded(.down))
            let above = height(row, column) + x * (height(row, column + 1) - height(row, column))
            let below = height(row + 1, column) + x * (height(row + 1, column + 1) - height(row + 1, column))
            let found = try #require(tile.heightMeters(at: place(tile, row, column)))
            #expect(abs(found - (above + y * (below - above))) < 1e-6, "\(row) \(column)")
        }
    }

    @Test func aPlaneIsAPlane() throws {
        let tile = tile(0, 0) { Int16($0 * 100 + $1 * 10) }
        #expect(tile.heightMeters(at: place(tile, 1.5, 2.25)) == 172.5)
        #expect(tile.heightMeters(at: place(tile, 4, 3.5)) == 435)
    }

    @Test func voidsAreBridgedWhereKnownGroundIsNearer() {
        let void = ElevationTile.void
        let tile = tile(0, 0, side: 2) { row, column in [[void, 100], [200, 300]][row][column] }
        #expect(tile.heightMeters(at: place(tile, 0, 0)) == nil)
        #expect(tile.heightMeters(at: place(tile, 0.1, 0.1)) == nil, "a weight of 0.19")
        #expect(tile.heightMeters(at: place(tile, 0.5, 0.5)) == 200, "the mean of three")
        #expect(tile.heightMeters(at: place(tile, 0, 0.5)) == 100, "half of the weight")
        #expect(tile.heightMeters(at: place(tile, 0, 0.49)) == nil, "less")
        #expect(tile.heightMeters(at: place(tile, 1, 0.5)) == 250, "the void has no weight")
        #expect(tile.heightMeters(at: place(tile, 0, 1)) == 100)
    }

    @Test func outsideNothingIsKnown() {
        let tile = tile(49, 11) { _, _ in 5 }
        let outside = [(10.999, 49.5), (12.001, 49.5), (11.5, 48.999), (11.5, 50.001), (.nan, 49.5), (11.5, .nan)]
        for (longitude, latitude) in outside + [(.infinity, 49.5), (11.5, -.infinity)] {
            #expect(tile.heightMeters(at: LonLat(longitude, latitude)) == nil, "\(longitude) \(latitude)")
        }
        #expect(Elevation([tile]).heightMeters(at: LonLat(.nan, 49.5)) == nil)
        #expect(Elevation([tile]).heightMeters(at: LonLat(.infinity, 49.5)) == nil)
    }

    @Test func tilesThatMeetGiveOneGround() throws {
        func ground(_ longitude: Double, _ latitude: Double) -> Double { 4 * longitude * 10 + 4 * latitude * 100 }
        func tile(_ south: Int, _ west: Int) -> ElevationTile {
            self.tile(south, west) { row, column in
                Int16(ground(Double(west) + Double(column) / 4, Double(south + 1) - Double(row) / 4))
            }
        }
        let tiles = [tile(-1, -1), tile(-1, 0), tile(0, -1), tile(0, 0)]
        let whole = Elevation(tiles)
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<2000 {
            let place = LonLat(.random(in: -1...1, using: &generator), .random(in: -1...1, using: &generator))
            let height = try #require(whole.heightMeters(at: place))
            #expect(abs(height - ground(place.longitude, place.latitude)) < 1e-6, "\(place)")
        }
        // Whoever of the four knows the edge tells it.
        for known in tiles.indices {
            let one = Elevation([tiles[known]])
            for edge in [LonLat(0, 0), LonLat(0, known < 2 ? -0.5 : 0.5), LonLat(known % 2 == 0 ? -0.5 : 0.5, 0)] {
                #expect(one.heightMeters(at: edge) == ground(edge.longitude, edge.latitude), "\(known) \(edge)")
            }
        }
        #expect(Elevation([]).heightMeters(at: LonLat(0, 0)) == nil)
    }

    @Test func theAntimeridianBelongsToItsTile() {
        let tile = tile(0, 179) { _, column in Int16(column) }
        #expect(tile.heightMeters(at: LonLat(180, 0.5)) == 4)
        #expect(Elevation([tile]).heightMeters(at: LonLat(180, 0.5)) == 4)
    }

    @Test func bytesAndHeightsSayTheSame() throws {
        let tile = tile(-3, -71) { Int16($0 == 4 ? -32768 : -300 + 77 * ($0 * 5 + $1)) }
        #expect(tile.hgt[0..<4] == [0xFE, 0xD4, 0xFF, 0x21], "-300 and -223, the high byte first")
        let again = tile.hgt.withUnsafeBytes { ElevationTile(south: -3, west: -71, side: 5, hgt: $0) }
        #expect(again == tile)
        tile.hgt.withUnsafeBytes { bytes in
            #expect(ElevationTile(south: -3, west: -71, side: 6, hgt: bytes) == nil)
            #expect(ElevationTile(south: -3, west: -71, side: .max, hgt: bytes) == nil)
            #expect(ElevationTile(south: 90, west: 0, side: 5, hgt: bytes) == nil)
            #expect(ElevationTile(south: 0, west: 180, side: 5, hgt: bytes) == nil)
        }
        #expect(tile.name == "S03W071")
        #expect(ElevationTile.name(south: 49, west: 11) == "N49E011")
        #expect(ElevationTile.name(south: 0, west: -180) == "N00W180")
    }
}
