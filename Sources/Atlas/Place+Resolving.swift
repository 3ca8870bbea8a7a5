import Foundation
public import Messages
import Spatial
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
        let text = text.trimmingCharacters(in: .whitespaces)
        if let position = try Self.position(text) { return .position(position) }
        return .feature(try feature(text, in: layers))
    }

    /// The record that a text names; see `place(_:in:)`.
    ///
    /// - Throws: `Failure` with `.notFound`.
    public func feature(_ text: String, in layers: [Layer] = Layer.all) throws(Failure) -> StoredFeature {
        let text = text.trimmingCharacters(in: .whitespaces)
        if let found = try byID(text) { return found }
        let byRef = try file.features(ref: text).filter { layers.contains($0.layer) }
        if let found = try only(byRef, named: text) { return found }
        let parts = text.split(separator: "/").map(String.init)
        guard let name = parts.last else { throw Failure(.notFound, .noSuchPlace(text), hint: .howToName) }
        var hits = try file.search(name, in: layers).filter { $0.name != nil }
        for parent in parts.dropLast() {
            var inside: [StoredFeature] = []
            for hit in hits where try lies(hit, in: parent) { inside.append(hit) }
            hits = inside
        }
        let exact = hits.filter { $0.name == name }
        if let found = try only(exact, named: text) { return found }
        if let found = try only(hits.filter { $0.holds(name) }, named: text) { return found }
        throw Failure(.notFound, .noSuchPlace(text), hint: .howToName)
    }

    /// A position as users write it; `nil` where the text is none.
    ///
    /// - Throws: `Failure` with `.usage` for coordinates outside the world.
    static func position(_ text: String) throws(Failure) -> LonLat? {
        let parts = text.replacing("，", with: ",").split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2, let x = Double(parts[0].trimmingCharacters(in: .whitespaces)),
            let y = Double(parts[1].trimmingCharacters(in: .whitespaces))
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
        return areas.contains { $0.id != feature.id && ($0.name == parent || $0.holds(parent)) }
    }
}

extension StoredFeature {
    fileprivate func holds(_ text: String) -> Bool { name?.localizedCaseInsensitiveContains(text) ?? false }
}
