import COsmium
public import Messages
public import Spatial

/// Reads OpenStreetMap data (.osm.pbf, .osm, .osm.gz, .osm.bz2) as batches of
/// the layers building, boundary, station, street and water.
///
/// Each batch holds one layer (`FeatureBatch.layer`); its records carry
/// `way/123` or `relation/4` as id, all tags as text fields, and beside them:
///
/// | layer | what | fields made here |
/// | --- | --- | --- |
/// | building | closed ways and multipolygons with `building`, not `no` | height_m, storeys, year_built, address, use, entrances |
/// | boundary | administrative relations; closed ways that are no ring of one | admin_level (integer), code |
/// | station | nodes and areas of services (`kind` is OSM's word) | kind, address |
/// | street | ways with `highway` as lines, squares as areas too, lifts as points | class, layer, step_count, from_node, to_node, node_ids |
/// | water | water areas; rivers, canals and streams as lines | class |
///
/// `node_ids` is a JSON array of all nodes of the way, so that a network joins
/// exactly where nodes are shared; areas from relations have `ring_node_ids`,
/// an array a ring. `entrances` is a JSON array of `{"node","lon","lat","kind"}`,
/// the nodes of the outline that have an `entrance`. A tag that is called like a made field stands as `osm:KEY`.
///
/// The file is read twice, so the order of its objects does not matter, and
/// a pipe will not do. Memory: 16 bytes a node, the member ways of the areas,
/// and libosmium's read-ahead.
///
/// A way that lacks nodes and a relation that lacks member ways are counted
/// in `incomplete`, and kept whole in `FeatureBatch.rejections`. A closed way
/// whose outline crosses itself comes as it is drawn, to be repaired.
public final class OSMReader: FeatureReader {
    /// OSM is WGS 84.
    public let declaredCRS: CoordinateReferenceSystem? = .wgs84

    /// Objects that lack nodes or member ways, by layer; also counted among
    /// the rejections.
    public private(set) var incomplete: [String: Int] = [:]

    private let source: OSMSource
    private var batches = OSMBatches()
    private var tags = OSMTags()
    private var objectsRead = 0
    private var isAtEnd = false

    /// Opens a file.
    ///
    /// - Throws: `Failure` with `.notFound`, `.inputOutput`, `.usage` for
    ///   standard input or a pipe, or `.unusableInput` for a file that is no
    ///   OSM data.
    public init(path: String) throws(Failure) {
        source = try OSMSource(path: path, format: try OSMFormat(path: path))
    }

    /// Whether a file that begins with these bytes (unpacked, a few hundred
    /// of them) is OSM data.
    public static func recognizes(_ start: [UInt8]) -> Bool { OSMFormat.isOSM(start) }

    /// Bytes of the file consumed so far; each of the two passes counts half.
    public var bytesRead: Int { source.offset / 2 }

    /// The next features of one layer.
    ///
    /// - Throws: `Failure` with `.unusableInput` for damaged files and
    ///   histories, or `.inputOutput`.
    public func next() throws -> FeatureBatch? {
        while true {
            if let batch = batches.take(atEnd: isAtEnd) { return batch }
            if isAtEnd { return nil }
            if let object = try source.next() {
                objectsRead += 1
                tags.read(object, keys: &batches.keys)
                try take(object)
            } else {
                isAtEnd = true
            }
        }
    }

    private func take(_ object: louyu_osm_object) throws(Failure) {
        switch Int(object.kind) {
        case LOUYU_OSM_NODE: takeNode(object)
        case LOUYU_OSM_WAY: try takeWay(object)
        case LOUYU_OSM_RELATION:
            let layers = OSMLayers.ofRelation(tags)
            if !layers.isEmpty { try source.keep(layers) }
        default: takeArea(object)
        }
    }

    private func takeNode(_ node: louyu_osm_object) {
        guard let place = node.allNodes.first else { return }
        batches.fields.noteEntrance(node, tags)
        forEach(OSMLayers.ofNode(tags)) { layer in
            guard node.missing_nodes == 0 else { return reject(node, from: layer, .osmNoLocation) }
            append(node, to: layer) { $0.append(point: place, to: &$1) }
        }
    }

    private func takeWay(_ way: louyu_osm_object) throws(Failure) {
        let groups = OSMLayers(rawValue: way.groups)
        let layers = OSMLayers.ofWay(tags, isClosed: way.isClosed, memberOf: groups)
        guard !layers.isEmpty else { return }
        guard way.missing_nodes == 0 else {
            return forEach(layers) { rejectIncomplete(way, from: $0, .osmMissingNodes(way.missing_nodes)) }
        }
        var lines: OSMLayers = []
        forEach(layers) { layer in
            let id = OSMLayers.each[layer].layer
            if OSMLayers.isLine(id, tags) { lines.insert(id) }
        }
        forEach(lines) { takeLine(way, to: $0) }
        let areas = layers.subtracting(lines)
        if areas.isEmpty { return }
        guard way.isClosed, way.node_count >= 4 else {
            return forEach(areas) { reject(way, from: $0, .osmOpenOutline) }
        }
        let area = try source.area()
        forEach(areas) { layer in
            append(way, to: layer) { geometry, bytes in
                if let area {
                    geometry.append(area: area, to: &bytes)
                } else {
                    geometry.append(outlineOf: way, to: &bytes)
                }
            }
        }
    }

    private func takeLine(_ way: louyu_osm_object, to layer: Int) {
        guard way.node_count >= 2 else { return reject(way, from: layer, .osmTooFewNodes) }
        append(way, to: layer) { $0.append(lineOf: way, to: &$1) }
    }

    private func takeArea(_ area: louyu_osm_object) {
        forEach(OSMLayers(rawValue: area.groups)) { layer in
            switch Int(area.kind) {
            case LOUYU_OSM_AREA: append(area, to: layer) { $0.append(area: area, to: &$1) }
            case LOUYU_OSM_INCOMPLETE:
                rejectIncomplete(
                    area, from: layer, .osmMissingMembers(ways: area.missing_ways, nodes: area.missing_nodes))
            default: reject(area, from: layer, .osmNoArea)
            }
        }
    }

    private func append(
        _ object: louyu_osm_object, to layer: Int, _ write: (inout OSMGeometry, inout [UInt8]) -> Void
    ) {
        batches.append(object, id: object.reference, tags, to: layer, at: .record(objectsRead), write)
    }

    private func reject(_ object: louyu_osm_object, from layer: Int, _ reason: Text) {
        batches.reject(object, tags, from: layer, at: .record(objectsRead), reason)
    }

    private func rejectIncomplete(_ object: louyu_osm_object, from layer: Int, _ reason: Text) {
        incomplete[OSMLayers.each[layer].name, default: 0] += 1
        reject(object, from: layer, reason)
    }

    private func forEach(_ layers: OSMLayers, _ body: (Int) -> Void) {
        for (place, each) in OSMLayers.each.enumerated() where layers.contains(each.layer) { body(place) }
    }
}
