import Messages
import Spatial
import TestSupport
import Testing

@Suite struct CRSSuspicionTests {
    private func positions(seed: UInt64, count: Int) -> [LonLat] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in LonLat(random.double(106.4...106.6), random.double(29.5...29.6)) }
    }

    @Test(arguments: [
        (CoordinateReferenceSystem.wgs84, CoordinateReferenceSystem.gcj02), (.wgs84, .bd09), (.gcj02, .wgs84),
        (.gcj02, .bd09), (.bd09, .gcj02), (.cgcs2000, .gcj02),
    ])
    func aWrongDatumIsNamed(declared: CoordinateReferenceSystem, truth: CoordinateReferenceSystem) throws {
        let asDeclared = try CoordinateTransform(declared)
        let asTrue = try CoordinateTransform(truth)
        var random = SeededGenerator(seed: 5)
        let matches = positions(seed: 6, count: 20).map { position in
            // Two sources never put a feature in quite the same place.
            let noisy = position.moved(east: random.double(-15...15), north: random.double(-15...15))
            return DatumSuspicion.Match(
                imported: asDeclared.toWGS84(asTrue.fromWGS84(position)), existing: noisy)
        }
        let suspicion = try #require(DatumSuspicion(declared: declared, matches: matches))
        #expect(suspicion.culprit == .imported && suspicion.likely == truth && suspicion.declared == declared)
        #expect(suspicion.shiftMeters > 100 && suspicion.residualMeters < 20)
        #expect(suspicion.hint.zh.contains("--crs \(truth)"))
    }

    @Test func anAtlasOnTheWrongDatumIsNamed() throws {
        let matches = positions(seed: 7, count: 10).map {
            DatumSuspicion.Match(imported: $0, existing: GCJ02.fromWGS84($0))
        }
        let suspicion = try #require(DatumSuspicion(declared: .wgs84, matches: matches))
        #expect(suspicion.culprit == .existing && suspicion.likely == .gcj02)
    }

    @Test func otherShiftsAreNoDatum() {
        let west = positions(seed: 8, count: 20).map {
            DatumSuspicion.Match(imported: $0.moved(east: 400, north: 400), existing: $0)
        }
        #expect(DatumSuspicion(declared: .wgs84, matches: west) == nil)
        let same = positions(seed: 9, count: 20).map { DatumSuspicion.Match(imported: $0, existing: $0) }
        #expect(DatumSuspicion(declared: .wgs84, matches: same) == nil)
        #expect(DatumSuspicion(declared: .wgs84, matches: []) == nil)
        let tokyo = DatumSuspicion.Match(imported: LonLat(139.7, 35.6), existing: LonLat(139.705, 35.602))
        #expect(DatumSuspicion(declared: .wgs84, matches: [tokyo]) == nil)
    }

    @Test func outlinesOfOneSizeAreMatched() throws {
        var random = SeededGenerator(seed: 10)
        let existing = positions(seed: 11, count: 200).map { position in
            let corner = position.moved(east: random.double(20...200), north: random.double(20...200))
            return BoundingBox(
                west: position.longitude, south: position.latitude, east: corner.longitude, north: corner.latitude)
        }
        let imported = existing.prefix(100).map { box in
            let a = GCJ02.fromWGS84(LonLat(box.west, box.south))
            let b = GCJ02.fromWGS84(LonLat(box.east, box.north))
            return BoundingBox(west: a.longitude, south: a.latitude, east: b.longitude, north: b.latitude)
        }
        let matches = DatumSuspicion.matches(imported: Array(imported), existing: existing)
        #expect(matches.count > 50)
        #expect(DatumSuspicion(declared: .wgs84, matches: matches)?.likely == .gcj02)
    }

    @Test(arguments: [
        // Degrees, latitude first.
        (BoundingBox(west: 29.5, south: 106.4, east: 29.6, north: 106.6), "wgs84", "wgs84/latitude-first"),
        (BoundingBox(west: 36, south: 80, east: 36.1, north: 80.1), "gcj02", "gcj02/latitude-first"),
        // Metres with the zone's number, declared as degrees.
        (BoundingBox(west: 35_640_000, south: 3_260_000, east: 35_660_000, north: 3_280_000), "wgs84", "EPSG:4523"),
        (
            BoundingBox(west: 3_260_000, south: 35_640_000, east: 3_280_000, north: 35_660_000), "cgcs2000",
            "EPSG:4523/northing-first"
        ),
        // A zone of either axis order and with or without its number.
        (
            BoundingBox(west: 3_260_000, south: 35_640_000, east: 3_280_000, north: 35_660_000), "EPSG:4523",
            "EPSG:4523/northing-first"
        ),
        (BoundingBox(west: 640_000, south: 3_260_000, east: 660_000, north: 3_280_000), "EPSG:4523", "EPSG:4544"),
        (BoundingBox(west: 35_640_000, south: 3_260_000, east: 35_660_000, north: 3_280_000), "EPSG:4544", "EPSG:4523"),
        // Degrees declared as metres.
        (BoundingBox(west: 106.4, south: 29.5, east: 106.6, north: 29.6), "EPSG:4523", "cgcs2000"),
    ])
    func aWrongDeclarationIsNamed(box: BoundingBox, declared: String, likely: String) throws {
        let declaration = try CoordinateDeclaration(parsing: declared)
        let suspicion = try #require(CoordinateSuspicion(box: box, declared: declaration))
        #expect(suspicion.likely?.description == likely)
        #expect(suspicion.hint.en.contains("--crs \(likely)"))
    }

    @Test func theAtlasDecidesWhereBothOrdersFit() throws {
        // 80° N, 36° E lies in the Arctic Ocean; 80° E, 36° N in China.
        let box = BoundingBox(west: 36, south: 80, east: 36.1, north: 80.1)
        #expect(CoordinateSuspicion(box: box, declared: CoordinateDeclaration(.wgs84)) == nil)
        let atlas = BoundingBox(west: 79, south: 35, east: 81, north: 37)
        let suspicion = try #require(
            CoordinateSuspicion(box: box, declared: CoordinateDeclaration(.wgs84), existing: atlas))
        #expect(suspicion.cause == .swappedAxes)
    }

    @Test func metresWithoutAZoneNumberTakeTheZoneOfTheAtlas() throws {
        let box = BoundingBox(west: 640_000, south: 3_260_000, east: 660_000, north: 3_280_000)
        let atlas = BoundingBox(west: 106.4, south: 29.4, east: 106.6, north: 29.6)
        let alone = try #require(CoordinateSuspicion(box: box, declared: CoordinateDeclaration(.wgs84)))
        #expect(alone.cause == .metersAsDegrees && alone.likely == nil)
        let beside = try #require(
            CoordinateSuspicion(box: box, declared: CoordinateDeclaration(.wgs84), existing: atlas))
        #expect(beside.likely?.crs == .epsg(4545))
    }

    @Test func whatFitsIsNotSuspected() {
        let chongqing = BoundingBox(west: 106.4, south: 29.4, east: 106.6, north: 29.6)
        for crs in [CoordinateReferenceSystem.wgs84, .gcj02, .cgcs2000] {
            #expect(CoordinateSuspicion(box: chongqing, declared: CoordinateDeclaration(crs)) == nil)
        }
        let zone = BoundingBox(west: 35_640_000, south: 3_260_000, east: 35_660_000, north: 3_280_000)
        #expect(
            CoordinateSuspicion(box: zone, declared: CoordinateDeclaration(.epsg(4523)), existing: chongqing) == nil)
        #expect(CoordinateSuspicion(box: .empty, declared: CoordinateDeclaration(.wgs84)) == nil)
    }
}
