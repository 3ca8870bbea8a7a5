import Reach
import Spatial

/// A small city drawn with letters: every letter or digit is a crossing, and
/// runs between two of them are streets.
///
///     a--b==c      - and | streets, = and ‖ stairs (up in reading order),
///     |     |      > < v ^ streets walked one way only,
///     d->+--e      + a bridge: two streets cross and do not meet
///        |
///        f
///
/// A character is 30 m wide and 30 m high, at the equator, so that both
/// directions measure the same.
struct DrawnCity {
    let streets: [Street]
    private let positions: [Character: LonLat]

    /// Metres of one character.
    static let stepMeters = 30.0

    /// - Parameters:
    ///   - drawing: the lines.
    ///   - heightsMeters: heights of crossings; 0 elsewhere, and none at all where empty.
    init(_ drawing: String, heightsMeters: [Character: Double] = [:]) {
        let rows = drawing.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
        func cell(_ row: Int, _ column: Int) -> Character {
            rows.indices.contains(row) && rows[row].indices.contains(column) ? rows[row][column] : " "
        }
        func position(_ row: Int, _ column: Int) -> LonLat {
            let metric = LocalMetric(LonLat(0, 0))
            return LonLat(
                Double(column) * Self.stepMeters / metric.metersPerDegreeEast,
                -Double(row) * Self.stepMeters / metric.metersPerDegreeNorth)
        }
        var positions: [Character: LonLat] = [:]
        var streets: [Street] = []
        for row in rows.indices {
            for column in rows[row].indices where cell(row, column).isLetter && cell(row, column) != "v" {
                positions[cell(row, column)] = position(row, column)
                for (down, right) in [(0, 1), (1, 0)] {
                    var (y, x) = (row + down, column + right)
                    var marks: Set<Character> = []
                    while "-|=‖><v^+".contains(cell(y, x)) {
                        marks.insert(cell(y, x))
                        (y, x) = (y + down, x + right)
                    }
                    guard !marks.subtracting("+").isEmpty, cell(y, x).isLetter, cell(y, x) != "v" else { continue }
                    var street = Street([position(row, column), position(y, x)])
                    if !heightsMeters.isEmpty {
                        street.heightsMeters = [cell(row, column), cell(y, x)].map { heightsMeters[$0] ?? 0 }
                    }
                    if marks.contains("=") || marks.contains("‖") { street.kind = .stairsUp }
                    if marks.contains("<") || marks.contains("^") { street.isForward = false }
                    if marks.contains(">") || marks.contains("v") { street.isBackward = false }
                    streets.append(street)
                }
            }
        }
        self.positions = positions
        self.streets = streets
    }

    /// The network of the drawing and what is added.
    func network(_ model: WalkingModel = .standard, adding more: [Street] = []) -> TimedStreets {
        var builder = NetworkBuilder(model: model)
        for street in streets + more { builder.add(street) }
        return builder.network()
    }

    /// Where a crossing is.
    subscript(_ name: Character) -> LonLat { positions[name] ?? LonLat(.nan, .nan) }
}

/// A graph and its costs at the pace of its model.
struct TimedStreets {
    let shapes: StreetShapes
    let network: WalkingNetwork

    /// The crossing at a position.
    func node(at position: LonLat) -> Int? {
        shapes.nodePositions.firstIndex { Geodesic.distanceMeters($0, position) < 0.1 }
    }

    /// Seconds of the nearest way between two positions.
    func seconds(from start: LonLat, to end: LonLat) -> Double? {
        guard let a = node(at: start), let b = node(at: end) else { return nil }
        let search = NetworkSearch(network.arcs(.away))
        search.run([SearchSeed(node: UInt32(a), ticks: 0)], limitTicks: Ticks.of(seconds: 7200))
        return search.ticks(of: b).map(Ticks.seconds)
    }
}

extension NetworkBuilder {
    /// The graph at the pace of the model.
    func network() -> TimedStreets {
        let graph = graph()
        return TimedStreets(
            shapes: graph.shapes, network: graph.network(paceMetersPerMinute: model.paceMetersPerMinute))
    }
}
