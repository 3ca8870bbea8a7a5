import Messages
import Reach
import Spatial
import Store

/// Answers one question about the services along a border, on one state of
/// the file.
struct BorderSurveyor {
    private let atlas: Atlas
    private let query: BorderQuery
    private let parts: WalkingParts
    private let table: PlaceTable
    private let positions: [LonLat]
    private let stations: StationSet
    private let reach: StationReach
    private let limitTicks: UInt32
    private let sides: Sides

    /// Walks are compared up to this even where the question ends before.
    private static let leastComparedMinutes = 60.0

    init(_ atlas: Atlas, _ query: BorderQuery) throws(Failure) {
        self.atlas = atlas
        self.query = query
        parts = try WalkingParts(atlas)
        if try Self.overlap(query.a, query.b) { throw Failure(.usage, .nestedAreas, hint: .giveNeighbours) }
        table = try parts.places(.building, query.means)
        positions = try parts.positions(.building)
        guard positions.count == table.count else {
            throw Failure(.unusableInput, .damagedPreparation, hint: .prepareAgain)
        }
        stations = try parts.stations(query.stations, means: query.means)
        guard stations.count > 0 else { throw Failure(.notFound, .noStations, hint: .importStations) }
        limitTicks = Ticks.of(seconds: query.minutes * 60)
        let compared = query.means == .walk ? Ticks.of(seconds: Self.leastComparedMinutes * 60) : 0
        reach = try StationReach(
            stations, to: .building, parts, query.walking, query.means,
            limitTicks: max(limitTicks, compared))
        sides = Sides(query.a, query.b)
    }

    /// Whether one area holds most of the other: they have no two sides.
    private static func overlap(_ a: StoredFeature, _ b: StoredFeature) throws(Failure) -> Bool {
        guard let first = a.geometry, let second = b.geometry else { return false }
        return first.liesMostly(in: second) || second.liesMostly(in: first)
    }

    /// What the searches say of every building.
    private struct Times {
        let all: NearestStations
        let ofA: NearestStations
        let ofB: NearestStations
        /// Of stations of neither side.
        let ofOthers: NearestStations

        func own(_ building: Int, isInA: Bool) -> UInt32 { (isInA ? ofA : ofB).ticks[building] }
        func across(_ building: Int, isInA: Bool) -> UInt32 { (isInA ? ofB : ofA).ticks[building] }

        /// The station of the other side that is nearer than the own side's.
        func nearerAcross(_ building: Int, isInA: Bool) -> Int? {
            isNearerAcross(building, isInA: isInA) ? Int((isInA ? ofB : ofA).labels[building]) : nil
        }

        func isNearerAcross(_ building: Int, isInA: Bool) -> Bool {
            across(building, isInA: isInA) < own(building, isInA: isInA)
        }
    }

    func answer() throws(Failure) -> BorderServices {
        let sideOf = stations.places.map { $0.position.flatMap(sides.isInA) }
        let ofA = reach.nearest(of: sideOf.indices.filter { sideOf[$0] == true })
        let ofB = reach.nearest(of: sideOf.indices.filter { sideOf[$0] == false })
        let ofOthers = reach.nearest(of: sideOf.indices.filter { sideOf[$0] == nil })
        // The last one: the crossings are found from its search.
        let times = Times(all: reach.nearest(), ofA: ofA, ofB: ofB, ofOthers: ofOthers)
        let near = try buildingsAlong()
        let buildings = near.map { building($0.feature, $0.index, isInA: $0.isInA, times) }
        return BorderServices(
            border: try atlas.border(of: query.a, with: query.b, toleranceMeters: Atlas.terrainReachMeters),
            buildings: buildings, pairs: try pairs(times),
            crossings: try crossings(
                near.filter { building in
                    times.all.ticks[building.index] <= limitTicks
                        && sideOf[Int(times.all.labels[building.index])] == !building.isInA
                }.map(\.index)))
    }

