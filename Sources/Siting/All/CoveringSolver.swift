/// Solves covering programs: reduces, takes them apart, and finds the best
/// cover of every part with its proof.
enum CoveringSolver {
    /// What is known about a program.
    struct Outcome {
        /// The best cover found, ascending.
        var columns: [Int32]?
        /// Its cost, infinite where none is known.
        var value: Double
        /// No cover costs less; with a target: unless it costs more than the
        /// target. Infinite where there is no cover.
        var bound: Double
        /// Why the search ended before all was decided.
        var end: PlacementAnswer.End?
        /// A row that cannot have what it needs.
        var hopelessRow: Int?
    }

    /// What ends a search, besides its control.
    struct Wish {
        /// A cover that costs no more is good enough, and one that costs more of
        /// no use; `nil` looks for the best.
        var target: Double?
        /// The gap that is good enough.
        var gap = 0.0
        /// Columns that may nearly be a cover, from a program much like this one.
        var start: [Int32] = []
        /// Whether the control tells value and bound.
        var isAudible = false
    }

    /// Finds the best cover, or whether there is one that costs no more than a target.
    static func solve(
        _ program: CoveringProgram, _ wish: Wish, _ control: PlacementControl
    ) throws(PlacementFailure) -> Outcome {
        var reduction = CoveringReduction(program)
        reduction.run()
        if reduction.hopelessRow != nil || !reduction.keepsSide {
            return Outcome(
                columns: nil, value: .infinity, bound: .infinity, end: nil, hopelessRow: reduction.hopelessRow)
        }
        let (rest, names) = reduction.rest()
        let chosenCost = program.cost(of: reduction.chosen)
        var search = Search(
            parts: CoveringComponents.parts(of: rest, names: names), chosenCost: chosenCost, wish: wish,
            control: control)
        let end = try search.run()
        return search.outcome(of: program, chosen: reduction.chosen, end: end)
    }

    /// The parts of a program, side by side.
    private struct Search {
        var parts: [CoveringPart]
        let chosenCost: Double
        let wish: Wish
        let control: PlacementControl

        var value: Double { parts.reduce(chosenCost) { $0 + $1.value } }
        var bound: Double { parts.reduce(chosenCost) { $0 + $1.bound } }

        mutating func run() throws(PlacementFailure) -> PlacementAnswer.End? {
            tell()
            for part in parts.indices {
                if let end = end() { return isSettled ? nil : end }
                if isSettled { return nil }
                try polish(part)
            }
            for part in parts.indices {
                if isSettled { return nil }
                if let end = end() { return end }
                let target = target(of: part)
                if parts[part].isSettled(target: target) { continue }
                if let end = try parts[part].branch(target: target, watch: watch(of: part)) {
                    return isSettled ? nil : end
                }
            }
            return nil
        }

        /// All that is cheap: nearby covers, prices, and what they decide.
        private mutating func polish(_ part: Int) throws(PlacementFailure) {
            for round in 0..<4 {
                let target = target(of: part)
                if isSettled || parts[part].isSettled(target: target) || end() != nil { return }
                parts[part].raiseBound(target: target, steps: 1000, watch: watch(of: part))
                if isSettled || parts[part].isSettled(target: target) { return }
                parts[part].searchNearby(
                    from: round == 0 ? wish.start : [], target: target, steps: 4000 << (2 * round),
                    watch: watch(of: part))
                if isSettled || parts[part].isSettled(target: target) { return }
                if !parts[part].shrink(target: target), round > 0 { return }
            }
        }

        private var isSettled: Bool {
            if let target = wish.target { return value <= target || bound > target }
            return parts.allSatisfy { $0.isSettled(target: nil) }
        }

        /// What is left of the target for one part.
        private func target(of part: Int) -> Double? {
            wish.target.map { $0 - (bound - parts[part].bound) }
        }

        private func watch(of part: Int) -> CoveringWatch {
            CoveringWatch(
                control: control, gap: wish.gap, valueOffset: value - parts[part].value,
                boundOffset: bound - parts[part].bound, isAudible: wish.isAudible)
        }

        private func end() -> PlacementAnswer.End? {
            CoveringWatch(control: control, gap: wish.gap, isAudible: false).end(value: value, bound: bound)
        }

        private func tell() {
            CoveringWatch(control: control, gap: wish.gap, isAudible: wish.isAudible).tell(value: value, bound: bound)
        }

        func outcome(of program: CoveringProgram, chosen: [Int32], end: PlacementAnswer.End?) -> Outcome {
            var columns: [Int32]? = chosen
            for part in parts {
                guard let best = part.best else {
                    columns = nil
                    break
                }
                columns? += best
            }
            let sorted = columns?.sorted()
            let value = sorted.map { program.cost(of: $0) } ?? .infinity
            let isDecided = end == nil && wish.target == nil && sorted != nil
            return Outcome(columns: sorted, value: value, bound: isDecided ? value : min(value, bound), end: end)
        }
    }
}
