import Atlas
import Foundation
import Messages
import Spatial
import Store

/// A folder with an atlas of a few buildings, into which ledgers are imported.
final class LedgerTown {
    let folder: URL
    var path: String { folder.appending(path: "atlas.gpkg").path }

    /// A building as ref, name, address, west and south.
    typealias Building = (ref: String, name: String?, address: String?, west: Double, south: Double)

    /// Buildings as ref, name, address, west and south; each 20 m wide.
    static let buildings: [Building] = [
        ("b1", "枫汇大厦", "大坪正街1号", 106.50, 29.50), ("b2", "檀衡中心", "大坪正街3号", 106.51, 29.50),
        ("b3", "昶融广场", "长江二路5号", 106.52, 29.50), ("b4", "英利国际广场1栋", "大坪正街19号", 106.53, 29.50),
        ("b5", "英利国际广场2栋", "大坪正街19号", 106.5305, 29.50), ("b6", "商务大厦", "石油路1号", 106.54, 29.50),
        ("b7", "商务大厦", "石油路9号", 106.55, 29.50), ("b8", nil, "袁家岗路8号", 106.56, 29.50),
        ("b9", nil, nil, 106.57, 29.50), ("b10", "雁融国际", "石油路20号", 106.58, 29.50),
    ]

    init(_ buildings: [Building] = LedgerTown.buildings) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let features = buildings.map { building in
            let (w, s) = (building.west, building.south)
            let (e, n) = (w + 0.0002, s + 0.0002)
            let members = [("name", building.name), ("address", building.address)].compactMap { key, value in
                value.map { "\"\(key)\":\"\($0)\"" }
            }
            return SmallAtlas.feature(
                building.ref, members.joined(separator: ","),
                "{\"type\":\"Polygon\",\"coordinates\":[[[\(w),\(s)],[\(e),\(s)],[\(e),\(n)],[\(w),\(n)],[\(w),\(s)]]]}"
            )
        }
        try write("b.geojson", "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}")
        var options = ImportOptions()
        options.layer = .building
        _ = try importFiles([file("b.geojson")], into: path, options: options)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func file(_ name: String) -> String { folder.appending(path: name).path }

    func write(_ name: String, _ text: String) throws { try Data(text.utf8).write(to: folder.appending(path: name)) }

    /// Imports lines as a ledger.
    func ledger(
        _ lines: [String], name: String = "ledger.csv", _ change: (inout ImportOptions) -> Void = { _ in }
    ) throws -> (counts: ImportCounts, report: LedgerReport) {
        try write(name, lines.joined(separator: "\n"))
        return try bring(name, change)
    }

    /// Imports a file of the folder as a ledger.
    func bring(
        _ name: String, _ change: (inout ImportOptions) -> Void = { _ in }
    ) throws -> (counts: ImportCounts, report: LedgerReport) {
        var options = ImportOptions()
        options.layer = .building
        options.ledger.rowsAre = .record
        change(&options)
        let report = try importFiles([file(name)], into: path, options: options)
        return (report.layers.first?.counts ?? ImportCounts(), report.ledgers.first ?? LedgerReport())
    }

    /// A building of the atlas as it stands now, ended or not.
    func building(_ ref: String) throws -> StoredFeature? {
        var query = FeatureQuery(.building, condition: .ref(ref))
        query.includesEnded = true
        return try Atlas(path: path).file.features(query).first
    }

    /// All live refs.
    func refs() throws -> [String] { try Atlas(path: path).file.features(FeatureQuery(.building)).map(\.ref) }

    /// The content of a review table, as lines.
    func review(_ report: LedgerReport) throws -> [String] {
        guard let review = report.review else { return [] }
        return try String(contentsOfFile: review, encoding: .utf8).components(separatedBy: "\r\n").filter {
            !$0.isEmpty
        }
    }

    /// Fills in the column 选定 of a review table, row by row.
    func decide(_ report: LedgerReport, _ choices: [String]) throws -> String {
        var lines = try review(report)
        for (index, choice) in choices.enumerated() { lines[index + 1] = choice + lines[index + 1] }
        let name = "decided-\(UUID().uuidString).csv"
        try write(name, lines.joined(separator: "\r\n"))
        return name
    }
}
