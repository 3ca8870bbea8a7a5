public import Messages

/// How a ledger is read: a sheet or table whose rows are about records that
/// the atlas has.
public struct LedgerOptions: Sendable {
    /// The sheet; `nil` takes the first.
    public var sheet: String?
    /// How many rows the header has; `nil` finds out.
    public var headerRows: Int?
    /// By what rows find their records; `nil` tries everything and wants agreement.
    public var join: Join?
    /// A file that says what the columns are.
    public var mapping: String?
    /// Where rows that are unsure are written; `nil` puts them beside the input.
    public var review: String?
    /// What a row is about; `nil` where the user did not say: a record.
    public var rowsAre: RowKind?
    /// Columns that are summed up where rows are enterprises.
    public var sums: [String] = []

    /// The language of the review table's reasons.
    public var language = Language.zh

    /// By what a row finds its record.
    public enum Join: String, Sendable, CaseIterable {
        /// The record's ref.
        case ref
        /// A code that the record keeps.
        case code
        /// The name, or another name of the record.
        case name
        /// The address: street and number.
        case address
        /// The position: in the outline.
        case point
    }

    /// What a row is about.
    public enum RowKind: String, Sendable, CaseIterable {
        /// A record of the layer.
        case record
        /// An enterprise in a building: counted and summed up there.
        case enterprise
    }

    /// Whether anything was said that only a ledger understands.
    var isGiven: Bool {
        sheet != nil || headerRows != nil || join != nil || mapping != nil || review != nil || rowsAre != nil
    }

    /// Makes the defaults.
    public init() {}
}
