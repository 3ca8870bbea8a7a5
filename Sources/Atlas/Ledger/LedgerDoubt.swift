import Messages

/// Why a row cannot be joined without a person.
enum LedgerDoubt: Hashable {
    /// Several records fit equally well.
    case several
    /// Nothing fits.
    case nothingFits
    /// Something is alike, but not enough.
    case weak
    /// The name says one record and the address another.
    case addressDisagrees
    /// The name says one record and the position another.
    case pointDisagrees(meters: Double)
    /// The code says one record and the name another.
    case codeDisagrees
    /// The record has another code.
    case otherCode
    /// The record stands on that position and has another name.
    case otherName
    /// The code is no record's.
    case keyUnknown

    /// Whether nothing speaks for any record, so that more may be looked for.
    var isOpen: Bool { self == .weak || self == .nothingFits }

    /// What of the row is in doubt.
    var part: LedgerIdentity.Part {
        switch self {
        case .several, .nothingFits, .weak: .name
        case .addressDisagrees: .address
        case .pointDisagrees, .otherName: .position
        case .codeDisagrees, .otherCode, .keyUnknown: .code
        }
    }

    /// The reason in words.
    var text: Text {
        switch self {
        case .several: .ledgerSeveral
        case .nothingFits: .ledgerNothingFits
        case .weak: .ledgerWeak
        case .addressDisagrees: .ledgerAddressDisagrees
        case .pointDisagrees(let meters): .ledgerPointDisagrees(meters)
        case .codeDisagrees: .ledgerCodeDisagrees
        case .otherCode: .ledgerOtherCode
        case .otherName: .ledgerOtherName
        case .keyUnknown: .ledgerKeyUnknown
        }
    }
}
