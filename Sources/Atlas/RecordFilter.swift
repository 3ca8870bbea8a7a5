import Foundation
import Messages
public import Spatial
public import Store

/// Which records of a layer a question is about.
public struct RecordFilter: Sendable {
    /// A condition on their columns, as CQL2 text.
    public var expression: String?
    /// Boundaries and zones of which one must hold them: buildings and
    /// stations by a point on their surface, all else by any part.
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
    /// A filter's condition on columns, compiled.
    func condition(_ filter: RecordFilter, layer: Layer) throws(Failure) -> SQLCondition? {
        var condition = try filter.expression.map { text throws(Failure) in try compiled(text, layer: layer) }
        if let kind = filter.kind {
            let column = try property("kind", of: layer)
            let ofKind = SQLCondition("\(column.expression) = ?", [.text(kind)])
            if var both = condition {
                both.sql = "(\(both.sql)) AND \(ofKind.sql)"
                both.values += ofKind.values
                condition = both
            } else {
                condition = ofKind
            }
        }
        if let box = filter.box {
            var both = condition ?? SQLCondition("")
            both.require(SpatialTest(isWithin: false, box: box))
            condition = both
        }
        return condition
    }

    /// CQL2 text as a condition on the rows of a layer.
    private func compiled(_ text: String, layer: Layer) throws(Failure) -> SQLCondition {
        let expression: CQL2Expression
        do {
            expression = try CQL2Expression(parsing: text)
        } catch {
            throw error.failure
        }
        var known: [String: Property] = [:]
        let property = { (name: String) throws(Failure) -> Property in
            if let property = known[name] { return property }
            let property = try self.property(name, of: layer)
            known[name] = property
            return property
        }
        let compiler = CQL2Compiler(
            column: { name throws(Failure) in try property(name).expression },
            isNumeric: { name in (try? property(name).isNumeric) ?? false },
            place: { name throws(Failure) in
                guard let geometry = try self.place(name, in: [.boundary, .zone, .building]).geometry else {
                    throw Failure(.notFound, .noPosition)
                }
                return geometry
            })
        return try compiler.condition(expression)
    }

    /// What a property's name stands for: a column, its Chinese title, one of
    /// its usual names, or a member of `attributes`.
    ///
    /// - Throws: `Failure` with `.usage` where the layer has none of that name.
    public func property(_ name: String, of layer: Layer) throws(Failure) -> Property {
        let columns = try file.columns(of: layer)
        let column =
            columns.first { $0 == name } ?? layer.column(name)?.name
            ?? columns.first { FieldAliases.names(of: $0, in: layer).contains(name) }
        if let column {
            let kind = layer.column(column)?.kind
            return Property(
                name: column, expression: "\"" + column.replacing("\"", with: "\"\"") + "\"",
                isNumeric: kind.map { $0 != .text } ?? false)
        }
        guard try file.hasAttribute(name, in: layer) else {
            throw Failure(
                .usage, .noSuchColumn(name, layer.title), hint: .knownColumns(columns.joined(separator: ", ")))
        }
        return Property(name: name, expression: AtlasFile.attributeExpression(name), isNumeric: false)
    }
}

/// A column of a layer, or a member of its `attributes`.
public struct Property: Sendable {
    /// The name under which records give its value.
    public let name: String
    /// Its SQL.
    let expression: String
    /// Whether the column is declared to hold numbers.
    let isNumeric: Bool
}

/// Tells which of several areas hold records.
struct AreaTest {
    private let areas: [(box: BoundingBox, feature: StoredFeature, geometry: Geometry)]
    /// The box around all areas.
    let box: BoundingBox

    init(_ features: [StoredFeature]) {
        areas = features.compactMap { feature in feature.geometry.map { ($0.box, feature, $0) } }
        var box = BoundingBox.empty
        for area in areas { box.add(area.box) }
        self.box = box
    }

    /// Whether one of the areas holds the record.
    func holds(_ wkb: UnsafeRawBufferPointer, box: BoundingBox, layer: Layer) -> Bool {
        guard layer == .building || layer == .station else { return meets(wkb, box: box) }
        guard let point = (try? Geometry.representativePoint(wkb: wkb)) ?? nil else { return false }
        return areas.contains { $0.box.contains(point) && $0.feature.covers(point) }
    }

    private func meets(_ wkb: UnsafeRawBufferPointer, box: BoundingBox) -> Bool {
        guard areas.contains(where: { $0.box.intersects(box) }), let geometry = try? Geometry(wkb: wkb) else {
            return false
        }
        return areas.contains { $0.box.intersects(box) && ((try? $0.geometry.intersects(geometry)) ?? false) }
    }
}
