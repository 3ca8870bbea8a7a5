/// A little town drawn in letters, as OSM XML: every letter is a node (its
/// id is its code, A = 65) on a grid of 0.001 degrees, the lowest row at
/// latitude 0.
struct OSMDrawing {
    private var nodes: [Character: (x: Int, y: Int)] = [:]
    private var nodeTags: [Character: [String: String]] = [:]
    private var objects: [String] = []

    init(_ map: String) {
        let rows = map.split(separator: "\n", omittingEmptySubsequences: false)
        for (row, line) in rows.enumerated() {
            for (column, letter) in line.enumerated() where letter.isLetter {
                nodes[letter] = (column, rows.count - 1 - row)
            }
        }
    }

    /// Gives a node tags.
    mutating func node(_ letter: Character, _ tags: [String: String]) { nodeTags[letter] = tags }

    /// Draws a way through nodes.
    mutating func way(_ id: Int, _ letters: String, _ tags: [String: String] = [:]) {
        let references = letters.map { "<nd ref=\"\(Self.id(of: $0))\"/>" }.joined()
        objects.append("<way id=\"\(id)\" version=\"1\">\(references)\(Self.xml(tags))</way>")
    }

    /// Binds ways to a relation; a way that was not drawn is missing.
    mutating func relation(_ id: Int, outer: [Int], inner: [Int] = [], _ tags: [String: String]) {
        let members =
            outer.map { "<member type=\"way\" ref=\"\($0)\" role=\"outer\"/>" }
            + inner.map { "<member type=\"way\" ref=\"\($0)\" role=\"inner\"/>" }
        objects.append("<relation id=\"\(id)\" version=\"1\">\(members.joined())\(Self.xml(tags))</relation>")
    }

    /// The objects in the usual order: nodes first.
    var xml: String { (nodeXML + objects).joined(separator: "\n") }

    /// The objects in the opposite order: relations, ways, nodes.
    var xmlBackwards: String { (nodeXML + objects).reversed().joined(separator: "\n") }

    /// The id of a node.
    static func id(of letter: Character) -> Int64 { Int64(letter.unicodeScalars.first?.value ?? 0) }

    private var nodeXML: [String] {
        nodes.sorted { $0.key < $1.key }.map { letter, place in
            let tags = Self.xml(nodeTags[letter] ?? [:])
            let (longitude, latitude) = (Double(place.x) / 1000, Double(place.y) / 1000)
            return
                "<node id=\"\(Self.id(of: letter))\" version=\"1\" lon=\"\(longitude)\" lat=\"\(latitude)\">\(tags)</node>"
        }
    }

    private static func xml(_ tags: [String: String]) -> String {
        tags.sorted { $0.key < $1.key }.map { key, value in
            let escaped = value.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing(
                "<", with: "&lt;")
            return "<tag k=\"\(key)\" v=\"\(escaped)\"/>"
        }.joined()
    }
}
