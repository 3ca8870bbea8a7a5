import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A page as an XML parser sees it, read apart from the program.
final class PrintedPage: NSObject, XMLParserDelegate {
    /// An element with what stands in it.
    final class Element {
        let name: String
        let attributes: [String: String]
        var children: [Element] = []
        /// All text in it, of its children too.
        var text = ""

        init(_ name: String, _ attributes: [String: String]) { (self.name, self.attributes) = (name, attributes) }

        /// The classes of the style sheet.
        var classes: [String] { attributes["class", default: ""].split(separator: " ").map(String.init) }

        /// All elements of a name below, in order.
        func all(_ name: String, class wanted: String? = nil) -> [Element] {
            children.flatMap { child in
                let isMeant = child.name == name && (wanted.map(child.classes.contains) ?? true)
                return (isMeant ? [child] : []) + child.all(name, class: wanted)
            }
        }
    }

    /// The document's own element.
    private(set) var root = Element("", [:])
    private var open: [Element] = []

    /// Parses a page; `nil` where it is no well-formed XML.
    init?(_ bytes: Data) {
        super.init()
        let parser = XMLParser(data: bytes)
        parser.delegate = self
        open = [root]
        guard parser.parse(), root.children.count == 1 else { return nil }
        root = root.children[0]
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        let element = Element(name, attributes)
        open.last?.children.append(element)
        open.append(element)
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        guard let ended = open.popLast() else { return }
        open.last?.text += ended.text
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.text += text }

    /// The tables of rows, records left out.
    var tables: [Element] { root.all("table", class: "rows").filter { !$0.classes.contains("record") } }

    /// What was asked, each by its name.
    var terms: [String: String] {
        let rows = root.all("table", class: "terms").flatMap { $0.all("tr") }
        return Dictionary(rows.map { ($0.all("th").map(\.text).joined(), $0.all("td").map(\.text).joined()) }) { $1 }
    }

    /// The rows of a table by the headings of their cells, sums left out.
    static func rows(_ table: Element) -> [[String: String]] {
        let headings = table.all("thead").flatMap { $0.all("th") }.map(\.text)
        return table.all("tbody").flatMap { $0.all("tr") }.filter { !$0.classes.contains("sum") }.map { row in
            Dictionary(zip(headings, row.all("td").map(\.text))) { first, _ in first }
        }
    }

    /// The numbers that stand on the map.
    var numbersOnMap: [Int] {
        root.all("svg", class: "map").flatMap { $0.all("text", class: "no") }.compactMap { Int($0.text) }
    }

    /// The upper left corners of the squares that mark stations, in tenths of a millimetre.
    var stationMarks: [(x: Double, y: Double)] {
        let paths = root.all("svg", class: "map").flatMap { $0.all("path", class: "station") }
        let data = paths.compactMap { $0.attributes["d"] }.joined()
        return data.matches(of: #/M(-?\d+) (-?\d+)h/#).compactMap { match in
            guard let x = Double(match.1), let y = Double(match.2) else { return nil }
            return (x, y)
        }
    }
}
