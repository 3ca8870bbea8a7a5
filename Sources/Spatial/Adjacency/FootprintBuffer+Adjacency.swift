import Dispatch
import Synchronization

extension FootprintBuffer {
    /// All pairs of buildings that share a point or stand within a gap.
    ///
    /// Whether two share a point (also where one contains the other) is
    /// decided exactly on the degrees given; metres are those of the WGS 84
    /// ellipsoid at the pair's latitude. Outlines across the antimeridian are
    /// to be cut there.
    ///
    /// - Parameter gapMeters: how far apart two may stand; 0 for those alone
    ///   that share a point.
    /// - Returns: each pair once, sorted by `first`, then `second`; the same
    ///   for the same input, whatever the number of processors.
    /// - Complexity: O(n log n + pairs), on all processors.
    public func adjacentPairs(within gapMeters: Double) -> [FootprintPair] {
        guard gapMeters >= 0, gapMeters.isFinite else { return [] }
        let tree = PackedHilbertTree(boxes)
        let leavesAShare = max(64, tree.leafCount / 256)
        let shares = (tree.leafCount + leavesAShare - 1) / leavesAShare
        let found = Mutex<[FootprintPair]>([])
        bytes.withUnsafeBytes { bytes in
            // Only read, and only until concurrentPerform returns.
            nonisolated(unsafe) let bytes = bytes
            DispatchQueue.concurrentPerform(iterations: shares) { share in
                var survey = FootprintSurvey(
                    view: FootprintView(bytes: bytes, rings: rings, firstRing: firstRing), boxes: boxes,
                    gapMeters: gapMeters)
                let leaves = share * leavesAShare..<min((share + 1) * leavesAShare, tree.leafCount)
                let pairs = survey.pairs(ofLeaves: leaves, in: tree)
                found.withLock { $0.append(contentsOf: pairs) }
            }
        }
        return found.withLock { $0 }.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    }
}
