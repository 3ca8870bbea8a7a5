public import Messages
import Spatial
public import Store

/// Totals of one boundary.
public struct BoundaryTotal: Sendable {
    /// The boundary; `nil` gathers what lies in none.
    public let boundary: StoredFeature?
    /// How many records.
    public var count: Int
    /// The sums of the columns asked for, in their order.
    public var sums: [Double]
}

extension Atlas {
    /// The rows of a layer that a filter lets through.
    ///
    /// - Parameters:
    ///   - layer: the layer.
    ///   - filter: which of its rows.
    ///   - sortColumn: a column, its Chinese title, or an attribute; rows come by fid without.
    ///   - isDescending: whether the order is turned round.
    ///   - limit: at most so many.
    /// - Returns: the rows in that order.
    /// - Throws: `Failure` with `.usage` for an unknown column.
    public func list(
        _ layer: Layer, filter: RecordFilter = RecordFilter(), sortColumn: String? = nil, isDescending: Bool = false,
        limit: Int? = nil
    ) throws(Failure) -> [StoredFeature] {
        try file.snapshot {
            var query = try query(layer, filter)
            query.sort = try sortColumn.map { try property($0, of: layer) }
            query.isDescending = isDescending
            query.limit = limit
            return try file.features(query)
        }
    }

    /// Totals per boundary of a level that add up: every record counts in
    /// exactly one, on a border in the one with the lowest ref, outside all
    /// of them in a row without boundary.
    ///
    /// - Parameters:
    ///   - layer: the layer.
    ///   - level: the level.
    ///   - columns: columns to sum, their Chinese titles, or attributes.
    ///   - filter: which of its rows.
    /// - Returns: by ref, the row without boundary last.
    /// - Throws: `Failure` with `.usage` for an unknown column, or one of texts.
    /// - Complexity: one pass over the rows; memory does not grow with them.
    public func totals(
        _ layer: Layer, per level: BoundaryLevel, summing columns: [String], filter: RecordFilter = RecordFilter()
    ) throws(Failure) -> [BoundaryTotal] {
        try file.snapshot { try tally(layer, per: level, summing: columns, filter: filter).totals }
    }

    private func tally(
        _ layer: Layer, per level: BoundaryLevel, summing columns: [String], filter: RecordFilter
    ) throws(Failure) -> Tally {
        var names: [String] = []
        for name in columns { names.append(try summable(name, of: layer).name) }
        let boundaries = try file.features(
            FeatureQuery(.boundary, condition: .hasLevel(level))
        ).sorted { $0.ref < $1.ref }
        var tally = Tally(boundaries, columns: names)
        try file.forEachBatch(try query(layer, filter)) { tally.add($0) }
        return tally
    }

    /// The question that a filter asks of the store.
    func query(_ layer: Layer, _ filter: RecordFilter) throws(Failure) -> FeatureQuery {
        var query = FeatureQuery(layer, condition: try condition(filter, layer: layer))
        query.includesEnded = filter.expression.map { $0.contains("ended_at") || $0.contains("终止时间") } ?? false
        return query
    }

    /// The rows of those numbers, by number.
    ///
    /// - Throws: `Failure`.
    public func places(_ layer: Layer, fids: Set<Int64>) throws(Failure) -> [Int64: StoredFeature] {
        let sorted = fids.sorted()
        var places: [Int64: StoredFeature] = [:]
        for start in stride(from: 0, to: sorted.count, by: 10_000) {
            let fids = Array(sorted[start..<min(start + 10_000, sorted.count)])
            for feature in try file.features(FeatureQuery(layer, condition: .fids(fids))) {
                places[feature.fid] = feature
            }
        }
        return places
    }

    /// A property that can be summed.
    private func summable(_ name: String, of layer: Layer) throws(Failure) -> Property {
        let property = try property(name, of: layer)
        if property.isNumeric { return property }
        if try file.holdsOnlyTexts(property, in: layer) {
            throw Failure(.usage, .noNumbers(name), hint: .sumNumbers)
        }
        return property
    }
}

/// Adds records up, each in the boundary that holds it.
private struct Tally {
    private let boundaries: [StoredFeature]
    private let tree: PackedHilbertTree
    private let columns: [String]
    private var sums: [BoundaryTotal]
    private var outside: BoundaryTotal

    init(_ boundaries: [StoredFeature], columns: [String]) {
        self.boundaries = boundaries
        self.columns = columns
        tree = PackedHilbertTree(boundaries.map { $0.geometry?.box ?? .empty })
        let zeros = Array(repeating: 0.0, count: columns.count)
        sums = boundaries.map { BoundaryTotal(boundary: $0, count: 0, sums: zeros) }
        outside = BoundaryTotal(boundary: nil, count: 0, sums: zeros)
    }

    /// By the refs of the boundaries, what lies in none last.
    var totals: [BoundaryTotal] { sums + (outside.count > 0 ? [outside] : []) }

    mutating func add(_ batch: FeatureBatch) {
        let keys = columns.map { batch.keys.firstIndex(of: $0) }
        batch.bytes.withUnsafeBytes { bytes in
            for record in batch.records {
                let wkb = UnsafeRawBufferPointer(rebasing: bytes[record.geometry])
                let home = (try? Geometry.representativePoint(wkb: wkb)).flatMap { $0 }.flatMap(boundary)
                add(batch.fields[record.fields], keys, to: home)
            }
        }
    }

    private mutating func add(_ fields: ArraySlice<FeatureBatch.Field>, _ keys: [Int?], to home: Int?) {
        if let home { sums[home].count += 1 } else { outside.count += 1 }
        for (place, key) in keys.enumerated() {
            guard let key, let value = fields.first(where: { $0.key == key })?.value.number else { continue }
            if let home { sums[home].sums[place] += value } else { outside.sums[place] += value }
        }
    }

    /// The boundary that holds a position: of several the one with the lowest ref.
    private func boundary(at position: LonLat) -> Int? {
        let box = BoundingBox(
            west: position.longitude, south: position.latitude, east: position.longitude, north: position.latitude)
        return tree.indices(intersecting: box).sorted().first { boundaries[$0].covers(position) }
    }
}

extension FieldValue {
    /// The value as a number, where it is one.
    fileprivate var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .real(let value): value
        case .boolean(let value): value ? 1 : 0
        default: nil
        }
    }
}
