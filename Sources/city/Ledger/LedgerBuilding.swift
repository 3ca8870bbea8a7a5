import Spatial

/// A building as the office enters it into its ledger.
struct LedgerBuilding {
    let ref: String
    /// Empty where nobody named it.
    let name: String
    let address: String
    let floorAreaSquareMeters: Int
    let vacantAreaSquareMeters: Int
    let taxWan: Int
    let manager: String
    /// The south-western corner of the box around it.
    let corner: LonLat

    /// The entry of a building.
    init(_ building: Building, ref: String) {
        self.ref = ref
        name = building.name ?? ""
        address = building.address
        floorAreaSquareMeters = building.floorAreaSquareMeters ?? 10_000
        vacantAreaSquareMeters = building.vacantAreaSquareMeters ?? 500
        taxWan = building.business?.taxWan ?? 0
        manager = building.business?.manager ?? "自管"
        let box = building.footprint.geometry.box
        corner = LonLat(box.west, box.south)
    }
}
