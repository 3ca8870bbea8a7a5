import Dispatch
import Synchronization

/// The outlines of areas, prepared to answer who borders whom (毗邻).
///
/// Only outlines count: an area inside another one borders it where their
/// outlines run close, so an island in a hole borders what surrounds it.
/// Outlines across the antimeridian are to be cut there.
public struct BoundaryOutlines: Sendable {
    /// How many areas there are.
    public let count: Int

    private let outlines: EdgeIndex

    /// Tolerances in metres, from which `servingToleranceMeters` picks.
    public static let usualTolerancesMeters: [Double] = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000]

    /// Stretches up to so many tolerances long are those of a corner: two
    /// outlines that cross in a point stay within the tolerance of each other
    /// for two tolerances, and for three where they cross at 42 degrees.
    static let cornerTolerances = 3.0

    /// Prepares the outlines.
    ///
    /// - Parameter areas: polygons, multipolygons, or collections of them, in
    ///   degrees, WGS 84; the position of each is its index in the answers.
    /// - Complexity: O(n log n) in all positions.
    public init(_ areas: [Geometry]) {
        count = areas.count
        outlines = EdgeIndex(areas)
    }

    /// The borders between all areas.
    ///
    /// Two areas border each other where the gap between their outlines is
    /// not above the tolerance. Metres are those of the WGS 84 ellipsoid at
    /// each edge. Whether outlines meet or lie on each other is decided
    /// exactly on the degrees given, also with a tolerance of 0.
    ///
    /// The contact is a corner where no part of one outline lies exactly on
    /// the other and no unbroken stretch within the tolerance is longer than
    /// three tolerances; else land where not more than half of the shared
    /// border lies within the tolerance of water; else a bridge where one
    /// comes within the tolerance of the border, from either side; else water.
    ///
    /// - Parameters:
    ///   - toleranceMeters: how far apart outlines may be and still be one
    ///     border.
    ///   - terrain: water and bridges.
    /// - Returns: each pair once, sorted by `first`, then `second`.
    /// - Complexity: O(n log n + edges within the tolerance of each other), on
    ///   all processors.
    public func sharedBorders(within toleranceMeters: Double, terrain: BorderTerrain = .dry) -> [SharedBorder] {
        guard toleranceMeters >= 0, toleranceMeters.isFinite else { return [] }
        let areasAShare = max(1, count / 64)
        let sides = Mutex<[BorderSide]>([])
        DispatchQueue.concurrentPerform(iterations: (count + areasAShare - 1) / areasAShare) { share in
            var survey = BorderSurvey(outlines, terrain, toleranceMeters: toleranceMeters)
            for area in share * areasAShare..<min((share + 1) * areasAShare, count) {
                let found = survey.sides(of: area)
                sides.withLock { $0.append(contentsOf: found) }
            }
        }
        return Self.join(sides.withLock { $0 }, terrain, toleranceMeters)
    }

    /// The borders of one area with all others; else as `sharedBorders(within:terrain:)`.
    ///
    /// - Parameters:
    ///   - area: the index of the area.
    ///   - toleranceMeters: how far apart outlines may be and still be one
    ///     border.
    ///   - terrain: water and bridges.
    /// - Returns: sorted by the index of the other area.
    /// - Complexity: O(edges of the area and of those around it).
    public func sharedBorders(
        of area: Int, within toleranceMeters: Double, terrain: BorderTerrain = .dry
    ) -> [SharedBorder] {
        precondition(area >= 0 && area < count, "an area's index counts from 0")
        guard toleranceMeters >= 0, toleranceMeters.isFinite else { return [] }
        var survey = BorderSurvey(outlines, terrain, toleranceMeters: toleranceMeters)
        var sides = survey.sides(of: area)
        for other in areas(around: area, within: toleranceMeters) {
            sides.append(contentsOf: survey.sides(of: other, towards: area))
        }
        return Self.join(sides, terrain, toleranceMeters)
    }

    /// The share, 0 to 1, of an area's outline that runs within a tolerance
    /// of any other area; 0 for an area without an outline.
    public func explainedShare(of area: Int, within toleranceMeters: Double) -> Double {
        precondition(area >= 0 && area < count, "an area's index counts from 0")
        guard toleranceMeters >= 0, toleranceMeters.isFinite else { return 0 }
        var survey = BorderSurvey(outlines, .dry, toleranceMeters: toleranceMeters)
        let (explained, total) = survey.explainedMeters(of: area)
        return total > 0 ? min(explained / total, 1) : 0
    }

    /// The smallest of `usualTolerancesMeters` that explains more than half
    /// of an area's outline; `nil` where none does.
    public func servingToleranceMeters(of area: Int) -> Double? {
        Self.usualTolerancesMeters.first { explainedShare(of: area, within: $0) > 0.5 }
    }

    /// The areas with an edge near an area's box.
    private func areas(around area: Int, within meters: Double) -> [Int] {
        let box = outlines.box(of: area)
        guard !box.isEmpty else { return [] }
        let margin = LocalPlane.degrees(atLeast: meters, within: box)
        var found: [Int] = []
        outlines.tree.appendIndices(
            intersecting: box.widened(longitude: margin.x, latitude: margin.y), to: &found)
        return Set(found.map { Int(outlines.owners[$0]) }).subtracting([area]).sorted()
    }

    /// Puts the two sides of each border together.
    private static func join(
        _ sides: [BorderSide], _ terrain: BorderTerrain, _ toleranceMeters: Double
    ) -> [SharedBorder] {
        let sorted = sides.sorted {
            (min($0.area, $0.other), max($0.area, $0.other), $0.area)
                < (min($1.area, $1.other), max($1.area, $1.other), $1.area)
        }
        var borders: [SharedBorder] = []
        var place = 0
        while place < sorted.count {
            let first = place
            let pair = (min(sorted[first].area, sorted[first].other), max(sorted[first].area, sorted[first].other))
            while place < sorted.count,
                (sorted[place].area, sorted[place].other) == pair
                    || (sorted[place].other, sorted[place].area) == pair
            {
                place += 1
            }
            borders.append(border(of: sorted[first..<place], between: pair, terrain, toleranceMeters))
        }
        return borders
    }

    private static func border(
        of sides: ArraySlice<BorderSide>, between pair: (Int, Int), _ terrain: BorderTerrain, _ toleranceMeters: Double
    ) -> SharedBorder {
        let meters = sides.reduce(0) { $0 + $1.meters }
        let wet = sides.reduce(0) { $0 + $1.waterMeters }
        let longest = sides.reduce(0) { $0 + $1.longestMeters } / 2
        let bridges = sides.reduce(into: Set<Int32>()) { $0.formUnion($1.bridges) }
        let waterShare = meters > 0 ? min(wet / meters, 1) : 0
        // A micrometre for the rounding of lengths.
        let isCorner =
            !sides.contains(where: \.liesOnOther) && longest <= cornerTolerances * toleranceMeters + 1e-6
        let contact: BorderContact =
            if isCorner { .corner } else if waterShare <= 0.5 { .land } else if bridges.isEmpty { .water } else {
                .bridge
            }
        let names = Set(bridges.compactMap { terrain.bridgeNames[Int($0)] }).subtracting([""])
        return SharedBorder(
            first: pair.0, second: pair.1, contact: contact, sharedBorderMeters: meters / 2, waterShare: waterShare,
            gapMeters: sides.reduce(.infinity) { min($0, $1.gapMeters) }, bridges: names.sorted())
    }
}
