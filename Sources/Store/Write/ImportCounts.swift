/// What an import did to a layer.
///
/// `read` equals `added + changed + unchanged + unsure + rejected`.
public struct ImportCounts: Hashable, Sendable {
    /// Records in the source.
    public var read = 0
    /// Records that were new.
    public var added = 0
    /// Records that differ from what stood there.
    public var changed = 0
    /// Records that stood there just so.
    public var unchanged = 0
    /// Records that the source no longer holds (`--sync`).
    public var ended = 0
    /// Records whose geometry was mended; they count as added, changed or unchanged too.
    public var repaired = 0
    /// Records that were not taken; they stand in `rejected_record`.
    public var rejected = 0
    /// Objects whose parts are missing in the source (OSM relations).
    public var incomplete = 0

    /// Rows of a ledger whose record a person has to name.
    public var unsure = 0

    /// Counts of nothing.
    public init() {}

    /// The sum of two counts.
    public static func + (a: ImportCounts, b: ImportCounts) -> ImportCounts { a.combined(with: b, +) }

    /// What was done since an earlier count.
    public func since(_ earlier: ImportCounts) -> ImportCounts { combined(with: earlier, -) }

    private func combined(with other: ImportCounts, _ operation: (Int, Int) -> Int) -> ImportCounts {
        var result = ImportCounts()
        for field: WritableKeyPath<ImportCounts, Int> in [
            \.read, \.added, \.changed, \.unchanged, \.ended, \.repaired, \.rejected, \.incomplete,
            \.unsure,
        ] {
            result[keyPath: field] = operation(self[keyPath: field], other[keyPath: field])
        }
        return result
    }
}
