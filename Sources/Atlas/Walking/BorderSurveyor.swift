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

    /// Times are compared up to this even where the question ends before.
    private static let leastComparedMinutes = 60.0

    init(_ atlas: Atlas, _ query: BorderQuery) throws(Failure) {
        self.atlas = atlas
        self.query = query
        parts = try WalkingParts(atlas)
        table = try parts.places(.building, query.means)
        positions = try parts.positions(.building)
        guard positions.count == table.count else { throw Failure(.unusableInput, .damagedPreparation) }
        stations = try parts.stations(query.stations, means: query.means)
        guard stations.count > 0 else { throw Failure(.notFound, .noStations, hint: .importStations) }
        limitTicks = Ticks.of(seconds: query.minutes * 60)
        let compared = max(limitTicks, Ticks.of(seconds: Self.leastComparedMinutes * 60))
        reach = try StationReach(stations, to: .building, parts, query.walking, query.means, limitTicks: compared)
        sides = Sides(query.a, query.b)
    }

    /// What the searches say of every building.
    private struct Times {
        let all: NearestStations
        let ofA: NearestStations
        let ofB: NearestStations

        func own(_ building: Int, isInA: Bool) -> UInt32 { (isInA ? ofA : ofB).ticks[building] }
        func across(_ building: Int, isInA: Bool) -> UInt32 { (isInA ? ofB : ofA).ticks[building] }

        func isNearerAcross(_ building: Int, isInA: Bool) -> Bool {
            across(building, isInA: isInA) < own(building, isInA: isInA)
        }
    }

    func answer() throws(Failure) -> BorderServices {
        let sideOf = stations.places.map { $0.position.flatMap(sides.isInA) }
        let ofA = reach.nearest(of: sideOf.indices.filter { sideOf[$0] == true })
        let ofB = reach.nearest(of: sideOf.indices.filter { sideOf[$0] == false })
        // The last one: the crossings are found from its search.
        let times = Times(all: reach.nearest(), ofA: ofA, ofB: ofB)
        let near = try buildingsAlong()
        let buildings = near.map { building($0.feature, $0.index, isInA: $0.isInA, times) }
        return BorderServices(
            border: try atlas.borders(of: query.a, toleranceMeters: Atlas.terrainReachMeters).neighbours
                .first { $0.area.id == query.b.id }?.border,
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
            servedOnlyAcross: across <= limitTicks && own > limitTicks,
            nearerAcross: times.isNearerAcross(index, isInA: isInA))
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
        var buildingsOf: [Int64: Int] = [:]
        for building in across {
            guard let foothold = table.footholds[building], let route = routes.route(of: foothold) else { continue }
            let crossing = route.parts.first { part in
                let edge = edges[Int(part.edge)]
                let ends = [edge.tail, edge.head].map { sides.isInA(shapes.nodePositions[Int($0)]) }
                return ends[0] != nil && ends[1] != nil && ends[0] != ends[1]
            }
            if let crossing { buildingsOf[shapes.fids[Int(crossing.edge)], default: 0] += 1 }
        }
        let streets = try atlas.places(.street, fids: Set(buildingsOf.keys))
        return buildingsOf.compactMap { fid, buildings in
            streets[fid].map {
                BorderServices.Crossing(street: $0, isBridge: $0.isYes("bridge"), buildings: buildings)
            }
        }.sorted { ($1.buildings, $0.street.ref) < ($0.buildings, $1.street.ref) }
    }

    // MARK: Pairs

    /// Areas of the level below that meet across the border.
    private func pairs(_ times: Times) throws(Failure) -> [BorderServices.Pair] {
        guard let level = try levelBelow() else { return [] }
        let all = try atlas.boundaries(of: level)
        let homes = try parts.homes(.building, level, count: table.count)
        let sideOf = all.map { $0.position.flatMap(sides.isInA) }
        let members = sideOf.indices.filter { sideOf[$0] != nil }
        let outlines = BoundaryOutlines(members.map { all[$0].geometry ?? .collection([]) })
        var tallies: [Int: (buildings: Int, nearerAcross: Int)] = [:]
        for (building, home) in homes.homeOf.enumerated() where home >= 0 {
            guard let isInA = sideOf[Int(home)] else { continue }
            tallies[Int(home), default: (0, 0)].buildings += 1
            if times.isNearerAcross(building, isInA: isInA) { tallies[Int(home), default: (0, 0)].nearerAcross += 1 }
        }
        var pairs: [BorderServices.Pair] = []
        for border in outlines.sharedBorders(within: 1, terrain: .dry) {
            var (first, second) = (members[border.first], members[border.second])
            guard sideOf[first] != sideOf[second] else { continue }
            if sideOf[first] == false { swap(&first, &second) }
            let (a, b) = (all[first], all[second])
            pairs.append(
                BorderServices.Pair(
                    a: a, b: b, isSameName: a.name != nil && a.name == b.name, ofA: tallies[first] ?? (0, 0),
                    ofB: tallies[second] ?? (0, 0)))
        }
        return pairs.sorted { ($0.a.ref, $0.b.ref) < ($1.a.ref, $1.b.ref) }
    }

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
