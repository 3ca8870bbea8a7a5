import Spatial

/// A box in units of 1e-7 degrees.
struct UnitBox: Sendable, Hashable {
    /// West, south, and east and north with their signs turned: a larger box
    /// is smaller in every lane.
    private(set) var lanes: SIMD4<Int32>

    static let empty = UnitBox(SIMD4(repeating: .max))

    private init(_ lanes: SIMD4<Int32>) { self.lanes = lanes }

    init(west: Int32, south: Int32, east: Int32, north: Int32) { lanes = SIMD4(west, south, -east, -north) }

    /// The nearest whole number that a box can hold.
    static func clamped(_ units: Double) -> Int32 { Int32(max(-2.1e9, min(2.1e9, units))) }

    @inline(__always)
    mutating func add(_ position: LonLat) {
        let (x, y) = (
            RasterLattice.units(clamping: position.longitude), RasterLattice.units(clamping: position.latitude)
        )
        lanes = pointwiseMin(lanes, SIMD4(x, y, -x, -y))
    }

    @inline(__always)
    mutating func add(_ other: UnitBox) { lanes = pointwiseMin(lanes, other.lanes) }

    var west: Int32 { lanes[0] }
    var south: Int32 { lanes[1] }
    var east: Int32 { -lanes[2] }
    var north: Int32 { -lanes[3] }
    var isEmpty: Bool { west > east || south > north }

    /// How near to the equator the box comes, in degrees; 0 for the empty box.
    var leastLatitude: Double {
        guard !isEmpty, south > 0 || north < 0 else { return 0 }
        return Double(min(abs(south), abs(north))) / RasterLattice.unitsPerDegree
    }

    /// Whether two boxes share a place.
    @inline(__always)
    func meets(_ other: UnitBox) -> Bool { isWithin(other.bound) }

    /// The box and all that lies west of it.
    var stretchedWest: UnitBox {
        UnitBox(SIMD4(-Int32(RasterLattice.lastEast), lanes[1], lanes[2], lanes[3]))
    }

    /// What a box's lanes do not exceed if it meets this one.
    fileprivate var bound: SIMD4<Int32> { SIMD4(-lanes[2], -lanes[3], -lanes[0], -lanes[1]) }

    @inline(__always)
    fileprivate func isWithin(_ bound: SIMD4<Int32>) -> Bool { all(lanes .<= bound) }
}

/// A tree over boxes that already stand near to their neighbours, as edges do
/// in the order of the Hilbert curve: sixteen to a node, nothing is sorted.
struct BoxTree: Sendable {
    /// The boxes of the items, then of their groups, then of the groups' groups.
    private let boxes: [UnitBox]
    /// Where the boxes of every level begin, and where the last ones end.
    private let starts: [Int]

    private static let groupSize = 16

    /// Makes a tree.
    ///
    /// - Complexity: O(n).
    init(_ items: [UnitBox]) {
        var boxes = items
        var starts = [0, items.count]
        boxes.reserveCapacity(items.count + items.count / 15 + 8)
        while let end = starts.last, end - starts[starts.count - 2] > 1 {
            let begin = starts[starts.count - 2]
            for first in stride(from: begin, to: end, by: Self.groupSize) {
                var box = UnitBox.empty
                for index in first..<min(end, first + Self.groupSize) { box.add(boxes[index]) }
                boxes.append(box)
            }
            starts.append(boxes.count)
        }
        self.boxes = boxes
        self.starts = starts
    }

    /// Adds the items whose boxes meet a box, in ascending order.
    func append(meeting box: UnitBox, to found: inout [Int]) {
        let top = starts.count - 2
        boxes.withUnsafeBufferPointer { boxes in
            visit(boxes, level: top, 0..<(starts[top + 1] - starts[top]), box.bound, &found)
        }
    }

    private func visit(
        _ boxes: UnsafeBufferPointer<UnitBox>, level: Int, _ range: Range<Int>, _ bound: SIMD4<Int32>,
        _ found: inout [Int]
    ) {
        for index in range where boxes[starts[level] + index].isWithin(bound) {
            if level == 0 {
                found.append(index)
            } else {
                let count = starts[level] - starts[level - 1]
                let first = index * Self.groupSize
                visit(boxes, level: level - 1, first..<min(count, first + Self.groupSize), bound, &found)
            }
        }
    }
}
