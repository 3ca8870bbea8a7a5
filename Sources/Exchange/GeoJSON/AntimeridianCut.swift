import Spatial

/// Cuts lines and areas where they cross the antimeridian (RFC 7946 section
/// 3.1.9), and brings all longitudes to ±180°.
///
/// An edge that spans more than 180° of longitude is taken to go the short
/// way round. An outline that goes round a pole is closed over the pole it is
/// nearer to.
enum AntimeridianCut {
    /// The geometry, cut, as WKB.
    static func wkb(of wkb: UnsafeRawBufferPointer) throws -> [UInt8] { cut(try Geometry(wkb: wkb)).wkb }

    static func cut(_ geometry: Geometry) -> Geometry {
        switch geometry {
        case .point(let point): .point(wrapped(point))
        case .multiPoint(let points): .multiPoint(points.map(wrapped))
        case .lineString(let line): single(lines(of: line))
        case .multiLineString(let all): single(all.flatMap(lines))
        case .polygon(let polygon): single(polygons(of: polygon))
        case .multiPolygon(let all): single(all.flatMap(polygons))
        case .collection(let members): .collection(members.map(cut))
        }
    }

    private static func single(_ lines: [LineString]) -> Geometry {
        lines.count == 1 ? .lineString(lines[0]) : .multiLineString(lines)
    }

    private static func single(_ polygons: [Polygon]) -> Geometry {
        polygons.count == 1 ? .polygon(polygons[0]) : .multiPolygon(polygons)
    }

    private static func wrapped(_ point: Point) -> Point {
        guard let position = point.position else { return point }
        let turns = ((position.longitude + 180) / 360).rounded(.down)
        let isInside = abs(position.longitude) <= 180
        return Point(
            LonLat(isInside ? position.longitude : position.longitude - 360 * turns, position.latitude),
            heightMeters: point.heightMeters)
    }

    // MARK: Lines

    private static func lines(of line: LineString) -> [LineString] {
        let path = CutPath(line)
        return strips(path.positions).flatMap { strip in
            path.pieces(in: strip).map { $0.line(shifted: strip.shift) }
        }
    }

    /// The turns of longitude that positions lie in.
    private static func strips(_ positions: [CutPath.Position]) -> [Strip] {
        let xs = positions.map(\.x)
        guard let low = xs.min(), let high = xs.max() else { return [] }
        let first = ((low + 180) / 360).rounded(.down)
        let last = max(first, ((high + 180) / 360).rounded(.up) - 1)
        return stride(from: first, through: last, by: 1).map { Strip(turn: $0) }
    }

    // MARK: Polygons

    private static func polygons(of polygon: Polygon) -> [Polygon] {
        var rings = polygon.rings.map(CutPath.init)
        guard !rings.isEmpty else { return [] }
        rings[0].closeOverPole()
        let outline = rings[0]
        // Holes are unrolled near the outline that holds them.
        for index in rings.indices.dropFirst() { rings[index].shift(near: outline) }
        return strips(outline.positions).flatMap { strip in
            StripCutter(strip).polygons(of: rings).map { polygon in
                Polygon(
                    polygon[0].line(shifted: strip.shift),
                    holes: polygon.dropFirst().map { $0.line(shifted: strip.shift) })
            }
        }
    }
}

/// One turn of longitude.
struct Strip {
    let west: Double
    let east: Double
    /// What brings its longitudes to ±180°.
    let shift: Double

    init(turn: Double) {
        shift = -360 * turn
        west = 360 * turn - 180
        east = west + 360
    }
}

/// A line or ring whose longitudes go on beyond ±180° instead of jumping.
struct CutPath {
    struct Position: Equatable {
        var x: Double
        var y: Double
        var z: Double
    }

    var positions: [Position] = []

    init(positions: [Position]) { self.positions = positions }

    init(_ line: LineString) {
        var turns = 0.0
        for (index, position) in line.positions.enumerated() {
            if index > 0 {
                let step = position.longitude - line.positions[index - 1].longitude
                if step > 180 { turns -= 360 } else if step < -180 { turns += 360 }
            }
            let height = line.heightsMeters.isEmpty ? Double.nan : line.heightsMeters[index]
            positions.append(Position(x: position.longitude + turns, y: position.latitude, z: height))
        }
    }

    /// Closes a ring that goes round a pole.
    mutating func closeOverPole() {
        guard let first = positions.first, let last = positions.last, abs(last.x - first.x) > 180 else { return }
        let pole: Double = positions.reduce(0) { $0 + $1.y } < 0 ? -90 : 90
        positions.append(Position(x: last.x, y: pole, z: last.z))
        positions.append(Position(x: first.x, y: pole, z: first.z))
        positions.append(first)
    }

    /// Moves a ring by whole turns to where another one is.
    mutating func shift(near other: CutPath) {
        guard let low = other.positions.map(\.x).min(), let high = other.positions.map(\.x).max(),
            let mine = positions.first?.x
        else { return }
        let turns = (((low + high) / 2 - mine) / 360).rounded()
        for index in positions.indices { positions[index].x += 360 * turns }
    }

    /// The parts inside of a strip.
    func pieces(in strip: Strip) -> [CutPath] {
        var pieces: [CutPath] = []
        var piece: [Position] = []
        for (a, b) in zip(positions, positions.dropFirst()) {
            guard let (from, to) = Self.clip(a, b, to: strip) else { continue }
            if piece.last != from {
                if piece.count > 1 { pieces.append(CutPath(positions: piece)) }
                piece = [from]
            }
            piece.append(to)
        }
        if piece.count > 1 { pieces.append(CutPath(positions: piece)) }
        return pieces
    }

    /// The part of an edge inside of a strip; `nil` where it at most touches.
    private static func clip(_ a: Position, _ b: Position, to strip: Strip) -> (Position, Position)? {
        guard max(a.x, b.x) > strip.west, min(a.x, b.x) < strip.east else { return nil }
        return (clamp(a, b, to: strip), clamp(b, a, to: strip))
    }

    private static func clamp(_ a: Position, _ b: Position, to strip: Strip) -> Position {
        if a.x < strip.west { return crossing(a, b, at: strip.west) }
        if a.x > strip.east { return crossing(a, b, at: strip.east) }
        return a
    }

    /// Where an edge crosses a meridian.
    static func crossing(_ a: Position, _ b: Position, at x: Double) -> Position {
        let share = (x - a.x) / (b.x - a.x)
        return Position(x: x, y: a.y + share * (b.y - a.y), z: a.z + share * (b.z - a.z))
    }

    /// The path with its longitudes brought to ±180°.
    func line(shifted shift: Double) -> LineString {
        let hasHeights = positions.contains { !$0.z.isNaN }
        return LineString(
            positions.map { LonLat($0.x + shift, $0.y) }, heightsMeters: hasHeights ? positions.map(\.z) : [])
    }
}
