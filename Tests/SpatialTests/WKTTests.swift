import Spatial
import TestSupport
import Testing

@Suite struct WKTTests {
    @Test(arguments: allTypes + emptyMembers)
    func textComesBackAsItWent(wkt: String) throws {
        #expect(try Geometry(wkt: wkt).wkt == wkt)
    }

    @Test(arguments: [
        ("point(1 2)", "POINT (1 2)"), ("POINTZ(1 2 3)", "POINT Z (1 2 3)"), ("POINT M (1 2 3)", "POINT (1 2)"),
        ("POINT ZM (1 2 3 4)", "POINT Z (1 2 3)"), ("POINT(1 2 3)", "POINT Z (1 2 3)"),
        ("SRID=4326;POINT(1 2)", "POINT (1 2)"), ("MULTIPOINT(1 2,3 4)", "MULTIPOINT ((1 2), (3 4))"),
        ("\n LINEARRING ( 0 0 , 1 0,1 1 ,0 0 ) ", "LINESTRING (0 0, 1 0, 1 1, 0 0)"),
        ("POINT(-1.5e-3 +.5)", "POINT (-0.0015 0.5)"), ("POINT Z EMPTY", "POINT EMPTY"),
        ("POINT(1. 2)", "POINT (1 2)"), ("POINT(0.1 1e-7)", "POINT (0.1 1e-07)"),
        ("GEOMETRYCOLLECTION Z(POINT Z(1 2 3),POINT(1 2))", "GEOMETRYCOLLECTION Z (POINT Z (1 2 3), POINT (1 2))"),
    ])
    func formsInUseAreRead(text: String, canonical: String) throws {
        #expect(try Geometry(wkt: text).wkt == canonical)
    }

    @Test func unknownHeightsComeBack() throws {
        let geometry = Geometry.multiPoint([Point(LonLat(1, 2), heightMeters: 3), Point(LonLat(4, 5))])
        #expect(try Geometry(wkt: geometry.wkt) == geometry)
    }

    @Test(arguments: [
        ("", 0, WKTError.Reason.expected("a geometry type")), ("CIRCLE(0 0)", 0, .unknownType("CIRCLE")),
        ("POINT(1)", 7, .expected("a number")), ("POINT(1 2", 9, .expected(")")),
        ("POINT(1 2)x", 10, .trailingText), ("POINT 1 2", 6, .expected("(")),
        ("POINT(1e999 2)", 6, .outOfRange), ("LINESTRING(1 2,3 4 5)", 20, .mixedDimensions),
        ("POINT Z(1 2)", 11, .mixedDimensions), ("POINT(0x10 2)", 6, .expected("a number")),
        ("POLYGON(0 0,1 1)", 8, .expected("(")), ("POINT(1 2 3 4 5)", 14, .expected(")")),
    ])
    func errorsNameReasonAndPlace(text: String, offset: Int, reason: WKTError.Reason) {
        let error = #expect(throws: WKTError.self) { try Geometry(wkt: text) }
        #expect(error?.offset == offset)
        #expect(error?.reason == reason)
    }

    @Test func hostileTextsAreErrors() {
        let nested = String(repeating: "GEOMETRYCOLLECTION(", count: 100_000)
        #expect(throws: WKTError.self) { try Geometry(wkt: nested) }
        #expect(throws: WKTError.self) { try Geometry(wkt: String(repeating: "(", count: 1_000_000)) }
        #expect(throws: WKTError.self) { try Geometry(wkt: "POINT(" + String(repeating: "1", count: 100_000) + " 2)") }
        #expect(throws: WKTError.self) { try Geometry(wkt: "POINT(\0 2)") }
    }

    @Test(arguments: [UInt64(5)])
    func changedTextsNeverCrash(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var read = 0
        for _ in 0..<20_000 {
            guard let source = allTypes.randomElement(using: &generator) else { continue }
            var text = Array(source.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &generator) where !text.isEmpty {
                let index = Int.random(in: 0..<text.count, using: &generator)
                if Bool.random(using: &generator) {
                    text.remove(at: index)
                } else {
                    text[index] = UInt8.random(in: 0...255, using: &generator)
                }
            }
            guard let geometry = try? Geometry(wkt: String(decoding: text, as: UTF8.self)) else { continue }
            read += 1
            if !geometry.wkt.contains("nan") { #expect(try Geometry(wkt: geometry.wkt) == geometry) }
        }
        #expect(read > 200)
    }

    @Test(arguments: [UInt64(11)])
    func everyNumberReadsBackTheSame(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let position = LonLat(
                Double(bitPattern: generator.next() & ~(1 << 62)), Double.random(in: -180...180, using: &generator))
            let geometry = Geometry.point(Point(position))
            #expect(try Geometry(wkt: geometry.wkt) == geometry, "seed \(seed)")
        }
    }
}
