import Atlas
import Messages
import Spatial

/// What `site` says of a plan.
struct SiteAnswer {
    let plan: SitePlan
    /// How many stations were asked for, where that was said.
    let stationCount: Int?
    /// How many next stations were asked for.
    let rankedCount: Int?

    init(_ plan: SitePlan, stationCount: Int?, rankedCount: Int?) {
        (self.plan, self.stationCount, self.rankedCount) = (plan, stationCount, rankedCount)
    }

    /// Writes the answer of a plan over one's own costs.
    func write(to output: OutputOptions) throws {
        switch output.chosenFormat {
        case .json: try output.write(text: json.json + "\n")
        case .table: try output.write(text: table)
        default: try output.write(stationRows, empty: .noNewStation)
        }
    }

    /// Collects what the answer of a plan over an atlas needs of it.
    ///
    /// - Returns: what writes the answer, once the atlas is let go.
    func writing(_ atlas: Atlas, to output: OutputOptions) throws -> () throws -> Void {
        switch output.chosenFormat {
        case .json, .table, .csv, .html: return { try write(to: output) }
        case .geojson, .geojsonseq, .gpkg:
            let map = try SiteMap(plan, stationRows, keptRows, atlas)
            return { try map.write(to: output) }
        }
    }

    // MARK: Rows

    /// The new stations.
    var stationRows: [AnswerRow] { plan.stations.map { row($0) } }
    /// The stations that were there already.
    var keptRows: [AnswerRow] { plan.kept.map { row($0) } }

    private func row(_ station: PlannedStation) -> AnswerRow {
        var fields = [
            AnswerRow.Field("order", .orderOfStations, station.order.map { .integer(Int64($0)) } ?? .null),
            .init("gain", .gain, station.gain.map(JSONValue.exact) ?? .null, shown: station.gain.map(shownGain)),
            .init("site", .site, .text(station.site.id)),
        ]
        if !hasPlaces { fields[2] = .init("site", .site, .text(station.site.name)) }
        fields.append(.init("served", .servedDemand, .integer(Int64(station.servedCount))))
        fields.append(
            .init(
                "servedWeight", .servedWeight, .exact(station.servedWeight),
                shown: JSONValue.digits(station.servedWeight, decimals: 1)))
        if let cost = station.cost { fields.append(.init("cost", .siteCost, .exact(cost))) }
        if let home = station.home {
            fields.append(.init("boundary", .boundary, AnswerRow(home).json, shown: plan.name(of: home)))
        } else if !plan.boundaries.isEmpty {
            fields.append(.init("boundary", .boundary, .null, shown: Text.inNoBoundary.spoken))
        }
        return AnswerRow(station.site, fields)
    }

    /// Whether sites are places, not just names.
    private var hasPlaces: Bool { plan.open.contains { $0.site.place != nil } }

    /// A gain as people read it.
    func shownGain(_ gain: Double) -> String { JSONValue.digits(gain, decimals: plan.goal == .center ? 3 : 1) }

    // MARK: Table

    private var table: String {
        var parts = [Text.planLine(plan.goal.rawValue).spoken + "\n"]
        let rows = plan.stations.isEmpty ? Text.noNewStation.spoken + "\n" : shown(stationRows)
        parts[0] += rows
        parts.append(SiteExplanation(plan, stationCount: stationCount).lines.map { $0.spoken + "\n" }.joined())
        if !plan.boundaries.isEmpty {
            parts.append(Text.boundariesTitle.spoken + "\n" + boundaryRows.table(in: Speech.language))
        }
        if rankedCount != nil {
            parts.append(Text.rankingTitle.spoken + "\n" + shown(rankingRows))
        }
        if let apart = plan.apart { parts.append(apartTable(apart)) }
        return parts.joined(separator: "\n")
    }

    private func shown(_ rows: [AnswerRow]) -> String {
        guard !rows.isEmpty else { return Text.noNewStation.spoken + "\n" }
        return forReading(rows).table(in: Speech.language)
    }

    /// The rows without what the name and the id of a place say already.
    func forReading(_ rows: [AnswerRow]) -> [AnswerRow] {
        hasPlaces ? rows.map { $0.leaving(out: ["site"]) } : rows
    }

