import Foundation
import Spatial

/// The border of an area as a set of edges, split wherever a vertex lies on
/// one, so that two areas are equal where their sets are: which rings the
/// edges belong to, where those begin, and which way they run does not matter.
///
/// Coordinates are whole ten-millionths of a degree, all arithmetic exact.
struct OSMOutline {
    /// A vertex.
    struct Vertex: Hashable, Comparable {
        let x: Int
        let y: Int

        static func < (a: Vertex, b: Vertex) -> Bool { (a.x, a.y) < (b.x, b.y) }
    }

    /// A straight piece of border, the lesser end first.
    struct Edge: Hashable {
        let a: Vertex
        let b: Vertex

        func holds(_ vertex: Vertex) -> Bool {
            let cross = (b.x - a.x) * (vertex.y - a.y) - (b.y - a.y) * (vertex.x - a.x)
            return cross == 0 && a < vertex && vertex < b
        }
    }

    private let edges: [Edge]

    init(_ geometry: Geometry) {
        switch geometry {
        case .polygon(let polygon): edges = Self.edges(of: [polygon])
        case .multiPolygon(let polygons): edges = Self.edges(of: polygons)
        default: edges = []
        }
    }

    /// Reads `MULTIPOLYGON(((x y,…)))`.
    init(wkt: String) {
        let text = wkt.dropFirst("MULTIPOLYGON".count).filter { $0 != "(" }
        let rings = text.split(separator: ")").map { ring in
            LineString(
                ring.split(separator: ",").map { pair in
                    let numbers = pair.split(separator: " ").compactMap { Double($0) }
                    return LonLat(numbers[0], numbers[1])
                })
        }
        edges = Self.edges(of: rings.map { Polygon($0) })
    }

    /// Whether two outlines border the same area.
    func equals(_ other: OSMOutline) -> Bool {
        let vertices = Set((edges + other.edges).flatMap { [$0.a, $0.b] })
        return pieces(at: vertices) == other.pieces(at: vertices)
    }

    /// The edges split at vertices; a piece that stands twice is no border.
    private func pieces(at vertices: Set<Vertex>) -> Set<Edge> {
        var result: Set<Edge> = []
        for edge in edges {
            let stops = [edge.a] + vertices.filter(edge.holds).sorted() + [edge.b]
            for (a, b) in zip(stops, stops.dropFirst()) { result.formSymmetricDifference([Edge(a: a, b: b)]) }
        }
        return result
    }

    private static func edges(of polygons: [Polygon]) -> [Edge] {
        polygons.flatMap(\.rings).flatMap { ring in
            let vertices = ring.positions.map {
                Vertex(x: Int(($0.longitude * 1e7).rounded()), y: Int(($0.latitude * 1e7).rounded()))
            }
            return zip(vertices, vertices.dropFirst()).filter { $0 != $1 }.map { Edge(a: min($0, $1), b: max($0, $1)) }
        }
    }
}
