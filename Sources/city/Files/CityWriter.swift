import Foundation
import Messages
import Spatial

/// Makes a city and writes its files.
struct CityWriter {
    private let plan: CityPlan
    private let ground: Ground
    private let density: Density
    private let territory: Territory
    private let folder: Folder
    private let hasLedgers: Bool
    private var files: [Manifest.File] = []
    private var entered: [LedgerBuilding] = []

    /// Plans a city: widens it until all the buildings have room.
    init(seed: UInt64, buildingCount: Int, folder: Folder, hasLedgers: Bool = false) throws {
        self.hasLedgers = hasLedgers
        var extraRows = 0
        while true {
            let plan = CityPlan(seed: seed, buildingCount: buildingCount, extraBankRows: extraRows)
            let ground = Ground(plan: plan)
            if let density = Density(ground: ground) {
                (self.plan, self.ground, self.density, self.folder) = (plan, ground, density, folder)
                territory = Territory(plan: plan)
                return
            }
            extraRows += 1
        }
    }

    /// Writes everything.
    mutating func write() throws {
        let residents = try writeBuildings()
        try writeBoundaries(residents)
        try writePopulation(residents)
        try writeStreets()
        try writeStations()
        try writeZones()
        try writeWater()
        try writeHeights()
        if hasLedgers { try writeLedgers() }
        let readme = Text.cityReadme(city: Words.city, buildings: plan.buildingCount, seed: plan.seed)
        try folder.write("README.md", (readme.en + "\n" + readme.zh).utf8)
        let manifest = Manifest(
            seed: plan.seed, buildingCount: plan.buildingCount, files: files, hasLedgers: hasLedgers)
        try folder.write("MANIFEST.json", manifest.text.utf8)
    }

    private mutating func note(_ name: String, records: Int) throws {
        let (bytes, sha256) = try folder.measure(name)
        files.append(Manifest.File(name: name, bytes: bytes, sha256: sha256, records: records))
    }

    private mutating func finish(_ file: FeatureFile, _ name: String) throws {
        try note(name, records: try file.finish())
    }

    // MARK: Buildings

    /// Writes the buildings.
    ///
    /// - Returns: the residents of each area of the territory; zero for all but communities.
    private mutating func writeBuildings() throws -> [Int] {
        let name = "buildings.geojsonl"
        let file = try FeatureFile(name, in: folder)
        var residents = Array(repeating: 0, count: territory.areas.count)
        var maker = BuildingMaker(ground: ground, density: density)
        try plan.forEachSuperblock { id in
            let community = territory.community(of: id)
            for building in maker.buildings(on: Superblock(id, ground: ground)) {
                residents[community] += building.residents
                let number = String(file.count + 1)
                let ref = "B" + String(repeating: "0", count: max(0, 7 - number.count)) + number
                if hasLedgers { entered.append(LedgerBuilding(building, ref: ref)) }
                try file.add(id: ref, building.footprint.geometry, building.attributes)
            }
        }
        try finish(file, name)
        return residents
    }

    /// Writes the workbooks of an office for two months, and its register of enterprises.
    private mutating func writeLedgers() throws {
        let maker = LedgerMaker(seed: plan.seed, buildings: entered)
        for month in maker.months {
            try folder.write(month.name, month.sheet.workbook)
            try note(month.name, records: month.records)
        }
        try folder.write("ledger-expected.csv", maker.expected.utf8)
        try note("ledger-expected.csv", records: maker.months.reduce(0) { $0 + $1.records })
        let register = EnterpriseMaker(seed: plan.seed, buildings: entered)
        try folder.write("enterprises.csv", register.table.utf8)
        try note("enterprises.csv", records: EnterpriseMaker.count)
        try folder.write("enterprises-expected.csv", register.expected.utf8)
        try note("enterprises-expected.csv", records: EnterpriseMaker.count)
    }

    // MARK: Areas

