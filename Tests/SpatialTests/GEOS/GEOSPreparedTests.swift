import Spatial
import TestSupport
import Testing

@Suite struct GEOSPreparedTests {
    @Test func preparedAndPlainAnswersAgree() throws {
        let district = try Geometry(wkt: "POLYGON((0 0,10 0,10 10,5 5,0 10,0 0),(1 1,2 1,2 2,1 2,1 1))")
        var generator = SeededGenerator(seed: 3)
        var inside = 0
        try district.withPrepared { prepared in
            for _ in 0..<2_000 {
                let position = LonLat(
                    Double(Int.random(in: -2...22, using: &generator)) / 2,
                    Double(Int.random(in: -2...22, using: &generator)) / 2)
                let point = Geometry.point(Point(position))
                let contains = try prepared.contains(position)
                #expect(try contains == district.contains(point))
                #expect(try prepared.covers(position) == district.covers(point))
                #expect(try point.wkb.withUnsafeBytes { try prepared.covers(wkb: $0) } == district.covers(point))
                #expect(try point.wkb.withUnsafeBytes { try prepared.contains(wkb: $0) } == contains)
                if contains { inside += 1 }
            }
        }
        #expect(inside > 500 && inside < 1_500)
    }

    @Test func unsoundBytesAreErrors() throws {
        let square = try Geometry(wkt: "POLYGON((0 0,1 0,1 1,0 1,0 0))")
        let open = try Geometry(wkt: "POLYGON((0 0,1 0,1 1,0 1))").wkb
        try square.withPrepared { prepared in
            #expect(throws: GEOSError.self) { try open.withUnsafeBytes { try prepared.intersects(wkb: $0) } }
            #expect(throws: GEOSError.self) {
                try [UInt8]([1, 3]).withUnsafeBytes { try prepared.intersects(wkb: $0) }
            }
        }
    }
}
