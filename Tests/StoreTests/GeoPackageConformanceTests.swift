import Foundation
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// Good and deliberately broken GeoPackages of other programs, each by name:
/// the counts are GDAL's.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"))
struct GeoPackageConformanceTests {
    /// A file, the features GDAL counts in its feature tables, and how many of
    /// them are curves, which are told as rejections.
    struct Good: Sendable, CustomTestStringConvertible {
        let file: String
        let features: Int
        var curves = 0
        var testDescription: String { file }
    }

    static let good = [
        Good(file: "bentiu_southsudan-osm-20170213.gpkg", features: 3540),
        Good(file: "coastline-polyline-hydro-115mil-and-smaller.gpkg", features: 363),
        Good(file: "features-0.gpkg", features: 51),
        Good(file: "features-0_1.gpkg", features: 51),
        Good(file: "features-0_FIXED.gpkg", features: 51),
        Good(file: "gdal_sample.gpkg", features: 50),
        Good(file: "gdal_sample_v1.2_no_extensions.gpkg", features: 50),
        Good(file: "gdal_sample_v1.2_no_extensions_with_gpkg_ogr_contents.gpkg", features: 50),
        Good(file: "gdal_sample_v1.2_spatial_index_extension.gpkg", features: 50),
        Good(file: "gdal_sample_v1.2_spi_nonlinear_webp_elevation.gpkg", features: 60, curves: 8),
        Good(file: "gdal_sample_view.gpkg", features: 58),
        Good(file: "geonames_belgium.gpkg", features: 12193),
        Good(file: "gpkg-test-5208.gpkg", features: 6),
        Good(file: "null_geometry.gpkg", features: 5),
        Good(file: "sample1_0.gpkg", features: 3141),
        Good(file: "sample1_1.gpkg", features: 3141),
        Good(file: "sample1_2.gpkg", features: 3141),
        Good(file: "sample1_2F10.gpkg", features: 3141),
        Good(file: "simple_sewer_features.gpkg", features: 172),
        Good(file: "states10.gpkg", features: 51),
        Good(file: "v12_bad_attributes.gpkg", features: 2),
    ]

    /// A copy in a folder of its own: opening a file in WAL mode writes beside it.
    private func copy(_ file: String) throws -> TemporaryFile {
        try TemporaryFile(Data(contentsOf: SharedData.file("conformance/geopackage/\(file)")), ending: ".gpkg")
    }

    @Test(arguments: good) func readsWhatGDALReads(_ good: Good) throws {
        let file = try copy(good.file)
        let (features, rejections) = try GeoPackageReader(path: file.path).readAll()
        #expect(features.count + rejections.count == good.features)
        #expect(rejections.count == good.curves)
        #expect(rejections.allSatisfy { $0.reason.en.contains("is not supported") })
    }

    @Test func saysWhatHoldsNoFeatures() throws {
        let reasons = [
            ("elevation.gpkg", Text.onlyRasters), ("uint16.gpkg", Text.onlyRasters),
            ("empty.gpkg", Text.emptyGeoPackage), ("emp ty.gpkg", Text.emptyGeoPackage),
        ]
        for (name, reason) in reasons {
            let file = try copy(name)
            let failure = #expect(throws: Failure.self) { _ = try GeoPackageReader(path: file.path) }
            #expect(failure?.code == .unusableInput)
            #expect(failure?.what == reason(file.path))
        }
    }

    @Test func namesEveryFile() throws {
        let folder = try SharedData.file("conformance/geopackage")
        let names = Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
        #expect(names == Set(Self.good.map(\.file) + ["elevation.gpkg", "uint16.gpkg", "empty.gpkg", "emp ty.gpkg"]))
    }

    @Test func countsAsOgrinfoCounts() throws {
        guard Programs.has("ogrinfo") else { return }
        for good in Self.good {
            let file = try copy(good.file)
            let layers = Set(try GeoPackageReader(path: file.path).tables)
            #expect(try ogrinfoCount(file.path, layers) == good.features, "\(good.file)")
        }
    }

    /// The sum of GDAL's counts of some layers.
    private func ogrinfoCount(_ path: String, _ layers: Set<String>) throws -> Int {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: try #require(Programs.path(of: "ogrinfo")))
        process.arguments = ["-ro", "-so", "-al", path]
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        var sum = 0
        var isWanted = false
        for line in text.split(separator: "\n") {
            if line.hasPrefix("Layer name: ") { isWanted = layers.contains(String(line.dropFirst(12))) }
            if line.hasPrefix("Feature Count: "), isWanted { sum += Int(line.dropFirst(15)) ?? 0 }
        }
        return sum
    }

    @Test func tellsTheSystemOfEachTable() throws {
        let file = try copy("gdal_sample.gpkg")
        let reader = try GeoPackageReader(path: file.path)
        var systems: [CoordinateReferenceSystem?] = []
        while try reader.next() != nil { systems.append(reader.declaredCRS) }
        #expect(systems.count == 16)
        #expect(systems[0] == nil)
        #expect(systems[1] == .wgs84)
        #expect(systems[2] == .epsg(32631))
        #expect(systems[3...].allSatisfy { $0 == nil })
    }

    @Test func readsOneTable() throws {
        let file = try copy("gdal_sample.gpkg")
        let reader = try GeoPackageReader(path: file.path, table: "polygon2d")
        #expect(reader.declaredCRS == .epsg(32631))
        #expect(try reader.countAll() == (2, 0))
        let failure = #expect(throws: Failure.self) { _ = try GeoPackageReader(path: file.path, table: "absent") }
        #expect(failure?.code == .notFound)
    }

    @Test func keepsNullGeometryAsRecords() throws {
        let file = try copy("null_geometry.gpkg")
        let (features, _) = try GeoPackageReader(path: file.path).readAll()
        #expect(features.contains { $0.geometry == nil })
        #expect(features.allSatisfy { $0["fid"] != nil || $0.id != .null })
    }
}
