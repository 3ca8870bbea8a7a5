/// What a building is used for, in a dozen words, from its OSM tags.
///
/// `building:use` counts first, then a `building` value that names a use,
/// then what the outline itself houses (amenity, office, shop, tourism).
enum OSMBuildingUse {
    /// The use; `nil` where the tags name none (building=yes).
    static func of(_ tags: OSMTags) -> String? {
        if let stated = tags[.buildingUse]?.string { return byValue[stated] ?? stated }
        if let building = tags[.building]?.string, let use = byValue[building] { return use }
        if let amenity = tags[.amenity]?.string, let use = byAmenity[amenity] { return use }
        if let office = tags[.office] { return office.equals("government") ? "public" : "office" }
        if tags[.shop] != nil { return "retail" }
        if tags[.tourism]?.isOne(of: "hotel", "hostel", "motel", "guest_house", "apartment") == true {
            return "hotel"
        }
        return nil
    }

    private static let byValue = table([
        "residential": "residential apartments house detached semidetached_house terrace bungalow dormitory",
        "office": "office",
        "commercial": "commercial",
        "retail": "retail supermarket kiosk shop mall",
        "industrial": "industrial warehouse factory manufacture",
        "hotel": "hotel",
        "education": "school kindergarten college university",
        "health": "hospital clinic",
        "public": "public civic government townhall library museum fire_station police",
        "religious": "church chapel cathedral mosque temple shrine synagogue monastery religious",
        "transport": "train_station transportation parking garage garages carport",
        "sport": "sports_hall sports_centre stadium",
        "agricultural": "farm barn farm_auxiliary greenhouse stable sty cowshed",
    ])

    private static let byAmenity = table([
        "education": "school kindergarten college university",
        "health": "hospital clinic doctors dentist pharmacy nursing_home",
        "public": "townhall library community_centre courthouse police fire_station post_office",
        "religious": "place_of_worship",
        "transport": "parking bus_station",
        "retail": "restaurant cafe fast_food bar pub bank marketplace",
    ])

    private static func table(_ words: KeyValuePairs<String, String>) -> [String: String] {
        var result: [String: String] = [:]
        for (use, values) in words {
            for value in values.split(separator: " ") { result[String(value)] = use }
        }
        return result
    }
}
