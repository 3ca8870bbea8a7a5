import CProj
import Spatial

/// PROJ's geodesics, the truth that measures are tested against.
enum ProjOracle {
    static let isPresent = cproj_open() == nil

    static func distanceMeters(_ a: LonLat, _ b: LonLat) -> Double {
        cproj_geodesic_meters(a.longitude, a.latitude, b.longitude, b.latitude)
    }

    /// The area of a ring whose edges are cut into pieces, so that geodesic
    /// edges follow those that are straight in degrees.
    static func areaSquareMeters(_ ring: [LonLat], pieces: Int) -> Double {
        var latitudes: [Double] = []
        var longitudes: [Double] = []
        for (a, b) in zip(ring, ring.dropFirst()) {
            for piece in 0..<pieces {
                let t = Double(piece) / Double(pieces)
                latitudes.append(a.latitude + t * (b.latitude - a.latitude))
                longitudes.append(a.longitude + t * (b.longitude - a.longitude))
            }
        }
        return abs(cproj_polygon_area(&latitudes, &longitudes, Int32(latitudes.count)))
    }

    static func lengthMeters(_ line: [LonLat], pieces: Int) -> Double {
        var sum = 0.0
        for (a, b) in zip(line, line.dropFirst()) {
            for piece in 0..<pieces {
                sum += distanceMeters(
                    a.toward(b, Double(piece) / Double(pieces)), a.toward(b, Double(piece + 1) / Double(pieces)))
            }
        }
        return sum
    }

    /// The distance to a chain of edges that are straight in degrees: samples
    /// on every edge, then golden section around the best of each.
    static func distanceMeters(_ position: LonLat, toChain chain: [LonLat], samples: Int = 24) -> Double {
        var best = distanceMeters(position, chain[0])
        for (a, b) in zip(chain, chain.dropFirst()) {
            best = min(best, minimum(samples: samples) { distanceMeters(position, a.toward(b, $0)) })
        }
        return best
    }

    /// The least value of a function on 0 … 1.
    static func minimum(samples: Int, _ function: (Double) -> Double) -> Double {
        let values = (0...samples).map { function(Double($0) / Double(samples)) }
        let index = values.indices.min { values[$0] < values[$1] } ?? 0
        var low = Double(max(0, index - 1)) / Double(samples)
        var high = Double(min(samples, index + 1)) / Double(samples)
        let ratio = 0.6180339887498949
        for _ in 0..<40 {
            let first = high - ratio * (high - low)
            let second = low + ratio * (high - low)
            if function(first) < function(second) { high = second } else { low = first }
        }
        return min(values[index], function((low + high) / 2))
    }
}
