import COsmium
import Messages
import Spatial

/// One batch a layer, filled side by side and given away when full.
struct OSMBatches {
    /// Numbers of all tag keys.
    var keys = OSMKeyTable()

    private var open: [FeatureBatch]
    /// Makes fields from tags.
    var fields = OSMFields()
    /// The names that batches carry, shared by all layers, in order of first use.
    private var names: [String] = []
    private var numbersOfNames: [String: Int] = [:]
    /// Place in `names` by key number; -1 where a key was in no feature yet.
    private var places: [Int32] = []

    private static let fullBytes = 1 << 18
    private static let fullRecords = 2048

    init() {
        open = OSMLayers.each.map { layer in
            var batch = FeatureBatch()
            batch.layer = layer.name
            return batch
        }
    }

    /// Takes a batch that is full; at the end any that is not empty.
    mutating func take(atEnd: Bool) -> FeatureBatch? {
        let ready = open.firstIndex { batch in
            let waiting = batch.records.count + batch.rejections.count
            return atEnd ? waiting > 0 : waiting >= Self.fullRecords || batch.bytes.count >= Self.fullBytes
        }
        guard let ready else { return nil }
        var next = FeatureBatch()
        next.layer = open[ready].layer
        swap(&open[ready], &next)
        next.keys = names
        return next
    }

    /// Appends a feature; `write` appends its WKB.
    mutating func append(
        _ object: louyu_osm_object, id: String, _ tags: OSMTags, to layer: Int, at position: SourcePosition,
        _ write: (inout OSMGeometry, inout [UInt8]) -> Void
    ) {
        var geometry = OSMGeometry()
        let start = open[layer].bytes.count
        write(&geometry, &open[layer].bytes)
        let shape = start..<open[layer].bytes.count
        let first = open[layer].fields.count
        fields.make(OSMLayers.each[layer].layer, object, tags)
        appendTags(tags, isRelation: id.hasPrefix("relation/"), to: layer)
        for (key, value) in fields.made {
            let value = store(value, of: object, in: layer)
            open[layer].fields.append(.init(key: place(ofKey: key.rawValue), value: value))
        }
        open[layer].records.append(
            .init(
                position: position, geometry: shape, box: geometry.box, fields: first..<open[layer].fields.count,
                id: .text(open[layer].store(id))))
    }

    /// Appends an object that could not be taken.
    mutating func reject(
        _ object: louyu_osm_object, _ tags: OSMTags, from layer: Int, at position: SourcePosition, _ reason: Text
    ) {
        let record = OSMRecordText(object, tags, keys: keys.names).json
        open[layer].rejections.append(Rejection(position: position, reason: reason, record: record))
    }

    private mutating func appendTags(_ tags: OSMTags, isRelation: Bool, to layer: Int) {
        let isStreet = OSMLayers.each[layer].layer == .street
        for tag in tags.entries {
            if isStreet && tag.key == OSMKey.highway.rawValue || isRelation && tag.key == OSMKey.type.rawValue {
                continue
            }
            let own = keys.names[tag.key]
            guard let name = fields.name(ofTag: tag.key, own) else { continue }
            let place = name == own ? place(ofKey: tag.key) : place(ofName: name)
            let text = tag.value.append(to: &open[layer].bytes)
            open[layer].fields.append(.init(key: place, value: .text(text)))
        }
    }

    private mutating func store(
        _ value: OSMFields.Value, of object: louyu_osm_object, in layer: Int
    ) -> FieldValue {
        switch value {
        case .integer(let value): return .integer(value)
        case .real(let value): return .real(value)
        case .text(let text): return .text(open[layer].store(text))
        case .json(let text): return .json(open[layer].store(text))
        case .nodeIDs:
            let start = open[layer].bytes.count
            Self.append(idsOf: object.allNodes[...], to: &open[layer].bytes)
            return .json(start..<open[layer].bytes.count)
        case .ringNodeIDs:
            let start = open[layer].bytes.count
            for (place, ring) in UnsafeBufferPointer(start: object.rings, count: object.ring_count).enumerated() {
                open[layer].bytes.append(UInt8(ascii: place == 0 ? "[" : ","))
                Self.append(idsOf: object.allNodes[ring.first..<ring.first + ring.count], to: &open[layer].bytes)
            }
            open[layer].bytes.append(UInt8(ascii: "]"))
            return .json(start..<open[layer].bytes.count)
        }
    }

    private static func append(idsOf nodes: Slice<UnsafeBufferPointer<louyu_osm_node_ref>>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        for (place, node) in nodes.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: String(node.id).utf8)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func place(ofKey number: Int) -> Int {
        while places.count <= number { places.append(-1) }
        if places[number] < 0 { places[number] = Int32(place(ofName: keys.names[number])) }
        return Int(places[number])
    }

    private mutating func place(ofName name: String) -> Int {
        if let place = numbersOfNames[name] { return place }
        numbersOfNames[name] = names.count
        names.append(name)
        return names.count - 1
    }
}
