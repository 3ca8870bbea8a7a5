public import Messages
import Store

/// A level of the administrative chain.
public enum BoundaryLevel: String, Sendable, CaseIterable, Comparable {
    /// 省级.
    case province
    /// 地级.
    case city
    /// 县级.
    case district
    /// 乡级: 街道, 镇.
    case subdistrict
    /// 社区, 村.
    case community
    /// 网格.
    case grid

    /// Reads a level as users and sources write it: the English word, the
    /// Chinese one, or OSM's admin_level 4, 5, 6, 8, 10.
    public init?(_ text: String) {
        let folded = text.lowercased()
        guard let level = Self.allCases.first(where: { $0.words.contains(folded) }) else { return nil }
        self = level
    }

    private var words: [String] {
        switch self {
        case .province: ["province", "省", "省级", "直辖市", "4"]
        case .city: ["city", "市", "地级", "地市", "地级市", "prefecture", "5"]
        case .district: ["district", "county", "县", "区", "县级", "区县", "区级", "6"]
        case .subdistrict: ["subdistrict", "township", "street", "乡", "街道", "镇", "乡级", "乡镇", "镇街", "8"]
        case .community: ["community", "village", "社区", "村", "社区（村）", "社区(村)", "社区村", "10"]
        case .grid: ["grid", "网格"]
        }
    }

    /// What people call it.
    public var title: Text { Text.levels[depth] }

    /// The place in the chain: 0 for the province.
    public var depth: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// Whether `a` stands above `b`.
    public static func < (a: BoundaryLevel, b: BoundaryLevel) -> Bool { a.depth < b.depth }
}

extension FeatureCondition {
    /// Boundaries of a level.
    static func hasLevel(_ level: BoundaryLevel) -> FeatureCondition { .equals(.column("level"), level.rawValue) }
}
