/// A little town drawn in letters, as OSM data: every letter is a node (its
/// id is its code, A = 65) on a grid of 0.001 degrees, the lowest row at
/// latitude 0.
struct OSMDrawing {
    /// A node, way or relation.
    enum Object {
        case node(id: Int64, x: Int, y: Int, tags: [String: String])
        case way(id: Int, nodes: [Int64], tags: [String: String])
        case relation(id: Int, members: [(way: Int, role: String)], tags: [String: String])
    }

    private var nodes: [Character: (x: Int, y: Int)] = [:]
    private var nodeTags: [Character: [String: String]] = [:]
    private var drawn: [Object] = []

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
        drawn.append(.way(id: id, nodes: letters.map { Self.id(of: $0) }, tags: tags))
    }

    /// Binds ways to a relation; a way that was not drawn is missing.
    mutating func relation(_ id: Int, outer: [Int], inner: [Int] = [], _ tags: [String: String]) {
        let members = outer.map { (way: $0, role: "outer") } + inner.map { (way: $0, role: "inner") }
        drawn.append(.relation(id: id, members: members, tags: tags))
    }

    /// The objects in the usual order: nodes first.
    var objects: [Object] {
        nodes.sorted { $0.key < $1.key }.map { letter, place in
            .node(id: Self.id(of: letter), x: place.x, y: place.y, tags: nodeTags[letter] ?? [:])
        } + drawn
    }

    /// The objects as XML without the root element.
    var xml: String { objects.map(Self.xml).joined(separator: "\n") }

    /// The objects in the opposite order: relations, ways, nodes.
    var xmlBackwards: String { objects.reversed().map(Self.xml).joined(separator: "\n") }

    /// The id of a node.
    static func id(of letter: Character) -> Int64 { Int64(letter.unicodeScalars.first?.value ?? 0) }

    private static func xml(_ object: Object) -> String {
        switch object {
        case .node(let id, let x, let y, let tags):
            let (longitude, latitude) = (Double(x) / 1000, Double(y) / 1000)
            return "<node id=\"\(id)\" version=\"1\" lon=\"\(longitude)\" lat=\"\(latitude)\">\(xml(tags))</node>"
        case .way(let id, let nodes, let tags):
            let references = nodes.map { "<nd ref=\"\($0)\"/>" }.joined()
            return "<way id=\"\(id)\" version=\"1\">\(references)\(xml(tags))</way>"
        case .relation(let id, let members, let tags):
            let list = members.map { "<member type=\"way\" ref=\"\($0.way)\" role=\"\($0.role)\"/>" }.joined()
            return "<relation id=\"\(id)\" version=\"1\">\(list)\(xml(tags))</relation>"
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
