/// A building with what its file says.
struct Building {
    /// What it is used for; raw values are what the file says.
    enum Use: String {
        case office = "办公"
        case commerce = "商业"
        case residential = "住宅"
        case mixed = "商住"
        case industry = "厂房"
        case education = "教育"
    }

    var footprint: Footprint
    var name: String?
    var nameEnglish: String?
    var address: String
    /// What joins the towers of one podium.
    var complex: String?
    var use: Use
    var grade: String?
    var storeys: Int
    var heightMeters: Double
    /// `nil` where nobody wrote it down.
    var floorAreaSquareMeters: Int?
    var vacantAreaSquareMeters: Int?
    var yearBuilt: Int?
    var business: Business?
    var residents: Int
}

/// What the district's ledger knows of a commercial building.
struct Business {
    let tenants: Int
    /// In ten thousand yuan a year.
    let taxWan: Int
    let manager: String
}
