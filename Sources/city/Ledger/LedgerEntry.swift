import Spatial

/// One row of the ledger, with what is wrong in it.
struct LedgerEntry {
    /// How a row differs from a clean one.
    enum Dirt: String {
        case none, sharedName, spaces, wide, brackets, otherWord, address, addressOnly, nameOnly, unit, thousands
        case blanks, share, slashes, dots, chinese, serial, packed, month, mistyped, otherAddress, point, repeated
        case nothing, brokenName, merged

        /// What usual rows have in turn.
        static let usual: [Dirt] = [
            .spaces, .wide, .brackets, .otherWord, .address, .addressOnly, .nameOnly, .unit, .thousands, .blanks,
            .share,
            .slashes, .dots, .chinese, .serial, .packed, .month,
        ]
    }

    /// What becomes of a row when it is imported.
    enum Landing: String { case added, changed, unchanged, unsure, rejected }

    let dirt: Dirt
    var ref: String?
    var code: String?
    var name: String?
    var address: String?
    var floorAreaSquareMeters: Int?
    var vacantAreaSquareMeters: Int?
    var taxWan: Int?
    var manager: String?
    var position: LonLat?
    private var isChanged = false

    /// A row about a building.
    init(_ building: LedgerBuilding, code: String, dirt: Dirt, named: String? = nil, address: String? = nil) {
        self.dirt = dirt
        self.code = code
        ref = building.ref
        name = named ?? building.name
        self.address = dirt == .mistyped ? nil : address ?? building.address
        floorAreaSquareMeters = building.floorAreaSquareMeters
        vacantAreaSquareMeters = building.vacantAreaSquareMeters
        taxWan = building.taxWan
        manager = building.manager
        spoil()
    }

    /// A row about a building that no map shows.
    init(point: LonLat, name: String, code: String) {
        dirt = .point
        (self.name, self.code, ref, position) = (name, code, code, point)
        (floorAreaSquareMeters, vacantAreaSquareMeters, taxWan, manager) = (12_000, 3000, 0, "筹建组")
    }

    /// A row that says nothing of which building it is about.
    init(_ dirt: Dirt) {
        self.dirt = dirt
        (floorAreaSquareMeters, taxWan) = (1234, 5)
    }

    /// The same row once more.
    var repeated: LedgerEntry {
        var copy = LedgerEntry(.repeated)
        (copy.ref, copy.code, copy.name, copy.address) = (ref, code, name, address)
        (copy.floorAreaSquareMeters, copy.vacantAreaSquareMeters) = (floorAreaSquareMeters, vacantAreaSquareMeters)
        (copy.taxWan, copy.manager) = (taxWan, manager)
        return copy
    }

    /// What the name and the address become in the hands of people.
    private mutating func spoil() {
        guard let name, let address else { return }
        switch dirt {
        case .spaces: self.name = "  " + name.map { String($0) }.joined(separator: " ") + "　"
        case .brackets: self.name = name + "（原" + String(name.prefix(2)) + "商场）"
        case .otherWord where name.hasSuffix("大厦"): self.name = String(name.dropLast(2)) + "大楼"
        case .wide: self.address = address.map { $0.isASCII ? Self.wide($0) : String($0) }.joined()
        case .address: self.address = Words.city + address.replacing("号", with: "#") + " 1幢"
        case .addressOnly: self.name = nil
        case .nameOnly: self.address = nil
        default: break
        }
    }

    /// A letter or digit in full width.
    static func wide(_ character: Character) -> String {
        character.unicodeScalars.map { scalar in
            (33...126).contains(scalar.value)
                ? String(UnicodeScalar(scalar.value + 0xFEE0).map(Character.init) ?? character) : String(scalar)
        }.joined()
    }

    /// Lets somebody move in.
    mutating func change() {
        vacantAreaSquareMeters = (vacantAreaSquareMeters ?? 0) + 111
        isChanged = true
    }

    /// Gives the building another name.
    mutating func rename(_ name: String) {
        self.name = name
        isChanged = true
    }

    /// What becomes of the row in the first month, or in the next.
    func landing(isFirst: Bool) -> Landing {
        switch dirt {
        case .nothing, .brokenName: return .rejected
        case .repeated: return .unchanged
        case .point: return isFirst || isNewThen ? .added : .unchanged
        case .mistyped, .otherAddress: return isFirst ? .unsure : .unchanged
        default: return isFirst || isChanged ? .changed : .unchanged
        }
    }

    /// Whether the building is one of next month's.
    private var isNewThen: Bool { (code ?? "") >= "QL-9009" }
}
