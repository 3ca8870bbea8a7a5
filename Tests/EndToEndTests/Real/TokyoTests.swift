import Foundation
import TestSupport
import Testing

@Suite(
    "Three wards of Tokyo", .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    .enabled(if: Louyu.path != nil, "needs the built program"))
struct TokyoTests {
    private static let file = "tokyo/chiyoda_chuo_minato.geojsonl.gz"

    @Test func `near equals brute force with geodesics at 50 places`() throws {
        let place = try Workplace()
        try place.link("data", to: try SharedData.file(""))
        let counts = try place.imported(["data/\(Self.file)", "--layer", "building"])["building"]
        #expect(counts["added"].integer == 52_331 && counts["rejected"].integer == 0)
        let buildings = try Footprints(SharedData.unpacked(Self.file))
        var generator = SeededGenerator(seed: 50)
        for _ in 0..<50 {
            let position = (lon: generator.within(139.73, 139.79), lat: generator.within(35.64, 35.70))
            let answer = try place.json(["near", "\(position.lon),\(position.lat)", "--within", "300m"])
            let expected = buildings.near(position, within: 300)
            #expect(Set(answer.texts("ref")) == Set(expected.map(\.id)), "seed 50, \(position)")
            let distances = answer.array.compactMap { $0["distanceMeters"].number }
            #expect(distances.count == expected.count)
            for (distance, building) in zip(distances, expected) {
                #expect(
                    abs(distance - building.meters) < 0.0005 + 0.001 + 1e-6 * building.meters, "seed 50, \(position)")
            }
        }
    }

    @Test func `a key that repeats is reported and every record counted`() throws {
        let place = try Workplace()
        try place.link("data", to: try SharedData.file(""))
        let lines = try SharedData.unpacked(Self.file).split(separator: UInt8(ascii: "\n"))
        var ids: [String: Int] = [:]
        for line in lines { ids[Self.text("building_id", in: line) ?? "", default: 0] += 1 }
        let repeated = ids.values.map { $0 - 1 }.reduce(0, +)
        let counts = try place.imported(["data/\(Self.file)", "--layer", "building", "--key", "building_id"])[
            "building"]
        #expect(counts["read"].integer == lines.count)
        #expect(counts["added"].integer == ids.count && counts["rejected"].integer == repeated, "\(repeated) repeat")
        let again = try place.imported(["data/\(Self.file)", "--layer", "building", "--key", "building_id"])["building"]
        #expect(again["unchanged"].integer == ids.count && again["rejected"].integer == repeated)
        #expect(try place.json(["info"])["layers"]["building"]["count"].integer == ids.count)
    }

    private static func text(_ key: String, in line: Data) -> String? {
        guard let start = line.range(of: Data("\"\(key)\": \"".utf8)) else { return nil }
        return String(decoding: line[start.upperBound...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }
}

/// Footprints as flat numbers: what brute force looks at.
private struct Footprints {
    private var ids: [String] = []
    private var outlines: [[[Geodesic.Position]]] = []
    private var boxes: [(west: Double, south: Double, east: Double, north: Double)] = []

    init(_ bytes: Data) throws {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let mark = line.range(of: Data("\"coordinates\":".utf8)),
                let id = line.range(of: Data("\"id\": ".utf8))
            else { continue }
            let rings = Self.rings(Array(line[mark.upperBound...]) + [0])
            let positions = rings.joined()
            ids.append(String(decoding: line[id.upperBound...].prefix { $0 != UInt8(ascii: ",") }, as: UTF8.self))
            outlines.append(rings)
            boxes.append(
                (
                    positions.map(\.lon).min() ?? .nan, positions.map(\.lat).min() ?? .nan,
                    positions.map(\.lon).max() ?? .nan, positions.map(\.lat).max() ?? .nan
                ))
        }
    }

    /// The rings in nested arrays of numbers, however deep; a zero ends the text.
    private static func rings(_ text: [UInt8]) -> [[Geodesic.Position]] {
        var (rings, ring, numbers): ([[Geodesic.Position]], [Geodesic.Position], [Double]) = ([], [], [])
        text.withUnsafeBytes { bytes in
            guard var cursor = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
            while cursor.pointee != 0 && cursor.pointee != CChar(ascii: "}") {
                switch cursor.pointee {
                case CChar(ascii: "]"):
                    if numbers.count >= 2 {
                        ring.append((numbers[0], numbers[1]))
                        numbers = []
                    } else if !ring.isEmpty {
                        rings.append(ring)
                        ring = []
                    }
                case CChar(ascii: "-"), CChar(ascii: "0")...CChar(ascii: "9"):
                    var end: UnsafeMutablePointer<CChar>?
                    numbers.append(strtod(cursor, &end))
                    guard let end else { return }
                    cursor = UnsafePointer(end)
                    continue
                default: break
                }
                cursor += 1
            }
        }
        return rings
    }

    /// All within a distance, nearest first, ties by id.
    func near(_ position: Geodesic.Position, within meters: Double) -> [(id: String, meters: Double)] {
        // A degree is never shorter than 110.5 km of latitude, or 90 km of longitude below 36° N.
        let (width, height) = (meters / 90_000, meters / 110_500)
        var found: [(id: String, meters: Double)] = []
        for (index, box) in boxes.enumerated()
        where box.west <= position.lon + width && box.east >= position.lon - width
            && box.south <= position.lat + height && box.north >= position.lat - height
        {
            let distance = Geodesic.meters(position, toPolygon: outlines[index])
            if distance <= meters { found.append((ids[index], distance)) }
        }
        return found.sorted { ($0.meters, $0.id) < ($1.meters, $1.id) }
    }
}

extension CChar {
    fileprivate init(ascii: Unicode.Scalar) { self = CChar(UInt8(ascii: ascii)) }
}
