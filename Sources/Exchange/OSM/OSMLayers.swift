/// The layers that OSM data fills; one object may belong to several.
struct OSMLayers: OptionSet {
    let rawValue: UInt32

    static let building = OSMLayers(rawValue: 1)
    static let boundary = OSMLayers(rawValue: 2)
    static let station = OSMLayers(rawValue: 4)
    static let street = OSMLayers(rawValue: 8)
    static let water = OSMLayers(rawValue: 16)

    /// All of them, in the order in which their last batches come.
    static let each: [(layer: OSMLayers, name: String)] = [
        (.boundary, "boundary"), (.building, "building"), (.station, "station"), (.street, "street"),
        (.water, "water"),
    ]
}

extension OSMLayers {
    /// The layers of a node: stations, and lifts that stand in the street network.
    static func ofNode(_ tags: OSMTags) -> OSMLayers {
        var layers: OSMLayers = []
        if OSMStationKind.of(tags) != nil { layers.insert(.station) }
        if tags[.highway]?.equals("elevator") == true { layers.insert(.street) }
        return layers
    }

    /// The layers of a way. A way that is a ring of a boundary relation is no
    /// boundary of its own, and an open way is a border line, no boundary; an
    /// open way of another layer is a piece of the relation's outline where
    /// it is a member of one, else an outline that was not closed.
    static func ofWay(_ tags: OSMTags, isClosed: Bool, memberOf groups: OSMLayers) -> OSMLayers {
        var layers: OSMLayers = []
        if isBuilding(tags) { layers.insert(.building) }
        if tags[.highway] != nil { layers.insert(.street) }
        if OSMStationKind.of(tags) != nil { layers.insert(.station) }
        if isWaterArea(tags) || isWaterLine(tags) { layers.insert(.water) }
        if isClosed && isAdministrative(tags) && !groups.contains(.boundary) { layers.insert(.boundary) }
        if !isClosed {
            for (layer, _) in each where groups.contains(layer) && !isLine(layer, tags) { layers.remove(layer) }
        }
        return layers
    }

    /// The layers of a relation that stands for an area.
    static func ofRelation(_ tags: OSMTags) -> OSMLayers {
        guard let type = tags[.type], type.equals("multipolygon") || type.equals("boundary") else { return [] }
        var layers: OSMLayers = []
        if isBuilding(tags) { layers.insert(.building) }
        if tags[.highway] != nil { layers.insert(.street) }
        if OSMStationKind.of(tags) != nil { layers.insert(.station) }
        if isWaterArea(tags) { layers.insert(.water) }
        if isAdministrative(tags) { layers.insert(.boundary) }
        return layers
    }

    /// Whether a way of these layers is drawn as a line.
    static func isLine(_ layer: OSMLayers, _ tags: OSMTags) -> Bool {
        layer == .street || layer == .water && isWaterLine(tags)
    }

    private static func isBuilding(_ tags: OSMTags) -> Bool {
        guard let building = tags[.building] else { return false }
        return !building.equals("no")
    }

    private static func isAdministrative(_ tags: OSMTags) -> Bool {
        tags[.boundary]?.equals("administrative") == true
    }

    private static func isWaterLine(_ tags: OSMTags) -> Bool {
        tags[.waterway]?.isOne(of: "river", "canal", "stream") == true
    }

    private static func isWaterArea(_ tags: OSMTags) -> Bool {
        tags[.natural]?.equals("water") == true || tags[.waterway]?.equals("riverbank") == true
            || tags[.landuse]?.isOne(of: "reservoir", "basin") == true
    }
}
