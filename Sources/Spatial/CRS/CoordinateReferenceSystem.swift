/// A coordinate reference system that data may come in.
public enum CoordinateReferenceSystem: Hashable, Sendable {
    /// WGS 84, longitude first. What Louyu stores.
    case wgs84
    /// GCJ-02, the offset datum of Chinese web maps, longitude first.
    case gcj02
    /// BD-09, Baidu's datum over GCJ-02, longitude first.
    case bd09
    /// CGCS2000 in degrees (EPSG:4490), longitude first.
    case cgcs2000
    /// Any EPSG code, in the axis order of the file's format: easting or
    /// longitude first, as GIS files have it.
    case epsg(Int)
}
