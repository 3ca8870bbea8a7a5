import Atlas
import Messages
import Spatial

/// A plan as a map: the stations, lines from whom they serve, and those whom
/// nobody serves.
struct SiteMap {
    private let stations: [AnswerRow]
    private let links: [Link]
    /// Those whom nobody serves.
    let unserved: [AnswerRow]

    /// A building and the station that serves it.
    private struct Link {
        let building: String
        let station: String
        let start: LonLat
        let end: LonLat
        let seconds: Double
        let weight: Double
    }

    /// Collects what a map shows.
    ///
    /// - Throws: `Failure`, as `Atlas.places` does.
    init(_ plan: SitePlan, _ new: [AnswerRow], _ kept: [AnswerRow], _ atlas: Atlas) throws {
        stations = new.map { $0.adding(Self.role("station")) } + kept.map { $0.adding(Self.role("kept")) }
        var links: [Link] = []
        links.reserveCapacity(plan.assignments.count)
        let open = plan.open
        for start in stride(from: 0, to: plan.assignments.count, by: Self.readAtOnce) {
            let some = plan.assignments[start..<min(start + Self.readAtOnce, plan.assignments.count)]
            let places = try atlas.places(.building, fids: Set(some.compactMap { Self.fid($0.demand) }))
            for assignment in some {
                let site = open[assignment.station].site
                guard let building = Self.fid(assignment.demand).flatMap({ places[$0] }),
                    let start = building.position, let end = site.place?.position
                else { continue }
                links.append(
                    Link(
                        building: building.id, station: site.id, start: start, end: end, seconds: assignment.cost,
                        weight: assignment.weight))
            }
        }
        self.links = links
        let left = try atlas.places(.building, fids: Set(plan.unserved.compactMap { Self.fid($0.demand) }))
        unserved = plan.unserved.compactMap { demand in
            guard let building = Self.fid(demand.demand).flatMap({ left[$0] }) else { return nil }
            let reason = demand.reason == .none ? "" : Text.obstacle(demand.reason.word).spoken
            return AnswerRow(
                building,
                [
                    .init("weight", .weightColumn, .exact(demand.weight)),
                    .init(
                        "reason", .reason, demand.reason == .none ? .null : .text(demand.reason.word), shown: reason),
                    Self.role("unserved"),
                ])
        }
    }

    private static let readAtOnce = 10_000

    private static func fid(_ demand: SitePlan.Demand) -> Int64? {
        if case .building(let fid) = demand { return fid }
        return nil
    }

    private static func role(_ word: String) -> AnswerRow.Field { .init("role", .role, .text(word)) }

    /// Writes stations, links and those who are not served, in this order.
    func write(to output: OutputOptions) throws {
        let writer = try output.answerWriter(columns: [])
        try writer.write(stations.batch)
        for start in stride(from: 0, to: links.count, by: Self.readAtOnce) {
            try writer.write(links[start..<min(start + Self.readAtOnce, links.count)].map(Self.row).batch)
        }
        if !unserved.isEmpty { try writer.write(unserved.batch) }
        try writer.finish()
    }

    /// The lines from whom the stations serve, as WKB.
    var lines: [[UInt8]] { links.map { Geometry.lineString(LineString([$0.start, $0.end])).wkb } }

    private static func row(_ link: Link) -> AnswerRow {
        AnswerRow(
            fields: [
                .init("building", .building, .text(link.building)), .init("station", .servedBy, .text(link.station)),
                .init(seconds: "seconds", .walkMinutes, link.seconds),
                .init("weight", .weightColumn, .exact(link.weight)), role("link"),
            ], geometry: .lineString(LineString([link.start, link.end])))
    }
}
