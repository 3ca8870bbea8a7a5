public import Messages
public import Spatial
public import Store

/// A correction of one record, or a record to add or to end, by hand.
public struct RecordEdit: Sendable {
    /// The record: its id, ref or name; of a new one, its name.
    public var record: String
    /// The ref that the record must have; one with another number is taken by
    /// its ref, and by nothing else.
    public var ref: String?
    /// Whether it is a row of a table: then `record` is an id or a ref, never a name.
    public var isRow = false
    /// Columns and what they shall hold, as text; an empty one empties the column.
    public var values: [(column: String, text: String)] = []
    /// Columns and what they must hold now, as text.
    public var expected: [(column: String, text: String)] = []
    /// What the row held when it was looked at.
    public var version: RowVersion?
    /// Where it stands, of a new record or a point that moved.
    public var geometry: Geometry?
    /// Where it comes from in a file.
    public var position: SourcePosition?

    /// Makes an edit that says nothing yet.
    public init(record: String) { self.record = record }
}

/// What became of edits.
public struct EditReport: Sendable {
    /// An edit that was not made.
    public struct Refusal: Sendable {
        /// The edit.
        public let edit: RecordEdit
        /// Why.
        public let reason: Text
        /// What kind of failure it would be, were it the only edit.
        public var code = Failure.Code.usage
        /// What to do about it, where there is something to say.
        public var hint: Text?
        /// Columns that somebody else has changed meanwhile: what they hold
        /// now, and what they should hold.
        public var conflicts: [(column: String, present: Attribute, wanted: Attribute)] = []
    }

    /// The records as they are now, and what changed.
    public internal(set) var done: [(feature: StoredFeature, cells: [RecordEvent.Cell])] = []
    /// How many records were like that already.
    public internal(set) var unchanged = 0
    /// The edits that were not made.
    public internal(set) var refused: [Refusal] = []
    /// Whether anything was kept.
    public internal(set) var isKept = false
    /// Names that are no columns of the layer and went to `attributes`.
    public internal(set) var attributes: [String] = []
}

/// How edits are made.
public struct EditOptions: Sendable {
    /// Why; kept in the history.
    public var note: String?
    /// The file that the edits come from.
    public var file: String?
    /// Whether good edits are made where others are refused; else it is all
    /// of them or none.
    public var isPartial = false
    /// Whether nothing is kept.
    public var isDryRun = false
    /// Rows of the file that could not be read; they count as refused.
    public var unread: [Rejection] = []
    /// Where records are looked up.
    public var layers = Layer.all

    /// Makes the defaults.
    public init() {}
}

/// Sets values of records.
///
/// - Throws: `Failure` of the atlas; single edits are refused in the report.
public func setRecords(_ edits: [RecordEdit], in path: String, options: EditOptions = EditOptions()) throws
    -> EditReport
{
    try Editing(path: path, verb: .set, options: options).run(edits) { try $0.set($1, $2) }
}

/// Marks records ended.
///
/// - Throws: `Failure` of the atlas; single edits are refused in the report.
public func endRecords(_ edits: [RecordEdit], in path: String, options: EditOptions = EditOptions()) throws
    -> EditReport
{
    try Editing(path: path, verb: .end, options: options).run(edits) { try $0.end($1, $2) }
}

/// Adds records to a layer; makes the atlas where it is missing.
///
/// - Throws: `Failure` of the atlas; single records are refused in the report.
public func addRecords(
    _ edits: [RecordEdit], to layer: Layer, in path: String, options: EditOptions = EditOptions()
) throws -> EditReport {
    try Editing(path: path, verb: .add, options: options).change {
        try EditRun($0, options: options).add(edits, to: layer)
    }
}

/// One run of edits over an atlas.
private struct Editing {
    let path: String
    let verb: ChangeVerb
    let options: EditOptions

    /// Looks the records up, then changes them.
    func run(
        _ edits: [RecordEdit], _ edit: (EditRun, RecordEdit, StoredFeature) throws -> EditOutcome
    ) throws -> EditReport {
        let found = try lookUp(edits)
        return try change { change in
            let run = EditRun(change, options: options)
            var seen: Set<String> = []
            for (one, target) in zip(edits, found) {
                switch target {
                case .failure(let failure): run.refuse(one, failure.what, failure.code, hint: failure.hint)
                case .success(let feature):
                    guard seen.insert(feature.id).inserted else {
                        run.refuse(one, .editedTwice(feature.id))
                        continue
                    }
                    try run.take(one) { try edit(run, one, feature) }
                }
            }
            return run
        }
    }

    private func lookUp(_ edits: [RecordEdit]) throws -> [Result<StoredFeature, Failure>] {
        let atlas = try Atlas(path: path)
        defer { try? atlas.file.close() }
        return try atlas.snapshot {
            edits.map { edit -> Result<StoredFeature, Failure> in
                Result { () throws(Failure) -> StoredFeature in
                    edit.isRow
                        ? try atlas.record(ofRow: edit, in: options.layers)
                        : try atlas.record(edit.record, in: options.layers)
                }
            }
        }
    }

    /// Runs edits in one change of the atlas.
    func change(_ body: (AtlasChange) throws -> EditRun) throws -> EditReport {
        let whole = { (change: AtlasChange) throws -> (EditReport, AtlasFile.Ending) in
            change.describe(as: verb, note: options.note)
            var report = try body(change).report
            report.refused += options.unread.map { rejection in
                var edit = RecordEdit(record: "")
                edit.position = rejection.position
                return EditReport.Refusal(edit: edit, reason: rejection.reason)
            }
            report.isKept =
                !report.done.isEmpty && (options.isPartial || report.refused.isEmpty) && !options.isDryRun
            return (report, report.isKept ? .commit : .rollBack)
        }
        return options.isDryRun ? try AtlasFile.rehearse(path: path, whole) : try AtlasFile.change(path: path, whole)
    }
}
