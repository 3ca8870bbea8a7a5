public import Messages
public import Spatial

/// Writes features as FlatGeobuf 3 with its spatial index, in the order of a
/// Hilbert curve, so that a map reads only the part it shows.
///
/// Features are set aside on disk until the last has come; those without
/// geometry stand behind the others.
///
/// - Complexity: about 150 bytes of memory a feature.
public final class FlatGeobufWriter: FeatureWriter {
    /// What one has to know of the file: complete after `finish`.
    public private(set) var notes: [Text] = []

    private let output: ByteOutput
    private let title: String
    private let crs: CRS?
    private let notice: String
    private let spool: FeatureSpool

    /// What the coordinates are.
    public struct CRS: Sendable {
        /// The EPSG code.
        public var code: Int
        /// Its name.
        public var name: String

        /// Makes a description.
        public init(code: Int, name: String) {
            self.code = code
            self.name = name
        }
    }

    /// Begins a file; all of it is written by `finish`.
    ///
    /// - Parameters:
    ///   - output: where to; `finish` does not commit it.
    ///   - title: what the layer is called.
    ///   - crs: what the coordinates are; `nil` where no EPSG code says so.
    ///   - notice: what has to be said of all features: the header's description.
    ///   - isBrokenOff: asked now and then by `finish`, whether to give up.
    /// - Throws: `Failure` with `.inputOutput`.
    public init(
        _ output: ByteOutput, title: String, crs: CRS? = CRS(code: 4326, name: "WGS 84"), notice: String = "",
        isBrokenOff: @escaping () -> Bool = { false }
    ) throws(Failure) {
        self.output = output
        self.title = title
        self.crs = crs
        self.notice = notice
        spool = try FeatureSpool(measuresValues: false, isBrokenOff: isBrokenOff)
    }

    /// Sets features aside.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    public func write(_ batch: FeatureBatch) throws { try spool.append(batch) }

    /// Writes the file.
    ///
    /// - Throws: `Failure`: `.inputOutput`, `.interrupted`, `.software` for a geometry that is no WKB.
    public func finish() throws {
        let placed = HilbertCurve.order(of: spool.entries.map(\.box)).map { Int($0) }
        let isPlaced = placed.reduce(into: Array(repeating: false, count: spool.entries.count)) { $0[$1] = true }
        // The index holds every feature, so those without a place leave none.
        let hasIndex = placed.count == spool.entries.count && !placed.isEmpty
        if !placed.isEmpty, !hasIndex { notes = [.flatGeobufWithoutIndex(spool.entries.count - placed.count)] }
        let order = placed + isPlaced.indices.filter { !isPlaced[$0] }
        let encoder = FlatGeobufFeature(columns: spool.columns, type: commonType, hasHeights: spool.hasHeights)
        try writeHead(hasIndex: hasIndex)
        var batch = FeatureBatch()
        var feature: [UInt8] = []
        if hasIndex {
            var offsets: [UInt64] = []
            var offset: UInt64 = 0
            for index in order {
                offsets.append(offset)
                try spool.read(index, into: &batch)
                try encoder.encode(batch, into: &feature)
                offset += UInt64(feature.count)
            }
            let index = FlatGeobufIndex(boxes: order.map { spool.entries[$0].box }, offsets: offsets)
            try output.append { bytes in index.append(to: &bytes) }
        }
        for index in order {
            try spool.read(index, into: &batch)
            try encoder.encode(batch, into: &feature)
            try output.append { bytes in bytes += feature }
        }
    }

    /// The type of all geometries, or that they differ.
    private var commonType: GeometryType? {
        let types = Set(spool.entries.compactMap(\.type))
        return types.count == 1 ? types.first : nil
    }

    private func writeHead(hasIndex: Bool) throws(Failure) {
        var head: FlatBuffer.Table = [
            (0, .text(title)), (2, .byte(UInt8(truncatingIfNeeded: commonType?.rawValue ?? 0))),
            (3, .bool(spool.hasHeights)), (8, .long(UInt64(spool.entries.count))),
            (9, .short(hasIndex ? UInt16(FlatGeobufIndex.nodeSize) : 0)), (11, .text(title)),
        ]
        if !notice.isEmpty { head.append((12, .text(notice))) }
        let extent = spool.extent
        if !extent.isEmpty { head.append((1, .doubles([extent.west, extent.south, extent.east, extent.north]))) }
        head.append((7, .tables(spool.columns.filter { $0.kind != nil }.prefix(Int(UInt16.max)).map(Self.describe))))
        if let crs {
            head.append((10, .table([(0, .text("EPSG")), (1, .int(Int32(clamping: crs.code))), (2, .text(crs.name))])))
        }
        var buffer = FlatBuffer()
        buffer.build(head)
        try output.append { bytes in
            bytes += [0x66, 0x67, 0x62, 3, 0x66, 0x67, 0x62, 0]
            bytes += buffer.bytes
        }
    }

    private static func describe(_ column: FeatureSpool.Column) -> FlatBuffer.Table {
        let type: UInt8 =
            switch column.kind {
            case .boolean: 2
            case .integer: 7
            case .real: 10
            case .text, nil: 11
            case .json: 12
            }
        return [(0, .text(column.name)), (1, .byte(type))]
    }
}
