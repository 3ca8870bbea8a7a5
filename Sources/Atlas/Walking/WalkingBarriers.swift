import Messages
import Reach
import Spatial
import Store

extension WalkingParts {
    /// Water and railways that nobody crosses between a door and its street.
    func barriers() throws(Failure) -> Barriers {
        var areas: [[[LonLat]]] = []
        var rivers: [[LonLat]] = []
        for water in try water() {
            guard let geometry = water.geometry else { continue }
            let (lines, polygons) = geometry.linesAndAreas
            areas += polygons
            if let kind = water.text("class"), Self.riverClasses.contains(kind) { rivers += lines }
        }
        return Barriers(waterAreas: areas, waterLines: rivers, railways: try railways())
    }

    /// The rows of the water layer.
    func water() throws(Failure) -> [StoredFeature] {
        try part("water", of: [.layer(.water)]) { () throws(Failure) in
            try atlas.file.features(FeatureQuery(.water))
        }
    }

    /// Tracks on the ground, of streets that are railways.
    private func railways() throws(Failure) -> [[LonLat]] {
        var filter = RecordFilter()
        let classes = Self.railwayClasses.map { "'\($0)'" }.joined(separator: ", ")
        filter.expression = "class IN (\(classes))"
        return try atlas.list(.street, filter: filter).filter(\.isOnTheGround)
            .flatMap { $0.geometry?.linesAndAreas.lines ?? [] }
    }

    private static let riverClasses: Set = ["river", "canal", "河流", "运河"]
    private static let railwayClasses = ["rail", "railway", "light_rail", "narrow_gauge", "铁路"]
}

extension StoredFeature {
    /// Whether a way is neither bridge nor tunnel, and on no other level.
    fileprivate var isOnTheGround: Bool {
        !isYes("bridge") && !isYes("tunnel") && ["", "0"].contains(text("layer") ?? "")
    }
}

extension Geometry {
    /// The positions of its lines, and those of the rings of its areas.
    var linesAndAreas: (lines: [[LonLat]], areas: [[[LonLat]]]) {
        switch self {
        case .lineString(let line): return ([line.positions], [])
        case .multiLineString(let lines): return (lines.map(\.positions), [])
        case .polygon(let polygon): return ([], [polygon.rings.map(\.positions)])
        case .multiPolygon(let polygons): return ([], polygons.map { $0.rings.map(\.positions) })
        case .collection(let members):
            return members.reduce(into: ([], [])) { all, member in
                let (lines, areas) = member.linesAndAreas
                all.0 += lines
                all.1 += areas
            }
        case .point, .multiPoint: return ([], [])
        }
    }

    /// What doors are in: the rings of areas, lines, and points each by itself.
    var outlineRings: [[LonLat]] {
        let (lines, areas) = linesAndAreas
        var rings = lines + areas.flatMap { $0 }
        if rings.isEmpty { forEachPosition { rings.append([$0]) } }
        return rings
    }
}
