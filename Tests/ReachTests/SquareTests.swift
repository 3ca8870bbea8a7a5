import Foundation
import Reach
import Spatial
import TestSupport
import Testing

/// Squares: around the edge, and across.
@Suite struct SquareTests {
    /// Streets from the letters to the corners of a square drawn with them.
    private func square(_ city: DrawnCity, _ rings: String..., ids: [Character: Int64] = [:]) -> Square {
        Square(
            rings: rings.map { ring in
                let names = Array(ring) + [ring.first ?? "?"]
                return Street(names.map { city[$0] }, nodeIDs: ids.isEmpty ? [] : names.map { ids[$0] ?? -1 }, fid: 9)
            })
    }

    private func network(_ city: DrawnCity, _ square: Square) -> TimedStreets {
        var builder = NetworkBuilder()
        for street in city.streets { builder.add(street) }
        builder.add(square)
        return builder.network()
    }

    private func meters(_ network: TimedStreets, _ city: DrawnCity, _ from: Character, _ to: Character) -> Double {
        network.seconds(from: city[from], to: city[to]) ?? -1
    }

    /// A square of ten by ten characters with a street at two opposite corners.
    private let plain = DrawnCity(
        """
        a-b         c



              h i


              k j



          e         d-f
        """)

    @Test func aSquareIsCrossedStraight() {
        let network = network(plain, square(plain, "bcde"))
        let across = Geodesic.distanceMeters(plain["b"], plain["d"])
        #expect(abs(meters(network, plain, "a", "f") - (4 * 30 + across)) < 0.5)
    }

    @Test func aHoleIsRounded() {
        let network = network(plain, square(plain, "bcde", "hijk"))
        let around = ["i", "k"].map { (corner: Character) in
            Geodesic.distanceMeters(plain["b"], plain[corner]) + Geodesic.distanceMeters(plain[corner], plain["d"])
        }
        #expect(abs(meters(network, plain, "b", "d") - (around.min() ?? 0)) < 0.5)
    }

    @Test func aBendOfTheOutlineIsRounded() {
        // An L: from the top left leg around the inner corner to the right.
        let city = DrawnCity(
            """
            a-b   c



                  g     f

              d         e-h
            """)
        let network = network(city, square(city, "bcgfed"))
        let direct = Geodesic.distanceMeters(city["b"], city["g"]) + Geodesic.distanceMeters(city["g"], city["e"])
        // b sees e below g.
        #expect(meters(network, city, "b", "e") <= direct + 0.5)
        let corner = Geodesic.distanceMeters(city["c"], city["g"]) + Geodesic.distanceMeters(city["g"], city["f"])
        let streets = [Street([city["c"], LonLat(0.01, 0.01)]), Street([city["f"], LonLat(0.01, 0.02)])]
        var builder = NetworkBuilder()
        for street in city.streets + streets { builder.add(street) }
        builder.add(square(city, "bcgfed"))
        let wider = builder.network()
        #expect(abs(meters(wider, city, "c", "f") - corner) < 0.5)
        let bent = Geodesic.distanceMeters(city["b"], city["g"]) + Geodesic.distanceMeters(city["g"], city["f"])
        #expect(abs(meters(wider, city, "b", "f") - bent) < 0.5)
    }

    @Test func numbersJoinAndPlacesDoNotWhereNumbersAreGiven() {
        let ids: [Character: Int64] = ["b": 1, "c": 2, "d": 3, "e": 4]
        let square = square(plain, "bcde", ids: ids)
        func seconds(_ third: Int64) -> Double? {
            var builder = NetworkBuilder()
            builder.add(Street([plain["a"], plain["b"]], nodeIDs: [11, 1]))
            builder.add(Street([plain["d"], plain["f"]], nodeIDs: [third, 12]))
            builder.add(square)
            return builder.network().seconds(from: plain["a"], to: plain["f"])
        }
        #expect(seconds(3) != nil)
        #expect(seconds(13) == nil)
    }

    @Test func aSquareWithoutJunctionsIsWalkedAround() {
        var builder = NetworkBuilder()
        builder.add(square(plain, "bcde", "hijk"))
        #expect(builder.graph().edges.count == 2)
    }

