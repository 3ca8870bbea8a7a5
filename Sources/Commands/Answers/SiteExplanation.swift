import Atlas
import Messages

/// A plan in words: why here, who is served and from which side of a border,
/// what the next station would add, what is proved.
struct SiteExplanation {
    private let plan: SitePlan
    private let stationCount: Int?

    init(_ plan: SitePlan, stationCount: Int?) { (self.plan, self.stationCount) = (plan, stationCount) }

    /// One line each.
    var lines: [Text] {
        var lines = [value, proof]
        lines += plan.stations.prefix(Self.mostStations).map(why)
        if plan.stations.count > Self.mostStations { lines.append(.andMore(plan.stations.count - Self.mostStations)) }
        if let unserved { lines.append(unserved) }
        if let next { lines.append(next) }
        if let apart = plan.apart { lines += self.apart(apart) }
        if let equity = plan.equity {
            lines.append(.equityLine(equivalent: minutes(equity.equivalent), mean: minutes(equity.mean)))
        }
        lines.append(.timesLine(prepare: Self.seconds(plan.prepareSeconds), solve: Self.seconds(plan.solveSeconds)))
        return lines
    }

    /// So many stations are explained one by one.
    private static let mostStations = 30

    /// So many demands are named.
    private static let mostNames = 8

    // MARK: Numbers in words

    /// A weight with what it is.
    private func amount(_ weight: Double) -> Text {
        let digits = JSONValue.digits(weight, decimals: weight >= 1000 ? 0 : 1)
        return switch plan.weightUnit {
        case .floorArea: .ofFloorArea(digits)
        case .residents: .ofResidents(digits)
        case .count: plan.costsAreSeconds ? .ofBuildings(digits) : .ofDemand(digits)
        case .column(let name): .ofColumn(digits, name)
        }
    }

    private func cost(_ cost: Double) -> Text {
        guard plan.costsAreSeconds else { return .plain(JSONValue.readable(cost)) }
        return .ofMinutes(JSONValue.digits(cost / 60, decimals: 1))
    }

    /// A walk that is told apart from another one like it.
    private func minutes(_ seconds: Double) -> Text { .ofMinutes(JSONValue.digits(seconds / 60, decimals: 2)) }

    private func count(_ count: Int) -> Text {
        plan.costsAreSeconds ? .ofBuildings(String(count)) : .ofDemand(String(count))
    }

    private static func seconds(_ seconds: Double) -> String { JSONValue.digits(seconds, decimals: 2) }

    /// A value of the goal.
    private func worth(_ value: Double) -> Text {
        switch plan.goal {
        case .cover: amount(value)
        case .all: .ofStations(JSONValue.digits(value, decimals: 0))
        case .median:
            plan.costsAreSeconds ? .ofMeanMinutes(plan.meanMinutes(value)) : .ofTotal(JSONValue.readable(value))
        case .center: cost(value)
        }
    }

    // MARK: What it is worth

    private var value: Text {
        let share = plan.demandWeight > 0 ? plan.servedWeight / plan.demandWeight : 0
        let kept = plan.kept.count
        switch plan.goal {
        case .cover:
            return .coverLine(worth(plan.value), share: JSONValue.percent(share), new: plan.stations.count, kept: kept)
        case .all: return .allLine(worth(plan.value), count(plan.assignments.count), kept: kept)
        case .median:
            let walks = plan.equity.map { $0.mean * plan.reachableWeight } ?? plan.value
            return .medianLine(worth(walks), new: plan.stations.count, kept: kept)
        case .center:
            let worst: Text =
                plan.isBeyondHorizon
                ? .ofMoreMinutes(than: JSONValue.digits(plan.value / 60, decimals: 1)) : worth(plan.value)
            return .centerLine(worst, new: plan.stations.count, kept: kept)
        }
    }

    private var proof: Text {
        if plan.isProved { return .provedLine(isMost: plan.goal == .cover) }
        let reason: Text =
            switch plan.end {
            case .proved: .plain("")
            case .gapReached: .endedByGap
            case .limitReached: .endedByLimit
            case .cancelled: .endedByUser
            }
        return .unprovedLine(
            bound: worth(plan.bound), gap: JSONValue.percent(plan.gap), isMost: plan.goal == .cover, reason)
    }

    // MARK: Why here

    private func why(_ station: PlannedStation) -> Text {
        let home = station.home.map { Text.inBoundary(plan.name(of: $0)) }
        return .stationLine(
            station.order ?? 0, station.site.label, home: home, gain: station.gain.map(gained),
            served: count(station.servedCount),
            weight: plan.weightUnit == .count ? nil : amount(station.servedWeight), sides: sides(station))
    }

    /// What a station does by its gain.
    private func gained(_ gain: Double) -> Text {
        switch plan.goal {
        case .cover, .all: .adds(amount(gain))
        case .median:
            plan.costsAreSeconds ? .saves(meanMinutes: plan.meanMinutes(gain)) : .saves(JSONValue.readable(gain))
        case .center:
            plan.costsAreSeconds
                ? .shortensWorst(minutes: JSONValue.digits(gain / 60, decimals: 1))
                : .lowersWorst(JSONValue.readable(gain))
        }
    }

    /// Who comes from where, where some come across a border.
    private func sides(_ station: PlannedStation) -> [Text] {
        guard station.sides.contains(where: { $0.boundary?.id != station.home?.id }) else { return [] }
        return station.sides.prefix(6).map { side in
            .sideOf(
                side.boundary.map(plan.name(of:)) ?? Text.inNoBoundary.spoken, count(side.count),
                isAcross: side.boundary?.id != station.home?.id)
        }
    }

    // MARK: What is left

    private var unserved: Text? {
        guard !plan.unserved.isEmpty else { return nil }
        let weight = plan.unserved.reduce(0) { $0 + $1.weight }
        let beyond = plan.unreachable
        let names = beyond.prefix(Self.mostNames).map(\.demand.id) + (beyond.count > Self.mostNames ? ["…"] : [])
        let demand = count(plan.unserved.count)
        let unserved: Text =
            plan.weightUnit == .count ? demand : weight > 0 ? .weighing(demand, amount(weight)) : .weightless(demand)
        return .unservedLine(unserved, beyond: beyond.count, names)
    }

    private var next: Text? {
        guard plan.goal == .cover || plan.goal == .median else { return nil }
        if let next = plan.next { return .nextLine(next.site.label, gained(next.gain)) }
        let isAllServed = plan.unserved.allSatisfy { $0.reason != .none }
        return plan.goal == .cover && (plan.isNextKnown || isAllServed) ? .nothingToAdd : nil
    }

    private func apart(_ apart: ApartPlan) -> [Text] {
        let (together, own) = (apart.together, apart.apart)
        return [
            plan.goal == .all
                ? .apartLine(together: together.stationCount, apart: own.stationCount)
                : .apartLine(
                    together: worth(together.value), togetherStations: together.stationCount,
                    apart: worth(own.value), apartStations: own.stationCount),
            .priceLine(
                worth(abs(apart.price)), isProved: apart.together.isProved && apart.apart.isProved,
                isNothing: apart.price == 0 && apart.apart.stationCount <= apart.together.stationCount),
        ]
    }
}
