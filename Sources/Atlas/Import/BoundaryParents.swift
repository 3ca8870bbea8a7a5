import Spatial
import Store

/// Finds the area above each boundary: by code, by the names of its chain,
/// else by the largest overlap, since outlines of different sources never
/// nest exactly.
enum BoundaryParents {
    /// Fills `parent_ref` where it is empty and an area of a higher level is known.
    ///
    /// - Throws: a database error.
    static func assign(in change: AtlasChange) throws {
        let areas = try change.features(FeatureQuery(.boundary)).compactMap(Area.init)
        for child in areas where child.feature["parent_ref"] == nil {
            guard let parent = parent(of: child, among: areas) else { continue }
            try change.set("parent_ref", of: child.feature, to: parent.feature.ref)
        }
    }

    private struct Area {
        let feature: StoredFeature
        let level: BoundaryLevel
        let code: String?
        let box: BoundingBox

        init?(_ feature: StoredFeature) {
            guard let level = feature.level, let geometry = feature.geometry else {
                return nil
            }
            self.feature = feature
            self.level = level
            code = feature.text("code")
            box = geometry.box
        }
    }

    private static func parent(of child: Area, among areas: [Area]) -> Area? {
        let higher = areas.filter { $0.level < child.level && $0.box.intersects(child.box) }
        // The nearest level above that has any area here.
        for level in BoundaryLevel.allCases.reversed() where level < child.level {
            let candidates = higher.filter { $0.level == level }
            if let parent = byCode(child, candidates) ?? byName(child, candidates) ?? byOverlap(child, candidates) {
                return parent
            }
        }
        return nil
    }

    /// Codes of the national scheme: two digits a level down to the district,
    /// then three; trailing zeros fill up.
    private static func byCode(_ child: Area, _ candidates: [Area]) -> Area? {
        guard let code = child.code, code.count >= 6 else { return nil }
        return candidates.first { parent in
            guard let stem = parent.code.map(significant), stem.count >= 2 else { return false }
            return code.hasPrefix(stem) && stem.count < code.count
        }
    }

    private static func significant(_ code: String) -> String {
        for length in [2, 4, 6, 9] where length < code.count {
            if code.dropFirst(length).allSatisfy({ $0 == "0" }) { return String(code.prefix(length)) }
        }
        return code
    }

    private static func byName(_ child: Area, _ candidates: [Area]) -> Area? {
        guard let level = candidates.first?.level,
            let fields = FieldAliases.chain.first(where: { $0.level == level.rawValue })?.field,
            let name = fields.lazy.compactMap({ child.feature.text($0) }).first
        else { return nil }
        let named = candidates.filter { $0.feature.name == name }
        return named.count == 1 ? named[0] : nil
    }

    private static func byOverlap(_ child: Area, _ candidates: [Area]) -> Area? {
        guard let outline = child.feature.geometry else { return nil }
        var best: (area: Area, share: Double)?
        for candidate in candidates {
            guard let other = candidate.feature.geometry,
                let shared = try? outline.intersection(other).areaSquareMeters, shared > (best?.share ?? 0)
            else { continue }
            best = (candidate, shared)
        }
        guard let best, best.share * 2 > outline.areaSquareMeters else { return nil }
        return best.area
    }
}
