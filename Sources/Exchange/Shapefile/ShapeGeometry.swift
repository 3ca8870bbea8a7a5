import Messages
import Spatial

/// Turns the content of a `.shp` record into WKB.
struct ShapeGeometry {
    /// What a record holds.
    enum Outcome {
        /// A geometry, appended.
        case geometry(BoundingBox)
        /// The null shape.
        case none
        /// No usable geometry, and why.
        case fault(Text)
    }

    private let bytes: UnsafeRawBufferPointer
    private var hasHeights = false
    private var heights = 0
    private var points = 0

    /// Appends the geometry of a record as WKB; Z is kept, M dropped.
    static func append(_ content: UnsafeRawBufferPointer, to wkb: inout [UInt8]) -> Outcome {
        guard content.count >= 4 else { return .fault(.damagedShape) }
        var shape = ShapeGeometry(bytes: content)
        let start = wkb.count
        let outcome: Outcome
        switch content.littleEndian(0, as: Int32.self) {
        case 0: outcome = .none
        case 1, 21: outcome = shape.point(hasZ: false, to: &wkb)
        case 11: outcome = shape.point(hasZ: true, to: &wkb)
        case 8, 28: outcome = shape.multiPoint(hasZ: false, to: &wkb)
        case 18: outcome = shape.multiPoint(hasZ: true, to: &wkb)
        case 3, 23: outcome = shape.lines(hasZ: false, to: &wkb)
        case 13: outcome = shape.lines(hasZ: true, to: &wkb)
        case 5, 25: outcome = shape.polygons(hasZ: false, to: &wkb)
        case 15: outcome = shape.polygons(hasZ: true, to: &wkb)
        case let type: outcome = .fault(.unknownShapeType(Int(type)))
        }
        if case .fault = outcome { wkb.removeLast(wkb.count - start) }
        return outcome
    }

    private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private func point(hasZ: Bool, to wkb: inout [UInt8]) -> Outcome {
        guard bytes.count >= 20 + (hasZ ? 8 : 0) else { return .fault(.damagedShape) }
        var box = BoundingBox.empty
        let (x, y) = (bytes.double(4), bytes.double(12))
        guard x.isFinite && y.isFinite else { return .fault(.missingCoordinates) }
        box.add(x, y)
        wkb.append(wkbHeader: .point, hasZ: hasZ)
        wkb.append(wkb: x)
        wkb.append(wkb: y)
        if hasZ { wkb.append(wkb: Self.height(bytes.double(20))) }
        return .geometry(box)
    }

    private mutating func multiPoint(hasZ: Bool, to wkb: inout [UInt8]) -> Outcome {
        guard bytes.count >= 40, locate(points: 40, counted: 36, hasZ: hasZ) else { return .fault(.damagedShape) }
        let count = pointCount
        guard count > 0 else { return .none }
        guard let box = box(0..<count) else { return .fault(.missingCoordinates) }
        wkb.append(wkbHeader: .multiPoint, hasZ: hasHeights, count: count)
        for index in 0..<count {
            wkb.append(wkbHeader: .point, hasZ: hasHeights)
            append(index, to: &wkb)
        }
        return .geometry(box)
    }

    private mutating func lines(hasZ: Bool, to wkb: inout [UInt8]) -> Outcome {
        guard let parts = parts(hasZ: hasZ) else { return .fault(.damagedShape) }
        guard !parts.isEmpty else { return .none }
        let lines = parts.filter { $0.count >= 2 }
        guard !lines.isEmpty else { return .fault(.damagedShape) }
        guard let box = box(0..<pointCount) else { return .fault(.missingCoordinates) }
        if lines.count > 1 { wkb.append(wkbHeader: .multiLineString, hasZ: hasHeights, count: lines.count) }
        for line in lines {
            wkb.append(wkbHeader: .lineString, hasZ: hasHeights, count: line.count)
            for index in line { append(index, to: &wkb) }
        }
        return .geometry(box)
    }

