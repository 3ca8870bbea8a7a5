extension OSMDrawing {
    /// The objects as a PBF file of one header blob and one data blob, both
    /// unpacked, so that a changed byte reaches the decoder.
    ///
    /// The format is that of OSM's `fileformat.proto` and `osmformat.proto`.
    var pbf: [UInt8] {
        var header = Message()
        for feature in ["OsmSchema-V0.6", "DenseNodes"] { header.bytes(4, Array(feature.utf8)) }
        return Self.blob("OSMHeader", header) + Self.blob("OSMData", primitiveBlock)
    }

    private var primitiveBlock: Message {
        var strings = StringTable()
        var nodes = DenseNodes()
        var group = Message()
        for object in objects {
            switch object {
            case .node(let id, let x, let y, let tags):
                nodes.append(id, x: Int64(x) * 10_000, y: Int64(y) * 10_000, strings.numbers(of: tags))
            case .way(let id, let references, let tags):
                let tags = strings.numbers(of: tags)
                var way = Message()
                way.integer(1, UInt64(id))
                way.packed(2, tags.map(\.key))
                way.packed(3, tags.map(\.value))
                way.packed(8, Self.deltas(references))
                group.bytes(3, way.content)
            case .relation(let id, let members, let tags):
                let tags = strings.numbers(of: tags)
                var relation = Message()
                relation.integer(1, UInt64(id))
                relation.packed(2, tags.map(\.key))
                relation.packed(3, tags.map(\.value))
                relation.packed(8, members.map { strings.number(of: $0.role) })
                relation.packed(9, Self.deltas(members.map { Int64($0.way) }))
                relation.packed(10, members.map { _ in 1 })
                group.bytes(4, relation.content)
            }
        }
        var dense = Message()
        dense.bytes(2, nodes.message.content)
        var block = Message()
        block.bytes(1, strings.message.content)
        block.bytes(2, dense.content)
        block.bytes(2, group.content)
        return block
    }

    /// A data blob of a few packed bytes that says it unpacks to that many.
    static func blobClaiming(_ size: Int) -> [UInt8] {
        var blob = Message()
        blob.integer(2, UInt64(size))
        blob.bytes(3, [0x78, 0x9C, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01])
        return frame("OSMData", blob)
    }

    private static func blob(_ type: String, _ content: Message) -> [UInt8] {
        var blob = Message()
        blob.bytes(1, content.content)
        return frame(type, blob)
    }

    private static func frame(_ type: String, _ blob: Message) -> [UInt8] {
        var header = Message()
        header.bytes(1, Array(type.utf8))
        header.integer(3, UInt64(blob.content.count))
        let size = UInt32(header.content.count).bigEndian
        return withUnsafeBytes(of: size, Array.init) + header.content + blob.content
    }

    fileprivate static func deltas(_ values: [Int64]) -> [UInt64] {
        zip(values, [0] + values).map { Message.zigzag($0 - $1) }
    }
}

/// A protocol buffer being written.
private struct Message {
    private(set) var content: [UInt8] = []

    mutating func integer(_ field: UInt64, _ value: UInt64) {
        varint(field << 3)
        varint(value)
    }

    mutating func bytes(_ field: UInt64, _ value: [UInt8]) {
        varint(field << 3 | 2)
        varint(UInt64(value.count))
        content += value
    }

    mutating func packed(_ field: UInt64, _ values: [UInt64]) {
        var list = Message()
        for value in values { list.varint(value) }
        bytes(field, list.content)
    }

    static func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: value << 1 ^ value >> 63) }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            content.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        content.append(UInt8(rest))
    }
}

private struct StringTable {
    private var texts = [""]

    mutating func number(of text: String) -> UInt64 {
        if let known = texts.firstIndex(of: text) { return UInt64(known) }
        texts.append(text)
        return UInt64(texts.count - 1)
    }

    mutating func numbers(of tags: [String: String]) -> [(key: UInt64, value: UInt64)] {
        tags.sorted { $0.key < $1.key }.map { (number(of: $0), number(of: $1)) }
    }

    var message: Message {
        var message = Message()
        for text in texts { message.bytes(1, Array(text.utf8)) }
        return message
    }
}

private struct DenseNodes {
    private var ids: [Int64] = []
    private var latitudes: [Int64] = []
    private var longitudes: [Int64] = []
    private var tags: [UInt64] = []

    mutating func append(_ id: Int64, x: Int64, y: Int64, _ numbers: [(key: UInt64, value: UInt64)]) {
        ids.append(id)
        latitudes.append(y)
        longitudes.append(x)
        tags += numbers.flatMap { [$0.key, $0.value] } + [0]
    }

    var message: Message {
        var message = Message()
        message.packed(1, OSMDrawing.deltas(ids))
        message.packed(8, OSMDrawing.deltas(latitudes))
        message.packed(9, OSMDrawing.deltas(longitudes))
        message.packed(10, tags)
        return message
    }
}
