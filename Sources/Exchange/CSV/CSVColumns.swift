import Messages

/// What the columns of a table hold: attributes, or the geometry.
struct CSVColumns {
    /// Where the geometry of a row stands.
    struct Source {
        /// WKT or hexadecimal WKB.
        var shape: Int?
        /// Longitude and latitude in two columns.
        var pair: (longitude: Int, latitude: Int)?
        /// Longitude and latitude in one column.
        var both: Int?
    }

    /// Where the geometry stands; `nil` for a table without any.
    let source: Source?
    /// The names of the attributes, each once.
    let keys: [String]
    /// For every column the index of its key; -1 for those of the geometry.
    let keyOfColumn: [Int]
    /// For every column whether its numbers are identifiers, to be kept as text.
    let isText: [Bool]
    /// Whether a quoted number is text.
    let quotesSpeak: Bool

    /// How many columns the header has.
    var count: Int { keyOfColumn.count }

    private static let longitudes = ["lon", "lng", "long", "longitude", "经度", "东经", "x"]
    private static let latitudes = ["lat", "latitude", "纬度", "北纬", "y"]
    private static let shapes = ["wkt", "geom_wkt", "wkt_geom", "geom", "geometry", "the_geom", "几何"]
    private static let boths = ["lonlat", "lon_lat", "lnglat", "坐标", "经纬度"]

    /// Decides by the header, the first rows and what the caller said.
    ///
    /// - Throws: `Failure` with `.usage` where a named column is absent.
    init(header: [String], sample: CSVSample, options: CSVOptions) throws(Failure) {
        let source = try Self.source(header, sample, options)
        let taken = [source?.shape, source?.pair?.longitude, source?.pair?.latitude, source?.both]
        var keys: [String] = []
        var keyOfColumn: [Int] = []
        for (column, name) in ColumnNames.unique(header).enumerated() {
            if taken.contains(column) {
                keyOfColumn.append(-1)
            } else {
                keyOfColumn.append(keys.count)
                keys.append(name)
            }
        }
        self.source = source
        self.keys = keys
        self.keyOfColumn = keyOfColumn
        isText = header.indices.map(sample.isText)
        quotesSpeak = sample.quotesSpeak
    }

    private static func source(
        _ header: [String], _ sample: CSVSample, _ options: CSVOptions
    ) throws(Failure) -> Source? {
        let names = header.map(normalized)
        var source = Source()
        if let name = options.geometryColumn {
            source.shape = try column(name, header)
        } else {
            source.shape = shapes.lazy.compactMap { names.firstIndex(of: $0) }
                .first { sample.values(of: $0).contains(where: CSVGeometry.looksLikeShape) }
        }
        if options.longitudeColumn != nil || options.latitudeColumn != nil {
            let longitude = try options.longitudeColumn.map { name throws(Failure) in try column(name, header) }
            let latitude = try options.latitudeColumn.map { name throws(Failure) in try column(name, header) }
            if let longitude = longitude ?? first(longitudes, names),
                let latitude = latitude ?? first(latitudes, names)
            {
                source.pair = (longitude, latitude)
            }
        } else if let longitude = first(longitudes, names), let latitude = first(latitudes, names) {
            let isSure = names[longitude] != "x" && names[latitude] != "y"
            let hasNumbers = sample.values(of: longitude).contains {
                CSVNumber.coordinate($0, allowsDecimalComma: true) != nil
            }
            if isSure || hasNumbers { source.pair = (longitude, latitude) }
        }
        if source.shape == nil && source.pair == nil {
            source.both = boths.lazy.compactMap { names.firstIndex(of: $0) }
                .first { sample.values(of: $0).contains { CSVGeometry.position($0) != nil } }
        }
        return source.shape == nil && source.pair == nil && source.both == nil ? nil : source
    }

    private static func first(_ aliases: [String], _ names: [String]) -> Int? {
        aliases.lazy.compactMap { names.firstIndex(of: $0) }.first
    }

    private static func column(_ name: String, _ header: [String]) throws(Failure) -> Int {
        if let exact = header.firstIndex(of: name) { return exact }
        if let near = header.map(normalized).firstIndex(of: normalized(name)) { return near }
        throw Failure(.usage, .noSuchColumn(name), hint: .columnsAre(header))
    }

    /// A header without case, full-width forms, spaces around it and what
    /// stands in parentheses behind it (`经度（WGS84）`).
    private static func normalized(_ name: String) -> String {
        let plain = CSVNumber.halfWidth(name).lowercased().prefix { $0 != "(" }
        let inner = plain.drop(while: \.isWhitespace)
        return String(
            inner.prefix(upTo: inner.lastIndex { !$0.isWhitespace }.map(inner.index(after:)) ?? inner.endIndex))
    }
}