    @Test func hostileSquaresAreHarmless() {
        var builder = NetworkBuilder()
        builder.add(Square(rings: []))
        builder.add(Square(rings: [Street([LonLat(1, 1), LonLat(1, 1), LonLat(1, 1), LonLat(1, 1)])]))
        builder.add(Square(rings: [Street([LonLat(1, 1), LonLat(2, 2)])]))
        builder.add(
            Square(rings: [
                Street([LonLat(-180, -90), LonLat(180, -90), LonLat(180, 90), LonLat(-180, 90), LonLat(-180, -90)])
            ]))
        builder.add(
            Square(rings: [Street([LonLat(0, 0), LonLat(1e-3, 1e-3), LonLat(1e-3, 0), LonLat(0, 1e-3), LonLat(0, 0)])]))
        for corner in [LonLat(180, 90), LonLat(0, 0), LonLat(1e-3, 0), LonLat(1e-3, 1e-3), LonLat(0, 1e-3)] {
            builder.add(Street([corner, LonLat(3, 3)]))
        }
        let network = builder.network().network
        #expect(network.nodeCount > 5)
        // Thousands of junctions on one outline: walked around, and across from the first ones.
        var large = NetworkBuilder()
        let count = 20_000
        let ring = (0...count).map { step in
            let angle = Double(step % count) / Double(count) * 2 * Double.pi
            return LonLat(0.01 * cos(angle), 0.01 * sin(angle))
        }
        large.add(Square(rings: [Street(ring)]))
        for corner in ring.dropLast() {
            large.add(Street([corner, LonLat(corner.longitude * 1.1, corner.latitude * 1.1)]))
        }
        let graph = large.graph()
        #expect(graph.edges.count > 2 * count && graph.edges.count < 2 * count + 64 * 63)
    }

    /// The shortest way in a random star with a hole, against the visibility
    /// of all its corners worked out in plain floating point.
    @Test func waysAcrossAreTheShortest() {
        let seed: UInt64 = 20_261_203
        var random = SeededGenerator(seed: seed)
        for round in 0..<60 {
            let count = Int.random(in: 4...12, using: &random)
            func ring(_ low: Double, _ high: Double) -> [LonLat] {
                (0..<count).map { step in
                    let angle = (Double(step) + .random(in: 0.1...0.9, using: &random)) / Double(count) * 2 * Double.pi
                    let radius = Double.random(in: low...high, using: &random)
                    let position = LonLat(radius * cos(angle), radius * sin(angle))
                    return LonLat((position.longitude * 1e7).rounded() / 1e7, (position.latitude * 1e7).rounded() / 1e7)
                }
            }
            let (outline, hole) = (ring(0.001, 0.003), ring(0.0001, 0.0004))
            var builder = NetworkBuilder()
            for corner in outline {
                builder.add(Street([corner, LonLat(corner.longitude * 1.2, corner.latitude * 1.2)]))
            }
            builder.add(Square(rings: [outline, hole].map { Street($0 + [$0[0]]) }))
            let network = builder.network()
            let oracle = Visibility(rings: [outline, hole])
            let lengths = oracle.shortest(from: 0)
            for end in outline.indices {
                let seconds = network.seconds(from: outline[0], to: outline[end]) ?? -1
                #expect(
                    abs(seconds - lengths[end]) < 0.6, "seed \(seed) round \(round): \(seconds), not \(lengths[end])")
            }
        }
    }
}

/// All corners of rings and which see each other, the plain way.
private struct Visibility {
    let rings: [[LonLat]]

    func shortest(from start: Int) -> [Double] {
        let corners = rings.flatMap { $0 }
        var best = [Double](repeating: .infinity, count: corners.count)
        best[start] = 0
        var improves = true
        while improves {
            improves = false
            for a in corners.indices where best[a] < .infinity {
                for b in corners.indices where b != a && sees(corners[a], corners[b]) {
                    let length = best[a] + Geodesic.distanceMeters(corners[a], corners[b])
                    if length < best[b] - 1e-9 {
                        best[b] = length
                        improves = true
                    }
                }
            }
        }
        return best
    }

    /// Whether a hundred points between are all inside, or the way is an edge.
    private func sees(_ a: LonLat, _ b: LonLat) -> Bool {
        for ring in rings {
            for (p, q) in zip(ring, ring.dropFirst() + ring.prefix(1)) where (p == a && q == b) || (p == b && q == a) {
                return true
            }
        }
        for ring in rings {
            for (p, q) in zip(ring, ring.dropFirst() + ring.prefix(1)) where p != a && p != b && q != a && q != b {
                if side(a, b, p) * side(a, b, q) < 0 && side(p, q, a) * side(p, q, b) < 0 { return false }
            }
        }
        let middle = LonLat((a.longitude + b.longitude) / 2, (a.latitude + b.latitude) / 2)
        return rings.filter { contains($0, middle) }.count == 1
    }

    private func side(_ a: LonLat, _ b: LonLat, _ c: LonLat) -> Double {
        (b.longitude - a.longitude) * (c.latitude - a.latitude) - (b.latitude - a.latitude)
            * (c.longitude - a.longitude)
    }

    private func contains(_ ring: [LonLat], _ point: LonLat) -> Bool {
        var isInside = false
        for (p, q) in zip(ring, ring.dropFirst() + ring.prefix(1))
        where (p.latitude > point.latitude) != (q.latitude > point.latitude) {
            let share = (point.latitude - p.latitude) / (q.latitude - p.latitude)
            if p.longitude + share * (q.longitude - p.longitude) > point.longitude { isInside.toggle() }
        }
        return isInside
    }
}
