public import Spatial
public import Store

/// How a file is to be imported.
public struct ImportOptions: Sendable {
    /// The layer; `nil` lets the file decide.
    public var layer: Layer?
    /// The CRS of the data; `nil` takes what the file or its format says.
    public var crs: CoordinateDeclaration?
    /// Columns and the source fields that fill them.
    public var map: [(column: String, field: String)] = []
    /// Columns and the constants that fill them.
    public var set: [(column: String, value: String)] = []
    /// Source fields that make up the ref; empty lets the data decide.
    public var key: [String] = []
    /// Whether records that the source no longer holds are marked ended.
    public var sync = false
    /// The level of boundaries; `nil` takes the source's.
    public var level: BoundaryLevel?
    /// What happens to invalid geometry.
    public var onInvalid = OnInvalid.repair
    /// Members of `attributes` that become real columns.
    public var promote: [String] = []
    /// By how many metres the ends of streets may miss the streets that they
    /// meet; `nil` leaves what was stated before.
    public var snapGapMeters: Double?
    /// Whether nothing is kept.
    public var isDryRun = false
    /// Why the import is made; kept in the history.
    public var note: String?
    /// How a ledger is read.
    public var ledger = LedgerOptions()
    /// The file's name, for messages.
    var fileName = ""

    /// Source fields that make up the ref: those of `key`, else what `map`
    /// sends to the column; empty lets the data decide.
    func refFields(of layer: Layer) -> [String] {
        key.isEmpty ? map.filter { (layer.column($0.column)?.name ?? $0.column) == "ref" }.map(\.field) : key
    }

    /// Whether the user says what makes the ref.
    func namesRef(of layer: Layer) -> Bool { !refFields(of: layer).isEmpty }

    /// What happens to a record with invalid geometry.
    public enum OnInvalid: String, Sendable, CaseIterable {
        /// It is mended where that is possible, and rejected where not.
        case `repair`
        /// It is rejected.
        case reject
        /// The import stops and changes nothing.
        case abort
    }

    /// The options that say what the rows of a ledger mean, as the program takes them.
    var rowMeaning: [String] {
        var words: [String] = []
        if ledger.rowsAre == .enterprise { words += ["--as enterprise"] + ledger.sums.map { "--sum \($0)" } }
        if let crs { words.append("--crs \(crs.description)") }
        if let mapping = ledger.mapping { words.append("--mapping \(mapping.split(separator: "/").last ?? "")") }
        words += map.map { "--map \($0.column)=\($0.field)" } + key.map { "--key \($0)" }
        return words + set.map { "--set \($0.column)=\($0.value)" }
    }

    /// Makes the defaults.
    public init() {}
}
