import Spatial
import Testing

@Suite struct GeometryTests {
    @Test func boxOfAnEmptyGeometryIsEmpty() {
        #expect(Geometry.point(Point(nil)).box.isEmpty)
        #expect(Geometry.collection([]).isEmpty)
    }

    @Test func boxHoldsEveryPosition() {
        let line = Geometry.lineString(LineString([LonLat(1, 5), LonLat(-2, 3), LonLat(0, 9)]))
        #expect(line.box == BoundingBox(west: -2, south: 3, east: 1, north: 9))
        let here = LonLat(-2, 3)
        #expect(BoundingBox(here) == BoundingBox(west: -2, south: 3, east: -2, north: 3))
        #expect(BoundingBox(here).contains(here) && BoundingBox(here).intersects(line.box))
    }
}