    var boundaryRows: [AnswerRow] {
        plan.boundaries.map { gain in
            let before = gain.weight > 0 ? gain.servedBefore / gain.weight : 0
            let after = gain.weight > 0 ? gain.servedAfter / gain.weight : 0
            return AnswerRow(
                nil,
                [
                    .init("boundary", .boundary, .text(gain.boundary.map(plan.name(of:)) ?? Text.inNoBoundary.spoken)),
                    .init("demand", .demandColumn, .integer(Int64(gain.demandCount))),
                    .init("weight", .weightColumn, .number(gain.weight, decimals: 1)),
                    .init("before", .shareBefore, .number(before, decimals: 4), shown: JSONValue.percent(before)),
                    .init("after", .shareAfter, .number(after, decimals: 4), shown: JSONValue.percent(after)),
                ])
        }
    }

    var rankingRows: [AnswerRow] {
        plan.ranking.map { ranked in
            AnswerRow(
                ranked.site,
                [
                    .init("order", .orderOfStations, .integer(Int64(ranked.order))),
                    .init(
                        "gain", .gain, ranked.gain.map(JSONValue.exact) ?? .null, shown: ranked.gain.map(shownGain)),
                    .init("site", .site, .text(ranked.site.id)),
                    .init("value", .valueColumn, .exact(ranked.value), shown: shownGain(ranked.value)),
                    .init("bound", .boundColumn, .exact(ranked.bound), shown: shownGain(ranked.bound)),
                ])
        }
    }

    private func apartTable(_ apart: ApartPlan) -> String {
        let rows = apart.districts.map { district in
            AnswerRow(
                nil,
                [
                    .init(
                        "boundary", .boundary, .text(district.boundary.map(plan.name(of:)) ?? Text.inNoBoundary.spoken)),
                    .init("together", .stationsTogether, .integer(Int64(district.stationsTogether))),
                    .init("apart", .stationsApart, .integer(Int64(district.stationsApart))),
                ])
        }
        return Text.apartTitle.spoken + "\n" + rows.table(in: Speech.language)
    }
}

// MARK: JSON

