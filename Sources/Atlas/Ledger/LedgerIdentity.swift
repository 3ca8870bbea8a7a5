import Exchange
import Spatial

/// What a row says of which record it is about.
struct LedgerIdentity: Hashable {
    /// What a row may say of it.
    enum Part: CaseIterable { case name, address, code, ref, position }

    /// The ref that the row gives.
    var ref: String?
    /// The code that the row gives.
    var code: String?
    /// The name.
    var name: String?
    /// The address.
    var address: String?
    /// The position in WGS 84.
    var position: LonLat?

    /// Whether the row says nothing of it.
    var isEmpty: Bool { ref == nil && code == nil && name == nil && address == nil && position == nil }

    /// The words as one text, by which a decision about the row is remembered;
    /// with the position to a tenth of a metre where they do not say more than
    /// a name.
    var key: String {
        let name = name.map(NameForms.strict) ?? ""
        let address = address.map(AddressForm.whole) ?? ""
        var parts = [ref.map(LedgerText.key) ?? "", code.map(LedgerText.key) ?? "", name, address]
        if let position, parts[0].isEmpty, parts[1].isEmpty, parts[3].isEmpty {
            parts += [position.longitude, position.latitude].map { String(($0 * 1e6).rounded() / 1e6) }
        }
        return parts.joined(separator: "\u{1F}")
    }
}

/// A record that a row may be about.
public struct LedgerCandidate: Sendable, Hashable {
    /// The record's row number.
    public let fid: Int64
    /// Its ref.
    public let ref: String
    /// Its name.
    public let name: String?
    /// Its address.
    public let address: String?
    /// How alike name and address are, 0 to 1.
    public let score: Double
    /// Metres from the row's position to the record's edge; `nil` where either has none.
    public let distanceMeters: Double?
}

/// What became of a row's search for its record.
enum LedgerMatch {
    /// The record, and by what it was found.
    case found(fid: Int64, by: LedgerEvidence)
    /// There is none yet, and the row says where it stands.
    case new
    /// It cannot be told.
    case unsure(LedgerDoubt, [LedgerCandidate])
}

/// By what a row found its record.
public enum LedgerEvidence: String, Sendable {
    /// The ref.
    case ref
    /// The code.
    case code
    /// The name or another name.
    case name
    /// The address.
    case address
    /// The position.
    case point
    /// A person decided.
    case review
}
