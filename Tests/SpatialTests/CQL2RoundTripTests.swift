import Spatial
import TestSupport
import Testing

@Suite struct CQL2RoundTripTests {
    @Test(arguments: [1, 2, 3] as [UInt64]) func everyTreeReadsBackAsItIsPrinted(seed: UInt64) throws {
        var trees = RandomTrees(seed: seed)
        for _ in 0..<3000 {
            let tree = trees.condition(4)
            let text = tree.description
            let back = try CQL2Expression(parsing: text)
            #expect(back == tree, "seed \(seed): \(text)")
            #expect(back.description == text, "seed \(seed): \(text)")
        }
    }

    @Test func mutatedTextsNeverCrash() {
        let seed: UInt64 = 4
        var trees = RandomTrees(seed: seed)
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "(", ")", "'", "\"", ",", " AND ", " NOT ", "-", "BBOX(", "POINT(", "IN", "\u{0}", "楼", "1e", "DATE(", ".",
        ]
        for _ in 0..<10_000 {
            var bytes = Array(trees.condition(3).description.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0...6, using: &random)))
                case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                case 2: bytes.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").utf8, at: place)
                default: bytes.insert(contentsOf: bytes.prefix(place), at: place)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let tree = try? CQL2Expression(parsing: text) else { continue }
            // What is taken is printed so that it reads back.
            #expect((try? CQL2Expression(parsing: tree.description)) == tree, "seed \(seed): \(text)")
        }
    }
}

/// Makes conditions of every kind that the parser can return.
private struct RandomTrees {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func condition(_ depth: Int) -> CQL2Expression {
        switch Int.random(in: 0..<(depth > 0 ? 11 : 8), using: &random) {
        case 0: .boolean(flip())
        case 1, 2: .comparison(value(2), pick(CQL2Expression.Comparison.allCases) ?? .equal, value(2))
        case 3:
            .like(value(1), pattern: flip() ? .string(text()) : .caseInsensitive(.string(text())), isNegated: flip())
        case 4: .isIn(value(1), (0...Int.random(in: 0...3, using: &random)).map { _ in value(1) }, isNegated: flip())
        case 5: .between(value(1), low: value(1), high: value(1), isNegated: flip())
        case 6: .isNull(value(2), isNegated: flip())
        case 7:
            .spatial(
                pick(CQL2Expression.SpatialPredicate.allCases) ?? .within, property: flip() ? nil : geometryName(),
                argument())
        case 8: .and((0...Int.random(in: 1...3, using: &random)).map { _ in condition(depth - 1) })
        case 9: .or((0...Int.random(in: 1...3, using: &random)).map { _ in condition(depth - 1) })
        default: .not(condition(depth - 1))
        }
    }

    private mutating func value(_ depth: Int) -> CQL2Value {
        switch Int.random(in: 0..<(depth > 0 ? 11 : 8), using: &random) {
        case 0, 1: .property(name())
        case 2: .string(text())
        case 3: .integer(Int64.random(in: .min ... .max, using: &random))
        case 4:
            .real(Double(bitPattern: UInt64.random(in: 0...0x7FEF_FFFF_FFFF_FFFF, using: &random)) * (flip() ? 1 : -1))
        case 5: .boolean(flip())
        case 6: .date("2024-02-29")
        case 7: .timestamp("1999-12-31T23:59:60Z")
        case 8: .caseInsensitive(value(depth - 1))
        case 9: .negated(.arithmetic(value(depth - 1), .minus, .property(name())))
        default: .arithmetic(value(depth - 1), pick(CQL2Value.Operation.allCases) ?? .plus, value(depth - 1))
        }
    }

    private mutating func argument() -> CQL2Expression.SpatialArgument {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: .place(text() + "区")
        case 1:
            .box(
                BoundingBox(
                    west: random.double(-180...180), south: random.double(-90...0), east: random.double(-180...180),
                    north: random.double(0...90)))
        default:
            .geometry(
                pick([
                    .point(Point(LonLat(1, -2))), .point(Point(nil)), .point(Point(LonLat(1, 2), heightMeters: 3)),
                    .multiPoint([Point(LonLat(1e-7, 2)), Point(LonLat(3, 1e20))]),
                    .polygon(Polygon(LineString([LonLat(0, 0), LonLat(0.1, 0), LonLat(1, 1), LonLat(0, 0)]))),
                    .collection([.lineString(LineString([LonLat(0, 0), LonLat(-1, 1)])), .collection([])]),
                ]) ?? .collection([]))
        }
    }

    private mutating func geometryName() -> String { pick(["geom", "the geom", "几何", "POINT", "and"]) ?? "geom" }

    private mutating func name() -> String {
        pick(["a", "楼层", "建筑面积", "floor area", "AND", "null", "x.y", "it\"s", "1st", "DATE", "é", "🏢", "ıs"]) ?? "a"
    }

    private mutating func text() -> String {
        pick(["", "it's", "%大厦_", "''", "\"", "a\\%", "x\ny", "-- ; DROP", "🏢"]) ?? ""
    }

    private mutating func flip() -> Bool { Bool.random(using: &random) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element? { elements.randomElement(using: &random) }
}
