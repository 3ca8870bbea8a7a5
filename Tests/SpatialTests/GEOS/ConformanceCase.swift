import Foundation
import Spatial

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// One case of a test file: two geometries and what operations give.
struct ConformanceCase {
    /// File and number, such as `general/TestRelateAA.xml#3`.
    var name: String
    var a = ""
    var b = ""
    var operations: [Operation] = []
    /// The grid of the file, where it has fixed precision.
    var gridSize: Double?

    /// One operation and its expected result.
    struct Operation {
        var name: String
        var arguments: [String]
        var expected = ""
    }

    /// An operand, in well-known text or hexadecimal well-known binary.
    func geometry(_ letter: String) throws -> Geometry {
        try Self.geometry(of: letter.lowercased() == "a" ? a : b)
    }

    static func geometry(of text: String) throws -> Geometry {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let first = text.first, first.isNumber else { return try Geometry(wkt: text) }
        let digits = Array(text.utf8)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
        }
        return try Geometry(wkb: bytes)
    }

    /// All cases of all files in a folder, in the order of their names.
    static func all(in folder: URL) throws -> [ConformanceCase] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return try names.filter { $0.hasSuffix(".xml") }.sorted().flatMap { name in
            let reader = ConformanceReader(file: name)
            let parser = XMLParser(data: try Data(contentsOf: folder.appending(path: name)))
            parser.delegate = reader
            guard parser.parse() else { throw CocoaError(.fileReadCorruptFile, userInfo: ["file": name]) }
            return reader.cases
        }
    }
}

private final class ConformanceReader: NSObject, XMLParserDelegate {
    private(set) var cases: [ConformanceCase] = []
    private let file: String
    private var gridSize: Double?
    private var current: ConformanceCase?
    private var operation: ConformanceCase.Operation?
    private var text = ""

    init(file: String) { self.file = file }

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        text = ""
        switch element {
        case "precisionModel":
            gridSize = attributes["scale"].flatMap(Double.init).map { 1 / $0 }
        case "case":
            current = ConformanceCase(name: "\(file)#\(cases.count + 1)", gridSize: gridSize)
        case "op":
            let arguments = (1...4).compactMap {
                (attributes["arg\($0)"] ?? ($0 == 3 ? attributes["pattern"] : nil))?
                    .trimmingCharacters(in: .whitespaces)
            }
            operation = .init(name: (attributes["name"] ?? "").lowercased(), arguments: arguments)
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(_ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?) {
        switch element {
        case "a": current?.a = text
        case "b": current?.b = text
        case "op":
            operation?.expected = text.trimmingCharacters(in: .whitespacesAndNewlines)
            if let operation { current?.operations.append(operation) }
        case "case":
            if let current { cases.append(current) }
        default: break
        }
    }
}
