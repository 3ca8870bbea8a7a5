public import Spatial

/// Makes a network of streets.
///
/// Streets meet where they share a node number, or, without numbers, where
/// corners coincide (to 1e-7 degrees, about a centimetre). A bridge that runs
/// over a street shares nothing with it and does not meet it. Where some
/// streets have numbers and others have none, an end meets a corner of the
/// other sort at its place.
///
/// For streets that were drawn carelessly there is a snap gap: an end that
/// misses another street by no more joins it, at its nearest corner if one is
/// so near, else between two. Where both have numbers these decide, and a
/// street that passes on another level (`Street.levels`, neither of them the
/// ground's) is not joined, unless by stairs or a lift.
public struct NetworkBuilder {
    /// How long walking takes.
    public let model: WalkingModel
    /// The height of a place in metres, where streets do not bring their own;
    /// `nil` where it is not known.
    ///
    /// Of a raster it must be interpolated between cells. In hill country
    /// under SRTM tiles of 90 m the mean walk there and back takes 1.06 times
    /// the flat time so, on short stretches as on long ones, and needs no
    /// smoothing; with the height of the nearest cell it takes 1.28 times, and
    /// 11 times on stretches below 5 m, all of it steps between cells.
    public let elevation: (LonLat) -> Double?

    /// By how many metres an end may miss a street that it meets; 0 for none.
    public let snapGapMeters: Double

    private var streets = StreetTable()
    /// The rows of each square's outline and holes.
    private var squares: [Range<Int>] = []
    private var lifts: [Lift] = []

    /// Makes a builder.
    ///
    /// - Parameters:
    ///   - model: how long walking takes.
    ///   - snapGapMeters: by how many metres an end may miss a street that it
    ///     meets; up to 100.
    ///   - elevation: the height of a place in metres, where streets do not
    ///     bring their own.
    public init(
        model: WalkingModel = .standard, snapGapMeters: Double = 0,
        elevation: @escaping (LonLat) -> Double? = { _ in nil }
    ) {
        self.model = model
        self.snapGapMeters = min(max(0, snapGapMeters), 100)
        self.elevation = elevation
    }

    /// How many streets were no lines on earth, or had no way that anybody may
    /// walk.
    public private(set) var unusableCount = 0

    /// Adds a street.
    public mutating func add(_ street: Street) {
        if !streets.append(street) { unusableCount += 1 }
    }

    /// Adds a square.
    public mutating func add(_ square: Square) {
        let first = streets.rows.count
        for ring in square.rings { add(ring) }
        // A hole that is lost must not be walked across.
        if streets.rows.count == first + square.rings.count { squares.append(first..<streets.rows.count) }
    }

    /// Adds a lift.
    public mutating func add(_ lift: Lift) { lifts.append(lift) }

    /// The graph of all streets that were added.
    ///
    /// - Complexity: O(n) for n corners; O(n log n) with a snap gap.
    public func graph() -> StreetGraph {
        var streets = streets
        streets.closeGaps(ofMeters: snapGapMeters, squares: squares)
        for rows in squares { streets.cross(squareOf: rows) }
        streets.install(lifts, storeyMeters: WalkingModel.storeyMeters)
        streets.directStairs()
        var assembly = GraphAssembly(streets.table.positions)
        var heights = CornerHeights(streets, elevation: elevation)
        for row in streets.rows {
            let corners = streets.corners[row.corners]
            let timing = StreetTiming(
                row, model: model, positions: corners.map { streets.table.positions[Int($0)].lonLat },
                heights: heights.heights(of: row))
            var start = corners.startIndex
            for end in corners.indices.dropFirst() where streets.table.isCrossing(corners[end]) {
                let effort = timing.effort(start - corners.startIndex...end - corners.startIndex)
                assembly.append(effort, of: row, corners: start...end, in: streets.corners)
                start = end
            }
        }
        return assembly.graph(corners: streets.corners)
    }
}
