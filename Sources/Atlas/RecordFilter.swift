import Messages
public import Spatial
public import Store

/// Which records of a layer a question is about.
public struct RecordFilter: Sendable {
    /// A condition on their columns, as CQL2 text.
    public var expression: String?
    /// Boundaries and zones of which one must hold them: buildings and
    /// stations by a point on their surface, boundaries by more than
    /// half of their ground (so that neighbours and the areas above are out), all
    /// else by any part.
    public var areas: [StoredFeature] = []
    /// Stations of this kind.
    public var kind: String?
    /// A box that they must meet; its west is greater than its east across
    /// the antimeridian.
    public var box: BoundingBox?

    /// Makes a filter that lets everything through.
    public init() {}
}

extension Atlas {
    /// What a filter asks of rows; `nil` where it lets everything through.
    func condition(_ filter: RecordFilter, layer: Layer) throws(Failure) -> FeatureCondition? {
        var parts: [FeatureCondition] = []
        if let text = filter.expression { parts.append(try lookedUp(text, layer: layer)) }
        if let kind = filter.kind { parts.append(.equals(try reckonedProperty("kind", of: layer), kind)) }
        if let box = filter.box { parts.append(.meets(box)) }
        if !filter.areas.isEmpty {
            let belonging: FeatureCondition.Belonging =
                switch layer {
                case .building, .station: .point
                case .boundary: .mostOfIt
                default: .anyPart
                }
            parts.append(.lies(in: filter.areas.compactMap(\.geometry), by: belonging))
        }
        return parts.count > 1 ? .all(parts) : parts.first
    }

    /// CQL2 text as a condition, its properties and places looked up.
    private func lookedUp(_ text: String, layer: Layer) throws(Failure) -> FeatureCondition {
        let expression: CQL2Expression
        do {
            expression = try CQL2Expression(parsing: text)
        } catch {
            throw error.failure
        }
        var properties: [String: Property] = [:]
        let comparedNames = expression.comparedNames
        for name in expression.propertyNames {
            let property = try property(name, of: layer, mayBeText: comparedNames.contains(name))
            try checkMayReckon(by: property, in: layer)
            properties[name] = property
        }
        var places: [String: Geometry] = [:]
        for name in expression.placeNames {
            guard let geometry = try place(name, in: [.boundary, .zone, .building]).geometry else {
                throw Failure(.notFound, .noPosition)
            }
            places[name] = geometry
        }
        return .expression(expression, properties: properties, places: places)
    }

    /// What a property's name stands for: a column, its Chinese title, one of
    /// its usual names, or a member of `attributes`.
    ///
    /// - Throws: `Failure` with `.usage` where the layer has none of that name.
    public func property(_ name: String, of layer: Layer) throws(Failure) -> Property {
        try property(name, of: layer, mayBeText: false)
    }

    /// The same; where there is no such name, the hint tells how text is
    /// written, if it may have been meant as text.
    private func property(_ name: String, of layer: Layer, mayBeText: Bool) throws(Failure) -> Property {
        let columns = try file.columns(of: layer)
        let column =
            columns.first { $0 == name } ?? layer.column(name)?.name
            ?? columns.first { FieldAliases.names(of: $0, in: layer).contains(name) }
        if let column {
            try checkIsPublic(column, in: layer)
            let kind = layer.column(column)?.kind
            return .column(column, isNumeric: kind.map { $0 != .text } ?? false)
        }
        guard try file.hasAttribute(name, in: layer) else {
            let alike = columns.filter { NameLikeness.isAlike(name, $0) }
            let hint = alike.isEmpty ? Text.knownColumns(columns.joined(separator: ", ")) : .alikeColumns(alike)
            throw Failure(
                .usage, .noSuchColumn(name, layer.title),
                hint: mayBeText ? .textNeedsQuotes(name, or: hint) : hint)
        }
        try checkIsPublic(name, in: layer)
        return .attribute(name)
    }
}
