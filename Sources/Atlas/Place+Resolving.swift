public import Messages
public import Spatial
public import Store

extension Atlas {
    /// The place that a text names: `lon,lat`, an id (`building/42`), a ref,
    /// or a name, exact or the only one that holds the text; `parent/name`
    /// tells namesakes apart.
    ///
    /// - Parameters:
    ///   - text: as the user wrote it.
    ///   - layers: where names are looked up.
    /// - Returns: the place.
    /// - Throws: `Failure` with `.notFound` where there is no such place, or
    ///   several; `.usage` for coordinates outside the world.
    public func place(_ text: String, in layers: [Layer] = Layer.all) throws(Failure) -> Place {
        let text = text.trimmed
        if let position = try Self.position(text) { return .position(position) }
        return .feature(try feature(text, in: layers))
    }

    /// The record that a text names; see `place(_:in:)`. Of several, those of
    /// the level are meant, where one is given.
    ///
    /// - Throws: `Failure` with `.notFound`.
    public func feature(
        _ text: String, in layers: [Layer] = Layer.all, level: BoundaryLevel? = nil
    ) throws(Failure) -> StoredFeature {
        let text = text.trimmed
        return try file.snapshot { try record(text, in: layers, level: level) }
    }

    private func record(
        _ text: String, in layers: [Layer], level: BoundaryLevel?
    ) throws(Failure) -> StoredFeature {
        if let found = try byID(text) {
            guard layers.contains(found.layer) else {
                throw Failure(.usage, .wrongLayer(text, found.layer.title), hint: .layersWanted(layers.map(\.title)))
            }
            return found
        }
        let byRef = try file.features(ref: text).filter { layers.contains($0.layer) }
        if let found = try only(byRef, named: text) { return found }
        if let found = try named(text, below: [], in: layers, level: level, as: text) { return found }
        let parts = text.split(separator: "/").map(String.init)
        guard let name = parts.last else { throw Failure(.notFound, .noSuchPlace(text), hint: .howToName) }
        if parts.count > 1, let found = try named(name, below: parts.dropLast(), in: layers, level: level, as: text) {
            return found
        }
        throw Failure(.notFound, .noSuchPlace(text), hint: .howToName)
    }

    /// The only record of that name, exact before partial, below parents.
    private func named(
        _ name: String, below parents: [String], in layers: [Layer], level: BoundaryLevel?, as text: String
    ) throws(Failure) -> StoredFeature? {
        var hits = try file.search(name, in: layers).filter { $0.isCalled(name) != nil }
        for parent in parents {
            var inside: [StoredFeature] = []
            for hit in hits where try lies(hit, in: parent) { inside.append(hit) }
            hits = inside
        }
        for isExact in [true, false] {
            var found = hits.filter { isExact ? $0.isCalled(name) == .exactly : true }
            if found.count > 1, let level { found = found.filter { $0.level == level } }
            if let only = try only(found, named: text) { return only }
        }
        return nil
    }

    /// A position as users write it; `nil` where the text is none.
    ///
    /// - Throws: `Failure` with `.usage` for coordinates outside the world.
    public static func position(_ text: String) throws(Failure) -> LonLat? {
        let parts = text.replacing("，", with: ",").split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2, let x = Double(parts[0].trimmed),
            let y = Double(parts[1].trimmed)
        else { return nil }
        guard abs(x) <= 180, abs(y) <= 90 else {
            let isSwapped = abs(y) <= 180 && abs(x) <= 90
            throw Failure(.usage, .outsideTheWorld(x, y), hint: isSwapped ? .tryCoordinates(y, x) : .lonLatOrder)
        }
        return LonLat(x, y)
    }

    private func byID(_ text: String) throws(Failure) -> StoredFeature? {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let layer = Layer.named(String(parts[0])), let fid = Int64(parts[1]) else { return nil }
        return try file.feature(layer, fid: fid)
    }

    /// The only one of several; `nil` for none.
    private func only(_ features: [StoredFeature], named text: String) throws(Failure) -> StoredFeature? {
        guard features.count > 1 else { return features.first }
        let shown = features.prefix(8).map { "\($0.name ?? $0.ref) (\($0.id))" }.joined(separator: ", ")
        let list = features.count > 8 ? shown + ", …" : shown
        throw Failure(.notFound, .severalPlaces(text, features.count, list), hint: .tellApart)
    }

    /// Whether an area of that name holds a record, or stands above it.
    private func lies(_ feature: StoredFeature, in parent: String) throws(Failure) -> Bool {
        guard let position = feature.position else { return false }
        let areas = try areas(at: position, in: .boundary) + areas(at: position, in: .zone)
        return areas.contains { $0.id != feature.id && $0.isCalled(parent) != nil }
    }
}
