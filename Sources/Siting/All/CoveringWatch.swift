/// Listens to the search for one part of a covering program and knows what the
/// other parts add.
struct CoveringWatch {
    let control: PlacementControl
    /// The gap that is good enough.
    let gap: Double
    /// What is added to values and bounds before anybody hears of them.
    var valueOffset = 0.0
    var boundOffset = 0.0
    /// Whether anybody hears of them.
    var isAudible: Bool

    /// Why the search has to end, with what it has so far.
    func end(value: Double, bound: Double) -> PlacementAnswer.End? {
        if let end = control.end { return end }
        guard gap > 0, value.isFinite else { return nil }
        let reached = PlacementAnswer.gap(value: value + valueOffset, bound: bound + boundOffset)
        return reached <= gap ? .gapReached : nil
    }

    /// Tells where the search is.
    func tell(value: Double, bound: Double) {
        guard isAudible else { return }
        let value = value + valueOffset
        control.tell(value: value.isFinite ? value : nil, bound: min(value, bound + boundOffset))
    }
}
