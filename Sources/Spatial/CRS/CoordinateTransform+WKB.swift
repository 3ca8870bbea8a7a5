extension CoordinateTransform {
    /// Which way coordinates move.
    public enum Direction: Hashable, Sendable {
        /// From the declared system to WGS 84.
        case toWGS84
        /// From WGS 84 to the declared system.
        case fromWGS84
    }

    /// Moves the coordinates of a geometry in well-known binary in place;
    /// heights stay.
    ///
    /// - Parameters:
    ///   - bytes: one geometry.
    ///   - direction: which way.
    /// - Returns: how many positions have no image; their ordinates are
    ///   infinite, so the geometry is to be rejected.
    /// - Throws: `WKBError`; the bytes are then as they were.
    /// - Complexity: O(bytes), one call of PROJ.
    @discardableResult
    public func transform(
        wkb bytes: UnsafeMutableRawBufferPointer, _ direction: Direction
    ) throws(WKBError) -> Int {
        if isIdentity { return 0 }
        var collector = RunCollector()
        try WKBCursor.walk(UnsafeRawBufferPointer(bytes), &collector)
        let failures = transform(&collector.positions, toWGS84: direction == .toWGS84)
        var next = 0
        for run in collector.runs {
            for index in 0..<run.count {
                run.store(collector.positions[next], at: index)
                next += 1
            }
        }
        return failures
    }

    /// Moves the geometries of a batch in place and sets their boxes.
    ///
    /// All coordinates of the batch go through in one call.
    ///
    /// - Returns: the indices of the records that have a position without
    ///   image, or whose bytes are no geometry: they are to be rejected.
    public func transform(_ batch: inout FeatureBatch, _ direction: Direction) -> [Int] {
        if isIdentity { return [] }
        let records = batch.records
        var boxes: [BoundingBox] = []
        boxes.reserveCapacity(records.count)
        var failing: [Int] = []
        batch.bytes.withUnsafeMutableBytes { bytes in
            var collector = RunCollector()
            var ends: [Int] = []
            for (index, record) in records.enumerated() {
                let geometry = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[record.geometry])
                let start = collector.runs.count
                if !geometry.isEmpty, (try? WKBCursor.walk(geometry, &collector)) == nil {
                    collector.runs.removeSubrange(start...)
                    collector.trim()
                    failing.append(index)
                }
                ends.append(collector.runs.count)
            }
            _ = transform(&collector.positions, toWGS84: direction == .toWGS84)
            boxes = collector.storeRecords(endingAt: ends)
        }
        for (index, box) in boxes.enumerated() where !batch.records[index].geometry.isEmpty {
            batch.records[index].box = box
            if !box.isEmpty && !(box.east - box.west).isFinite || !box.isEmpty && !(box.north - box.south).isFinite {
                failing.append(index)
            }
        }
        return failing.sorted()
    }

    /// The geometry moved; heights stay. Positions without image have
    /// infinite ordinates.
    public func transform(_ geometry: Geometry, _ direction: Direction) -> Geometry {
        isIdentity
            ? geometry
            : geometry.mapRuns { positions in
                _ = transform(&positions, toWGS84: direction == .toWGS84)
            }
    }
}

/// Collects the runs of positions of one or many geometries.
private struct RunCollector: GeometryVisitor {
    var runs: [CoordinateRun] = []
    var positions: [LonLat] = []

    mutating func visit(pointRun run: CoordinateRun) { collect(run) }

    mutating func visit(point: LonLat) {}

    mutating func visit(line: CoordinateRun) { collect(line) }

    mutating func visit(ring: CoordinateRun, isHole: Bool) { collect(ring) }

    mutating func endPolygon() {}

    private mutating func collect(_ run: CoordinateRun) {
        runs.append(run)
        for index in 0..<run.count { positions.append(run[index]) }
    }

    /// Drops the positions of runs that were removed from the end.
    mutating func trim() {
        var count = 0
        for run in runs { count += run.count }
        positions.removeSubrange(count...)
    }

    /// Writes the positions back and gives the box of every record.
    func storeRecords(endingAt ends: [Int]) -> [BoundingBox] {
        var boxes: [BoundingBox] = []
        boxes.reserveCapacity(ends.count)
        var run = 0
        var next = 0
        for end in ends {
            var box = BoundingBox.empty
            while run < end {
                for index in 0..<runs[run].count {
                    let position = positions[next]
                    runs[run].store(position, at: index)
                    box.add(position.longitude, position.latitude)
                    next += 1
                }
                run += 1
            }
            boxes.append(box)
        }
        return boxes
    }
}

extension Geometry {
    /// The geometry with the positions of every run changed; their number
    /// stays.
    fileprivate func mapRuns(_ change: (inout [LonLat]) -> Void) -> Geometry {
        func map(_ line: LineString) -> LineString {
            var line = line
            change(&line.positions)
            return line
        }
        func map(_ point: Point) -> Point {
            guard let position = point.position else { return point }
            var positions = [position]
            change(&positions)
            return Point(positions[0], heightMeters: point.heightMeters)
        }
        func map(_ polygon: Polygon) -> Polygon { Polygon(map(polygon.exterior), holes: polygon.holes.map(map)) }
        return switch self {
        case .point(let point): .point(map(point))
        case .lineString(let line): .lineString(map(line))
        case .polygon(let polygon): .polygon(map(polygon))
        case .multiPoint(let points): .multiPoint(points.map(map))
        case .multiLineString(let lines): .multiLineString(lines.map(map))
        case .multiPolygon(let polygons): .multiPolygon(polygons.map(map))
        case .collection(let members): .collection(members.map { $0.mapRuns(change) })
        }
    }
}
