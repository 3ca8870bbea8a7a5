public import Messages
public import Spatial
public import Store

/// Where a position is, administratively.
public struct Location: Sendable {
    /// The position.
    public let position: LonLat
    /// The building whose outline holds it; of several the lowest ref.
    public let building: StoredFeature?
    /// All boundaries that hold it or whose border it is on, smallest first.
    public let boundaries: [StoredFeature]
    /// All zones that hold it, by ref.
    public let zones: [StoredFeature]
}

extension Atlas {
    /// The building at a place, its chain of boundaries, its zones.
    ///
    /// A position on a border belongs to every area that meets there. Of a
    /// boundary the chain are the ones above it.
    ///
    /// - Throws: `Failure` with `.notFound` where the place has no position.
    public func locate(_ place: Place) throws(Failure) -> Location {
        guard let position = place.position else { throw Failure(.notFound, .noPosition) }
        return try file.snapshot { try location(of: place, at: position) }
    }

    private func location(of place: Place, at position: LonLat) throws(Failure) -> Location {
        var building = try areas(at: position, in: .building).first
        if case .feature(let feature) = place, feature.layer == .building { building = feature }
        var boundaries = try areas(at: position, in: .boundary)
        if case .feature(let feature) = place, feature.layer == .boundary {
            building = nil
            boundaries.removeAll { $0.id == feature.id || $0.depth >= feature.depth }
        }
        return Location(
            position: position, building: building,
            boundaries: boundaries.sorted { ($1.depth, $0.ref) < ($0.depth, $1.ref) },
            zones: try areas(at: position, in: .zone))
    }

    /// The records of a layer whose area holds a position, edges included, by ref.
    func areas(at position: LonLat, in layer: Layer) throws(Failure) -> [StoredFeature] {
        try file.features(FeatureQuery(layer, box: BoundingBox(position)))
            .filter { $0.covers(position) }
            .sorted { $0.ref < $1.ref }
    }
}

extension StoredFeature {
    /// Whether the geometry is an area that holds a position; edges count.
    func covers(_ position: LonLat) -> Bool {
        wkb.withUnsafeBytes { bytes in
            guard let containment = try? position.containment(inWKB: bytes) else { return false }
            return containment != .outside
        }
    }

    /// The level of a boundary; `nil` where it has none.
    public var level: BoundaryLevel? { layer == .boundary ? text("level").flatMap { BoundaryLevel($0) } : nil }

    fileprivate var depth: Int { level?.depth ?? -1 }
}
