import Atlas
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

/// Questions that are not waited for.
@Suite struct WalkingAsyncTests {
    /// One question in both forms, its answer as text.
    private struct Question: Sendable {
        let name: String
        let plain: @Sendable (Atlas) throws -> String
        let waiting: @Sendable (Atlas) async throws -> String
    }

    private static let reach = ReachQuery([.position(LonLat(0.004, 0.004)), .position(LonLat(0.002, 0.006))])

    private static func words(_ coverage: Coverage) -> String {
        "\(coverage.boundaries.map(\.count)) \(coverage.total) \(coverage.blindSpots) \(coverage.links.map(\.seconds))"
    }
    private static func words(_ areas: [ServiceArea]) -> String {
        "\(areas.map { ($0.place, $0.minutes, $0.areaSquareMeters, $0.buildings) })"
    }
    private static func words(_ found: [ReachedFeature]) -> String {
        "\(found.map { ($0.feature.ref, $0.place, $0.seconds, $0.meters) })"
    }
    private static func words(_ services: BorderServices) -> String {
        "\(services.buildings.map { ($0.feature.ref, $0.seconds, $0.nearerAcross) }) \(services.unserved)"
    }
    private static func sides(_ atlas: Atlas) throws -> BorderQuery {
        var query = BorderQuery(try atlas.feature("A"), try atlas.feature("B"), minutes: 6)
        query.stations.kind = "doctor"
        return query
    }

    private static let questions = [
        Question(
            name: "coverage", plain: { words(try $0.coverage(WalkingTown.query())) },
            waiting: { words(try await $0.coverage(WalkingTown.query())) }),
        Question(
            name: "areas", plain: { words(try $0.serviceAreas(reach, minutes: [3, 6])) },
            waiting: { words(try await $0.serviceAreas(reach, minutes: [3, 6])) }),
        Question(
            name: "reached", plain: { words(try $0.reached(reach, minutes: 6)) },
            waiting: { words(try await $0.reached(reach, minutes: 6)) }),
        Question(
            name: "border", plain: { words(try $0.borderServices(try sides($0))) },
            waiting: { words(try await $0.borderServices(try sides($0))) }),
    ]

    @Test func theyAnswerAsThePlainOnesDo() async throws {
        let town = try WalkingTown(seed: 31)
        try await town.atlas.prepareWalking()
        #expect(try town.atlas.isWalkingPrepared())
        for question in Self.questions {
            let expected = try question.plain(try Atlas(path: town.path))
            #expect(expected.count > 20)
            #expect(try await question.waiting(town.atlas) == expected, "\(question.name)")
        }
    }

    @Test func severalAtOnceAnswerTheSame() async throws {
        let town = try WalkingTown(seed: 32)
        let atlas = town.atlas
        for question in Self.questions {
            let expected = try question.plain(try Atlas(path: town.path))
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<6 { group.addTask { try await question.waiting(atlas) } }
                for try await answer in group { #expect(answer == expected, "\(question.name)") }
            }
        }
    }

    @Test func aCancelledTaskEndsAsInterruptedAndTheAtlasAnswersOn() async throws {
        let town = try WalkingTown(seed: 33)
        for isPrepared in [false, true] {
            for question in Self.questions {
                let atlas = try Atlas(path: town.path)
                if isPrepared { try await atlas.prepareWalking() }
                let task = Task {
                    while !Task.isCancelled { await Task.yield() }
                    return try await question.waiting(atlas)
                }
                task.cancel()
                switch await task.result {
                case .success(let answer):
                    Issue.record("\(question.name) answers though nobody waits: \(answer.prefix(60))")
                case .failure(let error):
                    #expect((error as? Failure)?.code == .interrupted, "\(question.name): \(error)")
                }
                #expect(
                    try await question.waiting(atlas) == (try question.plain(try Atlas(path: town.path))),
                    "\(question.name)")
            }
        }
        let atlas = try Atlas(path: town.path)
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await atlas.prepareWalking()
        }
        task.cancel()
        if case .failure(let error) = await task.result { #expect((error as? Failure)?.code == .interrupted) }
    }

    @Test func aTaskCancelledMidwayAnswersOrIsInterrupted() async throws {
        let town = try WalkingTown(seed: 34)
        var random = SeededGenerator(seed: 34)
        let question = Self.questions[0]
        let expected = try question.plain(try Atlas(path: town.path))
        var interrupted = 0
        for _ in 0..<30 {
            let atlas = try Atlas(path: town.path)
            let task = Task { try await question.waiting(atlas) }
            // From a thread of its own: those that tasks run on may all be busy.
            let microseconds = UInt32.random(in: 0...20_000, using: &random)
            Thread.detachNewThread {
                usleep(microseconds)
                task.cancel()
            }
            switch await task.result {
            case .success(let answer): #expect(answer == expected)
            case .failure(let error):
                interrupted += 1
                #expect((error as? Failure)?.code == .interrupted, "\(error)")
            }
            #expect(try await question.waiting(atlas) == expected)
        }
        #expect(interrupted > 0, "no task was cancelled in time")
    }
}
