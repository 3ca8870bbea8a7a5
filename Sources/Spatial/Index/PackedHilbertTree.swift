/// A static packed Hilbert R-tree over boxes, in two flat arrays.
///
/// The boxes stand in the order of the Hilbert curve through their centres;
/// every sixteen of them have one parent, every sixteen parents a
/// grandparent, up to one root. A place in a level says where the children
/// stand, so no link is stored. Boxes without a place (empty, or with an edge
/// that is not finite) are in no answer.
///
/// Boxes do not cross the antimeridian: what does is indexed as two boxes,
/// and a box query across it is asked twice. The nearest search measures
/// across it by itself.
public struct PackedHilbertTree: Sendable {
    /// Children of a node.
    @usableFromInline static let nodeSize = 16

    /// How many boxes are indexed.
    public var count: Int { indices.count }

    /// The box around everything indexed; empty where nothing is.
    public var extent: BoundingBox { boxes.last ?? .empty }

    /// The boxes of all levels: the items, their parents, … the root.
    @usableFromInline let boxes: [BoundingBox]
    /// The caller's index of each item, in tree order.
    @usableFromInline let indices: [UInt32]
    /// Where each level begins in `boxes`, and where the last one ends.
    @usableFromInline let levelStarts: [Int]

    /// Indexes boxes in degrees.
    ///
    /// - Precondition: fewer than 2^32 boxes.
    /// - Complexity: O(boxes).
    public init(_ boxes: [BoundingBox]) {
        indices = HilbertCurve.order(of: boxes)
        var levels: [BoundingBox] = []
        levels.reserveCapacity(indices.count + indices.count / (Self.nodeSize - 1) + 8)
        for index in indices { levels.append(boxes[Int(index)]) }
        var starts = [0, levels.count]
        var first = 0
        while levels.count - first > 1 {
            let end = levels.count
            for child in stride(from: first, to: end, by: Self.nodeSize) {
                var parent = levels[child]
                for sibling in (child + 1)..<max(child + 1, min(child + Self.nodeSize, end)) {
                    parent.add(levels[sibling])
                }
                levels.append(parent)
            }
            first = end
            starts.append(levels.count)
        }
        self.boxes = levels
        levelStarts = starts
    }

    /// Appends the index of every box that shares a point with `box`; edges
    /// count.
    ///
    /// - Parameters:
    ///   - box: degrees; nothing meets an empty box, or one with a NaN.
    ///   - found: grows by the indices, in tree order; give the same array to
    ///     many queries and no memory is asked for.
    /// - Complexity: O(log n + answers) for boxes as maps have them.
    public func appendIndices(intersecting box: BoundingBox, to found: inout [Int]) {
        guard !indices.isEmpty else { return }
        search(box, level: levelStarts.count - 2, from: 0, to: 1, &found)
    }

    /// The indices of the boxes that share a point with `box`, ascending.
    public func indices(intersecting box: BoundingBox) -> [Int] {
        var found: [Int] = []
        appendIndices(intersecting: box, to: &found)
        found.sort()
        return found
    }

    /// Looks through the nodes `first..<last` of a level and below.
    private func search(_ box: BoundingBox, level: Int, from first: Int, to last: Int, _ found: inout [Int]) {
        let start = levelStarts[level]
        if level == 0 {
            for place in first..<last where boxes[place].intersects(box) { found.append(Int(indices[place])) }
            return
        }
        let countBelow = start - levelStarts[level - 1]
        for place in first..<last where boxes[start + place].intersects(box) {
            let child = place * Self.nodeSize
            search(box, level: level - 1, from: child, to: min(child + Self.nodeSize, countBelow), &found)
        }
    }
}
