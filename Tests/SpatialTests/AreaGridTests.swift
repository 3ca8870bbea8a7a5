import Foundation
import Spatial
import TestSupport
import Testing

/// The grid over an area, against the area itself.
@Suite struct AreaGridTests {
    private static let seed: UInt64 = 20_261_121

    private func ring(_ center: LonLat, _ radius: Double, _ random: inout SeededGenerator) -> LineString {
        let corners = Int.random(in: 3...40, using: &random)
        var positions = (0..<corners).map { index in
            let angle = 2 * Double.pi * Double(index) / Double(corners)
            let reach = radius * Double.random(in: 0.3...1, using: &random)
            return LonLat(center.longitude + reach * cos(angle), center.latitude + reach * sin(angle))
        }
        positions.append(positions[0])
        return LineString(positions)
    }

    private func area(_ random: inout SeededGenerator) -> Geometry {
        let parts = (0..<Int.random(in: 1...3, using: &random)).map { index in
            let center = LonLat(106.5 + Double(index) * 0.3, 29.5)
            let hole = Bool.random(using: &random) ? [ring(center, 0.03, &random)] : []
            return Polygon(ring(center, 0.14, &random), holes: hole)
        }
        return parts.count == 1 ? .polygon(parts[0]) : .multiPolygon(parts)
    }

    @Test func decidesOnlyWhatIsSo() throws {
        var random = SeededGenerator(seed: Self.seed)
        var decided = [AreaGrid.Side: Int]()
        for round in 0..<40 {
            let area = area(&random)
            let grid = AreaGrid(area)
            for _ in 0..<400 {
                let side = pow(10, Double.random(in: -6 ... -1, using: &random))
                let west = Double.random(in: 106.3...107.3, using: &random)
                let south = Double.random(in: 29.3...29.7, using: &random)
                let box = BoundingBox(west: west, south: south, east: west + side, north: south + side / 2)
                let answer = grid.side(of: box)
                decided[answer, default: 0] += 1
                let corners = [
                    LonLat(box.west, box.south), LonLat(box.east, box.south), LonLat(box.east, box.north),
                    LonLat(box.west, box.north), LonLat(box.west, box.south),
                ]
                let shape = Geometry.polygon(Polygon(LineString(corners)))
                switch answer {
                case .inside: #expect(try shape.isWithin(area), "seed \(Self.seed) round \(round) \(box)")
                case .outside: #expect(try !shape.intersects(area), "seed \(Self.seed) round \(round) \(box)")
                case .open: break
                }
            }
        }
        // A grid that leaves all open would be no help.
        #expect((decided[.inside] ?? 0) > 1000 && (decided[.outside] ?? 0) > 4000, "\(decided)")
    }

    @Test func aBoxAlongTheOutlineIsOpen() {
        let square = Geometry.polygon(
            Polygon(LineString([LonLat(0, 0), LonLat(1, 0), LonLat(1, 1), LonLat(0, 1), LonLat(0, 0)])))
        let grid = AreaGrid(square)
        #expect(grid.side(of: BoundingBox(west: 0.5, south: 0.5, east: 0.5, north: 0.5)) == .inside)
        #expect(grid.side(of: BoundingBox(west: 1, south: 0.5, east: 1, north: 0.5)) == .open)
        #expect(grid.side(of: BoundingBox(west: 0.5, south: -0.5, east: 0.6, north: 2)) == .open)
        #expect(grid.side(of: BoundingBox(west: 1.1, south: 0, east: 1.2, north: 1)) == .outside)
        #expect(
            AreaGrid(.point(Point(LonLat(0, 0)))).side(of: BoundingBox(west: 0, south: 0, east: 0, north: 0)) == .open)
    }
}
