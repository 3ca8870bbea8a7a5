/// A position in degrees, longitude first as in RFC 7946.
///
/// WGS 84 unless the value stands in a stream that declares another CRS; then
/// it is (x, y) in that CRS, easting or longitude first.
public struct LonLat: Hashable, Sendable {
    /// Degrees east.
    public var longitude: Double
    /// Degrees north.
    public var latitude: Double

    /// Makes a position from longitude and latitude in degrees.
    @inlinable
    public init(_ longitude: Double, _ latitude: Double) {
        self.longitude = longitude
        self.latitude = latitude
    }
}
