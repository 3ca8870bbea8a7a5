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
    ///   - sortColumn: a column or its Chinese title; rows come by fid without.
    ///   - isDescending: whether the order is turned round.
    ///   - limit: at most so many.
    /// - Returns: the rows in that order.
    /// - Throws: `Failure` with `.usage` for an unknown column.
    public func list(
        _ layer: Layer, filter: RecordFilter = RecordFilter(), sortColumn: String? = nil, isDescending: Bool = false,
        limit: Int? = nil
    ) throws(Failure) -> [StoredFeature] {
        var query = try query(layer, filter)
        query.sortColumn = try sortColumn.map { name throws(Failure) in try columnName(name, of: layer) }
        query.isDescending = isDescending
        let areas = filter.areas.isEmpty ? nil : AreaTest(filter.areas)
        if areas == nil { query.limit = limit }
        let found = try file.features(query).filter { feature in
            guard let areas else { return true }
            return feature.wkb.withUnsafeBytes { areas.holds($0, box: feature.geometry?.box ?? .empty, layer: layer) }
        }
        return limit.map { Array(found.prefix($0)) } ?? found
    }

    /// Totals per boundary of a level that add up: every record counts in
    /// exactly one, on a border in the one with the lowest ref, outside all
    /// of them in a row without boundary.
    ///
    /// - Parameters:
    ///   - layer: the layer.
    ///   - level: the level.
    ///   - columns: columns to sum, or their Chinese titles.
    ///   - filter: which of its rows.
    /// - Returns: by ref, the row without boundary last.
    /// - Throws: `Failure` with `.usage` for an unknown column.
    public func totals(
        _ layer: Layer, per level: BoundaryLevel, summing columns: [String], filter: RecordFilter = RecordFilter()
    ) throws(Failure) -> [BoundaryTotal] {
        var names: [String] = []
        for name in columns { names.append(try columnName(name, of: layer)) }
        let areas = try file.features(
            FeatureQuery(.boundary, condition: SQLCondition("level = ?", [.text(level.rawValue)]))
        ).sorted { $0.ref < $1.ref }
        let boxes = areas.map { $0.geometry?.box ?? .empty }
        let tree = PackedHilbertTree(boxes)
        var totals = areas.map { BoundaryTotal(boundary: $0, count: 0, sums: Array(repeating: 0, count: names.count)) }
        var outside = BoundaryTotal(boundary: nil, count: 0, sums: Array(repeating: 0, count: names.count))
        for record in try list(layer, filter: filter) {
            let values = names.map { record[$0]?.number ?? 0 }
            var home: Int?
            if let position = record.position {
                let box = BoundingBox(
                    west: position.longitude, south: position.latitude, east: position.longitude,
                    north: position.latitude)
                home = tree.indices(intersecting: box).sorted().first { areas[$0].covers(position) }
            }
            if let home { totals[home].add(values) } else { outside.add(values) }
        }
        return totals + (outside.count > 0 ? [outside] : [])
    }

    /// The question that a filter asks of the store.
    func query(_ layer: Layer, _ filter: RecordFilter) throws(Failure) -> FeatureQuery {
        var query = FeatureQuery(layer, condition: try condition(filter, layer: layer))
        query.box = filter.box
        if !filter.areas.isEmpty {
            let box = AreaTest(filter.areas).box
            query.box = query.box.map { $0.intersection(box) } ?? box
        }
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
            let list = sorted[start..<min(start + 10_000, sorted.count)].map(String.init).joined(separator: ",")
            for feature in try file.features(FeatureQuery(layer, condition: SQLCondition("fid IN (\(list))"))) {
                places[feature.fid] = feature
            }
        }
        return places
    }

    /// The column of a name or Chinese title.
    ///
    /// - Throws: `Failure` with `.usage` where the layer has none.
    public func columnName(_ name: String, of layer: Layer) throws(Failure) -> String {
        if let column = layer.column(name) { return column.name }
        let columns = try file.columns(of: layer)
        if let usual = columns.first(where: { FieldAliases.names(of: $0, in: layer).contains(name) }) { return usual }
        guard columns.contains(name) else {
            throw Failure(
                .usage, .noSuchColumn(name, layer.title), hint: .knownColumns(columns.joined(separator: ", ")))
        }
        return name
    }
}

extension BoundaryTotal {
    fileprivate mutating func add(_ values: [Double]) {
        count += 1
        for (index, value) in values.enumerated() { sums[index] += value }
    }
}

extension Attribute {
    /// The value as a number, where it is one.
    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .real(let value): value
        case .boolean(let value): value ? 1 : 0
        default: nil
        }
    }
}

extension BoundingBox {
    /// What two boxes share; empty where that is nothing.
    func intersection(_ other: BoundingBox) -> BoundingBox {
        BoundingBox(
            west: max(west, other.west), south: max(south, other.south), east: min(east, other.east),
            north: min(north, other.north))
    }
}
