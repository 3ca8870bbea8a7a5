import Spatial

/// The packed Hilbert R-tree of a FlatGeobuf file: nodes of sixteen, level by
/// level from the root, 40 bytes each. Source: FlatGeobuf, specification 3.
struct FlatGeobufIndex {
    /// Children of a node.
    static let nodeSize = 16

    private var nodes: [(box: BoundingBox, offset: UInt64)] = []

    /// Packs leaves in the order in which their features are written.
    ///
    /// - Parameters:
    ///   - boxes: of the features.
    ///   - offsets: in bytes from the first feature.
    init(boxes: [BoundingBox], offsets: [UInt64]) {
        guard !boxes.isEmpty else { return }
        var sizes = [boxes.count]
        while let last = sizes.last, last > 1 { sizes.append((last + Self.nodeSize - 1) / Self.nodeSize) }
        if sizes.count == 1 { sizes.append(1) }
        // The root stands first, the leaves last.
        var starts: [Int] = []
        var end = sizes.reduce(0, +)
        nodes = Array(repeating: (.empty, 0), count: end)
        for size in sizes {
            end -= size
            starts.append(end)
        }
        for leaf in boxes.indices { nodes[starts[0] + leaf] = (boxes[leaf], offsets[leaf]) }
        for level in 1..<sizes.count {
            for parent in 0..<sizes[level] {
                let first = parent * Self.nodeSize
                var box = BoundingBox.empty
                for child in first..<min(first + Self.nodeSize, sizes[level - 1]) {
                    box.add(nodes[starts[level - 1] + child].box)
                }
                nodes[starts[level] + parent] = (box, UInt64(starts[level - 1] + first))
            }
        }
    }

    /// Appends all nodes.
    func append(to bytes: inout [UInt8]) {
        bytes.reserveCapacity(bytes.count + 40 * nodes.count)
        for node in nodes {
            for edge in [node.box.west, node.box.south, node.box.east, node.box.north] {
                bytes.append(littleEndian: edge.bitPattern)
            }
            bytes.append(littleEndian: node.offset)
        }
    }
}
