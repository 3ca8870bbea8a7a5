import CSimdJSON
import Messages
import Spatial

/// What a "crs" member (GeoJSON 2008, section 3) says.
enum DeclaredCRS {
    case known(CoordinateReferenceSystem)
    /// A name that is not understood, or a link.
    case unknown(String)
}

/// The members around "features", judged.
struct JSONHeadMembers {
    /// The "crs" member; `nil` where there is none, or null.
    private(set) var crs: DeclaredCRS?
    /// What RFC 7946 forbids in them.
    private(set) var problem: Text?

    init(_ head: JSONHead, isWhole: Bool) {
        let parser = JSONRecordParser()
        let code = parser.readObject(head.json(isWhole: isWhole))
        guard code == LOUYU_JSON_OK else {
            problem = parser.problem.text
            return
        }
        parser.positions = [.record(1)]
        let batch = parser.takeBatch()
        problem = Self.problem(in: batch, keys: head.keys)
        crs = Self.field("crs", of: batch).flatMap { Self.crs($0, parser) }
    }

    private static func field(_ name: String, of batch: FeatureBatch) -> Attribute? {
        batch.fields.first { batch.keys[$0.key] == name }.map { batch.attribute($0.value) }
    }

    private static func problem(in batch: FeatureBatch, keys: [String]) -> Text? {
        let defined = ["type", "features", "bbox", "geometry", "properties", "coordinates", "geometries"]
        for name in defined where keys.filter({ $0 == name }).count > 1 { return .duplicateMember(name) }
        switch field("type", of: batch) {
        case nil: return .typeMissing
        case .text("FeatureCollection"): break
        case .text("Feature"), .text("GeometryCollection"): return .memberNotAllowed("features")
        case .text(let type) where keys.contains("coordinates") && !type.isEmpty: return .memberNotAllowed("features")
        case .text(let type): return .unknownType(type)
        default: return .typeIsNoText
        }
        for name in defined[3...] where keys.contains(name) { return .memberNotAllowed(name) }
        guard let box = field("bbox", of: batch) else { return nil }
        return isBox(box) ? nil : .badBox
    }

    /// RFC 7946 section 5: an array of 2·n numbers.
    private static func isBox(_ attribute: Attribute) -> Bool {
        guard case .json(let text) = attribute else { return false }
        let parser = JSONRecordParser()
        let geometry = #"{"type":"GeometryCollection","geometries":[],"bbox":"# + text + "}"
        let bytes = Array(geometry.utf8) + [UInt8](repeating: 0, count: Int(LOUYU_JSON_PADDING))
        let count = geometry.utf8.count
        return bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { parser.readFeature($0, count: count) == LOUYU_JSON_OK } ?? false
        }
    }

    private static func crs(_ attribute: Attribute, _ parser: JSONRecordParser) -> DeclaredCRS? {
        if attribute == .null { return nil }
        guard case .json(let text) = attribute, let members = object(text, parser),
            case .json(let properties) = field("properties", of: members),
            case .text("name") = field("type", of: members), let inner = object(properties, parser),
            case .text(let name) = field("name", of: inner)
        else { return .unknown("\(attribute)") }
        return CoordinateReferenceSystem(legacyName: name).map { .known($0) } ?? .unknown(name)
    }

    private static func object(_ json: String, _ parser: JSONRecordParser) -> FeatureBatch? {
        guard parser.readObject(Array(json.utf8)) == LOUYU_JSON_OK else { return nil }
        return parser.takeBatch()
    }
}

extension CoordinateReferenceSystem {
    /// Reads `EPSG:4326`, `urn:ogc:def:crs:EPSG::4326`, `urn:ogc:def:crs:OGC:1.3:CRS84`
    /// and their like; GeoJSON puts longitude first whatever the authority says.
    init?(legacyName name: String) {
        let parts = name.uppercased().split { $0 == ":" || $0 == "/" || $0 == "#" }
        guard let last = parts.last else { return nil }
        if last == "CRS84" || last == "CRS84H" {
            self = .wgs84
            return
        }
        guard parts.contains("EPSG") || parts.contains("EPSG.XML"), let code = Int(last) else { return nil }
        switch code {
        case 4326, 4979: self = .wgs84
        case 4490: self = .cgcs2000
        default: self = .epsg(code)
        }
    }
}