    private mutating func polygons(hasZ: Bool, to wkb: inout [UInt8]) -> Outcome {
        guard let parts = parts(hasZ: hasZ) else { return .fault(.damagedShape) }
        guard !parts.isEmpty else { return .none }
        let rings = parts.filter { $0.count >= 3 && $0.count + (isClosed($0) ? 0 : 1) >= 4 }
        guard !rings.isEmpty else { return .fault(.damagedShape) }
        guard let box = box(0..<pointCount) else { return .fault(.missingCoordinates) }
        let coordinates = UnsafeRawBufferPointer(rebasing: bytes[points..<points + pointCount * 16])
        guard let polygons = RingNesting.polygons(of: rings, in: coordinates) else {
            return .fault(.tooManyRings)
        }
        if polygons.count > 1 { wkb.append(wkbHeader: .multiPolygon, hasZ: hasHeights, count: polygons.count) }
        for polygon in polygons {
            wkb.append(wkbHeader: .polygon, hasZ: hasHeights, count: polygon.count)
            for ring in polygon { append(ring: rings[ring], to: &wkb) }
        }
        return .geometry(box)
    }

    private var pointCount = 0

    /// Notes where the points and heights stand; false where the record has no room for them.
    private mutating func locate(points: Int, counted place: Int, hasZ: Bool) -> Bool {
        let count = Int(bytes.littleEndian(place, as: Int32.self))
        guard count >= 0, count <= (bytes.count - points) / 16 else { return false }
        (self.points, pointCount) = (points, count)
        heights = points + count * 16 + 16
        hasHeights = hasZ && heights + count * 8 <= bytes.count
        return true
    }

    /// The parts as ranges of points; `nil` where counts or bounds are wrong.
    private mutating func parts(hasZ: Bool) -> [Range<Int>]? {
        guard bytes.count >= 44 else { return nil }
        let count = Int(bytes.littleEndian(36, as: Int32.self))
        guard count >= 0, count <= (bytes.count - 44) / 4, locate(points: 44 + count * 4, counted: 40, hasZ: hasZ)
        else { return nil }
        var parts: [Range<Int>] = []
        parts.reserveCapacity(count)
        var start = count > 0 ? Int(bytes.littleEndian(44, as: Int32.self)) : 0
        guard start >= 0 else { return nil }
        for index in 1..<max(count, 1) {
            let next = Int(bytes.littleEndian(44 + index * 4, as: Int32.self))
            guard next >= start, next <= pointCount else { return nil }
            parts.append(start..<next)
            start = next
        }
        guard start <= pointCount else { return nil }
        if count > 0 { parts.append(start..<pointCount) }
        return parts
    }

    private func isClosed(_ ring: Range<Int>) -> Bool {
        let (first, last) = (points + ring.lowerBound * 16, points + (ring.upperBound - 1) * 16)
        return bytes.double(first) == bytes.double(last) && bytes.double(first + 8) == bytes.double(last + 8)
    }

    /// Appends a ring, closed where the file left it open.
    private func append(ring: Range<Int>, to wkb: inout [UInt8]) {
        let isClosed = isClosed(ring)
        wkb.append(wkb: UInt32(ring.count + (isClosed ? 0 : 1)))
        for index in ring { append(index, to: &wkb) }
        if !isClosed { append(ring.lowerBound, to: &wkb) }
    }

    @inline(__always)
    private func append(_ index: Int, to wkb: inout [UInt8]) {
        let place = points + index * 16
        wkb.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[place..<place + 16]))
        if hasHeights { wkb.append(wkb: Self.height(bytes.double(heights + index * 8))) }
    }

    /// The box of points; `nil` where a coordinate is not finite.
    private func box(_ range: Range<Int>) -> BoundingBox? {
        var box = BoundingBox.empty
        for index in range {
            let (x, y) = (bytes.double(points + index * 16), bytes.double(points + index * 16 + 8))
            guard x.isFinite && y.isFinite else { return nil }
            box.add(x, y)
        }
        return box
    }

    /// Values below -1e38 stand for none.
    private static func height(_ value: Double) -> Double { value > -1e38 ? value : .nan }
}