    private mutating func writeBoundaries(_ residents: [Int]) throws {
        let name = "boundaries.geojson"
        let file = try FeatureFile(name, in: folder)
        let totals = totals(residents)
        for (index, area) in territory.areas.enumerated() {
            try file.add(
                id: area.code, .polygon(ground.polygon(territory.outline(of: index))),
                [
                    ("name", .text(area.name)), ("level", .text(area.level.rawValue)), ("code", .text(area.code)),
                    ("parent_ref", .optional(area.parent.map { territory.areas[$0].code })),
                    ("population", .optional(totals[index])),
                ])
        }
        try finish(file, name)
    }

    /// Adds the residents of each area to those of the areas above it.
    private func totals(_ residents: [Int]) -> [Int] {
        var totals = residents
        for index in totals.indices.reversed() {
            if let parent = territory.areas[index].parent { totals[parent] += totals[index] }
        }
        return totals
    }

    private mutating func writePopulation(_ residents: [Int]) throws {
        let communities = territory.areas.indices.filter { territory.areas[$0].level == .community }
        let lines = communities.map { "\(territory.areas[$0].code),\(territory.areas[$0].name),\(residents[$0])\n" }
        try folder.write("population.csv", ("代码,名称,人口\n" + lines.joined()).utf8)
        try note("population.csv", records: lines.count)
    }

    private mutating func writeZones() throws {
        let name = "zones.geojson"
        let file = try FeatureFile(name, in: folder)
        for (index, zone) in Zones(ground: ground).all.enumerated() {
            let isOne = zone.polygons.count == 1
            let geometry: Geometry = isOne ? .polygon(zone.polygons[0]) : .multiPolygon(zone.polygons)
            try file.add(id: "Z\(index + 1)", geometry, [("name", .text(zone.name)), ("kind", .text(zone.kind))])
        }
        try finish(file, name)
    }

    private mutating func writeWater() throws {
        let name = "water.geojson"
        let file = try FeatureFile(name, in: folder)
        for (index, water) in Waters(ground: ground).all.enumerated() {
            try file.add(
                id: "W\(index + 1)", .polygon(water.polygon),
                [("name", .text(water.name)), ("class", .text(water.kind))])
        }
        try finish(file, name)
    }

    // MARK: Streets and stations

    private mutating func writeStreets() throws {
        let name = "streets.geojsonl"
        let file = try FeatureFile(name, in: folder)
        let grid = StreetGrid(ground: ground)
        try plan.forEachSuperblock { id in
            for street in grid.streets(of: Superblock(id, ground: ground)) { try add(street, to: file) }
        }
        for street in Crossings(ground: ground).streets() { try add(street, to: file) }
        try finish(file, name)
    }

    private func add(_ street: Street, to file: FeatureFile) throws {
        try file.add(
            id: "S\(file.count + 1)",
            .lineString(LineString(street.positions, heightsMeters: street.heightsMeters)), street.attributes)
    }

    private mutating func writeStations() throws {
        let stations = Stations(ground: ground, territory: territory).all
        let entries = stations.map { station in
            """
            {"name":\(JSONText.quoted(station.name)),"kind":\(JSONText.quoted(station.kind)),\
            "address":\(JSONText.quoted(station.address)),"lon":\(station.position.longitude),\
            "lat":\(station.position.latitude),"capacity":\(station.capacity)}
            """
        }
        try folder.write("stations.json", ("[\n" + entries.joined(separator: ",\n") + "\n]\n").utf8)
        try note("stations.json", records: stations.count)
    }

    private mutating func writeHeights() throws {
        let archive = ZipArchive.archive(
            name: HeightTile.name, HeightTile(ground: ground).bytes, distances: HeightTile.strides)
        try folder.write(HeightTile.name + ".zip", archive)
        try note(HeightTile.name + ".zip", records: HeightTile.samples * HeightTile.samples)
    }
}
