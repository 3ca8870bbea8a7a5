import Dispatch
import Synchronization

/// Branch and bound over the sites of a covering model with Lagrangian bounds,
/// best bound first, a few nodes at once.
///
/// Which nodes are looked into at once does not depend on the number of threads,
/// nor does what they know: so neither does the answer.
struct CoverTree {
    /// What a few nodes brought.
    struct Step {
        /// No choice that is worth a look covers more.
        var bound: Double
        /// Sets of sites, perhaps not allowed.
        var found: [[Int32]]
    }

    private let kernel: CoverModel
    private let control: PlacementControl
    /// What the rows of every group weigh more in the search for sites.
    private let groupFactors: [Double]
    private var queue = CoverQueue()
    private var nextNumber = 1
    private(set) var nodeCount = 0
    private var climb: CoverClimb?
    private var kicksWithoutGain = 0

    /// Begins at a root, and climbs on from the best sites if there are any.
    init(
        _ kernel: CoverModel, root: CoverNode, best: [Int32]?, groupFactors: [Double], _ control: PlacementControl
    ) {
        self.kernel = kernel
        self.control = control
        self.groupFactors = groupFactors
        queue.push(root)
        guard let best else { return }
        var state = CoverState(kernel, weights: kernel.weights(times: groupFactors))
        state.openAllowed(best)
        climb = CoverClimb(state, seed: control.seed &+ 1)
    }

    /// Looks into the next nodes; `nil` where none is worth it.
    ///
    /// `best` is the best value so far; a bound of `beaten` is not worth a look
    /// any more.
    mutating func next(best: Double, beaten: Double) -> Step? {
        var nodes: [CoverNode] = []
        while nodes.count < Self.nodesAtOnce, let node = queue.pop(), node.bound > beaten { nodes.append(node) }
        guard !nodes.isEmpty else { return nil }
        if climb != nil, kicksWithoutGain < Self.kicksWithoutGain { control.add(work: Self.kicksAtOnce) }
        let looks = look(into: nodes, CoverExamination.Context(kernel: kernel, best: best, beaten: beaten))
        nodeCount += nodes.count
        var step = Step(bound: queue.bound ?? -.infinity, found: [])
        for look in looks {
            control.add(work: 1 + look.stepCount)
            step.found += look.found
            for var part in look.parts where part.bound > beaten {
                part.number = nextNumber
                nextNumber += 1
                step.bound = max(step.bound, part.bound)
                queue.push(part)
            }
        }
        if let climb, kicksWithoutGain == 0 { step.found.append(climb.best) }
        return step
    }

    private mutating func look(into nodes: [CoverNode], _ context: CoverExamination.Context) -> [CoverExamination] {
        let climbing = Mutex(kicksWithoutGain < Self.kicksWithoutGain ? climb : nil)
        let hasGained = Atomic<Bool>(false)
        let found = Mutex([CoverExamination?](repeating: nil, count: nodes.count))
        let (kernel, control, weights) = (kernel, control, kernel.weights(times: groupFactors))
        let improved = nodeCount / Self.nodesAtOnce % Self.nodesAtOnce
        DispatchQueue.concurrentPerform(iterations: nodes.count + 1) { index in
            guard index < nodes.count else {
                climbing.withLock { climb in
                    for _ in 0..<Self.kicksAtOnce where control.end == nil {
                        if climb?.climb(while: { control.end == nil }) ?? false {
                            hasGained.store(true, ordering: .relaxed)
                        }
                    }
                }
                return
            }
            var examination = CoverExamination(nodes[index], context) { control.end == nil }
            if index == improved {
                examination.found += examination.found.map { sites in
                    var state = CoverState(kernel, weights: weights)
                    state.openAllowed(sites)
                    CoverInterchange.improve(&state) { control.end == nil }
                    return state.open
                }
            }
            found.withLock { [examination] in $0[index] = examination }
        }
        if let climbed = climbing.withLock({ $0 }) {
            climb = climbed
            kicksWithoutGain = hasGained.load(ordering: .relaxed) ? 0 : kicksWithoutGain + Self.kicksAtOnce
        }
        return found.withLock { $0.compactMap { $0 } }
    }

    private static let nodesAtOnce = 4
    private static let kicksAtOnce = 16
    /// So many kicks without a better set end the climb.
    private static let kicksWithoutGain = 1000
}
