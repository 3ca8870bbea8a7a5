/// What OSM calls a service that a district's people walk to.
///
/// A kind says what the map says and no more: a `clinic` may be private, so
/// it is not called 社区卫生服务站 here; who knows better sets the kind on
/// import. The one place where this is decided:
///
/// | tag | kind |
/// | --- | --- |
/// | amenity = one of `amenities` | the value itself |
/// | office = government | government |
/// | healthcare = hospital, clinic, pharmacy, dentist | the value itself |
/// | healthcare = doctor | doctors |
/// | healthcare = centre | health_centre |
enum OSMStationKind {
    private static let amenities: Set<String> = [
        "clinic", "hospital", "doctors", "dentist", "pharmacy", "nursing_home", "social_facility", "social_centre",
        "community_centre", "childcare", "kindergarten", "school", "college", "university", "library", "townhall",
        "courthouse", "police", "fire_station", "post_office",
    ]

    /// The kind; `nil` where the tags name no such service.
    static func of(_ tags: OSMTags) -> String? {
        if let amenity = tags[.amenity]?.string, amenities.contains(amenity) { return amenity }
        if tags[.office]?.equals("government") == true { return "government" }
        guard let care = tags[.healthcare]?.string else { return nil }
        switch care {
        case "hospital", "clinic", "pharmacy", "dentist": return care
        case "doctor": return "doctors"
        case "centre": return "health_centre"
        default: return nil
        }
    }
}
