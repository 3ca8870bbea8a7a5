import Messages
import Spatial
import Testing

@Suite struct GEOSValidityTests {
    @Test(
        arguments: [
            ("POLYGON((0 0,2 2,2 0,0 2,0 0))", InvalidityReason.selfIntersection, LonLat(1, 1)),
            ("POLYGON((0 0,1 0,1 1,0 1))", .ringNotClosed, LonLat(0, 0)),
            ("POLYGON((0 0,1 0,0 0))", .tooFewPoints, LonLat(0, 0)),
            ("LINESTRING(3 4)", .tooFewPoints, LonLat(3, 4)),
            ("LINESTRING(3 4,3 4)", .tooFewPoints, LonLat(3, 4)),
            ("POLYGON((0 0,9 0,9 9,0 9,0 0),(20 20,21 20,21 21,20 20))", .holeOutsideShell, LonLat(20, 20)),
            ("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,5 1,5 5,1 5,1 1),(2 2,3 2,3 3,2 2))", .nestedHoles, LonLat(2, 2)),
            ("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((1 1,2 1,2 2,1 1)))", .nestedShells, LonLat(1, 1)),
            ("POLYGON((0 0,9 0,9 9,0 9,0 0),(0 5,5 8,9 5,5 2,0 5))", .disconnectedInterior, nil),
            ("GEOMETRYCOLLECTION(POINT(1 1),POLYGON((0 0,2 2,2 0,0 2,0 0)))", .selfIntersection, LonLat(1, 1)),
            ("MULTIPOINT(1 1,NaN 1)", .invalidCoordinate, nil),
        ] as [(String, InvalidityReason, LonLat?)])
    func verdictNamesReasonAndPlace(wkt: String, reason: InvalidityReason, place: LonLat?) throws {
        let geometry = try Geometry(wkt: wkt)
        let verdict = try geometry.validity()
        guard case .invalid(let found, let at) = verdict else {
            Issue.record("valid: \(wkt)")
            return
        }
        #expect(found == reason)
        if let place { #expect(at == place) }
        #expect(try geometry.wkb.withUnsafeBytes { try Validity(wkb: $0) } == verdict)
    }

    @Test(arguments: allTypes + emptyMembers)
    func soundShapesAreValid(wkt: String) throws {
        let geometry = try Geometry(wkt: wkt)
        #expect(try geometry.validity() == .valid)
        #expect(try geometry.wkb.withUnsafeBytes { try Validity(wkb: $0) } == .valid)
    }

    @Test func everyReasonHasItsOwnText() {
        let texts = Set(InvalidityReason.allCases.map(\.text))
        #expect(texts.count == InvalidityReason.allCases.count)
    }

    @Test func bytesThatAreNoGeometryAreErrors() throws {
        let wkb = try Geometry(wkt: "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,2 1,2 2,1 1))").wkb
        for count in 0..<wkb.count {
            #expect(throws: GEOSError.self) {
                try Array(wkb[..<count]).withUnsafeBytes { try Validity(wkb: $0) }
            }
        }
        var huge = wkb
        huge.replaceSubrange(9..<13, with: [255, 255, 255, 255])
        #expect(throws: GEOSError.self) { try huge.withUnsafeBytes { try Validity(wkb: $0) } }
        var nested: [UInt8] = []
        for _ in 0..<100_000 { nested += [1, 7, 0, 0, 0, 1, 0, 0, 0] }
        nested += [1, 7, 0, 0, 0, 0, 0, 0, 0]
        #expect(throws: GEOSError.self) { try nested.withUnsafeBytes { try Validity(wkb: $0) } }
    }

    @Test(arguments: [[UInt8](arrayLiteral: 0, 0, 0, 0, 3), [1, 0xD3, 7, 0, 0], [1, 3, 0, 0, 0x20, 0xE6, 0x10, 0, 0]])
    func byteOrdersMeasuresAndIdentifiersAreRead(header: [UInt8]) throws {
        let isBig = header[0] == 0
        let hasM = header[1] == 0xD3
        var wkb = header
        func append(_ value: UInt32) { withUnsafeBytes(of: isBig ? value.bigEndian : value) { wkb += $0 } }
        func append(_ value: Double) {
            withUnsafeBytes(of: isBig ? value.bitPattern.bigEndian : value.bitPattern) { wkb += $0 }
        }
        append(UInt32(1))
        append(UInt32(5))
        for (x, y) in [(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0), (0.0, 0.0)] {
            append(x)
            append(y)
            if hasM { append(7.0) }
        }
        let verdict = try wkb.withUnsafeBytes { try Validity(wkb: $0) }
        #expect(verdict == .invalid(.selfIntersection, at: LonLat(1, 1)))
    }
}
