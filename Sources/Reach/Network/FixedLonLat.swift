import Spatial

/// A position in whole ten-millionths of a degree, about a centimetre: what a
/// street graph keeps, in memory and in its archive.
struct FixedLonLat: Hashable {
    var x: Int32
    var y: Int32

    init(x: Int32, y: Int32) {
        self.x = x
        self.y = y
    }

    /// The nearest to a position; `nil` where that is not on earth.
    init?(_ position: LonLat) {
        guard abs(position.longitude) <= 180, abs(position.latitude) <= 90 else { return nil }
        x = Int32((position.longitude * 1e7).rounded())
        y = Int32((position.latitude * 1e7).rounded())
    }

    /// Whether it is on earth.
    var isOnEarth: Bool { x.magnitude <= 1_800_000_000 && y.magnitude <= 900_000_000 }

    /// In degrees.
    var lonLat: LonLat { LonLat(Double(x) / 1e7, Double(y) / 1e7) }
}
