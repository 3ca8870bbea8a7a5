public import Spatial

/// What rows of a layer must fulfil: a value that says what is wanted, not
/// how a store finds it.
public indirect enum FeatureCondition: Hashable, Sendable {
    /// One of these numbers.
    case fids([Int64])
    /// A number in this range.
    case fid(in: ClosedRange<Int64>)
    /// This ref.
    case ref(String)
    /// A property is this text.
    case equals(Property, String)
    /// A property says yes, as OSM's tags do: anything but `no` and its kin.
    case isYes(Property)
    /// The geometry meets a box in degrees; its west is greater than its east
    /// across the antimeridian.
    case meets(BoundingBox)
    /// The geometry lies in one of these areas.
    case lies(in: [Geometry], by: Belonging)
    /// A CQL2 expression, its properties and places looked up.
    case expression(CQL2Expression, properties: [String: Property], places: [String: Geometry])
    /// All of these.
    case all([FeatureCondition])

    /// What makes a record belong to an area.
    public enum Belonging: Hashable, Sendable {
        /// Its representative point lies in the area or on its outline.
        case point
        /// Any part of it meets the area.
        case anyPart
        /// More than half of its ground lies in the area.
        case mostOfIt
    }
}
