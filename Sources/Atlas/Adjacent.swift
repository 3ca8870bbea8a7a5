public import Messages
import Spatial
public import Store

/// A neighbour across a border (毗邻).
public struct BorderingArea: Sendable {
    /// The neighbour.
    public let area: StoredFeature
    /// How the two touch.
    public let border: BorderSummary
}

/// How two areas touch, without their indices.
public struct BorderSummary: Sendable {
    /// land, bridge, water or corner.
    public let contact: String
    /// The shared border's length in metres.
    public let sharedBorderMeters: Double
    /// The share of it along water, 0 to 1.
    public let waterShare: Double
    /// The shortest distance between the outlines in metres.
    public let gapMeters: Double
    /// Names of the bridges that lead across.
    public let bridges: [String]

    init(_ border: SharedBorder) {
        contact = border.contact.rawValue
        sharedBorderMeters = border.sharedBorderMeters
        waterShare = border.waterShare
        gapMeters = border.gapMeters
        bridges = border.bridges
    }
}

/// The neighbours of one area, and whether the tolerance did it justice.
public struct BorderAnswer: Sendable {
    /// Neighbours, by the length of the shared border, longest first; ties by ref.
    public let neighbours: [BorderingArea]
    /// The share of the area's outline that its neighbours explain, 0 to 1.
    public let explainedShare: Double
    /// A tolerance in metres that would explain more than half of the
    /// outline, where this one does not.
    public let servingToleranceMeters: Double?
    /// Neighbours whose contact or bridges are others within 100 m: the
    /// border is drawn beside the water and the bridges, not on them.
    public let terrainBeyondTolerance: [StoredFeature]
}

/// Two areas that border each other.
public struct BorderPair: Sendable {
    /// The one with the lower ref.
    public let a: StoredFeature
    /// The other.
    public let b: StoredFeature
    /// How they touch.
    public let border: BorderSummary
}

/// Two buildings side by side (相邻).
public struct BuildingPair: Sendable {
    /// Row number of the one with the lower fid.
    public let a: Int64
    /// Row number of the other.
    public let b: Int64
    /// The shortest distance between the outlines in metres; 0 where they touch.
    public let gapMeters: Double
    /// The length of the party wall in metres.
    public let sharedMeters: Double
    /// How they touch.
    public let contact: String
}

extension Atlas {
    /// The areas of one level that border an area, and how: by land, by
    /// bridge, across water, at a corner.
    ///
    /// - Parameters:
    ///   - area: a boundary or zone.
    ///   - level: the level of the neighbours; the area's own by default.
    ///   - toleranceMeters: how far apart two outlines may run and still be
    ///     one border.
    /// - Returns: the neighbours, and how much of the outline they explain.
    /// - Throws: `Failure`.
    public func borders(
        of area: StoredFeature, level: BoundaryLevel? = nil, toleranceMeters: Double = 1
    ) throws(Failure) -> BorderAnswer {
        try GEOSLibrary.open()
        guard let outline = area.geometry else { throw Failure(.notFound, .noPosition) }
        return try file.snapshot { try borders(of: area, outline, level, toleranceMeters) }
    }

    private func borders(
        of area: StoredFeature, _ outline: Geometry, _ level: BoundaryLevel?, _ toleranceMeters: Double
    ) throws(Failure) -> BorderAnswer {
        // Wide enough to tell which tolerance would serve.
        let reachMeters = max(toleranceMeters, BoundaryOutlines.usualTolerancesMeters.last ?? 0) + 10
        let around = SearchBoxes(around: outline.box, withinMeters: reachMeters).first
        var level = level ?? area.level
        if level == nil { level = try onlyLevel(of: area.layer) }
        let others = try areas(of: area.layer, level: level, box: around).filter { other in
            other.fid != area.fid && !Self.nests(area, other)
        }
        let outlines = BoundaryOutlines([outline] + others.map { $0.geometry ?? .collection([]) })
        let terrain = try terrain(around: [area], toleranceMeters: max(toleranceMeters, Self.terrainReachMeters))
        let borders = outlines.sharedBorders(of: 0, within: toleranceMeters, terrain: terrain)
        let neighbours = borders.map { BorderingArea(area: others[$0.second - 1], border: BorderSummary($0)) }
        let share = outlines.explainedShare(of: 0, within: toleranceMeters)
        var beyond: [StoredFeature] = []
        if toleranceMeters < Self.terrainReachMeters {
            let wide = outlines.sharedBorders(of: 0, within: Self.terrainReachMeters, terrain: terrain)
            beyond = wide.filter { border in
                guard let near = borders.first(where: { $0.second == border.second }) else { return false }
                return near.contact != border.contact || near.bridges != border.bridges
            }.map { others[$0.second - 1] }
        }
        return BorderAnswer(
            neighbours: neighbours.sorted {
                ($1.border.sharedBorderMeters, $0.area.ref) < ($0.border.sharedBorderMeters, $1.area.ref)
            },
            explainedShare: share,
            servingToleranceMeters: share < 0.5 ? outlines.servingToleranceMeters(of: 0) : nil,
            terrainBeyondTolerance: beyond)
    }

    /// How two areas of whatever level touch; `nil` where they are farther apart.
    func border(
        of a: StoredFeature, with b: StoredFeature, toleranceMeters: Double
    ) throws(Failure) -> BorderSummary? {
        guard let first = a.geometry, let second = b.geometry else { return nil }
        let terrain = try terrain(around: [a], toleranceMeters: toleranceMeters)
        return BoundaryOutlines([first, second]).sharedBorders(of: 0, within: toleranceMeters, terrain: terrain)
            .first.map(BorderSummary.init)
    }

