import Atlas
import Foundation
import Reach
import Spatial
import Store
import TestSupport
import Testing

/// Real hills: the model of slopes worked out apart from the program, from the tiles' bytes on.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared/data"), .enabled(if: Programs.has("unzip"), "needs unzip"))
struct WalkingHillsTests {
    /// A tile's samples, unpacked by another program.
    private struct Tile {
        let bytes: Data
        let (west, north): (Double, Double)

        init(_ name: String, west: Double, north: Double) throws {
            let path = try #require(Programs.path(of: "unzip"))
            let process = Process()
            let pipe = Pipe()
            process.executableURL = URL(filePath: path)
            process.arguments = ["-p", try SharedData.file("elevation/\(name).hgt.zip").path]
            process.standardOutput = pipe
            try process.run()
            bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            #expect(bytes.count == 2 * 1201 * 1201)
            (self.west, self.north) = (west, north)
        }

        /// Between the four samples around a position; `nil` outside.
        func height(_ position: LonLat) -> Double? {
            let (x, y) = ((position.longitude - west) * 1200, (north - position.latitude) * 1200)
            guard x >= 0, x < 1200, y >= 0, y < 1200 else { return nil }
            func sample(_ column: Int, _ row: Int) -> Double {
                let index = bytes.startIndex + 2 * (row * 1201 + column)
                return Double(Int16(bitPattern: UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])))
            }
            let (column, row) = (Int(x), Int(y))
            let (right, down) = (x - Double(column), y - Double(row))
            let top = sample(column, row) * (1 - right) + sample(column + 1, row) * right
            let bottom = sample(column, row + 1) * (1 - right) + sample(column + 1, row + 1) * right
            return top * (1 - down) + bottom * down
        }
    }

    /// A town of hills, with its tiles and without.
    private final class Hills {
        let path: String
        let tiles: [Tile]
        let (flat, steep): (StreetGraph, StreetGraph)
        let atlas: Atlas

        init() throws {
            path = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString).gpkg").path
            let names = ["N49E011", "N50E011"]
            _ = try importFiles([try SharedData.file("osm/north-bayreuth.osm.gz").path], into: path, options: .init())
            flat = try Atlas(path: path).streetGraph()
            _ = try importFiles(
                try names.map { try SharedData.file("elevation/\($0).hgt.zip").path }, into: path, options: .init())
            atlas = try Atlas(path: path)
            steep = try atlas.streetGraph()
            tiles = try zip(names, [50.0, 51]).map { try Tile($0, west: 11, north: $1) }
        }

        deinit {
            for ending in ["", "-wal", "-shm", "-journal"] {
                try? FileManager.default.removeItem(atPath: path + ending)
            }
        }

        func height(_ position: LonLat) -> Double? { tiles.lazy.compactMap { $0.height(position) }.first }
    }

    /// Tobler's hiking function relative to level ground.
    private func factor(_ slope: Double) -> Double { exp(0.175 - 3.5 * abs(slope + 0.05)) }

    @Test func hillsTakeWhatTheFormulaSaysAndBridgesStayLevel() throws {
        let hills = try Hills()
        let (flat, steep) = (hills.flat, hills.steep)
        #expect(flat.edges.count > 2000 && flat.edges.count == steep.edges.count)
        #expect(flat.shapes == steep.shapes)
        let streets = Dictionary(
            uniqueKeysWithValues: try hills.atlas.list(.street).map { ($0.fid, $0) })
        func isPlain(_ street: StoredFeature) -> Bool {
            let keys = ["bridge", "tunnel", "layer", "level", "indoor", "incline", "covered", "location"]
            return keys.allSatisfy { ["", "no", "0"].contains(street.text($0) ?? "") }
                && !["steps", "elevator", "corridor"].contains(street.text("class"))
        }
        var (slopes, differing, bridges) = (0, 0, 0)
        var steepest = (share: 1.0, name: "")
        var deepestDip = 0.0
        for index in steep.edges.indices {
            let (edge, level) = (steep.edges[index], flat.edges[index])
            guard let street = streets[steep.shapes.fids[index]] else { continue }
            guard edge.forwardMillimeters != StreetCosts.Edge.never, edge.backwardMillimeters != StreetCosts.Edge.never
            else { continue }
            let corners = Array(steep.shapes.corners(of: index))
            let heights = corners.compactMap(hills.height)
            guard heights.count == corners.count else { continue }
            let pieces = zip(corners, corners.dropFirst()).map { Geodesic.distanceMeters($0, $1) }
            if isPlain(street) {
                // Level without tiles: the run itself, both ways.
                let run = pieces.reduce(0, +)
                #expect(abs(Double(level.forwardMillimeters) / 1000 - run) < 0.01 + run * 1e-4)
                #expect(level.forwardMillimeters == level.backwardMillimeters)
                var (up, down) = (0.0, 0.0)
                for (piece, (low, high)) in zip(pieces, zip(heights, heights.dropFirst())) where piece > 0 {
                    let slope = min(2, max(-2, (high - low) / piece))
                    up += piece / factor(slope)
                    down += piece / factor(-slope)
                }
                let found = (Double(edge.forwardMillimeters) / 1000, Double(edge.backwardMillimeters) / 1000)
                // Corners come in whole ten-millionths of a degree.
                #expect(abs(found.0 - up) < 0.05 + up * 0.002, "edge \(index), \(street.ref): \(found), not \(up)")
                #expect(
                    abs(found.1 - down) < 0.05 + down * 0.002, "edge \(index), \(street.ref): \(found), not \(down)")
                slopes += 1
                if abs(found.0 - found.1) > 0.1 * run { differing += 1 }
                let share = max(found.0 / found.1, found.1 / found.0)
                if run > 80, share > steepest.share { steepest = (share, street.name ?? street.ref) }
            } else if street.text("bridge") == "yes", !["steps", "elevator"].contains(street.text("class")) {
                // As if the height ran straight from end to end: one slope, which both ways tell.
                let run = pieces.reduce(0, +)
                let (forward, backward) = (
                    log(run / (Double(edge.forwardMillimeters) / 1000)),
                    log(run / (Double(edge.backwardMillimeters) / 1000))
                )
                guard run > 3 else { continue }
                // Uphill by s and downhill by s: the logarithms of the factors add up to 0.35 - 7 s from 0.05 on, to 0 below.
                let sum = forward + backward
                let slope = sum < -0.002 ? (0.35 - sum) / 7 : abs(forward - backward) / 7
                #expect(
                    abs(log(factor(forward < backward ? slope : -slope)) - forward) < 0.02,
                    "edge \(index), \(street.ref) is no straight line: \(forward), \(backward)")
                // What the ground does below: how far it lies under the line between the ends.
                var along = 0.0
                for step in stride(from: 0.1, to: 1, by: 0.1) {
                    var rest = step * run
                    for (piece, (start, end)) in zip(pieces, zip(corners, corners.dropFirst())) {
                        if rest <= piece, piece > 0 {
                            let share = rest / piece
                            let position = LonLat(
                                start.longitude + share * (end.longitude - start.longitude),
                                start.latitude + share * (end.latitude - start.latitude))
                            let line = heights[0] + step * (heights[heights.count - 1] - heights[0])
                            if let ground = hills.height(position) { along = max(along, line - ground) }
                            break
                        }
                        rest -= piece
                    }
                }
                deepestDip = max(deepestDip, along)
                bridges += 1
            }
        }
        print(
            "north-bayreuth: \(slopes) plain edges, \(differing) differ by a tenth, steepest \(steepest), "
                + "\(bridges) edges of bridges, the ground up to \(deepestDip) m below")
        #expect(slopes > 1500 && differing > 50 && bridges > 5)
        #expect(steepest.share > 1.3)
    }
}