    private func building(
        _ feature: StoredFeature, _ index: Int, isInA: Bool, _ times: Times
    ) -> BorderServices.Building {
        func seconds(_ ticks: UInt32) -> Double? { ticks == Ticks.never ? nil : Ticks.seconds(ticks) }
        let nearest = times.all.ticks[index]
        let (own, across) = (times.own(index, isInA: isInA), times.across(index, isInA: isInA))
        let isServed = nearest <= limitTicks
        return BorderServices.Building(
            feature: feature, isInA: isInA,
            servedBy: isServed ? stations.places[Int(times.all.labels[index])] : nil,
            seconds: isServed ? seconds(nearest) : nil, ownSeconds: seconds(own), acrossSeconds: seconds(across),
            servedOnlyAcross: across <= limitTicks && own > limitTicks && times.ofOthers.ticks[index] > limitTicks,
            nearerAcross: times.isNearerAcross(index, isInA: isInA),
            reason: isServed ? .none : table.obstacles[index] == .none ? .tooFar : table.obstacles[index])
    }

    /// The buildings of each area near the other one, nearest first.
    private func buildingsAlong() throws(Failure) -> [(feature: StoredFeature, index: Int, isInA: Bool)] {
        var found: [(feature: StoredFeature, index: Int, isInA: Bool, meters: Double)] = []
        for (own, other, isInA) in [(query.a, query.b, true), (query.b, query.a, false)] {
            guard let origin = other.geometry else { continue }
            var filter = query.buildings
            filter.areas = [own]
            var near = NearestQuery(.building, origin: origin)
            near.withinMeters = query.withinMeters
            near.condition = try atlas.condition(filter, layer: .building)
            for hit in try atlas.file.nearest(near) {
                guard let index = table.index(of: hit.feature.fid), sides.isInA(positions[index]) == isInA
                else { continue }
                found.append((hit.feature, index, isInA, hit.distanceMeters))
            }
        }
        return found.sorted { ($0.meters, $0.feature.ref) < ($1.meters, $1.feature.ref) }
            .map { ($0.feature, $0.index, $0.isInA) }
    }

    /// The streets by which people of some buildings get to the other side.
    private func crossings(_ across: [Int]) throws(Failure) -> [BorderServices.Crossing] {
        guard !across.isEmpty, let routes = try reach.routes(parts, query.walking) else { return [] }
        let shapes = try parts.shapes()
        let edges = try parts.costs().edges
        var sideOf: [UInt32: Bool?] = [:]
        func side(_ node: UInt32) -> Bool? {
            if let known = sideOf[node] { return known }
            let side = sides.isInA(shapes.nodePositions[Int(node)])
            sideOf[node] = side
            return side
        }
        var buildingsOf: [Int64: Int] = [:]
        for building in across {
            try Cancellation.check()
            guard let foothold = table.footholds[building], let route = routes.route(of: foothold) else { continue }
            let start = sides.isInA(positions[building])
            // The street by which the way comes to the other side, through whatever lies between.
            let crossing = route.parts.first { part in
                let edge = edges[Int(part.edge)]
                let ends = [side(edge.tail), side(edge.head)]
                return ends.contains { $0 != nil && $0 != start }
            }
            if let crossing { buildingsOf[shapes.fids[Int(crossing.edge)], default: 0] += 1 }
        }
        return try crossings(buildingsOf)
    }

    /// Streets of one name, and so many buildings of all their rows.
    private func crossings(_ buildingsOf: [Int64: Int]) throws(Failure) -> [BorderServices.Crossing] {
        let streets = try atlas.places(.street, fids: Set(buildingsOf.keys))
        var byName: [String: [StoredFeature]] = [:]
        for street in streets.values {
            byName["\(street.isYes("bridge")) \(street.name ?? street.id)", default: []].append(street)
        }
        return byName.values.compactMap { rows in
            rows.min { ($0.ref, $0.fid) < ($1.ref, $1.fid) }.map { first in
                BorderServices.Crossing(
                    street: first, isBridge: first.isYes("bridge"),
                    buildings: rows.reduce(0) { $0 + (buildingsOf[$1.fid] ?? 0) })
            }
        }.sorted { ($1.buildings, $0.street.ref) < ($0.buildings, $1.street.ref) }
    }