    /// How far beside a border its water and bridges may lie before an answer
    /// that misses them says so, in metres.
    public static let terrainReachMeters = 100.0

    /// All pairs of areas of one level that border each other.
    ///
    /// - Returns: each pair once, by the refs of a and b.
    /// - Throws: `Failure`.
    public func borders(
        of layer: Layer = .boundary, level: BoundaryLevel?, toleranceMeters: Double = 1
    ) throws(Failure) -> [BorderPair] {
        try GEOSLibrary.open()
        return try file.snapshot { try pairs(of: layer, level, toleranceMeters) }
    }

    private func pairs(
        of layer: Layer, _ level: BoundaryLevel?, _ toleranceMeters: Double
    ) throws(Failure) -> [BorderPair] {
        var level = level
        if level == nil { level = try onlyLevel(of: layer) }
        let areas = try areas(of: layer, level: level).sorted { $0.ref < $1.ref }
        let outlines = BoundaryOutlines(areas.map { $0.geometry ?? .collection([]) })
        let terrain = try terrain(around: areas, toleranceMeters: toleranceMeters)
        return outlines.sharedBorders(within: toleranceMeters, terrain: terrain).map {
            BorderPair(a: areas[$0.first], b: areas[$0.second], border: BorderSummary($0))
        }
    }

    /// All pairs of buildings whose outlines touch, or stand no more than a
    /// gap apart.
    ///
    /// - Returns: each pair once, by fid.
    /// - Throws: `Failure`.
    /// - Complexity: O(n log n); all outlines are held in memory.
    public func buildingPairs(gapMeters: Double = 0.5) throws(Failure) -> [BuildingPair] {
        let footprints = try file.footprints(of: .building)
        return footprints.buffer.adjacentPairs(within: gapMeters).map {
            BuildingPair(
                a: footprints.fids[$0.first], b: footprints.fids[$0.second], gapMeters: $0.gapMeters,
                sharedMeters: $0.sharedMeters, contact: $0.contact.name)
        }
    }

    /// The buildings next to one: party walls and gaps.
    ///
    /// - Returns: the neighbours with the pair, nearest first, longest wall first.
    /// - Throws: `Failure`.
    public func neighbours(
        of building: StoredFeature, gapMeters: Double = 0.5
    ) throws(Failure) -> [(building: StoredFeature, pair: BuildingPair)] {
        guard let outline = building.geometry else { throw Failure(.notFound, .noPosition) }
        var query = NearestQuery(.building, origin: outline)
        query.withinMeters = gapMeters + 0.01
        query.excludedFid = building.fid
        let others = try file.nearest(query).map(\.feature)
        var bytes = building.wkb
        var ranges = [0..<bytes.count]
        for other in others {
            ranges.append(bytes.count..<bytes.count + other.wkb.count)
            bytes += other.wkb
        }
        let boxes = [outline.box] + others.map { $0.geometry?.box ?? .empty }
        let pairs = FootprintBuffer(bytes: bytes, ranges: ranges, boxes: boxes).adjacentPairs(within: gapMeters)
        return pairs.filter { $0.first == 0 }
            .map { pair in
                let other = others[pair.second - 1]
                return (
                    other,
                    BuildingPair(
                        a: building.fid, b: other.fid, gapMeters: pair.gapMeters, sharedMeters: pair.sharedMeters,
                        contact: pair.contact.name)
                )
            }
            .sorted {
                ($0.1.gapMeters, $1.1.sharedMeters, $0.0.ref) < ($1.1.gapMeters, $0.1.sharedMeters, $1.0.ref)
            }
    }

    /// Whether one of two areas of different levels lies in the other: parts
    /// and wholes are no neighbours.
    private static func nests(_ a: StoredFeature, _ b: StoredFeature) -> Bool {
        guard let first = a.level, let second = b.level, first != second else { return false }
        let (whole, part) = first < second ? (a, b) : (b, a)
        return part.position.map(whole.covers) ?? false
    }

    /// The level of all boundaries, where none is asked for.
    private func onlyLevel(of layer: Layer) throws(Failure) -> BoundaryLevel? {
        guard layer == .boundary else { return nil }
        let known = Set(try file.values(of: "level", in: layer).compactMap { BoundaryLevel($0) })
        guard known.count <= 1 else {
            throw Failure(.usage, .levelNeeded(known.sorted().map(\.title)), hint: .giveLevel)
        }
        return known.first
    }

    /// The areas of a layer, of one level where one is given.
    private func areas(
        of layer: Layer, level: BoundaryLevel?, box: BoundingBox? = nil
    ) throws(Failure) -> [StoredFeature] {
        let condition = level.map(FeatureCondition.hasLevel)
        return try file.features(FeatureQuery(layer, box: box, condition: layer == .boundary ? condition : nil))
    }

    /// Water, and the streets marked as bridges, around areas.
    private func terrain(around areas: [StoredFeature], toleranceMeters: Double) throws(Failure) -> BorderTerrain {
        var box = BoundingBox.empty
        for area in areas { area.geometry.map { box.add($0.box) } }
        guard !box.isEmpty else { return .dry }
        let around = SearchBoxes(around: box, withinMeters: toleranceMeters + 10).first
        let water = try file.features(FeatureQuery(.water, box: around)).compactMap(\.geometry)
        let bridges = try file.features(FeatureQuery(.street, box: around, condition: .isYes(.column("bridge"))))
            .compactMap { street in
                street.geometry.map { BorderTerrain.Bridge(name: street.name, line: $0) }
            }
        return BorderTerrain(water: water, bridges: bridges)
    }
}

extension FootprintContact {
    /// The word in answers.
    fileprivate var name: String { String(describing: self) }
}
