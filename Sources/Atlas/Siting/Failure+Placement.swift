import Foundation
import Messages
import Siting

extension PlacementFailure {
    /// The same in words.
    ///
    /// - Parameters:
    ///   - group: what a group of shares is called.
    ///   - demand: what a demand is called.
    /// - Returns: what to tell the user.
    func failure(group: (Int) -> String, demand: (Int) -> String) -> Failure {
        switch self {
        case .noSite: Failure(.unusableInput, .noSite, hint: .widenCandidates)
        case .tooFewSites(let asked, let present):
            Failure(.unusableInput, .tooFewSites(asked, present), hint: .fewerStations)
        case .unsupported(let goal, "ranking"):
            Failure(.usage, .notTogether(goal: goal.rawValue, "--next"), hint: .rankCoverOrMedian)
        case .exclusive(let first, let second):
            Failure(.usage, .notBoth(Self.option(first), Self.option(second)), hint: .leaveOneOut)
        case .unsupported(let goal, let member):
            Failure(.usage, .notTogether(goal: goal.rawValue, Self.option(member)), hint: .leaveOneOut)
        case .sharesClash(let groups, let isLeast):
            Failure(.unusableInput, .sharesClash(groups.map(group), isLeast: isLeast), hint: .lowerShare)
        case .unservable(let number): Failure(.unusableInput, .unservable(demand(number)), hint: .moreStations)
        case .capacityTooSmall(let weight, let capacity):
            Failure(
                .unusableInput, .capacityTooSmall(Self.digits(weight), Self.digits(capacity)), hint: .moreStations)
        case .tooLarge(let pairs, let limit):
            Failure(.unusableInput, .placementTooLarge(pairs, limit), hint: .narrowCandidates)
        case .noAnswerYet(.cancelled): Failure(.interrupted, .interrupted)
        case .noAnswerYet: Failure(.unusableInput, .noPlanYet, hint: .moreTime)
        case .invalid(let member): Failure(.usage, .badPlacementNumber(Self.option(member)))
        case .solver(let words): Failure(.software, .solverFailed(words), hint: .installSolver)
        }
    }

    /// The option that stands for a member of `PlacementProblem`.
    private static func option(_ member: String) -> String {
        switch member {
        case "siteCosts": "--cost"
        case "budget": "--budget"
        case "capacities": "--capacity"
        case "shares": "--each-at-least"
        case "backup": "--backup"
        case "stationCount": "-k"
        case "weights": "--weight"
        case "radius": "--radius"
        case "ranking": "--next"
        default: member
        }
    }

    private static func digits(_ number: Double) -> String { String(format: "%.10g", number) }
}
