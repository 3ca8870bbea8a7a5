/// The models with capacities.
extension CompactSearch {
    // MARK: - Prices, then a tree

    /// Bounds by prices, answers near them, and a tree over what they leave open.
    func solveWithCapacities() throws(PlacementFailure) -> PlacementAnswer {
        offer([])
        offer(near: greedyRanks())
        var program = capacityProgram(costAtMost: .infinity)
        // Nothing serves more than all, and the kept stations may do so already.
        let isSure = best.map { PlacementAnswer.gap(value: $0.value, bound: sureBound) <= 1e-9 } ?? false
        if isSure { return try finish(program, bound: sureBound) }
        guard program.entryCount >= entriesForPrices else { return try finish(program, bound: nil) }
        let form = capacityForm()
        var dual = CapacityDual(self, form: form, costAtMost: .infinity)
        func bestCost() -> Double { best.map { formCost(ofValue: $0.value) } ?? .infinity }
        var start: (sites: [UInt32], penalty: Double)?
        func ascend() {
            dual.ascend(best: bestCost(), control: control) { earned in
                // Which sites serve all takes long to find: that comes once, at the end.
                if problem.goal == .all { return bestCost() }
                let earned = candidates.map { earned[Int($0)] }
                offer(near: earned)
                let sites = most(inOrder: order(of: earned))
                let penalty = value.penalty(sites)
                if penalty < start?.penalty ?? .infinity { start = (sites, penalty) }
                return bestCost()
            } tell: { [self] bound in
                control.tell(value: best?.value, bound: tighter(value(ofFormCost: bound), sureBound))
            }
        }
        ascend()
        if problem.goal == .all, control.end == nil {
            offer(near: candidates.map { dual.scores[Int($0)] })
            exchangeFewer(by: dual.scores, atLeast: value(ofFormCost: dual.bound))
        } else if let start {
            interchange(from: start.sites, by: dual.scores)
        }
        // A better answer makes better steps.
        ascend()
        let bound = tighter(value(ofFormCost: dual.bound), sureBound)
        let gap = best.map { PlacementAnswer.gap(value: $0.value, bound: bound) } ?? 1
        if gap > max(control.gap, 1e-9), control.end == nil {
            let fixed = dual.fixed(best: bestCost())
            let columns = columnOfSite
            for site in fixed.closed { program.program.setBounds(columns[site], 0, 0) }
            for site in fixed.open { program.program.setBounds(columns[site], 1, 1) }
            program.writeRows { dual.pays($0.demand, $0.cost) }
        }
        return try finish(program, bound: bound)
    }

    /// The weight of all demand that can be served at all.
    private var reachableWeight: Double {
        problem.weights.indices.reduce(0) { $0 + (value.isReachable[$1] ? problem.weights[$1] : 0) }
    }

    private func capacityForm() -> CapacityDual.Form {
        CapacityDual.Form(
            beyond: problem.goal == .cover ? 1 : problem.beyondCost ?? .infinity,
            opening: problem.goal == .all ? 1 : 0, count: problem.stationCount ?? candidates.count,
            budget: problem.spendingLimit, isFree: problem.goal != .median
        )
    }

    /// The form counts what is not covered.
    private func formCost(ofValue value: Double) -> Double {
        problem.goal == .cover ? reachableWeight - value : value
    }

    private func value(ofFormCost cost: Double) -> Double {
        problem.goal == .cover ? reachableWeight - cost : cost
    }

    /// Exchanges an open site for a closed one as long as that is better, those
    /// that earn least for those that earn most first; ends where the penalty is
    /// down to what is enough.
    private func interchange(
        from start: [UInt32], by scores: [Double], costAtMost limit: Double = .infinity,
        enough: Double = -.infinity
    ) {
        let order = candidates.sorted {
            scores[Int($0)] != scores[Int($1)] ? scores[Int($0)] > scores[Int($1)] : $0 < $1
        }
        var sites = start
        var penalty = value.penalty(sites, costAtMost: limit)
        var trials = 0
        var isBetter = true
        while isBetter && penalty > enough {
            isBetter = false
            for new in order.prefix(4 * sites.count + 20) {
                for old in sites.sorted(by: { scores[Int($0)] < scores[Int($1)] })
                where sites.contains(old) && !sites.contains(new) && penalty > enough {
                    trials += 1
                    if trials > 3_000 || control.end != nil { return }
                    let changed = (sites.filter { $0 != old } + [new]).sorted()
                    let changedPenalty = value.penalty(changed, costAtMost: limit)
                    if changedPenalty < penalty - 1e-9 * abs(penalty) {
                        (sites, penalty, isBetter) = (changed, changedPenalty, true)
                        if enough == -.infinity || penalty <= enough { offer(sites) }
                    }
                }
            }
        }
    }

    /// The penalty of sites that serve all.
    private var nothingLeft: Double { -reachableWeight * (1 - PlacementValue.tolerance) }

    /// Whether sites suffice for all to be served at such a cost, as far as
    /// prices and exchanges can tell; `nil` where they cannot.
    func sufficesByPrices(costAtMost level: Double) -> Bool? {
        var form = capacityForm()
        form.beyond = 1
        var dual = CapacityDual(self, form: form, costAtMost: level)
        let little = 1e-7 * reachableWeight
        var start: (sites: [UInt32], penalty: Double)?
        dual.ascend(best: little, control: control) { earned in
            let sites = most(inOrder: order(of: candidates.map { earned[Int($0)] }))
            let penalty = value.penalty(sites, costAtMost: level)
            if penalty < start?.penalty ?? .infinity { start = (sites, penalty) }
            return penalty <= nothingLeft ? -.infinity : little
        } tell: { _ in
        }
        if let start, dual.bound < little {
            offer(start.sites)
            interchange(from: start.sites, by: dual.scores, costAtMost: level, enough: nothingLeft)
        }
        if let best, best.value <= level { return true }
        return dual.bound >= little ? false : nil
    }

