/// A value of a feature's attribute.
public enum Attribute: Hashable, Sendable {
    /// No value.
    case null
    /// True or false.
    case boolean(Bool)
    /// A whole number.
    case integer(Int64)
    /// A number.
    case real(Double)
    /// Text.
    case text(String)
    /// A JSON array or object, as JSON text.
    case json(String)
}

/// One thing on the map, with its attributes in order.
///
/// The value that a Swift programmer handles; streams of many use
/// `FeatureBatch`.
public struct Feature: Hashable, Sendable {
    /// The identifier, where there is one.
    public var id: Attribute
    /// Where and what shape; `nil` for none.
    public var geometry: Geometry?
    /// Names and values, in order.
    public var attributes: [(key: String, value: Attribute)]

    /// Makes a feature.
    public init(id: Attribute = .null, geometry: Geometry?, attributes: [(key: String, value: Attribute)] = []) {
        self.id = id
        self.geometry = geometry
        self.attributes = attributes
    }

    /// The value of the first attribute of that name.
    public subscript(_ key: String) -> Attribute? { attributes.first { $0.key == key }?.value }

    /// Whether two features have the same id, geometry, and attributes in the same order.
    public static func == (a: Feature, b: Feature) -> Bool {
        a.id == b.id && a.geometry == b.geometry
            && a.attributes.elementsEqual(b.attributes) { $0.key == $1.key && $0.value == $1.value }
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(geometry)
        for (key, value) in attributes {
            hasher.combine(key)
            hasher.combine(value)
        }
    }
}
