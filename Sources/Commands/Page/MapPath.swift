import Spatial

/// Lines and areas as path data of SVG, with no more points than paper shows.
struct MapPath {
    /// The data as ASCII.
    private(set) var bytes: [UInt8] = []
    private let window: MapWindow
    /// Points nearer to each other than that, in tenths of a millimetre, are one.
    private let tolerance: Int
    private var kept: [PaperPoint] = []

    init(_ window: MapWindow, tolerance: Int = 2) {
        self.window = window
        self.tolerance = tolerance
    }

    var isEmpty: Bool { bytes.isEmpty }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Adds the lines of a geometry, or the outlines of its areas.
    mutating func add(_ geometry: Geometry) {
        switch geometry {
        case .point, .multiPoint: break
        case .lineString(let line): add(line.positions, isRing: false)
        case .multiLineString(let lines): for line in lines { add(line.positions, isRing: false) }
        case .polygon(let polygon): for ring in polygon.rings { add(ring.positions, isRing: true) }
        case .multiPolygon(let polygons):
            for polygon in polygons { for ring in polygon.rings { add(ring.positions, isRing: true) } }
        case .collection(let members): for member in members { add(member) }
        }
    }

    private mutating func add(_ positions: [LonLat], isRing: Bool) {
        thin(positions)
        // A ring's end is its beginning.
        if isRing, kept.count > 1, kept.first == kept.last { kept.removeLast() }
        guard kept.count >= (isRing ? 3 : 2), meetsWindow else { return }
        append(isRing: isRing)
    }

    /// Keeps the points that paper tells apart. Of several that lie beyond the
    /// same side of the frame the first and the last suffice: what stands in
    /// the frame stays as it is.
    private mutating func thin(_ positions: [LonLat]) {
        kept.removeAll(keepingCapacity: true)
        var codes: (before: UInt8, last: UInt8) = (0, 0)
        for (index, position) in positions.enumerated() {
            let point = window.cell(position)
            let code = window.outcode(point)
            guard let last = kept.last else {
                kept.append(point)
                codes = (0, code)
                continue
            }
            let isLast = index == positions.count - 1
            if !isLast, abs(point.x - last.x) <= tolerance, abs(point.y - last.y) <= tolerance { continue }
            if point == last { continue }
            if kept.count > 1, codes.before & codes.last & code != 0 {
                kept[kept.count - 1] = point
                codes.last = code
            } else {
                kept.append(point)
                codes = (codes.last, code)
            }
        }
    }

    private var meetsWindow: Bool {
        var common: UInt8 = 0xFF
        for point in kept { common &= window.outcode(point) }
        return common == 0
    }

    private mutating func append(isRing: Bool) {
        bytes.append(UInt8(ascii: "M"))
        append(kept[0])
        bytes.append(UInt8(ascii: "l"))
        for index in 1..<kept.count {
            if index > 1 { bytes.append(UInt8(ascii: " ")) }
            append(PaperPoint(x: kept[index].x - kept[index - 1].x, y: kept[index].y - kept[index - 1].y))
        }
        if isRing { bytes.append(UInt8(ascii: "z")) }
    }

    private mutating func append(_ point: PaperPoint) {
        bytes += String(point.x).utf8
        if point.y >= 0 { bytes.append(UInt8(ascii: " ")) }
        bytes += String(point.y).utf8
    }
}
