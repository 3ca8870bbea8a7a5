public import Messages
public import Store

extension Atlas {
    /// What was imported, oldest first, and the number that rises with every
    /// change of the atlas.
    ///
    /// - Throws: `Failure`.
    /// - Complexity: O(imports).
    public func provenance() throws(Failure) -> (imports: [StoredSource], dataVersion: Int) {
        try file.snapshot { (try file.sources(), try file.dataVersion()) }
    }
}
