import Siting
import Testing

/// Which extensions each goal takes: the one list that all suites try.
enum PlacementModels {
    typealias Extension = OracleProblems.Extension

    /// A goal with extensions.
    struct Model: Sendable, CustomTestStringConvertible {
        let goal: PlacementProblem.Goal
        let extensions: Set<Extension>

        var testDescription: String { ([goal.rawValue] + extensions.map(\.rawValue).sorted()).joined(separator: " ") }
    }

    /// Every goal with every set of extensions, the ones that no model joins included.
    static let all: [Model] = PlacementProblem.Goal.allCases.flatMap { goal in
        (0..<1 << Extension.allCases.count).map { bits in
            Model(
                goal: goal,
                extensions: Set(
                    Extension.allCases.indices.filter { bits >> $0 & 1 != 0 }.map { Extension.allCases[$0] }))
        }
    }

    /// The ones that are solved.
    static let supported = all.filter(isSupported)

    /// Whether a model joins these extensions.
    static func isSupported(_ model: Model) -> Bool {
        let hasCapacities = model.extensions.contains(.capacities)
        return model.extensions.isSubset(of: taken(by: model.goal))
            && !(hasCapacities && !model.extensions.isDisjoint(with: [.shares, .backup]))
    }

    private static func taken(by goal: PlacementProblem.Goal) -> Set<Extension> {
        switch goal {
        case .cover: [.kept, .budget, .capacities, .shares, .backup]
        case .all: [.kept, .capacities, .shares, .backup]
        case .median: [.kept, .budget, .capacities, .beyondCost]
        case .center: [.kept, .budget, .capacities, .backup, .beyondCost]
        }
    }
}
