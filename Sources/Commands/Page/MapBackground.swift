import Atlas
import Messages
import Spatial

/// What lies under an answer on its map: water, buildings, streets and
/// boundaries of the atlas, as much of them as the scale bears.
struct MapBackground {
    /// Path data by class of the style sheet, the lowest first.
    private(set) var paths: [(style: String, data: String)] = []
    /// What the legend says of them.
    private(set) var legend: [(style: String, title: Text)] = []
    /// Names of areas and where they stand.
    private(set) var names: [(text: String, point: PaperPoint)] = []

    private let window: MapWindow

    /// Reads what the window shows.
    ///
    /// - Throws: `Failure`.
    init(_ atlas: Atlas, _ window: MapWindow) throws {
        self.window = window
        let kilometers = Double(window.width) * window.metersPerUnit / 1000
        try addWater(atlas)
        if kilometers < Self.kilometersWithHouses { try addHouses(atlas) }
        try addStreets(atlas, kilometers)
        try addBoundaries(atlas, kilometers)
    }

    /// Up to which width a map shows all buildings.
    private static let kilometersWithHouses = 2.6
    /// More than that is no map any more, in bytes of path data a class.
    private static let mostBytes = 700_000

    private func records(in box: BoundingBox, _ expression: String? = nil) -> RecordFilter {
        var filter = RecordFilter()
        filter.box = box
        filter.expression = expression
        return filter
    }

    private mutating func add(_ style: String, _ path: MapPath, _ title: Text?) {
        guard !path.isEmpty else { return }
        paths.append((style, path.text))
        if let title { legend.append((style, title)) }
    }

    private mutating func addWater(_ atlas: Atlas) throws {
        let collector = PathCollector(window, mostBytes: Self.mostBytes)
        _ = try atlas.export(.water, filter: records(in: window.box), to: collector)
        add("water", collector.areas, .waterLegend)
        add("stream", collector.lines, nil)
    }

    private mutating func addHouses(_ atlas: Atlas) throws {
        let collector = PathCollector(window, tolerance: 1, mostBytes: Self.mostBytes)
        _ = try atlas.export(.building, filter: records(in: window.box), to: collector)
        guard !collector.isFull else { return }
        add("house", collector.areas, .otherBuildings)
    }

    private static let roads = ["motorway", "trunk", "primary", "secondary"]
    private static let streets = ["tertiary", "residential", "unclassified", "living_street", "pedestrian"]

    private mutating func addStreets(_ atlas: Atlas, _ kilometers: Double) throws {
        func condition(_ classes: [String]) -> String {
            let names = classes + classes.map { "\($0)_link" }
            return "class IN (\(names.map { "'\($0)'" }.joined(separator: ", ")))"
        }
        func path(_ expression: String) throws -> MapPath? {
            let collector = PathCollector(window, mostBytes: Self.mostBytes)
            _ = try atlas.export(.street, filter: records(in: window.box, expression), to: collector)
            return collector.isFull ? nil : collector.lines
        }
        if kilometers < 1.6, let lanes = try path("NOT (\(condition(Self.roads + Self.streets)))") {
            add("lane", lanes, nil)
        }
        if kilometers < 12, let streets = try path(condition(Self.streets)) { add("street", streets, nil) }
        let main = kilometers < 40 ? Self.roads : Array(Self.roads.prefix(kilometers < 120 ? 3 : 2))
        if let roads = try path(condition(main)) { add("road", roads, .mainStreets) }
    }

    private mutating func addBoundaries(_ atlas: Atlas, _ kilometers: Double) throws {
        let finest: BoundaryLevel = kilometers < 3.2 ? .community : kilometers < 40 ? .subdistrict : .district
        var named: [(text: String, point: PaperPoint)] = []
        for level in [BoundaryLevel.community, .subdistrict, .district] where level <= finest {
            let areas = try atlas.list(.boundary, filter: records(in: window.box, "level = '\(level.rawValue)'"))
            var path = MapPath(window)
            var names: [(text: String, point: PaperPoint)] = []
            for area in areas {
                if let geometry = area.geometry { path.add(geometry) }
                guard let name = area.name, let point = area.position.map(window.cell), window.holds(point) else {
                    continue
                }
                names.append((name, point))
            }
            add(level.rawValue, path, level.boundaryLegend)
            if named.isEmpty || named.count > Self.mostNames, !names.isEmpty { named = names }
        }
        names = named.count > Self.mostNames ? [] : named
    }

    private static let mostNames = 36
}

extension BoundaryLevel {
    /// What the legend calls its lines.
    fileprivate var boundaryLegend: Text {
        switch self {
        case .community: .communityLine
        case .subdistrict: .subdistrictLine
        default: .districtLine
        }
    }
}

/// Takes records as they stream by and keeps what paper shows of them.
private final class PathCollector: FeatureWriter {
    /// Outlines of areas.
    private(set) var areas: MapPath
    /// Lines.
    private(set) var lines: MapPath
    /// Whether there was more than fits.
    private(set) var isFull = false
    private let mostBytes: Int

    init(_ window: MapWindow, tolerance: Int = 2, mostBytes: Int) {
        areas = MapPath(window, tolerance: tolerance)
        lines = MapPath(window, tolerance: tolerance)
        self.mostBytes = mostBytes
    }

    func write(_ batch: FeatureBatch) throws {
        guard !isFull else { return }
        for record in batch.records where !record.geometry.isEmpty {
            guard let geometry = try? Geometry(wkb: batch.bytes[record.geometry]) else { continue }
            switch geometry {
            case .lineString, .multiLineString: lines.add(geometry)
            default: areas.add(geometry)
            }
        }
        isFull = areas.bytes.count + lines.bytes.count > mostBytes
    }

    func finish() {}
}
