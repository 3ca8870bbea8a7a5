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
    /// A box that they must meet.
    public var box: BoundingBox?

    /// Makes a filter that lets everything through.
    public init() {}
}

extension Atlas {
    /// A filter's condition on columns, compiled.
    func condition(_ filter: RecordFilter, layer: Layer) throws(Failure) -> SQLCondition? {
        var condition = try filter.expression.map { text throws(Failure) in try compiled(text, layer: layer) }
        if let kind = filter.kind {
            let ofKind = SQLCondition("kind = ?", [.text(kind)])
            if var both = condition {
                both.sql = "(\(both.sql)) AND \(ofKind.sql)"
                both.values += ofKind.values
                condition = both
            } else {
                condition = ofKind
            }
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
        let columns = try file.columns(of: layer)
        let compiler = CQL2Compiler(
            column: { name throws(Failure) in try self.expression(of: name, layer: layer, columns: columns) },
            place: { name throws(Failure) in
                guard let geometry = try self.place(name, in: [.boundary, .zone, .building]).geometry else {
                    throw Failure(.notFound, .noPosition)
                }
                return geometry
            })
        return try compiler.condition(expression)
    }

    /// The SQL that a property's name stands for: a column, its Chinese
    /// title, one of its usual names, or a member of `attributes`.
    private func expression(of name: String, layer: Layer, columns: [String]) throws(Failure) -> String {
        let column =
            columns.first { $0 == name } ?? layer.column(name)?.name
            ?? columns.first { FieldAliases.names(of: $0, in: layer).contains(name) }
        if let column { return "\"" + column.replacing("\"", with: "\"\"") + "\"" }
        guard try file.hasAttribute(name, in: layer) else {
            throw Failure(
                .usage, .noSuchColumn(name, layer.title), hint: .knownColumns(columns.joined(separator: ", ")))
        }
        return AtlasFile.attributeExpression(name)
    }
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
