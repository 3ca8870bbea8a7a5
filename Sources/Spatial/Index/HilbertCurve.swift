/// The Hilbert curve over boxes: an order in which what is near on the map is
/// mostly near in memory.
public enum HilbertCurve {
    /// The place of a cell on the curve through a grid of 65,536 x 65,536.
    ///
    /// - Parameters:
    ///   - x: the column; only the low 16 bits count.
    ///   - y: the row; only the low 16 bits count.
    /// - Returns: the place from 0; each value belongs to one cell.
    /// - Complexity: O(1).
    @inlinable
    public static func index(x: UInt32, y: UInt32) -> UInt32 {
        var x = x
        var y = y
        var place: UInt32 = 0
        for bit in stride(from: UInt32(15), through: 0, by: -1) {
            let right = x >> bit & 1
            let upper = y >> bit & 1
            place = place << 2 | (3 &* right ^ upper)
            // The lower quarters are turned: both mirrored, and the right one flipped.
            let flip = 0 &- (right & ~upper)
            x ^= flip
            y ^= flip
            let turn = (x ^ y) & (upper &- 1)
            x ^= turn
            y ^= turn
        }
        return place
    }

    /// The indices of boxes in the order of the curve through their centres.
    ///
    /// The grid spans the box around all of them. Boxes without a place
    /// (empty, or with an edge that is not finite) are left out; equal places
    /// keep the order of the input.
    ///
    /// - Precondition: fewer than 2^32 boxes.
    /// - Complexity: O(boxes), a radix sort.
    public static func order(of boxes: [BoundingBox]) -> [UInt32] {
        precondition(boxes.count < Int(UInt32.max), "a Hilbert order numbers its boxes with 32 bits")
        var extent = BoundingBox.empty
        for box in boxes where box.hasPlace { extent.add(box) }
        guard !extent.isEmpty else { return [] }
        let columns = GridAxis(from: extent.west, to: extent.east)
        let rows = GridAxis(from: extent.south, to: extent.north)
        var entries: [UInt64] = []
        entries.reserveCapacity(boxes.count)
        for (index, box) in boxes.enumerated() where box.hasPlace {
            let place = self.index(x: columns.cell(box.west, box.east), y: rows.cell(box.south, box.north))
            entries.append(UInt64(place) << 32 | UInt64(truncatingIfNeeded: index))
        }
        sortByHighHalf(&entries)
        return entries.map { UInt32(truncatingIfNeeded: $0) }
    }

    /// Sorts by the upper 32 bits; equals keep their order.
    private static func sortByHighHalf(_ entries: inout [UInt64]) {
        let bitsAPass = 11
        var other = [UInt64](repeating: 0, count: entries.count)
        for shift in [32, 43, 54] {
            var starts = [Int](repeating: 0, count: 1 << bitsAPass)
            let mask = UInt64(starts.count - 1)
            for entry in entries { starts[Int(entry >> UInt64(shift) & mask)] += 1 }
            var total = 0
            for digit in starts.indices {
                let count = starts[digit]
                starts[digit] = total
                total += count
            }
            for entry in entries {
                let digit = Int(entry >> UInt64(shift) & mask)
                other[starts[digit]] = entry
                starts[digit] += 1
            }
            swap(&entries, &other)
        }
    }
}

/// One axis of the grid that the curve runs through.
private struct GridAxis {
    let origin: Double
    let cellsPerUnit: Double

    init(from low: Double, to high: Double) {
        origin = low
        // Halved before the subtraction: the span of the largest numbers is no number.
        let halfSpan = high / 2 - low / 2
        cellsPerUnit = halfSpan > 0 ? min(65_535 / halfSpan / 2, .greatestFiniteMagnitude) : 0
    }

    /// The cell of the middle between two edges.
    func cell(_ low: Double, _ high: Double) -> UInt32 {
        let cell = ((low / 2 - origin / 2) + (high / 2 - origin / 2)) * cellsPerUnit
        return UInt32(min(max(cell, 0), 65_535))
    }
}

extension BoundingBox {
    /// Whether it is not empty and all its edges are finite.
    var hasPlace: Bool {
        !isEmpty && west.isFinite && south.isFinite && east.isFinite && north.isFinite
    }
}
