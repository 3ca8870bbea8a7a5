/// A run of features in flat buffers: how data streams from a reader to the
/// store and back without an object a feature.
///
/// Texts and geometries are ranges of `bytes`; `fields` of all records stand
/// one behind the other. A batch is a value: it may cross threads.
public struct FeatureBatch: Sendable {
    /// WKB (ISO, little-endian) of the geometries, and UTF-8 of the texts.
    public var bytes: [UInt8] = []
    /// One entry a feature, in source order.
    public var records: [Record] = []
    /// The fields of all records.
    public var fields: [Field] = []
    /// The names of the fields; `Field.key` counts into it. Grows over a
    /// stream, never shrinks or changes order.
    public var keys: [String] = []
    /// The layer all these records belong to, where the format knows it (OSM).
    public var layer: String?
    /// Source records that could not be read as features.
    public var rejections: [Rejection] = []

    /// One feature.
    public struct Record: Sendable {
        /// Where it stands in the source: line, byte or record number.
        public var position: SourcePosition
        /// WKB in `bytes`; empty where the feature has no geometry.
        public var geometry: Range<Int>
        /// The box of the geometry, in the coordinates of the WKB.
        public var box: BoundingBox
        /// The feature's own fields in `fields`.
        public var fields: Range<Int>
        /// The identifier the format itself gives (a Feature's `id`, OSM's
        /// `way/123`); `.null` where it gives none.
        public var id: FieldValue

        /// Makes a record.
        @inlinable
        public init(
            position: SourcePosition, geometry: Range<Int>, box: BoundingBox, fields: Range<Int>,
            id: FieldValue = .null
        ) {
            self.position = position
            self.geometry = geometry
            self.box = box
            self.fields = fields
            self.id = id
        }
    }

    /// One named value.
    public struct Field: Sendable {
        /// Index in `keys`.
        public var key: Int
        /// The value.
        public var value: FieldValue

        /// Makes a field.
        @inlinable
        public init(key: Int, value: FieldValue) {
            self.key = key
            self.value = value
        }
    }

    /// Makes an empty batch.
    public init() {}

    /// The UTF-8 text of a range of `bytes`.
    public func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

/// A value of a field; texts are ranges of the batch's bytes.
public enum FieldValue: Hashable, Sendable {
    /// No value.
    case null
    /// True or false.
    case boolean(Bool)
    /// A whole number.
    case integer(Int64)
    /// A number.
    case real(Double)
    /// UTF-8 text at a range of `FeatureBatch.bytes`.
    case text(Range<Int>)
    /// A JSON array or object as UTF-8 at a range of `FeatureBatch.bytes`.
    case json(Range<Int>)
}

/// A place in a source file.
public enum SourcePosition: Hashable, Sendable {
    /// A line, from 1.
    case line(Int)
    /// A byte, from 0.
    case byte(Int)
    /// A row of a sheet, from 1.
    case row(Int)
    /// A record or element number, from 1.
    case record(Int)
}
