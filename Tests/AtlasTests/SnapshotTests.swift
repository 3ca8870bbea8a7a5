import Atlas
import Foundation
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// Answers while another program changes the atlas: each is of one state.
@Suite(.serialized) struct SnapshotTests {
    private static let buildings = 40

    /// An atlas of a boundary and buildings in it.
    private func atlas() throws -> (atlas: Atlas, path: String) {
        let path = FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString).gpkg").path
        try store(0, in: path)
        return (try Atlas(path: path), path)
    }

    private func remove(_ path: String) {
        for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
    }

    /// Brings the atlas into a state: the boundary is called by its number,
    /// every building has as many storeys, and stands there.
    private func store(_ state: Int, in path: String) throws {
        try AtlasFile.change(path: path) { change in
            let x = 106 + Double(state % 10) / 10
            let square = [LonLat(x, 29), LonLat(x + 0.1, 29), LonLat(x + 0.1, 29.1), LonLat(x, 29.1), LonLat(x, 29)]
            let areas = try change.writer(for: .boundary)
            var batch = FeatureBatch()
            batch.keys = areas.columns
            batch.append(
                Feature(
                    geometry: .polygon(Polygon(LineString(square))),
                    attributes: [("ref", .text("a")), ("name", .text("\(state)")), ("level", .text("community"))]),
                position: .record(1))
            _ = try areas.write(batch)
            let writer = try change.writer(for: .building)
            batch = FeatureBatch()
            batch.keys = writer.columns
            for index in 0..<Self.buildings {
                batch.append(
                    Feature(
                        geometry: .point(Point(LonLat(x + 0.05, 29.001 + Double(index) / 1000))),
                        attributes: [
                            ("ref", .text("b\(index)")), ("name", .text("\(state)楼")),
                            ("storeys", .integer(Int64(state))),
                        ]), position: .record(index + 1))
            }
            _ = try writer.write(batch)
            return ((), .commit)
        }
    }

    /// Asks again and again until the atlas has been through some states.
    private func whileChanging(_ path: String, ask: () throws -> Void) throws {
        // Open for writing all the while, it stays in WAL mode: changes come in at any moment.
        let keeper = try AtlasFile(path: path, for: .writing)
        defer { try? keeper.close() }
        let isDone = Flag()
        let ended = DispatchSemaphore(value: 0)
        let states = Flag()
        Thread.detachNewThread {
            var state = 1
            while !isDone.isSet {
                if (try? store(state, in: path)) != nil {
                    states.count()
                    state += 1
                }
                Thread.sleep(forTimeInterval: 0.001)
            }
            ended.signal()
        }
        defer {
            isDone.count()
            ended.wait()
        }
        let deadline = Date.now.addingTimeInterval(120)
        while states.value < 8 && Date.now < deadline { try ask() }
        #expect(states.value >= 8)
    }

    private final class Flag: @unchecked Sendable {
        private let lock = NSLock()
        private var number = 0
        var value: Int { lock.withLock { number } }
        var isSet: Bool { value > 0 }
        func count() { lock.withLock { number += 1 } }
    }

    @Test func totalsAreOfOneState() throws {
        let (atlas, path) = try atlas()
        defer { remove(path) }
        try whileChanging(path) {
            for _ in 0..<20 {
                let totals = try atlas.totals(.building, per: .community, summing: ["storeys"])
                #expect(totals.count == 1, "all lie in the boundary of their state")
                let state = totals.first?.boundary?.name.flatMap(Double.init) ?? -1
                #expect(totals.first?.sums == [state * Double(Self.buildings)])
            }
        }
    }

    @Test func severalQuestionsMayShareAState() throws {
        let (atlas, path) = try atlas()
        defer { remove(path) }
        try whileChanging(path) {
            for _ in 0..<20 {
                let (building, location, near) = try atlas.snapshot {
                    let building = try atlas.feature("b7", in: [.building])
                    return (
                        building, try atlas.locate(.feature(building)),
                        try atlas.near(.feature(building), limit: 1)
                    )
                }
                let state = building["storeys"]
                #expect(location.boundaries.map { $0.name.flatMap(Int64.init).map(Attribute.integer) } == [state])
                #expect(near.map(\.feature["storeys"]) == [state])
                #expect(try #require(near.first).distanceMeters < 200)
            }
        }
    }

    @Test func errorsPassAndTheNextQuestionSeesTheNewState() throws {
        let (atlas, path) = try atlas()
        defer { remove(path) }
        struct Own: Error {}
        #expect(throws: Own.self) { try atlas.snapshot { throw Own() } }
        #expect(throws: Failure.self) { try atlas.snapshot { try atlas.place("nowhere") } }
        try store(3, in: path)
        #expect(try atlas.feature("b7", in: [.building])["storeys"] == .integer(3))
    }
}
