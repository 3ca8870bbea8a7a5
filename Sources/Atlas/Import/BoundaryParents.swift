import Spatial
import Store

/// Finds the area above each boundary: by code, by the names of its chain,
/// else by the largest overlap, since outlines of different sources never
/// nest exactly.
enum BoundaryParents {
    /// Fills `parent_ref` where it is empty, names nothing that exists, or
    /// where an area of a nearer level has come since.
    ///
    /// - Throws: a database error.
    /// - Complexity: O(n log n), and an overlap for each area that neither a
    ///   code nor a name tells.
    static func assign(in change: AtlasChange) throws {
        let areas = try change.features(FeatureQuery(.boundary)).compactMap(Area.init)
        let levels = Dictionary(areas.map { ($0.feature.ref, $0.level) }, uniquingKeysWith: { first, _ in first })
        let tree = PackedHilbertTree(areas.map(\.box))
        for child in areas {
            let present = child.feature.text("parent_ref").flatMap { levels[$0] }
            let above = tree.indices(intersecting: child.box).map { areas[$0] }.filter { $0.level < child.level }
            guard above.contains(where: { area in present.map { $0 < area.level } ?? true }),
                let parent = parent(of: child, among: above), present.map({ $0 < parent.level }) ?? true
            else { continue }
            try change.set("parent_ref", of: child.feature, to: parent.feature.ref)
        }
    }

    private struct Area {
        let feature: StoredFeature
        let level: BoundaryLevel
        let code: String?
        let geometry: Geometry
        let box: BoundingBox

        init?(_ feature: StoredFeature) {
            guard let level = feature.level, let geometry = feature.geometry else { return nil }
            self.feature = feature
            self.level = level
            self.geometry = geometry
            code = feature.text("code")
            box = geometry.box
        }
    }

    /// The parent among areas of higher levels, of the nearest level that has one.
    private static func parent(of child: Area, among above: [Area]) -> Area? {
        for level in BoundaryLevel.allCases.reversed() where level < child.level {
            let candidates = above.filter { $0.level == level }
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
        var best: (area: Area, squareMeters: Double)?
        for candidate in candidates {
            guard let shared = try? child.geometry.intersection(candidate.geometry).areaSquareMeters,
                shared > (best?.squareMeters ?? 0)
            else { continue }
            best = (candidate, shared)
        }
        guard let best, best.squareMeters * 2 > child.geometry.areaSquareMeters else { return nil }
        return best.area
    }
}
