import COsmium
import Spatial

/// Writes located nodes as WKB, and keeps the box of what it wrote.
struct OSMGeometry {
    private(set) var box = BoundingBox.empty

    /// A node as POINT.
    mutating func append(point node: louyu_osm_node_ref, to bytes: inout [UInt8]) {
        bytes.append(wkbHeader: .point, hasZ: false)
        append(node, to: &bytes)
    }

    /// The nodes of a way as LINESTRING.
    mutating func append(lineOf way: louyu_osm_object, to bytes: inout [UInt8]) {
        bytes.append(wkbHeader: .lineString, hasZ: false)
        append(way.allNodes, to: &bytes)
    }

    /// The nodes of a closed way as POLYGON, just as they are drawn.
    mutating func append(outlineOf way: louyu_osm_object, to bytes: inout [UInt8]) {
        bytes.append(wkbHeader: .polygon, hasZ: false, count: 1)
        append(way.allNodes, to: &bytes)
    }

    /// The rings of an area as POLYGON, or as MULTIPOLYGON for several outlines.
    mutating func append(area: louyu_osm_object, to bytes: inout [UInt8]) {
        let rings = UnsafeBufferPointer(start: area.rings, count: area.ring_count)
        let outlines = rings.indices.filter { rings[$0].is_inner == 0 }
        if outlines.count > 1 { bytes.append(wkbHeader: .multiPolygon, hasZ: false, count: outlines.count) }
        for (place, first) in outlines.enumerated() {
            let end = place + 1 < outlines.count ? outlines[place + 1] : rings.count
            bytes.append(wkbHeader: .polygon, hasZ: false, count: end - first)
            for ring in rings[first..<end] {
                append(area.allNodes[ring.first..<ring.first + ring.count], to: &bytes)
            }
        }
    }

    private mutating func append(
        _ nodes: some RandomAccessCollection<louyu_osm_node_ref>, to bytes: inout [UInt8]
    ) {
        bytes.append(wkb: UInt32(nodes.count))
        bytes.reserveCapacity(bytes.count + nodes.count * 16)
        for node in nodes { append(node, to: &bytes) }
    }

    private mutating func append(_ node: louyu_osm_node_ref, to bytes: inout [UInt8]) {
        let (longitude, latitude) = (Double(node.x) / 1e7, Double(node.y) / 1e7)
        bytes.append(wkb: longitude)
        bytes.append(wkb: latitude)
        box.add(longitude, latitude)
    }
}

extension louyu_osm_object {
    /// All nodes, in order.
    var allNodes: UnsafeBufferPointer<louyu_osm_node_ref> { UnsafeBufferPointer(start: nodes, count: node_count) }

    /// Whether the last node is the first, or lies where it lies.
    var isClosed: Bool {
        guard let first = allNodes.first, let last = allNodes.last, node_count > 2 else { return false }
        return first.id == last.id || first.x == last.x && first.y == last.y && first.x != .max
    }

    /// `node/1`, `way/2` or `relation/3`.
    var reference: String {
        switch Int(kind) {
        case LOUYU_OSM_NODE: "node/\(id)"
        case LOUYU_OSM_WAY: "way/\(id)"
        default: "relation/\(id)"
        }
    }
}
