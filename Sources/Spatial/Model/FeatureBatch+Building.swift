extension FeatureBatch {
    /// The index of a field name, added where it is new.
    ///
    /// - Complexity: O(keys); readers remember the index.
    public mutating func key(_ name: String) -> Int {
        if let index = keys.firstIndex(of: name) { return index }
        keys.append(name)
        return keys.count - 1
    }

    /// Puts a text into the bytes.
    public mutating func store(_ text: String) -> Range<Int> {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        return start..<bytes.count
    }

    /// Puts an attribute into the bytes where it needs them.
    public mutating func store(_ attribute: Attribute) -> FieldValue {
        switch attribute {
        case .null: .null
        case .boolean(let value): .boolean(value)
        case .integer(let value): .integer(value)
        case .real(let value): .real(value)
        case .text(let value): .text(store(value))
        case .json(let value): .json(store(value))
        }
    }

    /// Appends a feature.
    public mutating func append(_ feature: Feature, position: SourcePosition) {
        let start = bytes.count
        feature.geometry?.append(toWKB: &bytes)
        let geometry = start..<bytes.count
        let first = fields.count
        for (name, value) in feature.attributes {
            fields.append(Field(key: key(name), value: store(value)))
        }
        records.append(
            Record(
                position: position, geometry: geometry, box: feature.geometry?.box ?? .empty,
                fields: first..<fields.count, id: store(feature.id)))
    }

    /// The attribute that a field value stands for.
    public func attribute(_ value: FieldValue) -> Attribute {
        switch value {
        case .null: .null
        case .boolean(let value): .boolean(value)
        case .integer(let value): .integer(value)
        case .real(let value): .real(value)
        case .text(let range): .text(string(range))
        case .json(let range): .json(string(range))
        }
    }

    /// A record as a feature value.
    ///
    /// - Throws: `WKBError` where the geometry is no WKB.
    public func feature(at index: Int) throws(WKBError) -> Feature {
        let record = records[index]
        let geometry = record.geometry.isEmpty ? nil : try Geometry(wkb: bytes[record.geometry])
        return Feature(
            id: attribute(record.id), geometry: geometry,
            attributes: fields[record.fields].map { (keys[$0.key], attribute($0.value)) })
    }
}
