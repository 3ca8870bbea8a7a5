/// From which sizes on the median solver goes about things in another way; the
/// answer does not depend on it.
struct MedianEffort: Sendable {
    /// Rows with twice as many entries in all are first looked at in part: in so many.
    var entriesOfSample = 1_000_000
    /// The most entries that rows are copied with as they are; of more, the near
    /// part of every row is looked at.
    var entriesCopied = 1_000_000
    /// How far that part reaches, as a multiple of the second nearest station's cost.
    var reach = 1.5
    /// How many numbers the open nodes of the tree may hold before the newest are
    /// looked at first.
    var numbersHeld = 12_000_000
    /// How many nodes are looked at before better answers are searched for.
    var nodesBeforeConcentrating = 100
}
