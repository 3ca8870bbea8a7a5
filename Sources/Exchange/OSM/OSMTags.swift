import COsmium

/// The tags of one object, in the memory that libosmium holds them in.
struct OSMTags {
    /// One tag; the key is its number in the key table.
    struct Entry {
        let key: Int
        let value: OSMText
    }

    private(set) var entries: [Entry] = []
    private var places = [Int32](repeating: -1, count: OSMKey.allCases.count)

    /// Takes the tags of another object.
    mutating func read(_ object: louyu_osm_object, keys: inout OSMKeyTable) {
        for entry in entries where entry.key < places.count { places[entry.key] = -1 }
        entries.removeAll(keepingCapacity: true)
        guard let start = object.tags else { return }
        let bytes = UnsafeRawBufferPointer(start: start, count: object.tag_bytes).assumingMemoryBound(to: UInt8.self)
        var offset = 0
        while let key = Self.text(in: bytes, from: &offset), let value = Self.text(in: bytes, from: &offset) {
            let number = keys.number(of: key)
            if number < places.count && places[number] < 0 { places[number] = Int32(entries.count) }
            entries.append(Entry(key: number, value: OSMText(bytes: value)))
        }
    }

    /// The value of a tag; `nil` where there is none.
    subscript(_ key: OSMKey) -> OSMText? {
        let place = places[key.rawValue]
        return place < 0 ? nil : entries[Int(place)].value
    }

    private static func text(
        in bytes: UnsafeBufferPointer<UInt8>, from offset: inout Int
    ) -> UnsafeBufferPointer<UInt8>? {
        let start = offset
        while offset < bytes.count && bytes[offset] != 0 { offset += 1 }
        guard offset < bytes.count else { return nil }
        defer { offset += 1 }
        return UnsafeBufferPointer(rebasing: bytes[start..<offset])
    }
}

/// The value of a tag, good as long as its object.
struct OSMText {
    let bytes: UnsafeBufferPointer<UInt8>

    /// The text; bytes that are no UTF-8 become U+FFFD.
    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether the text is that one.
    func equals(_ text: StaticString) -> Bool {
        bytes.count == text.utf8CodeUnitCount && text.withUTF8Buffer { $0.elementsEqual(bytes) }
    }

    /// Whether the text is one of those.
    func isOne(of texts: StaticString...) -> Bool { texts.contains { equals($0) } }

    /// The whole number that the text is; `nil` for anything else.
    var integer: Int64? { Int64(string) }

    /// Appends the text as valid UTF-8.
    func append(to target: inout [UInt8]) -> Range<Int> {
        let start = target.count
        if bytes.allSatisfy({ $0 < 0x80 }) {
            target.append(contentsOf: bytes)
        } else {
            target.append(contentsOf: string.utf8)
        }
        return start..<target.count
    }
}
