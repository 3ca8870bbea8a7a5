public import Messages
public import Spatial

/// Reads what no other reader knows (KML, GML, GPX, MapInfo, DXF, FlatGeobuf,
/// a folder that is a file geodatabase …) through GDAL's `ogr2ogr`, where
/// that is installed.
///
/// All layers of the file come one behind the other, converted to WGS 84 by
/// GDAL where the file names its CRS. Nothing is written to disk.
public final class ForeignReader: FeatureReader {
    /// GDAL converts to WGS 84.
    public let declaredCRS: CoordinateReferenceSystem? = .wgs84

    /// Bytes of the converted stream consumed so far.
    public var bytesRead: Int { conversion.output.bytesRead }

    private let conversion: Conversion
    private let reader: GeoJSONReader
    private let isEmpty: Bool
    private var hasEnded = false

    /// Starts the conversion.
    ///
    /// - Throws: `Failure` with `.unusableInput` where `ogr2ogr` is not
    ///   installed, `.notFound` for an absent file.
    public init(path: String) throws(Failure) {
        conversion = try Conversion(path: path)
        isEmpty = try conversion.output.peek(1).isEmpty
        reader = GeoJSONReader(conversion.output)
    }

    /// The next features.
    ///
    /// - Throws: `Failure` with `.unusableInput` and GDAL's words where GDAL
    ///   could not read the file.
    public func next() throws -> FeatureBatch? {
        if hasEnded { return nil }
        if !isEmpty, let batch = try reader.next() { return batch }
        hasEnded = true
        try conversion.finish()
        return nil
    }
}
