import Foundation

extension Building {
    /// A building with all that follows from its outline and storeys.
    init(
        _ footprint: Footprint, use: Use, storeys: Int, storeyMeters: Double, address: String, yearBuilt: Int
    ) {
        let floorArea = Int((footprint.areaSquareMeters * Double(storeys)).rounded())
        self.init(
            footprint: footprint, address: address, use: use, storeys: storeys,
            heightMeters: (Double(storeys) * storeyMeters * 10).rounded() / 10,
            floorAreaSquareMeters: floorArea > 0 ? floorArea : nil, yearBuilt: yearBuilt, residents: 0)
    }

    /// Enters it into the ledger of commercial buildings.
    mutating func addLedger(_ random: inout SplitMix64) {
        let area = Double(floorAreaSquareMeters ?? 0)
        let vacancy = random.between(0.02, 0.42)
        vacantAreaSquareMeters = Int((area * vacancy).rounded())
        grade = area > 45000 ? random.pick(["超甲级", "甲级"]) : area > 18000 ? random.pick(["甲级", "乙级"]) : "乙级"
        let tenants = max(1, Int(area * (1 - vacancy) / random.between(180, 620)))
        business = Business(
            tenants: tenants, taxWan: Int((Double(tenants) * random.between(4, 60)).rounded()),
            manager: Words.firm(&random).zh + "物业")
        if random.chance(0.06) { floorAreaSquareMeters = nil }
    }

    /// Moves residents in, by the floor area.
    mutating func settle(_ random: inout SplitMix64) {
        let area = Double(floorAreaSquareMeters ?? 1200)
        residents = Int((area * (use == .mixed ? 0.6 : 1) / random.between(34, 52)).rounded())
    }

    /// Leaves out what nobody wrote down.
    mutating func forget(_ random: inout SplitMix64) {
        if random.chance(0.1) { floorAreaSquareMeters = nil }
        if random.chance(0.15) { yearBuilt = nil }
    }
}
