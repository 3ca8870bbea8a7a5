/// What the tags of an OpenStreetMap way, or the columns of another street
/// table, say of walking along it.
///
/// After the OSM wiki's access restrictions: a general `access` is overruled
/// by `foot`; motorways are walked only where they have a sidewalk. Classes
/// that nobody knows are streets like others: a street table of an office has
/// its own words.
public struct WalkingAccess: Sendable, Hashable {
    /// What one walks on.
    public var kind: Street.Kind
    /// Whether it may be walked as it is drawn.
    public var isForward: Bool
    /// Whether it may be walked against the drawing.
    public var isBackward: Bool
    /// Whether its height runs straight between its ends.
    public var isStraight: Bool

    /// Reads tags; `nil` where nobody may walk.
    ///
    /// - Parameter tag: the value of a tag; `nil` where there is none.
    public init?(tag: (String) -> String?) {
        let way = tag("class") ?? tag("highway") ?? ""
        guard Self.isWalked(way, tag) else { return nil }
        kind = Self.kind(way, tag)
        let conveys = tag("conveying")
        let oneway = tag("oneway:foot") ?? (way == "steps" || way == "footway" ? conveys : nil)
        isForward = !["-1", "reverse", "backward"].contains(oneway)
        isBackward = !["yes", "true", "1", "forward"].contains(oneway)
        let layer = tag("layer") ?? "0"
        isStraight =
            ["bridge", "tunnel"].contains { Self.isYes(tag($0)) } || layer != "0" && !layer.isEmpty
            || tag("location") == "underground" || Self.isYes(tag("indoor"))
    }

    private static func isWalked(_ way: String, _ tag: (String) -> String?) -> Bool {
        guard !neverWalked.contains(way) else { return false }
        if let foot = tag("foot"), !foot.isEmpty {
            if allowed.contains(foot) { return true }
            if forbidden.contains(foot) { return false }
        }
        if let access = tag("access"), forbidden.contains(access) { return false }
        guard motorways.contains(way) else { return true }
        return ["sidewalk", "sidewalk:left", "sidewalk:right", "sidewalk:both"].contains { key in
            ["yes", "both", "left", "right", "separate"].contains(tag(key) ?? "")
        }
    }

    private static func kind(_ way: String, _ tag: (String) -> String?) -> Street.Kind {
        switch way {
        case "elevator": return .lift
        case "steps":
            switch tag("incline") {
            case "up": return .stairsUp
            case "down": return .stairsDown
            default: return .stairs
            }
        default: return .path
        }
    }

    private static func isYes(_ value: String?) -> Bool {
        guard let value, !value.isEmpty else { return false }
        return !["no", "f", "false", "0", "否"].contains(value.lowercased())
    }

    private static let neverWalked: Set = [
        "construction", "proposed", "abandoned", "razed", "raceway", "bus_guideway", "escape", "rest_area", "services",
    ]
    private static let motorways: Set = ["motorway", "motorway_link"]
    private static let allowed: Set = ["yes", "designated", "permissive", "official", "destination", "customers"]
    private static let forbidden: Set = ["no", "private", "use_sidepath", "military", "agricultural", "forestry"]
}
