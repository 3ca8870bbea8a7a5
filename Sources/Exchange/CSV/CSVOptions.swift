/// What a reader of CSV is told instead of finding it out.
public struct CSVOptions: Hashable, Sendable {
    /// The encoding; `nil` to detect it.
    public var encoding: TextEncoding?
    /// The byte between values; `nil` to choose among comma, semicolon, tab
    /// and vertical bar.
    public var delimiter: UInt8?
    /// The column of longitudes or eastings; `nil` to know it by its name.
    public var longitudeColumn: String?
    /// The column of latitudes or northings; `nil` to know it by its name.
    public var latitudeColumn: String?
    /// The column of WKT or of WKB in hexadecimal; `nil` to know it by its name.
    public var geometryColumn: String?
    /// Whether a row whose cells for the position are all empty is a record
    /// without geometry; else it is rejected.
    public var allowsMissingPositions = false

    /// Makes options; by default everything is found out.
    public init(
        encoding: TextEncoding? = nil, delimiter: UInt8? = nil, longitudeColumn: String? = nil,
        latitudeColumn: String? = nil, geometryColumn: String? = nil
    ) {
        self.encoding = encoding
        self.delimiter = delimiter
        self.longitudeColumn = longitudeColumn
        self.latitudeColumn = latitudeColumn
        self.geometryColumn = geometryColumn
    }
}
