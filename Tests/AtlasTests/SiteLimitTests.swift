import Atlas
import Foundation
import Messages
import Store
import TestSupport
import Testing

/// Questions of placement whose search is ended early, and options that do not
/// go together.
@Suite struct SiteLimitTests {
    private func request(_ goal: PlacementProblem.Goal, minutes: Double) -> SiteRequest {
        var request = SiteRequest(minutes: minutes)
        request.goal = goal
        request.stations.kind = "doctor"
        request.isFromScratch = true
        request.stationCount = 2
        request.candidates = .buildings("storeys < 8")
        return request
    }

    private static let amountsOfWork = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128, 512, 4096]

    /// The plan that so much work finds; `nil` where it finds none.
    private func plan(_ town: WalkingTown, _ request: SiteRequest, work: Int) throws -> SitePlan? {
        let found = Result { try town.atlas.site(request, control: PlacementControl(workLimit: work)) }
        if case .failure(let error) = found, (error as? Failure)?.what == .noPlanYet { return nil }
        return try found.get()
    }

    @Test(arguments: [20_261_121, 7, 4242] as [UInt64])
    func aPlanStaysWhereTheWiderLookIsCutOff(_ seed: UInt64) throws {
        let town = try WalkingTown(seed: seed)
        let request = request(.center, minutes: 0.5)
        let whole = try town.atlas.site(request)
        var (cutOff, hasPlan) = (0, false)
        for work in Self.amountsOfWork {
            guard let plan = try plan(town, request, work: work) else {
                #expect(!hasPlan, "seed \(seed), work \(work): there was a plan with less work")
                continue
            }
            hasPlan = true
            #expect(plan.stations.count <= 2 && plan.bound <= whole.value, "seed \(seed), work \(work)")
            if plan.isProved { break }
            #expect(plan.end == .limitReached && plan.value >= min(whole.value, plan.horizon ?? 0))
            guard plan.isBeyondHorizon else { continue }
            cutOff += 1
            let minutes = String(Int((plan.horizon ?? 0) / 60))
            #expect(plan.notes.contains(.worstWalkBeyond(minutes: minutes)) && plan.gap == 1)
        }
        #expect(cutOff > 0, "seed \(seed): no search was cut off")
    }

    @Test func cancellingKeepsThePlanThatIsThere() throws {
        let town = try WalkingTown(seed: 7)
        let request = request(.center, minutes: 0.5)
        // Whoever hears of a worst walk at the first horizon breaks off: the plan is that of this horizon or a wider one.
        let holder = ControlHolder()
        let control = PlacementControl { if $0.bound >= 120 { holder.cancel() } }
        holder.hold(control)
        let plan = try town.atlas.site(request, control: control)
        #expect(plan.stations.count <= 2 && plan.bound <= plan.value)
        #expect(plan.end == .cancelled || plan.isProved)
    }

    @Test func aPlanStaysWherePlanningApartIsCutOff() throws {
        let town = try WalkingTown(seed: 7)
        var request = request(.median, minutes: 1.5)
        request.comparesApart = true
        request.demand.areas = [try town.atlas.feature("A"), try town.atlas.feature("B")]
        let whole = try town.atlas.site(request)
        #expect(whole.apart != nil && !whole.notes.contains(.apartMissing))
        // Broken off with the first plan: there is no time for another one.
        let holder = ControlHolder()
        let control = PlacementControl { if $0.value != nil { holder.cancel() } }
        holder.hold(control)
        let plan = try town.atlas.site(request, control: control)
        #expect(plan.stations.count == 2 && plan.value >= whole.value)
        #expect(plan.notes.contains(.apartMissing) == (plan.apart == nil))
    }

    @Test func aTimeLimitCountsTheSearchOnly() throws {
        let town = try WalkingTown(seed: 7)
        // Preparing the walks of a town takes longer than this, the first answer does not.
        for goal in [PlacementProblem.Goal.cover, .median] {
            let plan = try town.atlas.site(
                request(goal, minutes: 3), control: PlacementControl(timeLimitSeconds: 0.02))
            #expect(plan.stations.count == 2 && plan.prepareSeconds > 0, "\(goal)")
        }
    }

    /// Options that do not go together, and what is said of them.
    private static let clashes: [(change: @Sendable (inout SiteRequest) -> Void, says: String)] = [
        ({ $0.goal = .all }, "--goal all does not go with -k"),
        ({ ($0.goal, $0.backup) = (.median, 2) }, "--goal median does not go with --backup"),
        ({ ($0.goal, $0.eachAtLeast) = (.center, 0.5) }, "--goal center does not go with --each-at-least"),
        ({ ($0.capacity, $0.backup) = (.number(9), 2) }, "--capacity does not go with --backup"),
        ({ ($0.capacity, $0.eachAtLeast) = (.number(9), 0.5) }, "--capacity does not go with --each-at-least"),
        ({ ($0.rankedCount, $0.capacity) = (2, .number(9)) }, "--next does not go with --capacity"),
        ({ ($0.rankedCount, $0.eachAtLeast) = (2, 0.5) }, "--next does not go with --each-at-least"),
        ({ ($0.goal, $0.rankedCount) = (.center, 2) }, "--goal center does not go with --next"),
        ({ $0.isEquitable = true }, "--goal cover does not go with --equity"),
        ({ ($0.goal, $0.isEquitable, $0.rankedCount) = (.median, true, 2) }, "--next does not go with --equity"),
        ({ $0.budget = 5 }, "--budget needs --cost"), ({ $0.siteCost = .number(5) }, "--cost needs --budget"),
        ({ $0.stationCount = nil }, "say with -k"),
    ]

    @Test(arguments: clashes.indices) func whatDoesNotGoTogetherIsSaidOnce(_ index: Int) throws {
        let (change, says) = Self.clashes[index]
        var request = request(.cover, minutes: 3)
        change(&request)
        let failure = try #require(#expect(throws: Failure.self) { try request.check() })
        #expect(failure.code == .usage && failure.what.en.contains(says), "\(failure.what.en)")
        let town = try WalkingTown(seed: 7)
        #expect(throws: failure) { try town.atlas.site(request) }
    }
}

/// A control that its own report may cancel.
private final class ControlHolder: @unchecked Sendable {
    private let lock = NSLock()
    private var control: PlacementControl?

    func hold(_ control: PlacementControl) { lock.withLock { self.control = control } }

    func cancel() { lock.withLock { control }?.cancel() }
}
