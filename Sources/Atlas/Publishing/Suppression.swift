/// Groups whose numbers are withheld because they tell of too few.
///
/// A group of one or two is withheld. Where all that are withheld count the
/// same, the total gives them away; then the smallest of the other groups are
/// withheld as well, all that are equally small, so that the choice tells
/// nothing; and where there are none, the total. Empty groups are always told,
/// as anybody may see that they are empty: they would hide nothing. Withheld
/// groups of unlike counts may then be exchanged without a difference in what
/// is told, and no total that is told is less than three.
public struct Suppression: Sendable {
    /// By group: whether its numbers are withheld.
    public private(set) var isWithheld: [Bool]
    /// Whether the total gives a withheld group away and is withheld, too.
    public private(set) var withholdsTotal = false
    /// So many are enough to be told of.
    public static let fewest = 3

    /// Whether a count is too small to be told.
    public static func isSmall(_ count: Int) -> Bool { count > 0 && count < fewest }

    /// Decides over groups whose total is told.
    ///
    /// - Parameter counts: how many records there are in each group.
    public init(_ counts: [Int]) {
        isWithheld = counts.map(Self.isSmall)
        guard Set(counts.filter(Self.isSmall)).count == 1 else { return }
        guard let next = counts.filter({ $0 >= Self.fewest }).min() else {
            withholdsTotal = true
            return
        }
        for (group, count) in counts.enumerated() where count == next { isWithheld[group] = true }
    }
}

extension Atlas {
    /// The groups of an answer that are withheld from the public; `nil` where
    /// the office itself asks.
    ///
    /// - Parameter counts: how many records there are in each group.
    /// - Returns: by group.
    public func suppression(of counts: [Int]) -> Suppression? { disclosed.map { _ in Suppression(counts) } }

    /// The numbers of areas within each other that are withheld from the
    /// public: those of few, and those by which an area has few more than the
    /// next smaller one that is told.
    ///
    /// - Parameter counts: the place that an area is around, and how many
    ///   records it holds; of each place the smallest area first.
    /// - Returns: by area; none where the office itself asks.
    public func suppression(ofNested counts: [(place: Int, count: Int)]) -> [Bool] {
        guard disclosed != nil else { return counts.map { _ in false } }
        return Suppression.withheldOfNested(counts)
    }
}

extension Suppression {
    /// Which numbers of areas within each other are withheld; see `Atlas.suppression(ofNested:)`.
    public static func withheldOfNested(_ counts: [(place: Int, count: Int)]) -> [Bool] {
        var told: [Int: Int] = [:]
        return counts.map { place, count in
            let isWithheld = isSmall(count) || isSmall(count - (told[place] ?? 0))
            if !isWithheld { told[place] = count }
            return isWithheld
        }
    }
}

/// What of a coverage is withheld from the public, boundary by boundary.
public struct CoverageSuppression: Sendable {
    /// Boundaries of too few buildings.
    public let groups: Suppression
    /// Boundaries too few of whose buildings are reached, or are not.
    public let reach: Suppression
    private let unreached: Suppression
    private let across: Suppression

    /// How many boundaries and pairs of boundaries have numbers that are withheld.
    public var withheldGroups: Int {
        groups.isWithheld.indices.count { withholdsAcross(of: $0) } + isServiceWithheld.count { $0 }
    }

    /// Whether what was reached before a trial would tell of few, or of few more or fewer than after it.
    public let withholdsBefore: Bool

    /// By pair of `Coverage.services`: whether it is of too few buildings, or
    /// would tell how many a boundary has whose number is withheld.
    public private(set) var isServiceWithheld: [Bool]

    /// Whether floor areas may be told at all.
    public let tellsFloorAreas: Bool

    init(_ coverage: Coverage, tellsFloorAreas: Bool) {
        self.tellsFloorAreas = tellsFloorAreas
        let counts = coverage.boundaries.map(\.count)
        withholdsBefore = coverage.before.map { Self.isSmallChange($0, coverage.total) } ?? false
        isServiceWithheld = Suppression(coverage.services.map(\.buildings)).isWithheld
        groups = Suppression(counts.map(\.buildings))
        reach = Suppression(counts.map(\.reached))
        unreached = Suppression(counts.map { $0.buildings - $0.reached })
        across = Suppression(counts.map(\.reachedOnlyAcross))
        let places = Dictionary(
            coverage.boundaries.enumerated().map { ($1.boundary?.fid, $0) }, uniquingKeysWith: { first, _ in first })
        for (index, service) in coverage.services.enumerated() {
            if let place = places[service.of?.fid], withholdsAcross(of: place) { isServiceWithheld[index] = true }
        }
    }

    private static func isSmallChange(_ before: CoverageCount, _ after: CoverageCount) -> Bool {
        [before.reached, before.buildings - before.reached, before.reachedOnlyAcross].contains(
            where: Suppression.isSmall)
            || Suppression.isSmall(abs(before.reached - after.reached))
            || Suppression.isSmall(abs(before.reachedOnlyAcross - after.reachedOnlyAcross))
    }

    /// Whether all numbers of a boundary are withheld; of the total without one.
    public func withholdsAll(of index: Int?) -> Bool { index.map { groups.isWithheld[$0] } ?? groups.withholdsTotal }

    /// Whether those of the buildings that are reached are.
    public func withholdsReach(of index: Int?) -> Bool {
        withholdsAll(of: index)
            || (index.map { reach.isWithheld[$0] || unreached.isWithheld[$0] }
                ?? (reach.withholdsTotal || unreached.withholdsTotal))
    }

    /// Whether the number of those that only others reach is.
    public func withholdsAcross(of index: Int?) -> Bool {
        withholdsReach(of: index) || (index.map { across.isWithheld[$0] } ?? across.withholdsTotal)
    }
}

extension Atlas {
    /// A coverage with what of its numbers is withheld where it is for the public.
    ///
    /// - Throws: `Failure`.
    func asDisclosed(_ coverage: Coverage) throws(Failure) -> Coverage {
        guard disclosed != nil else { return coverage }
        var coverage = coverage
        if coverage.knowsResidents { coverage.knowsResidents = try untoldPopulation() == nil }
        coverage.withheld = CoverageSuppression(coverage, tellsFloorAreas: tellsFloorAreas)
        return coverage
    }
}
