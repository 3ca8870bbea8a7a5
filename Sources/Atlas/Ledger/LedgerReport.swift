public import Messages
import Spatial

/// What became of a ledger's rows.
public struct LedgerReport: Sendable {
    /// The sheet that was read.
    public var sheet = ""
    /// Rows that changed something, that are unsure, or that were not taken,
    /// in their order; then records that were ended.
    public var landings: [LedgerLanding] = []
    /// Rows that are no records.
    public var remarks: [LedgerAside] = []
    /// What each column was taken for.
    public var columns: [LedgerColumnUse] = []
    /// Where the unsure rows were written; `nil` where there are none.
    public var review: String?

    /// Makes an empty report.
    public init() {}
}

/// A row that is no record.
public struct LedgerAside: Hashable, Sendable {
    /// Its number.
    public let row: Int
    /// What it is: `title`, `total`, `note`, `header`, `section`, `outside`.
    public let kind: String
    /// Its first words.
    public let text: String
}

/// What a column of a ledger was taken for.
public struct LedgerColumnUse: Sendable {
    /// Its headings.
    public let heading: String
    /// The column, attribute or role; `nil` where it is left out.
    public let field: String?
    /// The unit that its numbers came in, where they were converted.
    public let unit: String?
    /// How many cells said that there is nothing (`-`, 无, 待定).
    public let blanks: Int
}

/// What became of one row.
public struct LedgerLanding: Sendable {
    /// What became of it.
    public enum Kind: String, Sendable {
        /// A record of its own was made.
        case added
        /// Its record changed.
        case changed
        /// Its record said the same already, or the row is to be skipped.
        case unchanged
        /// A person has to say which record it is about.
        case unsure
        /// It cannot be taken.
        case rejected
        /// The record is no longer in the ledger.
        case ended
        /// The record seems to be no longer in the ledger, but a row that
        /// nobody has decided on may be about it: it stays.
        case held
    }

    /// The row's number; `nil` for a record that ended.
    public let row: Int?
    /// What became of it.
    public let kind: Kind
    /// The record's ref, where it is known.
    public var ref: String?
    /// What the row calls it, or the record's name.
    public var name: String?
    /// By what the record was found.
    public var evidence: LedgerEvidence?
    /// The cell that the reason is about.
    public var cell: String?
    /// What changed.
    public var changes: [LedgerChange] = []
    /// Why it is unsure or was not taken.
    public var reason: Text?
    /// Single cells that were not taken, and why.
    public var notes: [LedgerCellNote] = []
    /// Records that it may be about.
    public var candidates: [LedgerCandidate] = []

    init(row: Int?, kind: Kind, ref: String? = nil, name: String? = nil) {
        (self.row, self.kind, self.ref, self.name) = (row, kind, ref, name)
    }
}