    /// Looks for fewer sites that serve all: closes the one whose closing costs
    /// least, exchanges sites until all is served again, and so on.
    private func exchangeFewer(by scores: [Double], atLeast bound: Double) {
        while let now = best, now.value > (bound - 1e-6).rounded(.up), control.end == nil {
            let fewer = now.sites.map { site in now.sites.filter { $0 != site } }
            guard let start = fewer.min(by: { value.penalty($0) < value.penalty($1) }) else { return }
            interchange(from: start, by: scores, enough: nothingLeft)
            if let best, best.value >= now.value { return }
        }
    }

    // MARK: - The program

    /// A column for each entry that says how much of the demand goes that way, as
    /// a share of the most that can. That no share goes to a closed site is a row for each entry, looked
    /// for only when a solution breaks it: these rows make the bound good.
    func capacityProgram(costAtMost level: Double) -> CompactProgram {
        var program = siteProgram(cost: problem.goal == .all || problem.goal == .center ? 1 : 0)
        setScale(of: &program)
        let columns = columnOfSite
        var served = Array(repeating: [(column: Int, weight: Double)](), count: problem.table.siteCount)
        let beyond = problem.beyondCost
        if problem.goal == .center, let beyond, level >= beyond { return program }
        for (row, weight, demand) in capacityRows(costAtMost: level) {
            if weight == 0 {
                addReached(row, columns, to: &program)
                continue
            }
            var parts: [(column: Int, most: Double)] = []
            for (site, cost) in zip(row.sites, row.costs) {
                let most = min(weight, problem.capacities[site])
                guard most > 0 else { continue }
                let price = problem.goal == .cover ? 1 : problem.goal == .median ? cost : 0
                let column = program.program.addColumn(
                    lower: 0, upper: 1, cost: price == 0 ? 0 : program.scale * most * price, isInteger: false)
                parts.append((column, most))
                served[site].append((column, most))
                if columns[site] >= 0 {
                    program.links.append(
                        CompactProgram.Link(column: column, site: columns[site], demand: demand, cost: cost))
                }
            }
            if let beyond, problem.goal == .median {
                let column = program.program.addColumn(
                    lower: 0, upper: 1, cost: program.scale * weight * beyond, isInteger: false)
                parts.append((column, weight))
            }
            let greatest = parts.reduce(0) { max($0, $1.most) }
            for part in parts { program.program.add(part.column, part.most / greatest) }
            let whole = greatest > 0 ? weight / greatest : 1
            program.program.endRow(lower: problem.goal == .cover ? 0 : whole, upper: whole)
        }
        addCapacities(served, columns, to: &program)
        return program
    }

    private func setScale(of program: inout CompactProgram) {
        let greatest = problem.weights.max() ?? 0
        let known = best?.value
        let isWhole =
            WholeNumbers.step(problem.weights) > 0 && WholeNumbers.step(problem.capacities.filter(\.isFinite)) > 0
        switch problem.goal {
        case .cover:
            program.scale = -CompactProgram.scale(1_000, greatest, known: known)
            program.valueStep = isWhole ? 1 : 0
        case .median:
            program.scale = CompactProgram.scale(1_000, greatest * (problem.allCosts.max() ?? 0), known: known)
            program.valueStep = isWhole && WholeNumbers.step(problem.allCosts) > 0 ? 1 : 0
        case .all, .center: program.valueStep = 1
        }
    }

    /// Demands with the same entries, together, in the order of the first of
    /// each, which stands for them; those without weight apart, because they have to be reached only.
    private func capacityRows(costAtMost level: Double) -> [(row: Row, weight: Double, demand: Int)] {
        var rows: [(row: Row, weight: Double, demand: Int)] = []
        var numbers: [Row: Int] = [:]
        let limit = min(level, problem.beyondCost ?? .infinity)
        for demand in problem.weights.indices where value.isReachable[demand] {
            let weight = problem.weights[demand]
            if weight == 0, problem.goal == .cover || problem.beyondCost != nil && problem.goal == .median { continue }
            let entries = value.row(demand).filter { problem.table.costs[$0] <= limit }
            let row = Row(
                sites: entries.map { Int(problem.table.sites[$0]) }, costs: entries.map { problem.table.costs[$0] },
                need: weight == 0 ? 0 : 1)
            if let number = numbers[row] {
                rows[number].weight += weight
            } else {
                numbers[row] = rows.count
                rows.append((row, weight, demand))
            }
        }
        return rows
    }

    private func addReached(_ row: Row, _ columns: [Int], to program: inout CompactProgram) {
        if row.sites.contains(where: { columns[$0] < 0 }) { return }
        for site in row.sites { program.program.add(columns[site], 1) }
        program.program.endRow(lower: 1, upper: .infinity)
    }

    private func addCapacities(
        _ served: [[(column: Int, weight: Double)]], _ columns: [Int], to program: inout CompactProgram
    ) {
        for site in served.indices where !served[site].isEmpty {
            let greatest = served[site].map(\.weight).max() ?? 1
            let all = served[site].reduce(0) { $0 + $1.weight }
            if columns[site] < 0, problem.capacities[site] >= all { continue }
            for (column, weight) in served[site] { program.program.add(column, weight / greatest) }
            let capacity = min(problem.capacities[site], all) / greatest
            if columns[site] >= 0 { program.program.add(columns[site], -capacity) }
            program.program.endRow(lower: -.infinity, upper: columns[site] >= 0 ? 0 : capacity)
        }
    }
}
