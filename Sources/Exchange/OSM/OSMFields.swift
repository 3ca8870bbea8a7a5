import COsmium
import Spatial

/// The fields that are made from tags, a layer at a time; the tags themselves
/// stand beside them.
struct OSMFields {
    /// A made field.
    enum Value {
        case integer(Int64)
        case real(Double)
        case text(String)
        case json(String)
        case nodeIDs
        case ringNodeIDs
    }

    private(set) var made: [(key: OSMKey, value: Value)] = []
    private var keys: UInt64 = 0
    /// Nodes that are entrances, with the value of their tag.
    private var entrances: [Int64: String] = [:]

    /// Remembers a node that is an entrance, for the buildings it is part of.
    mutating func noteEntrance(_ node: louyu_osm_object, _ tags: OSMTags) {
        guard let kind = tags[.entrance], !kind.equals("no") else { return }
        entrances[node.id] = kind.string
    }

    /// Makes the fields of an object in a layer.
    mutating func make(_ layer: OSMLayers, _ object: louyu_osm_object, _ tags: OSMTags) {
        made.removeAll(keepingCapacity: true)
        keys = 0
        if tags[.name] == nil { add(.name, tags[.nameChinese]?.string) }
        switch layer {
        case .building: makeBuilding(object, tags)
        case .boundary: makeBoundary(tags)
        case .station:
            add(.kind, OSMStationKind.of(tags))
            add(.address, OSMAddress.of(tags))
        case .street: makeStreet(object, tags)
        default: add(.class, waterClass(tags))
        }
    }

    /// The name under which a tag of that key number stands; `nil` where a
    /// made field says the same.
    func name(ofTag number: Int, _ name: String) -> String? {
        guard number < OSMKey.allCases.count, let key = OSMKey(rawValue: number), keys & (1 << number) != 0 else {
            return name
        }
        switch key {
        case .layer, .stepCount, .adminLevel: return nil
        default: return "osm:\(name)"
        }
    }

    private mutating func makeBuilding(_ object: louyu_osm_object, _ tags: OSMTags) {
        if let meters = tags[.height].flatMap({ OSMMeasures.meters($0.string) }) { add(.heightMeters, .real(meters)) }
        if let storeys = tags[.buildingLevels].flatMap({ OSMMeasures.storeys($0.string) }) {
            add(.storeys, Int64(exactly: storeys).map(Value.integer) ?? .real(storeys))
        }
        if let year = tags[.startDate].flatMap({ OSMMeasures.year($0.string) }) { add(.yearBuilt, .integer(year)) }
        add(.address, OSMAddress.of(tags))
        add(.use, OSMBuildingUse.of(tags))
        if let found = entrances(of: object) { add(.entrances, .json(found)) }
    }

    private func entrances(of object: louyu_osm_object) -> String? {
        if entrances.isEmpty { return nil }
        var seen: Set<Int64> = []
        let found = object.allNodes.compactMap { node -> String? in
            guard let kind = entrances[node.id], seen.insert(node.id).inserted else { return nil }
            let place = "\"lon\":\(Double(node.x) / 1e7),\"lat\":\(Double(node.y) / 1e7)"
            return "{\"node\":\(node.id),\(place),\"kind\":\(OSMRecordText.quoted(kind))}"
        }
        return found.isEmpty ? nil : "[\(found.joined(separator: ","))]"
    }

    private mutating func makeBoundary(_ tags: OSMTags) {
        add(.adminLevel, tags[.adminLevel]?.integer)
        let codes: [OSMKey] = [.ref, .communityKey, .inseeCode, .isoCode]
        add(.code, codes.lazy.compactMap { tags[$0]?.string }.first)
    }

    private mutating func makeStreet(_ object: louyu_osm_object, _ tags: OSMTags) {
        add(.class, tags[.highway]?.string)
        add(.layer, tags[.layer]?.integer)
        add(.stepCount, tags[.stepCount]?.integer)
        if object.ring_count > 0 {
            add(.ringNodeIDs, .ringNodeIDs)
        } else if let first = object.allNodes.first, let last = object.allNodes.last {
            add(.fromNode, .integer(first.id))
            add(.toNode, .integer(last.id))
            add(.nodeIDs, .nodeIDs)
        }
    }

    private func waterClass(_ tags: OSMTags) -> String {
        if let water = tags[.water]?.string { return water }
        if let waterway = tags[.waterway] { return waterway.equals("riverbank") ? "river" : waterway.string }
        return tags[.landuse].map { $0.string } ?? "water"
    }

    private mutating func add(_ key: OSMKey, _ value: Value) {
        made.append((key, value))
        keys |= 1 << key.rawValue
    }

    private mutating func add(_ key: OSMKey, _ text: String?) {
        if let text { add(key, .text(text)) }
    }

    private mutating func add(_ key: OSMKey, _ integer: Int64?) {
        if let integer { add(key, .integer(integer)) }
    }
}
