import Atlas
import Foundation
import Reach

/// Walks through a town in one process and says how long each task takes.
@main
struct Walk {
    static let usage = """
        usage: walk graph --atlas FILE --folder GRAPH
               walk town --atlas FILE --folder GRAPH --runs N
               walk areas --atlas FILE --places PLACES.csv --folder FOLDER
        """

    static func main() {
        do {
            let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()), usage: usage)
            let atlas = try Atlas(path: try arguments.text("atlas"))
            let folder = GraphFolder(path: try arguments.text("folder"))
            switch arguments.verb {
            case "graph": try folder.write(try atlas.streetGraph())
            case "town": print(try town(atlas, folder, runs: try arguments.count("runs")).json)
            case "areas":
                var figures = Figures()
                try Areas(atlas).measure(try CSV.positions(try arguments.text("places")), folder, &figures)
                print(figures.json)
            default: throw Refusal(usage)
            }
        } catch {
            FileHandle.standardError.write(Data("walk: \(error)\n".utf8))
            exit(1)
        }
    }

    /// First what the peers do too, then what only a town with buildings can be asked.
    private static func town(_ atlas: Atlas, _ folder: GraphFolder, runs: Int) throws -> Figures {
        var figures = Figures()
        let graph = try measureBuilding(atlas, &figures)
        let network = measureLoading(graph, runs: runs, &figures)
        try measureCrossings(network, folder, runs: runs, &figures)
        figures.add("peakBytes", Memory.peakBytes)

        let town = try Town(atlas, graph.shapes)
        try folder.write(town)
        let tasks = TownTasks(town, network, try folder.nodes("places"), try folder.nodes("stations"))
        tasks.measureLists(&figures)
        tasks.measureNearest(runs: runs, &figures)
        try tasks.measureCandidates(folder, runs: runs, &figures)
        tasks.measureTrials(&figures)
        figures.add("townPeakBytes", Memory.peakBytes)
        return figures
    }

    /// From the rows of the atlas to a graph.
    private static func measureBuilding(_ atlas: Atlas, _ figures: inout Figures) throws -> StreetGraph {
        Memory.restartPeak()
        let (graph, milliseconds) = try timed { try atlas.streetGraph() }
        figures.add("buildSeconds", milliseconds / 1000)
        figures.add("buildPeakBytes", Memory.peakBytes)
        figures.add("nodes", graph.nodeCount)
        figures.add("edges", graph.edges.count)
        return graph
    }

    /// From the bytes that an atlas keeps to a network that answers, at a pace and in a direction.
    private static func measureLoading(_ graph: StreetGraph, runs: Int, _ figures: inout Figures) -> WalkingNetwork {
        let (costBytes, shapeBytes) = (graph.costs.archive, graph.shapes.archive)
        var network = graph.network(paceMetersPerMinute: Walker.paceMetersPerMinute)
        let times = (0..<max(3, runs)).map { _ in
            timed {
                guard let costs = costBytes.withUnsafeBytes({ StreetCosts(archive: $0) }),
                    let shapes = shapeBytes.withUnsafeBytes({ StreetShapes(archive: $0, of: costs) })
                else { preconditionFailure("an archive cannot be read again") }
                network = costs.network(paceMetersPerMinute: Walker.paceMetersPerMinute)
                return (network.arcs(.toward), shapes)
            }.milliseconds
        }
        figures.add(runs: Spread(times), as: "load")
        figures.add("archiveBytes", costBytes.count + shapeBytes.count)
        return network
    }

    /// Bounded searches away from places, and the nearest station toward which every crossing walks.
    private static func measureCrossings(
        _ network: WalkingNetwork, _ folder: GraphFolder, runs: Int, _ figures: inout Figures
    ) throws {
        let places = try folder.nodes("places")
        let stations = try folder.nodes("stations")
        let away = NetworkSearch(network.arcs(.away))
        for station in stations { away.run([SearchSeed(node: station, ticks: 0)], limitTicks: Walker.limitTicks) }
        var (nodes, ticks, times) = (0, 0, [Double]())
        for place in places {
            let seed = [SearchSeed(node: place, ticks: 0)]
            times.append(timed { away.run(seed, limitTicks: Walker.limitTicks) }.milliseconds)
            nodes += away.reachedNodes.count
            for node in away.reachedNodes { ticks += Int(away.ticks(of: Int(node)) ?? 0) }
        }
        figures.add(Spread(times), as: "search")
        figures.add("searchNodes", nodes)
        figures.add("searchTicks", ticks)

        let toward = NetworkSearch(network.arcs(.toward))
        let seeds = stations.enumerated().map { SearchSeed(node: $1, ticks: 0, label: UInt32($0)) }
        let runTimes = (0..<runs).map { _ in timed { toward.run(seeds, limitTicks: Ticks.never) }.milliseconds }
        figures.add(runs: Spread(runTimes), as: "nearest")
        figures.add("nearestNodes", toward.reachedNodes.count)
        figures.add("nearestTicks", toward.reachedNodes.reduce(0) { $0 + Int(toward.ticks(of: Int($1)) ?? 0) })
    }
}

/// How everybody walks, and how far.
enum Walker {
    static let paceMetersPerMinute = 60.0
    static let limitTicks = Ticks.of(seconds: 900)
}
