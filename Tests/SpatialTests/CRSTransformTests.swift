import Foundation
import Messages
import Spatial
import TestSupport
import Testing

/// PROJ's own program, where it is installed.
private enum Cs2cs {
    static let path = ["/usr/bin/cs2cs", "/usr/local/bin/cs2cs", "/opt/homebrew/bin/cs2cs"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
}

@Suite(.enabled(if: ProjOracle.isPresent, "needs the PROJ library")) struct CRSTransformTests {
    /// Runs PROJ's own program from WGS 84, latitude first, to a code in the
    /// registry's axis order.
    private func cs2cs(_ code: Int, _ positions: [LonLat]) throws -> [(Double, Double)] {
        let process = Process()
        process.executableURL = URL(filePath: try #require(Cs2cs.path))
        process.arguments = ["-f", "%.9f", "EPSG:4326", "EPSG:\(code)"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let lines = positions.map { "\($0.latitude) \($0.longitude)" }.joined(separator: "\n") + "\n"
        input.fileHandleForWriting.write(Data(lines.utf8))
        try input.fileHandleForWriting.close()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return text.split(separator: "\n").compactMap { line in
            let parts = line.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
            return parts.count >= 2 ? (parts[0], parts[1]) : nil
        }
    }

    @Test(
        .enabled(if: Cs2cs.path != nil, "needs cs2cs of the package proj-bin"),
        arguments: [4491, 4497, 4502, 4512, 4513, 4523, 4533, 4534, 4544, 4554, 3857, 32648, 4214, 2433, 4490, 6668])
    func codesAgreeWithCs2csBelowAMillimetre(code: Int) throws {
        let seed = UInt64(code)
        var random = SeededGenerator(seed: seed)
        let transform = try CoordinateTransform(CoordinateReferenceSystem(epsgCode: code))
        let area = try #require(transform.areaOfUse)
        let positions = (0..<200).map { _ in
            LonLat(
                random.double(max(73, area.west)...min(150, area.east)),
                random.double(max(3, area.south)...min(54, area.north)))
        }
        let expected = try cs2cs(code, positions)
        #expect(expected.count == positions.count)
        let isEastingFirst = code == 3857 || code == 32648
        let isDegrees = [4214, 4490, 6668].contains(code)
        for (position, pair) in zip(positions, expected) {
            let truth = isEastingFirst ? LonLat(pair.0, pair.1) : LonLat(pair.1, pair.0)
            let found = transform.fromWGS84(position)
            let scale = isDegrees ? 111_320.0 : 1
            #expect(abs(found.longitude - truth.longitude) * scale < 1e-3, "seed \(seed)")
            #expect(abs(found.latitude - truth.latitude) * scale < 1e-3, "seed \(seed)")
            let back = transform.toWGS84(found)
            #expect(Geodesic.distanceMeters(back, position) < 1e-3, "seed \(seed)")
        }
    }

    @Test func northingFirstSwapsTheAxesOfTheFile() throws {
        let position = LonLat(106.55, 29.56)
        let easting = try CoordinateTransform(.epsg(4523)).fromWGS84(position)
        #expect(easting.longitude > 35_000_000 && easting.latitude < 4_000_000)
        let swapped = try CoordinateTransform(CoordinateDeclaration(.epsg(4523), axisOrder: .northingFirst))
        #expect(swapped.fromWGS84(position) == LonLat(easting.latitude, easting.longitude))
        let back = swapped.toWGS84(LonLat(easting.latitude, easting.longitude))
        #expect(Geodesic.distanceMeters(back, position) < 1e-3)
    }

    @Test(arguments: [999_999, 4978, 5773, 4917]) func codesThatAreNoMapAreRefused(code: Int) {
        #expect {
            _ = try CoordinateTransform(.epsg(code))
        } throws: {
            ($0 as? Failure)?.code == .usage
        }
    }

    @Test func whatHasNoImageIsCounted() throws {
        var positions = [LonLat(106.5, 29.5), LonLat(.nan, 3), LonLat(500, 100)]
        #expect(try CoordinateTransform(.epsg(4523)).fromWGS84(&positions) == 2)
    }

    @Test(arguments: [CoordinateReferenceSystem.gcj02, .bd09, .cgcs2000, .epsg(4523)])
    func everyFormOfAGeometryMovesAlike(crs: CoordinateReferenceSystem) throws {
        let ring = [LonLat(106.5, 29.5), LonLat(106.6, 29.5), LonLat(106.6, 29.6), LonLat(106.5, 29.5)]
        let polygon = Geometry.polygon(Polygon(LineString(ring, heightsMeters: [1, 2, 3, 1])))
        let geometry = Geometry.collection([polygon, .point(Point(LonLat(107, 30))), .point(Point(nil))])
        let transform = try CoordinateTransform(crs)
        let moved = transform.transform(geometry, .fromWGS84)
        var bytes = geometry.wkb
        let failures = try bytes.withUnsafeMutableBytes { try transform.transform(wkb: $0, .fromWGS84) }
        #expect(failures == 0)
        #expect(bytes == moved.wkb)
        var batch = FeatureBatch()
        for member in [geometry, polygon] {
            let start = batch.bytes.count
            batch.bytes.append(contentsOf: member.wkb)
            batch.records.append(
                FeatureBatch.Record(
                    position: .record(1), geometry: start..<batch.bytes.count, box: member.box, fields: 0..<0))
        }
        // A record without a geometry and one of damaged bytes.
        batch.records.append(FeatureBatch.Record(position: .record(3), geometry: 0..<0, box: .empty, fields: 0..<0))
        let start = batch.bytes.count
        batch.bytes.append(contentsOf: polygon.wkb.dropLast(3))
        batch.records.append(
            FeatureBatch.Record(position: .record(4), geometry: start..<batch.bytes.count, box: .empty, fields: 0..<0))
        let failing = transform.transform(&batch, .fromWGS84)
        #expect(failing == (transform.isIdentity ? [] : [3]))
        #expect(Array(batch.bytes[batch.records[0].geometry]) == moved.wkb)
        #expect(batch.records[0].box == moved.box)
        #expect(try Geometry(wkb: batch.bytes[batch.records[1].geometry]) == transform.transform(polygon, .fromWGS84))
    }
}
