/// The tag keys that decide something here, and the fields that are made
/// from them. Raw values are their numbers in `OSMKeyTable`.
enum OSMKey: Int, CaseIterable {
    case building, boundary, highway, natural, waterway, landuse, water, type
    case amenity, office, shop, tourism, healthcare, height, layer, entrance
    case buildingUse, buildingLevels, startDate, adminLevel, stepCount
    case addrFull, addrProvince, addrState, addrCity, addrDistrict, addrSubdistrict, addrNeighbourhood
    case addrPlace, addrStreet, addrHouseNumber, addrPostcode
    case name, nameChinese, ref, communityKey, inseeCode, isoCode

    case storeys, address, use, kind, `class`, code, entrances
    case heightMeters, yearBuilt, fromNode, toNode, nodeIDs, ringNodeIDs

    /// The name, as OSM or the store spells it.
    var name: String {
        switch self {
        case .buildingUse: "building:use"
        case .buildingLevels: "building:levels"
        case .startDate: "start_date"
        case .adminLevel: "admin_level"
        case .stepCount: "step_count"
        case .addrFull: "addr:full"
        case .addrProvince: "addr:province"
        case .addrState: "addr:state"
        case .addrCity: "addr:city"
        case .addrDistrict: "addr:district"
        case .addrSubdistrict: "addr:subdistrict"
        case .addrNeighbourhood: "addr:neighbourhood"
        case .addrPlace: "addr:place"
        case .addrStreet: "addr:street"
        case .addrHouseNumber: "addr:housenumber"
        case .addrPostcode: "addr:postcode"
        case .nameChinese: "name:zh"
        case .communityKey: "de:amtlicher_gemeindeschluessel"
        case .inseeCode: "ref:INSEE"
        case .isoCode: "ISO3166-2"
        case .heightMeters: "height_m"
        case .yearBuilt: "year_built"
        case .fromNode: "from_node"
        case .toNode: "to_node"
        case .nodeIDs: "node_ids"
        case .ringNodeIDs: "ring_node_ids"
        default: String(describing: self)
        }
    }
}

/// Tag keys by number, so that a key is hashed once and never becomes a
/// `String` again. The keys of `OSMKey` have the first numbers.
struct OSMKeyTable {
    private(set) var names: [String] = []
    private var texts: [[UInt8]] = []
    private var slots: [Int32] = Array(repeating: -1, count: 1024)

    init() {
        for key in OSMKey.allCases {
            var name = key.name
            _ = name.withUTF8 { number(of: $0) }
        }
    }

    /// The number of a key, given one where it is new.
    mutating func number(of key: UnsafeBufferPointer<UInt8>) -> Int {
        var slot = firstSlot(key)
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if texts[number].elementsEqual(key) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = names.count
        slots[slot] = Int32(number)
        texts.append(Array(key))
        names.append(String(decoding: key, as: UTF8.self))
        if names.count * 2 > slots.count { grow() }
        return number
    }

    private func firstSlot(_ key: some Sequence<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: hash ^ (hash >> 29)) & (slots.count - 1)
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        for (number, text) in texts.enumerated() {
            var slot = firstSlot(text)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number)
        }
    }
}
