public import Messages

/// The suspicion that coordinates are on another datum than declared: an
/// import lies some hundred metres beside what is already there, as GCJ-02 or
/// BD-09 would put it.
public struct DatumSuspicion: Hashable, Sendable {
    /// The same thing in the import and in the atlas: a feature of one name,
    /// or an outline of one size.
    public struct Match: Hashable, Sendable {
        /// Where the import puts it, moved to WGS 84 as declared.
        public var imported: LonLat
        /// Where it lies in the atlas.
        public var existing: LonLat

        /// Makes a match.
        public init(imported: LonLat, existing: LonLat) {
            self.imported = imported
            self.existing = existing
        }
    }

    /// Which of the two is on another datum.
    public enum Culprit: Hashable, Sendable {
        /// The import.
        case imported
        /// What lies in the atlas already.
        case existing
    }

    /// Which of the two it is.
    public let culprit: Culprit
    /// What was declared for the culprit: for the atlas WGS 84.
    public let declared: CoordinateReferenceSystem
    /// What explains the shift.
    public let likely: CoordinateReferenceSystem
    /// How many matches speak for it.
    public let matchCount: Int
    /// The median distance of the matches as declared, in metres.
    public let shiftMeters: Double
    /// The median distance that is left if `likely` is true, in metres.
    public let residualMeters: Double

    /// Looks for a datum that explains the distances of matches.
    ///
    /// It must leave at most a quarter of a median shift of 50 m or more; with fewer
    /// than three matches at most 0.15 of it. Matches outside of China are
    /// left out.
    ///
    /// - Parameters:
    ///   - declared: the system that the import was declared to be in.
    ///   - matches: things that are in the import and in the atlas.
    /// - Complexity: O(n log n) for n matches.
    public init?(declared: CoordinateReferenceSystem, matches: [Match]) {
        guard let datum = Datum(declared) else { return nil }
        let inside = matches.filter { GCJ02.extent.contains($0.imported) && GCJ02.extent.contains($0.existing) }
        guard !inside.isEmpty else { return nil }
        let shift = Self.median(inside.map { Geodesic.distanceMeters($0.imported, $0.existing) })
        guard shift >= 50 else { return nil }
        var best: (culprit: Culprit, likely: Datum, residual: Double)?
        for likely in Datum.allCases {
            if likely != datum {
                let residual = Self.median(
                    inside.map {
                        Geodesic.distanceMeters(likely.toWGS84(datum.fromWGS84($0.imported)), $0.existing)
                    })
                if residual < best?.residual ?? .infinity { best = (.imported, likely, residual) }
            }
            if likely != .wgs84 {
                let residual = Self.median(
                    inside.map { Geodesic.distanceMeters($0.imported, likely.toWGS84($0.existing)) })
                if residual < best?.residual ?? .infinity { best = (.existing, likely, residual) }
            }
        }
        guard let best, best.residual <= (inside.count < 3 ? 0.15 : 0.25) * shift else { return nil }
        culprit = best.culprit
        self.declared = best.culprit == .imported ? declared : .wgs84
        likely = best.likely.crs
        matchCount = inside.count
        shiftMeters = shift
        residualMeters = best.residual
    }

    /// Pairs outlines of the same size that lie within 2 km of each other,
    /// where there is only one such pair: buildings and districts have no
    /// names in every file, but their sizes survive a shift.
    ///
    /// - Parameters:
    ///   - imported: boxes of the import, moved to WGS 84 as declared; at most
    ///     2000 of them are looked at, evenly.
    ///   - existing: boxes in the atlas.
    /// - Returns: the middles of the paired boxes.
    /// - Complexity: O(m log m) for m boxes in the atlas, then a band of
    ///   latitude an imported box.
    public static func matches(imported: [BoundingBox], existing: [BoundingBox]) -> [Match] {
        let sorted = existing.filter { !$0.isEmpty }.map(SizedBox.init).sorted {
            $0.center.latitude < $1.center.latitude
        }
        let step = max(1, imported.count / 2000)
        var matches: [Match] = []
        for index in stride(from: 0, to: imported.count, by: step) where !imported[index].isEmpty {
            let box = SizedBox(imported[index])
            guard box.widthMeters > 5, box.heightMeters > 5 else { continue }
            let reach = 2000 / 110_500.0
            var place = sorted.partitioningIndex { $0.center.latitude >= box.center.latitude - reach }
            var found: [SizedBox] = []
            while place < sorted.count, sorted[place].center.latitude <= box.center.latitude + reach, found.count < 2 {
                if sorted[place].resembles(box) { found.append(sorted[place]) }
                place += 1
            }
            if found.count == 1 { matches.append(Match(imported: box.center, existing: found[0].center)) }
        }
        return matches
    }

    /// What is suspected, in both languages.
    public var text: Text {
        switch culprit {
        case .imported:
            .importLooksShifted(
                meters: Int(shiftMeters.rounded()), declared: declared.description, likely: likely.description,
                matches: matchCount, left: Int(residualMeters.rounded()))
        case .existing:
            .atlasLooksShifted(
                meters: Int(shiftMeters.rounded()), likely: likely.description, matches: matchCount,
                left: Int(residualMeters.rounded()))
        }
    }

    /// What to type instead.
    public var hint: Text {
        culprit == .imported ? .typeCRS(likely.description) : .importAgainWithCRS(likely.description)
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
    }
}

/// The datums that are mistaken for each other in China.
private enum Datum: CaseIterable {
    case wgs84
    case gcj02
    case bd09

    init?(_ crs: CoordinateReferenceSystem) {
        switch crs {
        case .wgs84, .cgcs2000: self = .wgs84
        case .gcj02: self = .gcj02
        case .bd09: self = .bd09
        case .epsg: return nil
        }
    }

    var crs: CoordinateReferenceSystem {
        switch self {
        case .wgs84: .wgs84
        case .gcj02: .gcj02
        case .bd09: .bd09
        }
    }

    func toWGS84(_ position: LonLat) -> LonLat {
        switch self {
        case .wgs84: position
        case .gcj02: GCJ02.toWGS84(position)
        case .bd09: BD09.toWGS84(position)
        }
    }

    func fromWGS84(_ position: LonLat) -> LonLat {
        switch self {
        case .wgs84: position
        case .gcj02: GCJ02.fromWGS84(position)
        case .bd09: BD09.fromWGS84(position)
        }
    }
}

/// A box by its middle and its size in metres.
private struct SizedBox {
    let center: LonLat
    let widthMeters: Double
    let heightMeters: Double

    init(_ box: BoundingBox) {
        center = box.center
        let metric = LocalMetric(box.center)
        widthMeters = (box.east - box.west) * metric.metersPerDegreeEast
        heightMeters = (box.north - box.south) * metric.metersPerDegreeNorth
    }

    /// Whether the sizes agree within 0.5 % and 10 cm, and the middles lie
    /// within 2 km.
    func resembles(_ other: SizedBox) -> Bool {
        abs(widthMeters - other.widthMeters) <= 0.1 + 0.005 * other.widthMeters
            && abs(heightMeters - other.heightMeters) <= 0.1 + 0.005 * other.heightMeters
            && LocalMetric(center).squaredMeters(to: other.center) <= 4_000_000
    }
}

extension [SizedBox] {
    /// The first index whose element fulfils a condition that all behind it
    /// fulfil too.
    fileprivate func partitioningIndex(_ condition: (SizedBox) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
