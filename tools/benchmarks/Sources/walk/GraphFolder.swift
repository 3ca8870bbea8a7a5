import Foundation
import Reach
import Spatial

/// The folder of the neutral graph: CSV files with a header, as all programs read them.
struct GraphFolder {
    let path: String

    /// Writes `nodes.csv` and `edges.csv`; an edge's number is that of its line.
    func write(_ graph: StreetGraph) throws {
        try write(
            "nodes", "lon,lat",
            graph.shapes.nodePositions.map { String(format: "%.7f,%.7f", $0.longitude, $0.latitude) })
        func field(_ ticks: UInt32) -> String { ticks == Ticks.never ? "" : String(ticks) }
        let network = graph.network(paceMetersPerMinute: Walker.paceMetersPerMinute)
        try write(
            "edges", "tail,head,forward_ticks,backward_ticks",
            network.edges.map { "\($0.tail),\($0.head),\(field($0.forwardTicks)),\(field($0.backwardTicks))" })
    }

    /// Writes where buildings and stations meet the edges: `buildings.csv`, `footholds.csv`.
    func write(_ town: Town) throws {
        try write("buildings", town.buildings)
        try write("footholds", town.stations)
    }

    /// Writes where places meet the edges, by the number of the line; -1 where they meet none.
    func write(_ name: String, _ footholds: [Foothold?]) throws {
        try write(
            name, "edge,share,offset_meters",
            footholds.map { $0.map { "\($0.edge),\($0.share),\($0.offsetMeters)" } ?? "-1,-1,-1" })
    }

    /// Writes lines under a header.
    func write(_ name: String, _ header: String, _ lines: [String]) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let text = ([header] + lines).joined(separator: "\n") + "\n"
        try text.write(toFile: "\(path)/\(name).csv", atomically: true, encoding: .utf8)
    }

    /// The column `node` of a file.
    func nodes(_ name: String) throws -> [UInt32] { try CSV.rows("\(path)/\(name).csv").compactMap { UInt32($0[0]) } }
}

/// Files with the columns `node,lon,lat`.
enum CSV {
    /// The places of a file.
    static func positions(_ path: String) throws -> [LonLat] { try rows(path).map { LonLat($0[1], $0[2]) } }

    /// Three numbers a line.
    static func rows(_ path: String) throws -> [[Double]] {
        try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst().map { line in
            let numbers = line.split(separator: ",").compactMap { Double($0) }
            guard numbers.count == 3 else { throw Refusal("\(path): no node and position: \(line)") }
            return numbers
        }
    }
}