extension SiteAnswer {
    /// The answer as the contract has it, and more.
    var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("goal", .text(plan.goal.rawValue)), ("k", .integer(Int64(stationCount ?? plan.stations.count))),
            ("value", .exact(plan.value)), ("bound", .exact(plan.bound)), ("gap", .exact(plan.isProved ? 0 : plan.gap)),
            ("proven", .boolean(plan.isProved)), ("seconds", .number(plan.solveSeconds, decimals: 3)),
            ("readSeconds", .number(plan.prepareSeconds, decimals: 3)), ("end", .text(plan.end.rawValue)),
            ("stations", .array(plan.stations.map(json))),
            ("unserved", .integer(Int64(plan.unserved.count))),
            ("unservedWeight", .exact(plan.unserved.reduce(0) { $0 + $1.weight })),
            ("unreachable", .integer(Int64(plan.unreachable.count))),
            ("unreachableDemand", .array(plan.unreachable.map { .text($0.demand.id) })),
            ("kept", .array(plan.kept.map(json))), ("demand", .integer(Int64(plan.demandCount))),
            ("demandWeight", .exact(plan.demandWeight)), ("candidates", .integer(Int64(plan.candidateCount))),
            (
                "next",
                plan.next.map { .object([("gain", .exact($0.gain))] + Self.members(of: $0.site)) } ?? .null
            ),
        ]
        if rankedCount != nil { members.append(("ranking", .array(plan.ranking.map(Self.json)))) }
        if !plan.boundaries.isEmpty { members.append(("boundaries", .array(plan.boundaries.map(Self.json)))) }
        if let apart = plan.apart { members.append(("apart", json(apart))) }
        if let equity = plan.equity {
            members.append(
                (
                    "equity",
                    .object([
                        ("kappa", .exact(equity.kappa)), ("equivalentSeconds", .exact(equity.equivalent)),
                        ("meanSeconds", .exact(equity.mean)),
                    ])
                ))
        }
        return .object(members)
    }

    private func json(_ station: PlannedStation) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("order", station.order.map { .integer(Int64($0)) } ?? .null),
            ("gain", station.gain.map(JSONValue.exact) ?? .null),
        ]
        members += Self.members(of: station.site)
        members.append(("served", .integer(Int64(station.servedCount))))
        members.append(("servedWeight", .exact(station.servedWeight)))
        if let cost = station.cost { members.append(("cost", .exact(cost))) }
        if !plan.boundaries.isEmpty {
            members.append(("boundary", station.home.map { AnswerRow($0).json } ?? .null))
            let sides = station.sides.map { side in
                JSONValue.object([
                    ("boundary", side.boundary.map { AnswerRow($0).json } ?? .null),
                    ("served", .integer(Int64(side.count))), ("servedWeight", .exact(side.weight)),
                ])
            }
            members.append(("sides", .array(sides)))
        }
        return .object(members)
    }

    /// What a site is called, and the members of the place there.
    private static func members(of site: PlannedSite) -> [(String, JSONValue)] {
        var members: [(String, JSONValue)] = [("site", .text(site.id))]
        if let place = site.place, case .object(let own) = AnswerRow.json(of: place) { members += own }
        return members
    }

    private static func json(_ ranked: SitePlan.RankedStation) -> JSONValue {
        .object(
            [
                ("order", .integer(Int64(ranked.order))), ("gain", ranked.gain.map(JSONValue.exact) ?? .null),
                ("value", .exact(ranked.value)), ("bound", .exact(ranked.bound)),
            ] + members(of: ranked.site))
    }

    private static func json(_ gain: SitePlan.BoundaryGain) -> JSONValue {
        .object([
            ("boundary", gain.boundary.map { AnswerRow($0).json } ?? .null),
            ("demand", .integer(Int64(gain.demandCount))), ("weight", .exact(gain.weight)),
            ("servedBefore", .exact(gain.servedBefore)), ("servedAfter", .exact(gain.servedAfter)),
        ])
    }

    private func json(_ apart: ApartPlan) -> JSONValue {
        func outcome(_ outcome: ApartPlan.Outcome) -> JSONValue {
            .object([
                ("value", .exact(outcome.value)), ("bound", .exact(outcome.bound)),
                ("proven", .boolean(outcome.isProved)), ("stations", .integer(Int64(outcome.stationCount))),
            ])
        }
        let districts = apart.districts.map { district in
            JSONValue.object([
                ("boundary", district.boundary.map { AnswerRow($0).json } ?? .null),
                ("together", .integer(Int64(district.stationsTogether))),
                ("apart", .integer(Int64(district.stationsApart))),
            ])
        }
        return .object([
            ("together", outcome(apart.together)), ("apart", outcome(apart.apart)), ("price", .exact(apart.price)),
            ("stations", .array(apart.stations.map(json))), ("districts", .array(districts)),
        ])
    }
}

extension SitePlan {
    /// Demand that no site can serve, chosen or not.
    var unreachable: [UnservedDemand] { unserved.filter { $0.reason != .none } }
}

extension SitePlan.Demand {
    /// The id of a building; else what the user calls it.
    var id: String {
        switch self {
        case .building(let fid): "building/\(fid)"
        case .name(let name): name
        }
    }
}

extension PlannedSite {
    /// The id of the record there; else what it is called.
    var id: String { place?.id ?? name }

    /// What it is called where people read it.
    var label: String { place?.label ?? name }
}

extension AnswerRow {
    /// A line about a site, be it a place or just a name.
    init(_ site: PlannedSite, _ fields: [Field]) {
        switch site.place {
        case .feature(let feature): self.init(feature, fields)
        case .position(let position):
            let degrees = [
                Field("lon", .longitude, .degrees(position.longitude)),
                Field("lat", .latitude, .degrees(position.latitude)),
            ]
            self.init(nil, fields + degrees, at: position)
        case nil: self.init(nil, fields)
        }
    }
}

extension JSONValue {
    /// A number with all its digits: the shortest text that reads as the same.
    static func exact(_ value: Double) -> JSONValue {
        guard value.isFinite else { return .null }
        if let whole = Int64(exactly: value), abs(value) < 1e15 { return .integer(whole) }
        return .raw("\(value)")
    }

    /// A number as people read it: three decimals below 1000, one above.
    static func readable(_ value: Double) -> String { digits(value, decimals: abs(value) < 1000 ? 3 : 1) }

    /// A share as people read it.
    static func percent(_ share: Double) -> String { digits(share * 100, decimals: share < 0.001 ? 4 : 2) + " %" }
}
