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
    /// How many values of those columns are texts that say no number, in
    /// their order; they are in no sum.
    public var unreadable: [Int]
    /// How many values are in the sums.
    public fileprivate(set) var numbers: [Int]
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
            query.sort = try sortColumn.map { try reckonedProperty($0, of: layer) }
            query.isDescending = isDescending
            query.limit = limit
            return try file.features(query)
        }
    }

    /// Totals per boundary of a level that add up: every record counts in
    /// exactly one, on a border in the one with the lowest ref, outside all
    /// of them in a row without boundary. Where the filter names areas,
    /// boundaries of which nothing counts are left out unless they belong to
    /// one of the areas, or one of the areas belongs to them.
    ///
    /// - Parameters:
    ///   - layer: the layer.
    ///   - level: the level.
    ///   - columns: columns to sum, their Chinese titles, or attributes;
    ///     texts that say a number count as that number.
    ///   - filter: which of its rows.
    /// - Returns: by ref, the row without boundary last.
    /// - Throws: `Failure` with `.usage` for an unknown column, or one of texts.
    /// - Complexity: one pass over the rows; memory does not grow with them.
    public func totals(
        _ layer: Layer, per level: BoundaryLevel, summing columns: [String], filter: RecordFilter = RecordFilter()
    ) throws(Failure) -> [BoundaryTotal] {
        let totals = try file.snapshot { try tally(layer, per: level, summing: columns, filter: filter).totals }
        guard !filter.areas.isEmpty else { return totals }
        try GEOSLibrary.open()
        let areas = try Geometry.united(filter.areas.compactMap(\.geometry))
        return totals.filter { total in
            guard total.count == 0, let boundary = total.boundary?.geometry else { return true }
            return areas.contains { boundary.liesMostly(in: $0) || $0.liesMostly(in: boundary) }
        }
    }

    private func tally(
        _ layer: Layer, per level: BoundaryLevel, summing columns: [String], filter: RecordFilter
    ) throws(Failure) -> Tally {
        var names: [String] = []
        for name in columns { names.append(try reckonedProperty(name, of: layer).name) }
        var tally = Tally(try boundaries(of: level), columns: names)
        try file.forEachBatch(try query(layer, filter)) { tally.add($0) }
        for (index, name) in columns.enumerated() where tally.holdsNoNumbers(index) {
            throw Failure(.usage, .noNumbers(name), hint: .sumNumbers)
        }
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
}

/// Adds records up, each in the boundary that holds it.
private struct Tally {
    private let boundaries: BoundaryIndex
    private let columns: [String]
    private var sums: [BoundaryTotal]
    private var outside: BoundaryTotal

    /// Of several boundaries that hold a record it counts in the first.
    init(_ boundaries: [StoredFeature], columns: [String]) {
        self.boundaries = BoundaryIndex(boundaries)
        self.columns = columns
        let zeros = Array(repeating: 0.0, count: columns.count)
        let none = Array(repeating: 0, count: columns.count)
        outside = BoundaryTotal(boundary: nil, count: 0, sums: zeros, unreadable: none, numbers: none)
        sums = boundaries.map { BoundaryTotal(boundary: $0, count: 0, sums: zeros, unreadable: none, numbers: none) }
    }

    /// By the refs of the boundaries, what lies in none last.
    var totals: [BoundaryTotal] { sums + (outside.count > 0 ? [outside] : []) }

    /// Whether a column has values, none of which is a number.
    func holdsNoNumbers(_ column: Int) -> Bool {
        let all = sums + [outside]
        return all.allSatisfy { $0.numbers[column] == 0 } && all.contains { $0.unreadable[column] > 0 }
    }

    mutating func add(_ batch: FeatureBatch) {
        let keys = columns.map { batch.keys.firstIndex(of: $0) }
        batch.bytes.withUnsafeBytes { bytes in
            for record in batch.records {
                let wkb = UnsafeRawBufferPointer(rebasing: bytes[record.geometry])
                let home = (try? Geometry.representativePoint(wkb: wkb)).flatMap { $0 }
                    .flatMap(boundaries.first)
                if let home {
                    sums[home].add(batch.fields[record.fields], keys, batch)
                } else {
                    outside.add(batch.fields[record.fields], keys, batch)
                }
            }
        }
    }
}

extension BoundaryTotal {
    fileprivate mutating func add(
        _ fields: ArraySlice<FeatureBatch.Field>, _ keys: [Int?], _ batch: FeatureBatch
    ) {
        count += 1
        for (place, key) in keys.enumerated() {
            guard let key, let value = fields.first(where: { $0.key == key })?.value else { continue }
            if let number = value.number(in: batch) {
                sums[place] += number
                numbers[place] += 1
            } else if value != .null {
                unreadable[place] += 1
            }
        }
    }
}

extension FieldValue {
    /// The value as a number, where it is one or a text that says one.
    func number(in batch: FeatureBatch) -> Double? {
        switch self {
        case .text(let range): Attribute.text(batch.string(range)).number
        case .integer(let value): Attribute.integer(value).number
        case .real(let value): Attribute.real(value).number
        case .boolean(let value): Attribute.boolean(value).number
        default: nil
        }
    }
}

extension Attribute {
    /// The value as a number, where it is one or a text that says one.
    var number: Double? {
        switch self {
        case .text(let text): NumberText.value(text)
        case .integer(let value): Double(value)
        case .real(let value): value
        case .boolean(let value): value ? 1 : 0
        case .null, .json: nil
        }
    }
}
