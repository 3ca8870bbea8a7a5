import Atlas
import Foundation
import Store
import TestSupport
import Testing

/// The invented city: two communities of one name on two sides of a border.
@Suite struct SiteCityTests {
    /// The city of `geodata`, imported once.
    private static let city = Result { try CityAtlas() }

    private final class CityAtlas: Sendable {
        let atlas: Atlas
        private let path: String

        init() throws {
            let path = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString).gpkg").path
            let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            let files: [(Layer?, String)] = [
                (.boundary, "boundaries.geojson"), (.building, "buildings.geojsonl"), (.station, "stations.json"),
                (.street, "streets.geojsonl"), (.water, "water.geojson"), (nil, "N39E082.hgt.zip"),
            ]
            for (layer, name) in files {
                var options = ImportOptions()
                options.layer = layer
                _ = try importFiles([root.appending(path: "geodata/\(name)").path], into: path, options: options)
            }
            self.path = path
            atlas = try Atlas(path: path)
        }

        deinit {
            for ending in ["", "-wal", "-shm", "-journal"] {
                try? FileManager.default.removeItem(atPath: path + ending)
            }
        }
    }

    @Test(arguments: [8.0, 10, 15]) func oneStationByTheBorderServesBothNamesakes(_ minutes: Double) throws {
        let atlas = try Self.city.get().atlas
        var request = SiteRequest(minutes: minutes)
        request.goal = .all
        request.stations.kind = "社区卫生服务站"
        request.isFromScratch = true
        request.comparesApart = true
        let areas = try ["柏坎街道/双樾岭社区", "雁栖浦街道/双樾岭社区"].map { try atlas.feature($0) }
        request.demand.areas = areas
        let plan = try atlas.site(request)
        let apart = try #require(plan.apart)
        #expect(plan.isProved && plan.value == 1 && apart.apart.isProved && apart.apart.value == 2)
        #expect(apart.price == 1 && plan.unserved.isEmpty && apart.apart.unservedWeight == 0)
        let station = try #require(plan.stations.first)
        #expect(station.sides.count == 2 && station.sides.reduce(0) { $0 + $1.count } == 40)
        // It stands by the border: within 200 m of the community that it does not stand in.
        let other = try #require(areas.first { $0.id != station.home?.id })
        let meters = try #require(station.site.place?.distanceMeters(to: other))
        #expect(meters < 200, "\(station.site.name) stands \(meters) m from the border")
        #expect(apart.districts.map(\.stationsApart) == [1, 1])
        #expect(Set(areas.map(plan.name(of:))) == ["柏坎街道/双樾岭社区", "雁栖浦街道/双樾岭社区"])
        // Every building of both is told with a walk that is in time.
        #expect(plan.assignments.count == 40 && plan.assignments.allSatisfy { $0.cost <= minutes * 60 })
    }

    @Test func districtsThatShareABorderReachMore() throws {
        let atlas = try Self.city.get().atlas
        var request = SiteRequest(minutes: 15)
        request.stations.kind = "党群服务中心"
        request.stationCount = 3
        request.candidates = .buildings("vacant_area_m2 > 500")
        request.comparesApart = true
        request.demand.areas = try ["汐屿区", "砚岗区"].map { try atlas.feature($0) }
        let plan = try atlas.site(request)
        let apart = try #require(plan.apart)
        #expect(plan.isProved && apart.apart.isProved && apart.price >= 0)
        #expect(
            plan.stations.allSatisfy { station in
                if case .feature(let building)? = station.site.place { return building["vacant_area_m2"] != nil }
                return false
            })
        let before = plan.boundaries.reduce(0) { $0 + $1.servedBefore }
        #expect(abs(plan.stations.reduce(before) { $0 + ($1.gain ?? 0) } - plan.value) < 0.1)
    }
}
