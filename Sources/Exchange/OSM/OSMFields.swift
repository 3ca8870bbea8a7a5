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
        case nodeIDs
        case ringNodeIDs
    }

    private(set) var made: [(key: OSMKey, value: Value)] = []
    private var keys: UInt64 = 0

    /// Makes the fields of an object in a layer.
    mutating func make(_ layer: OSMLayers, _ object: louyu_osm_object, _ tags: OSMTags) {
        made.removeAll(keepingCapacity: true)
        keys = 0
        if tags[.name] == nil { add(.name, tags[.nameChinese]?.string) }
        switch layer {
        case .building: makeBuilding(tags)
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

    private mutating func makeBuilding(_ tags: OSMTags) {
        if let meters = tags[.height].flatMap({ OSMMeasures.meters($0.string) }) { add(.heightMeters, .real(meters)) }
        if let storeys = tags[.buildingLevels].flatMap({ OSMMeasures.storeys($0.string) }) {
            add(.storeys, Int64(exactly: storeys).map(Value.integer) ?? .real(storeys))
        }
        if let year = tags[.startDate].flatMap({ OSMMeasures.year($0.string) }) { add(.yearBuilt, .integer(year)) }
        add(.address, OSMAddress.of(tags))
        add(.use, OSMBuildingUse.of(tags))
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
