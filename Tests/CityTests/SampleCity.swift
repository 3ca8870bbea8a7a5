import Foundation
import Spatial

@testable import city

/// All parts of a city in memory.
struct SampleCity {
    let plan: CityPlan
    let ground: Ground
    let territory: Territory
    let buildings: [Building]
    let streets: [Street]

    /// The city of `geodata/`.
    static let committed = SampleCity(seed: 7, buildingCount: 3000)

    init?(seed: UInt64, plannedFor buildingCount: Int) {
        let plan = CityPlan(seed: seed, buildingCount: buildingCount, extraBankRows: 0)
        let ground = Ground(plan: plan)
        guard let density = Density(ground: ground) else { return nil }
        self.plan = plan
        self.ground = ground
        territory = Territory(plan: plan)
        var maker = BuildingMaker(ground: ground, density: density)
        let grid = StreetGrid(ground: ground)
        var buildings: [Building] = []
        var streets: [Street] = []
        plan.forEachSuperblock { id in
            let superblock = Superblock(id, ground: ground)
            buildings += maker.buildings(on: superblock)
            streets += grid.streets(of: superblock)
        }
        self.buildings = buildings
        self.streets = streets + Crossings(ground: ground).streets()
    }

    private init(seed: UInt64, buildingCount: Int) {
        guard let city = SampleCity(seed: seed, plannedFor: buildingCount) else {
            preconditionFailure("the plan for \(buildingCount) buildings is too small")
        }
        self = city
    }

    /// The areas of a level, as indices.
    func areas(_ level: Territory.Area.Level) -> [Int] {
        territory.areas.indices.filter { territory.areas[$0].level == level }
    }

    var waters: [[LonLat]] { Waters(ground: ground).all.map(\.polygon.exterior.positions) }
}

/// The exterior rings of a geometry.
func outlines(_ geometry: Geometry) -> [[LonLat]] {
    switch geometry {
    case .polygon(let polygon): [polygon.exterior.positions]
    case .multiPolygon(let polygons): polygons.map(\.exterior.positions)
    default: []
    }
}

/// Whether a closed ring holds a position: counts the edges east of it.
func ring(_ ring: [LonLat], holds position: LonLat) -> Bool {
    var isInside = false
    var index = 1
    while index < ring.count {
        let (a, b) = (ring[index - 1], ring[index])
        index += 1
        guard (a.latitude > position.latitude) != (b.latitude > position.latitude) else { continue }
        let share = (position.latitude - a.latitude) / (b.latitude - a.latitude)
        if position.longitude < a.longitude + share * (b.longitude - a.longitude) { isInside.toggle() }
    }
    return isInside
}

/// Whether two chains cross in the inside of an edge of each.
func cross(_ first: [LonLat], _ second: [LonLat]) -> Bool {
    func side(_ a: LonLat, _ b: LonLat, _ c: LonLat) -> Double {
        (b.longitude - a.longitude) * (c.latitude - a.latitude) - (b.latitude - a.latitude)
            * (c.longitude - a.longitude)
    }
    for (a, b) in zip(first, first.dropFirst()) {
        for (c, d) in zip(second, second.dropFirst()) {
            let (s, t) = (side(a, b, c) * side(a, b, d), side(c, d, a) * side(c, d, b))
            if s < 0 && t < 0 { return true }
        }
    }
    return false
}

/// The box around positions.
func box(_ positions: [LonLat]) -> BoundingBox {
    positions.reduce(into: BoundingBox.empty) { $0.add($1.longitude, $1.latitude) }
}

/// A directed edge between two positions.
struct Edge: Hashable {
    let from: LonLat
    let to: LonLat
    var reversed: Edge { Edge(from: to, to: from) }

    /// The edges of a chain.
    static func edges(_ chain: [LonLat]) -> [Edge] {
        zip(chain, chain.dropFirst()).map { Edge(from: $0, to: $1) }
    }
}
