import Messages
import Reach
import Spatial
import Store

/// How many people live in each building: the population of the boundaries
/// that tell one, spread over the floor area where people live.
///
/// An estimate. The smallest boundary that tells a population counts; what a
/// larger one tells beyond those goes to its other buildings. Whole persons,
/// by the method of the largest remainder, so that the buildings of a boundary
/// hold exactly its population.
struct Residents: Sendable {
    /// Of every building; empty where no boundary tells its population.
    let ofBuilding: [UInt32]

    /// The columns that tell the population of a boundary, best first.
    static let populationColumns = ["population", "人口", "常住人口"]

    /// Nobody knows.
    static let unknown = Residents(ofBuilding: [])

    private init(ofBuilding: [UInt32]) { self.ofBuilding = ofBuilding }

    /// - Parameters:
    ///   - buildings: the buildings.
    ///   - levels: the smallest boundaries first: the one of each building, and
    ///     the population of each, 0 where it is not told.
    init(of buildings: PlaceTable, levels: [(homes: Homes, populations: [Int64])]) {
        var residents = [Int64](repeating: 0, count: buildings.count)
        var isSettled = [Bool](repeating: false, count: buildings.count)
        for (homes, populations) in levels {
            var members = [[Int32]](repeating: [], count: populations.count)
            for (building, home) in homes.homeOf.enumerated() where home >= 0 && populations[Int(home)] > 0 {
                members[Int(home)].append(Int32(building))
            }
            for (population, members) in zip(populations, members) {
                let rest = members.filter { !isSettled[Int($0)] }
                let told = members.reduce(0) { $0 + residents[Int($1)] }
                let shares = Self.apportion(max(0, population - told), by: Self.weights(of: rest, buildings))
                for (building, share) in zip(rest, shares) {
                    residents[Int(building)] = share
                    isSettled[Int(building)] = true
                }
            }
        }
        ofBuilding = residents.map { UInt32(clamping: $0) }
    }

    private static let kind = ArchiveKind(0x0173_6c70_6f65_7079)

    /// Reads what `archive` wrote; `nil` where the bytes are another thing.
    init?(archive: UnsafeRawBufferPointer, count buildingCount: Int) {
        guard var reader = ArchiveReader(archive, Self.kind), let count = reader.count(),
            let ofBuilding = reader.values(UInt32.self, count: count), reader.isAtEnd,
            count == buildingCount || count == 0
        else { return nil }
        self.ofBuilding = ofBuilding
    }

    /// The numbers as bytes.
    var archive: [UInt8] {
        var writer = ArchiveWriter(Self.kind)
        writer.append(counts: [ofBuilding.count])
        writer.append(ofBuilding)
        return writer.bytes
    }

    /// Floor area of houses; where there are none, of all; where none is
    /// known, every building counts the same.
    private static func weights(of members: [Int32], _ buildings: PlaceTable) -> [Int64] {
        let area = members.map { buildings.floorAreas[Int($0)] }
        let lived = zip(members, area).map { buildings.isResidential[Int($0)] ? $1 : 0 }
        if lived.contains(where: { $0 > 0 }) { return lived }
        return area.contains { $0 > 0 } ? area : area.map { _ in 1 }
    }

    /// Shares out a whole number by weights, none below 0.
    static func apportion(_ amount: Int64, by weights: [Int64]) -> [Int64] {
        let total = UInt64(weights.reduce(0, +))
        guard total > 0 else { return weights.map { _ in 0 } }
        var shares: [Int64] = []
        var remainders: [(remainder: UInt64, index: Int)] = []
        for (index, weight) in weights.enumerated() {
            let (quotient, remainder) = total.dividingFullWidth(
                amount.magnitude.multipliedFullWidth(by: weight.magnitude))
            shares.append(Int64(clamping: quotient))
            remainders.append((remainder, index))
        }
        remainders.sort { ($1.remainder, $0.index) < ($0.remainder, $1.index) }
        for (_, index) in remainders.prefix(Int(max(0, amount - shares.reduce(0, +)))) { shares[index] += 1 }
        return shares
    }
}

extension WalkingParts {
    /// How many people live in each building.
    func residents(of buildings: PlaceTable) throws(Failure) -> Residents {
        try part(
            "walking.residents", of: [.layer(.building), .layer(.boundary)],
            read: { Residents(archive: $0, count: buildings.count) },
            write: \.archive
        ) { () throws(Failure) in
            var levels: [(homes: Homes, populations: [Int64])] = []
            for level in BoundaryLevel.allCases.reversed() {
                let populations = try atlas.boundaries(of: level, told: false).map(\.population)
                guard populations.contains(where: { $0 > 0 }) else { continue }
                levels.append((try homes(.building, level, count: buildings.count), populations))
            }
            return levels.isEmpty ? .unknown : Residents(of: buildings, levels: levels)
        }
    }
}

extension StoredFeature {
    /// How many people live in a boundary; 0 where it does not say.
    fileprivate var population: Int64 {
        for name in Residents.populationColumns {
            switch self[name] {
            case .integer(let value): return min(max(0, value), Self.mostPeople)
            case .real(let value): return Int64(exactly: value.rounded()).map { min(max(0, $0), Self.mostPeople) } ?? 0
            case .text(let text):
                return NumberText.value(text).flatMap { Int64(exactly: $0.rounded()) }
                    .map { min(max(0, $0), Self.mostPeople) } ?? 0
            default: continue
            }
        }
        return 0
    }

    private static let mostPeople: Int64 = 10_000_000_000
}
