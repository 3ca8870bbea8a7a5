import COsmium

/// An object as JSON text, so that one that was not taken is kept whole.
///
/// The form is that of OSM JSON: `{"type":"way","id":1,"tags":{…},"nodes":[…]}`.
struct OSMRecordText {
    private(set) var json = ""

    init(_ object: louyu_osm_object, _ tags: OSMTags, keys: [String]) {
        let name = object.reference
        json = "{\"type\":\"\(name.prefix { $0 != "/" })\",\"id\":\(object.id),\"tags\":{"
        for (place, tag) in tags.entries.enumerated() {
            if place > 0 { json += "," }
            json += Self.quoted(keys[tag.key])
            json += ":"
            json += Self.quoted(tag.value.string)
        }
        json += "}"
        if Int(object.kind) == LOUYU_OSM_WAY {
            json += ",\"nodes\":[\(object.allNodes.map { String($0.id) }.joined(separator: ","))]"
        }
        appendMembers(object)
        json += "}"
    }

    private mutating func appendMembers(_ object: louyu_osm_object) {
        guard object.member_count > 0 else { return }
        json += ",\"members\":["
        for (place, member) in UnsafeBufferPointer(start: object.members, count: object.member_count).enumerated() {
            if place > 0 { json += "," }
            let type =
                switch UInt8(bitPattern: member.type) {
                case UInt8(ascii: "n"): "node"
                case UInt8(ascii: "w"): "way"
                default: "relation"
                }
            json += "{\"type\":\"\(type)\",\"ref\":\(member.id),\"role\":"
            json += Self.quoted(member.role.map { String(cString: $0) } ?? "")
            json += "}"
        }
        json += "]"
    }

    /// A text as a JSON string.
    static func quoted(_ text: String) -> String {
        var json = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }
}
