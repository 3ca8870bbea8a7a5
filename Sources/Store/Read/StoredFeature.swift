public import Spatial

/// A row of a layer.
public struct StoredFeature: Sendable {
    /// The layer.
    public let layer: Layer
    /// The row's number in its table.
    public let fid: Int64
    /// The geometry as WKB in WGS 84; empty where there is none.
    public let wkb: [UInt8]
    /// The columns behind the geometry in the table's order, nulls left out,
    /// members of `attributes` flattened.
    public let attributes: [(key: String, value: Attribute)]

    /// Members of `attributes` that hold other names, by which a record is found, too.
    public static let aliasMembers = NameIndex.aliases

    /// `building/42`.
    public var id: String { "\(layer.name)/\(fid)" }

    /// The stable ref; the id where a row made by another program has none.
    public var ref: String { text("ref") ?? id }

    /// The name, where there is one.
    public var name: String? { text("name") }

    /// The value of a column or attribute.
    public subscript(_ key: String) -> Attribute? { attributes.first { $0.key == key }?.value }

    /// A column's text.
    public func text(_ key: String) -> String? {
        switch self[key] {
        case .text(let value): value
        case .integer(let value): String(value)
        default: nil
        }
    }

    /// Whether a column says yes, as OSM's tags do: anything but `no` and its
    /// kin. `FeatureCondition.isYes` asks a store the same.
    public func isYes(_ key: String) -> Bool {
        switch self[key] {
        case .boolean(let value): value
        case .integer(let value): value != 0
        case .text(let value): !Self.noes.contains(value.lowercased())
        default: false
        }
    }

    /// What says no, in lower case.
    static let noes: Set = ["f", "no", "false", "0", "", "否"]

    /// The geometry as a value; `nil` where there is none or it is no WKB.
    public var geometry: Geometry? { wkb.isEmpty ? nil : try? Geometry(wkb: wkb) }
}