    // MARK: Pairs

    /// Areas of the level below that meet across the border, or of which one
    /// has the counter that the other's buildings are nearer to.
    private func pairs(_ times: Times) throws(Failure) -> [BorderServices.Pair] {
        guard let level = try levelBelow() else { return [] }
        let all = try atlas.boundaries(of: level)
        let homes = try parts.homes(.building, level, count: table.count)
        let index = BoundaryIndex(all)
        let homeOfStation = stations.places.map { $0.position.flatMap(index.first) }
        let sideOf = all.map { $0.position.flatMap(sides.isInA) }
        let mask = try parts.mask(query.buildings, of: table, .building)
        var buildings = [Int](repeating: 0, count: all.count)
        var nearer: [AreaPair: Int] = [:]
        for (building, home) in homes.homeOf.enumerated() where home >= 0 && mask?[building] ?? true {
            guard let isInA = sideOf[Int(home)] else { continue }
            buildings[Int(home)] += 1
            guard let station = times.nearerAcross(building, isInA: isInA), let other = homeOfStation[station],
                sideOf[other] == !isInA
            else { continue }
            nearer[AreaPair(of: Int(home), to: other), default: 0] += 1
        }
        return try meeting(all, sideOf).union(nearer.keys.map { sideOf[$0.of] == true ? $0 : $0.turned })
            .map { pair in
                let (a, b) = (all[pair.of], all[pair.to])
                return BorderServices.Pair(
                    a: a, b: b, isSameName: a.name != nil && a.name == b.name,
                    ofA: (buildings[pair.of], nearer[pair] ?? 0),
                    ofB: (buildings[pair.to], nearer[pair.turned] ?? 0))
            }
            .sorted { ($0.a.ref, $0.b.ref) < ($1.a.ref, $1.b.ref) }
    }

    /// An area and one of the other side, by their numbers.
    private struct AreaPair: Hashable {
        let of: Int
        let to: Int

        var turned: AreaPair { AreaPair(of: to, to: of) }
    }

    /// Areas of both sides that touch, those of `a` first.
    private func meeting(_ all: [StoredFeature], _ sideOf: [Bool?]) throws(Failure) -> Set<AreaPair> {
        let members = sideOf.indices.filter { sideOf[$0] != nil }
        let outlines = BoundaryOutlines(members.map { all[$0].geometry ?? .collection([]) })
        var pairs: Set<AreaPair> = []
        for border in outlines.sharedBorders(within: Self.meetingToleranceMeters, terrain: .dry) {
            let pair = AreaPair(of: members[border.first], to: members[border.second])
            guard sideOf[pair.of] != sideOf[pair.to] else { continue }
            pairs.insert(sideOf[pair.of] == true ? pair : pair.turned)
        }
        return pairs
    }

    /// How far apart two outlines that meet may be drawn, in metres.
    private static let meetingToleranceMeters = 1.0

    /// Communities where there are any below the areas, else what there is.
    private func levelBelow() throws(Failure) -> BoundaryLevel? {
        let above = max(query.a.level ?? .province, query.b.level ?? .province)
        for level in [BoundaryLevel.community, .subdistrict, .district, .grid] where level > above {
            if try !atlas.boundaries(of: level).isEmpty { return level }
        }
        return nil
    }
}

/// On which side of a border something lies.
private struct Sides {
    private let index: BoundaryIndex
    private let isFirstA: Bool

    init(_ a: StoredFeature, _ b: StoredFeature) {
        isFirstA = (a.ref, a.fid) <= (b.ref, b.fid)
        index = BoundaryIndex(isFirstA ? [a, b] : [b, a])
    }

    /// Whether a position counts in `a`, else in `b`; `nil` for neither. On
    /// the border it counts in the one with the lower ref.
    func isInA(_ position: LonLat) -> Bool? { index.first(holding: position).map { ($0 == 0) == isFirstA } }
}
