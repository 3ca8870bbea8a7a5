public import Messages
public import Store

extension Atlas {
    /// What was imported, oldest first, and the number that rises with every
    /// change of the atlas; for the public without names of files.
    ///
    /// - Throws: `Failure`.
    /// - Complexity: O(imports).
    public func provenance() throws(Failure) -> (imports: [StoredSource], dataVersion: Int) {
        try file.snapshot { (asTold(try file.sources()), try file.dataVersion()) }
    }

    /// Imports as they may be told.
    func asTold(_ sources: [StoredSource]) -> [StoredSource] {
        disclosed == nil ? sources : sources.map(\.withoutFile)
    }
}
