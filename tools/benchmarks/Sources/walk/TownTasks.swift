import Reach

/// What a town with buildings is asked.
struct TownTasks {
    private static let candidateCount = 10_000
    /// So many candidates are written out, for their lists to be judged.
    private static let judgedCount = 100
    private static let trialCount = 200

    private let town: Town
    private let network: WalkingNetwork
    private let toward: PlacesOnNetwork
    private let placingMilliseconds: Double
    /// Places to search from: crossings as points of edges.
    private let places: [Foothold]
    private let warmUp: [Foothold]

    init(_ town: Town, _ network: WalkingNetwork, _ places: [UInt32], _ stations: [UInt32]) {
        self.town = town
        self.network = network
        (toward, placingMilliseconds) = timed { PlacesOnNetwork(town.buildings, on: network, .toward) }
        let standing = network.crossings
        self.places = places.compactMap { standing[Int($0)] }
        warmUp = stations.compactMap { standing[Int($0)] }
    }

    /// A search from every place with the list of all buildings in reach.
    func measureLists(_ figures: inout Figures) {
        let search = PlaceSearch(network.arcs(.away), PlacesOnNetwork(town.buildings, on: network, .away))
        for place in warmUp { search.run([place], limitTicks: Walker.limitTicks) }
        var (buildings, ticks, times) = (0, 0, [Double]())
        for place in places {
            times.append(timed { search.run([place], limitTicks: Walker.limitTicks) }.milliseconds)
            buildings += search.reached.count
            ticks += search.reached.reduce(0) { $0 + Int($1.ticks) }
        }
        figures.add(Spread(times), as: "list")
        figures.add("listBuildings", buildings)
        figures.add("listTicks", ticks)
    }

    /// The nearest station of every crossing and building, without and with a limit.
    func measureNearest(runs: Int, _ figures: inout Figures) {
        let search = NetworkSearch(network.arcs(.toward))
        var nearest = NearestStations(ticks: [], labels: [])
        let times = (0..<max(3, runs)).map { _ in
            timed {
                nearest = search.nearest(of: town.buildings, to: town.stations, in: network, limitTicks: Ticks.never)
            }.milliseconds
        }
        var again = nearest
        let timesInOrder = (0..<max(3, runs)).map { _ in
            timed { again = search.nearest(of: toward, to: town.stations, limitTicks: Ticks.never) }.milliseconds
        }
        let reached = nearest.ticks.filter { $0 != Ticks.never }
        figures.add(runs: Spread(timesInOrder), as: "cityNearest")
        figures.add(runs: Spread(times), as: "cityNearestOnce")
        let differences = nearest.ticks.indices.count {
            (nearest.ticks[$0], nearest.labels[$0]) != (again.ticks[$0], again.labels[$0])
        }
        figures.add("cityNearestDifferences", differences)
        figures.add("placingMilliseconds", placingMilliseconds)
        figures.add("cityNearestNodes", search.reachedNodes.count)
        figures.add("cityNearestBuildings", reached.count)
        figures.add("cityNearestTicks", reached.reduce(0) { $0 + Int($1) })
        figures.add("coveredBuildings", reached.count { $0 <= Walker.limitTicks })
    }

    /// The buildings in reach of many candidate sites, which stand where buildings do.
    func measureCandidates(_ folder: GraphFolder, runs: Int, _ figures: inout Figures) throws {
        let sites = self.sites(Self.candidateCount, seed: 3)
        try folder.write("candidates", Array(sites.prefix(Self.judgedCount)))
        let arcs = network.arcs(.toward)
        var (entries, judged, judgedTicks, times) = (0, 0, 0, [Double]())
        for _ in 0..<max(3, runs) {
            let (lists, milliseconds) = try timed {
                try CandidateLists(sites, toward, arcs, limitTicks: Walker.limitTicks)
            }
            times.append(milliseconds)
            let range = 0..<lists.range(of: Self.judgedCount - 1).upperBound
            (entries, judged) = (lists.places.count, range.count)
            judgedTicks = lists.ticks[range].reduce(0) { $0 + Int($1) }
        }
        figures.add(runs: Spread(times), as: "candidateLists")
        figures.add("candidates", sites.count)
        figures.add("candidateEntries", entries)
        figures.add("judgedEntries", judged)
        figures.add("judgedTicks", judgedTicks)
    }

    /// Stations that come and go again, one after the other, with every building's answer kept up.
    func measureTrials(_ figures: inout Figures) {
        let standing = StandingCoverage(toward, stations: town.stations, limitTicks: Walker.limitTicks)
        let warmUp = sites(20, seed: 4).map { standing.add($0) }
        for label in standing.stations.indices.suffix(warmUp.count) { standing.remove(label) }
        let first = standing.stations.count
        let added = sites(Self.trialCount, seed: 5).map { site in
            timed { standing.add(site) }
        }
        figures.add(Spread(added.map(\.milliseconds)), as: "add")
        figures.add("addChanges", added.reduce(0) { $0 + $1.value.count })
        var wrong = differences(standing)
        let removed = (0..<Self.trialCount).map { number in
            timed { standing.remove(first + number) }
        }
        figures.add(Spread(removed.map(\.milliseconds)), as: "remove")
        wrong += differences(standing)
        figures.add("trialDifferences", wrong)
    }

    /// How many buildings have another answer than starting over gives.
    private func differences(_ standing: StandingCoverage) -> Int {
        let fresh = NetworkSearch(network.arcs(.toward)).nearest(
            of: town.buildings, to: standing.stations, in: network, limitTicks: Walker.limitTicks)
        return town.buildings.indices.count { building in
            let known = standing.station(of: building)
            return (known?.ticks ?? Ticks.never, known?.label ?? .max) != (
                fresh.ticks[building], fresh.labels[building]
            )
        }
    }

    /// Doors of buildings drawn at random, the same ones each time.
    private func sites(_ count: Int, seed: UInt64) -> [Foothold] {
        var generator = SplitMix(state: seed)
        let doors = town.buildings.compactMap { $0 }
        return (0..<count).compactMap { _ in doors.randomElement(using: &generator) }
    }
}

extension WalkingNetwork {
    /// Every crossing as the end of an edge; `nil` for one without any.
    fileprivate var crossings: [Foothold?] {
        var crossings = [Foothold?](repeating: nil, count: nodeCount)
        for (number, edge) in edges.enumerated() {
            crossings[Int(edge.tail)] = Foothold(edge: UInt32(number), share: 0, offsetMeters: 0)
            crossings[Int(edge.head)] = Foothold(edge: UInt32(number), share: 1, offsetMeters: 0)
        }
        return crossings
    }
}
