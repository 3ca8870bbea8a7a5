import Exchange
public import Messages
public import Spatial

/// Where answers are written: a file that appears only when it is complete,
/// or standard output.
public enum AnswerFile {
    /// A form that features are written in.
    public enum Form: Sendable {
        /// A GeoJSON FeatureCollection (RFC 7946).
        case geojson
        /// GeoJSON text sequence, a feature a line (RFC 8142 without separators).
        case geojsonseq
        /// CSV for spreadsheets, UTF-8 with a byte order mark.
        case csv
    }

    /// Writes a text; `-` is standard output.
    ///
    /// - Throws: `Failure`: `.cannotCreate`, `.inputOutput`.
    public static func write(_ text: String, to path: String, overwrite: Bool) throws(Failure) {
        let output = try ByteOutput(path: path, overwrite: overwrite)
        try output.write(text)
        try output.commit()
    }

    /// A writer of features; `-` is standard output.
    ///
    /// - Parameter columns: the columns of a CSV.
    /// - Throws: `Failure`: `.cannotCreate`, `.inputOutput`.
    public static func writer(
        _ form: Form, path: String, overwrite: Bool, columns: [String]
    ) throws(Failure) -> any FeatureWriter {
        let output = try ByteOutput(path: path, overwrite: overwrite)
        switch form {
        case .geojson: return GeoJSONWriter(output)
        case .geojsonseq: return GeoJSONSeqWriter(output)
        case .csv: return try CSVWriter(output, columns: columns)
        }
    }
}
