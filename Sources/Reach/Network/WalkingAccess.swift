/// What the tags of an OpenStreetMap way, or the columns of another street
/// table, say of walking along it.
///
/// After the table of default access restrictions of the OSM wiki, for
/// walkers; the first rule that applies decides:
///
/// | what is said | walked |
/// | --- | --- |
/// | class is being built, planned or gone (`construction`, `proposed`, `abandoned` …), or `construction=yes` | no |
/// | class is `via_ferrata`, a ferry, a runway, or a railway of any kind (`rail`, `subway`, `tram` …) | no |
/// | `foot` is `yes`, `designated`, `permissive`, `official`, `destination`, `customers`, `delivery` | yes |
/// | `foot` is `no`, `private`, `use_sidepath`, `military`, `agricultural`, `forestry`, `emergency` | no |
/// | `access` is one of the same | no |
/// | `sidewalk`, `sidewalk:left`, `:right` or `:both` says that there is one on the road itself | yes |
/// | class is `motorway`, `motorway_link`, `busway`, `bus_guideway`, `bridleway`, `raceway`, `escape`, `rest_area`, `services`, or `motorroad=yes` | no |
/// | any other, `trunk`, `service`, `track`, `corridor`, `platform` and classes that nobody knows among them | yes |
///
/// Cycleways are walked although the wiki's table has it otherwise: in Chinese
/// cities they are what stands for the pavement beside, and where walking is
/// forbidden `foot=no` says so. `oneway` binds vehicles; walkers are bound by
/// `oneway:foot`, and by the way that moving walks and escalators go. Yes and
/// no may be written as `yes`, `true`, `T`, `1`, `是`, and so on.
public struct WalkingAccess: Sendable, Hashable {
    /// What one walks on.
    public var kind: Street.Kind
    /// Whether it may be walked as it is drawn.
    public var isForward: Bool
    /// Whether it may be walked against the drawing.
    public var isBackward: Bool
    /// Whether its height runs straight between its ends: bridges, tunnels,
    /// and whatever does not lie on the ground.
    public var isStraight: Bool
    /// The lowest and the highest level that it lies on or leads to, from
    /// `level`, else from `layer`.
    public var levels: ClosedRange<Double>?
    /// Whether people walk across it, not only along its edge.
    public var isArea: Bool

    /// The keys that are asked for.
    public static let keys: Set = [
        "class", "foot", "access", "motorroad", "construction", "sidewalk", "sidewalk:left", "sidewalk:right",
        "sidewalk:both", "oneway", "oneway:foot", "conveying", "incline", "level", "layer", "bridge", "tunnel",
        "location", "indoor", "area",
    ]

    /// Reads tags; `nil` where nobody may walk.
    ///
    /// - Parameter tag: the value of a tag; `nil` where there is none.
    public init?(tag: @escaping (String) -> String?) {
        let tags = WalkingTags(tag)
        let way = tags["class"] ?? ""
        guard Self.isWalked(way, tags) else { return nil }
        kind = Self.kind(way, tags["incline"])
        (isForward, isBackward) = Self.directions(tags)
        levels = (tag("level").flatMap(LevelList.init) ?? tag("layer").flatMap(LevelList.init))?.range
        isStraight =
            tags.isYes("bridge") || tags.isYes("tunnel") || tags.isYes("indoor") || way == "corridor"
            || tags["location"] == "underground" || levels.map { $0 != 0...0 } == true
        isArea = tags["area"] == "yes"
    }

    private static func isWalked(_ way: String, _ tags: WalkingTags) -> Bool {
        guard !noWay.contains(way), tags["construction"] != "yes" else { return false }
        if let foot = tags["foot"] {
            if allowed.contains(foot) { return true }
            if forbidden.contains(foot) { return false }
        }
        if let access = tags["access"], forbidden.contains(access) { return false }
        let hasSidewalk = ["sidewalk", "sidewalk:left", "sidewalk:right", "sidewalk:both"].contains { key in
            ["yes", "both", "left", "right"].contains(tags[key])
        }
        return hasSidewalk || !(reserved.contains(way) || tags["motorroad"] == "yes")
    }

    private static func kind(_ way: String, _ incline: String?) -> Street.Kind {
        switch way {
        case "elevator": return .lift
        case "steps":
            switch incline {
            case "up": return .stairsUp
            case "down": return .stairsDown
            case let grade?:
                let number = Double(grade.prefix { "+-.0123456789".contains($0) }) ?? 0
                return number == 0 ? .stairs : number > 0 ? .stairsUp : .stairsDown
            case nil: return .stairs
            }
        default: return .path
        }
    }

    private static func directions(_ tags: WalkingTags) -> (isForward: Bool, isBackward: Bool) {
        var oneway = tags["oneway:foot"]
        if oneway == nil, let conveying = tags["conveying"], conveying != "no" {
            oneway = conveying == "yes" ? tags["oneway"] : conveying
        }
        switch oneway {
        case "yes", "forward": return (true, false)
        case "-1", "reverse", "backward": return (false, true)
        default: return (true, true)
        }
    }

    private static let noWay: Set = [
        "construction", "proposed", "planned", "disused", "abandoned", "razed", "demolished", "dismantled", "removed",
        "no", "via_ferrata", "ferry", "runway", "taxiway", "rail", "railway", "light_rail", "subway", "tram",
        "monorail", "narrow_gauge", "funicular", "miniature", "miniature_railway", "preserved", "rack", "maglev",
    ]
    private static let reserved: Set = [
        "motorway", "motorway_link", "busway", "bus_guideway", "bridleway", "raceway", "escape", "rest_area",
        "services",
    ]
    private static let allowed: Set = [
        "yes", "designated", "permissive", "official", "destination", "customers", "delivery",
    ]
    private static let forbidden: Set = [
        "no", "private", "use_sidepath", "military", "agricultural", "forestry", "emergency",
    ]
}

/// Tags with yes and no in one spelling.
private struct WalkingTags {
    private let tag: (String) -> String?

    init(_ tag: @escaping (String) -> String?) { self.tag = tag }

    /// The value of a tag in lower case; `nil` where there is none.
    subscript(_ key: String) -> String? {
        guard let value = tag(key)?.lowercased(), !value.isEmpty else { return nil }
        if Self.yes.contains(value) { return "yes" }
        return Self.no.contains(value) ? "no" : value
    }

    /// Whether a tag says anything but no.
    func isYes(_ key: String) -> Bool { self[key].map { $0 != "no" } ?? false }

    private static let yes: Set = ["true", "t", "1", "y", "是", "有"]
    private static let no: Set = ["false", "f", "0", "n", "none", "否", "无"]
}
