extension SitePlan {
    /// The plan with its sums as what they are: of tenths. Floor areas are
    /// tenths of a square metre and costs sixteenths of a second, which sums of
    /// doubles miss by some billionths.
    var inTenths: SitePlan {
        var plan = self
        if goal == .cover || goal == .median && equity == nil {
            let unit = goal == .cover ? 10.0 : 160
            plan.value = Self.rounded(value, unit)
            // A bound stays one: it is not rounded to the better side.
            plan.bound = isProved ? plan.value : goal == .cover ? max(bound, plan.value) : min(bound, plan.value)
            plan.stations = stations.map { $0.rounded(gainUnit: unit) }
            plan.next?.gain = Self.rounded(next?.gain ?? 0, unit)
            for rank in ranking.indices {
                let (value, bound) = (Self.rounded(ranking[rank].value, unit), ranking[rank].bound)
                let isMet = bound == ranking[rank].value
                plan.ranking[rank].value = value
                plan.ranking[rank].bound = isMet ? value : goal == .cover ? max(bound, value) : min(bound, value)
                plan.ranking[rank].gain = ranking[rank].gain.map { Self.rounded($0, unit) }
            }
        } else {
            plan.stations = stations.map { $0.rounded(gainUnit: goal == .all ? 10 : 16) }
        }
        plan.apart = apart?.inTenths(unit: goal == .cover ? 10 : goal == .median ? 160 : 16)
        plan.demandWeight = Self.rounded(demandWeight, 10)
        plan.kept = kept.map { $0.rounded(gainUnit: 10) }
        for index in boundaries.indices {
            plan.boundaries[index].weight = Self.rounded(boundaries[index].weight, 10)
            plan.boundaries[index].servedBefore = Self.rounded(boundaries[index].servedBefore, 10)
            plan.boundaries[index].servedAfter = Self.rounded(boundaries[index].servedAfter, 10)
        }
        return plan
    }

    static func rounded(_ number: Double, _ unit: Double) -> Double { (number * unit).rounded() / unit }
}

extension PlannedStation {
    fileprivate func rounded(gainUnit: Double) -> PlannedStation {
        var station = self
        station.gain = gain.map { SitePlan.rounded($0, gainUnit) }
        station.servedWeight = SitePlan.rounded(servedWeight, 10)
        for side in sides.indices { station.sides[side].weight = SitePlan.rounded(sides[side].weight, 10) }
        return station
    }
}

extension ApartPlan {
    fileprivate func inTenths(unit: Double) -> ApartPlan {
        func rounded(_ outcome: Outcome) -> Outcome {
            var outcome = outcome
            outcome.value = SitePlan.rounded(outcome.value, unit)
            if outcome.isProved { outcome.bound = outcome.value }
            outcome.unservedWeight = SitePlan.rounded(outcome.unservedWeight, 10)
            return outcome
        }
        var plan = self
        plan.together = rounded(together)
        plan.apart = rounded(apart)
        plan.price = SitePlan.rounded(price, unit)
        plan.stations = stations.map { $0.rounded(gainUnit: unit) }
        return plan
    }
}
