import Atlas
import Foundation
import Store
import TestSupport
import Testing

/// The next clinics of a real district over its real streets.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data")) struct SiteYuzhongTests {
    @Test func theNextThreeClinicsOfYuzhong() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString).gpkg").path
        defer {
            for ending in ["", "-wal", "-shm", "-journal"] {
                try? FileManager.default.removeItem(atPath: path + ending)
            }
        }
        for (layer, files) in [
            (Layer.boundary, ["subdistricts.geojson"]), (.street, ["roads.geojson"]), (.water, ["water.geojson"]),
            (.station, ["clinics.json"]), (.building, ["primary_schools.json", "middle_schools.json"]),
        ] {
            var options = ImportOptions()
            options.layer = layer
            if layer == .station { options.set = [("kind", "clinic")] }
            if layer == .boundary { options.level = .subdistrict }
            _ = try importFiles(
                try files.map { try SharedData.file("yuzhong/\($0)").path }, into: path, options: options)
        }
        let atlas = try Atlas(path: path)
        var coverage = CoverageQuery(minutes: 10)
        coverage.stations.kind = "clinic"
        let before = try atlas.coverage(coverage).total.reached

        var request = SiteRequest(minutes: 10)
        request.stations.kind = "clinic"
        request.stationCount = 3
        let plan = try atlas.site(request)
        #expect(plan.isProved && plan.demandCount == 48 && plan.weightUnit == .count && plan.kept.count == 46)

        // Every choice of three schools, tried by hand.
        let schools = try atlas.list(.building)
        var clinics = RecordFilter()
        clinics.kind = "clinic"
        let kept = try atlas.list(.station, filter: clinics)
        let oracle = SiteOracle(atlas, houses: schools, sites: schools + kept, minutes: 10) { _ in 1 }
        let open = Set(
            schools.indices.filter { house in
                (schools.count..<schools.count + kept.count).contains { oracle.seconds[$0][house].isFinite }
            })
        #expect(open.count == before)
        let covers = schools.indices.map { site in
            Set(schools.indices.filter { oracle.seconds[site][$0].isFinite }).subtracting(open)
        }
        var best = 0
        for first in covers.indices {
            for second in first..<covers.count {
                let two = covers[first].union(covers[second])
                for third in second..<covers.count { best = max(best, two.union(covers[third]).count) }
            }
        }
        #expect(plan.value == Double(open.count + best), "\(plan.value), not \(open.count) + \(best)")
        #expect(plan.stations.compactMap(\.gain).reduce(0, +) == Double(best))
        #expect(plan.boundaries.reduce(0) { $0 + $1.servedAfter } == plan.value)
        let names = plan.stations.compactMap(\.site.place).map { place -> String in
            if case .feature(let school) = place { return school.name ?? school.ref }
            return ""
        }
        print(
            "Yuzhong: 46 clinics reach \(before) of 48 schools in 10 minutes, three more \(Int(plan.value)): \(names)")
    }
}
