import Atlas
import Foundation
import Messages
import Spatial

/// A map as SVG: frame, scale bar, north arrow and legend.
struct MapDrawing {
    private let layers: [MapLayer]
    private let window: MapWindow
    private let background: MapBackground

    /// Looks up what a map of some layers shows around them; `nil` where
    /// nothing has a place.
    ///
    /// - Parameters:
    ///   - layers: what it shows, the lowest first.
    ///   - atlas: what lies under them.
    ///   - width: its width in millimetres.
    ///   - heights: between which its height may choose, in millimetres.
    /// - Throws: `Failure`.
    init?(_ layers: [MapLayer], _ atlas: Atlas, width: Int, heights: ClosedRange<Int>) throws {
        let framed = layers.filter(\.isFramed)
        guard let content = Self.content(framed) ?? Self.content(layers) else { return nil }
        self.layers = layers
        window = MapWindow(content, width: width * 10, heights: heights.lowerBound * 10...heights.upperBound * 10)
        background = try MapBackground(atlas, window)
    }

    /// The box around all layers; across the antimeridian its east is beyond 180.
    private static func content(_ layers: [MapLayer]) -> BoundingBox? {
        var plain = BoundingBox.empty
        var turned = BoundingBox.empty
        func add(_ position: LonLat) {
            plain.add(position.longitude, position.latitude)
            turned.add(position.longitude < 0 ? position.longitude + 360 : position.longitude, position.latitude)
        }
        for layer in layers {
            for shape in layer.shapes {
                if layer.isCrowd {
                    shape.position.map(add)
                } else {
                    (try? Geometry(wkb: shape.wkb))?.forEachPosition(add)
                }
            }
        }
        guard !plain.isEmpty else { return nil }
        return turned.east - turned.west < plain.east - plain.west ? turned : plain
    }

    /// The figure with its legend.
    var html: String {
        let label = HTMLText.escaped(Text.mapTitle.spoken)
        var svg =
            "<figure>\n<svg class=\"map\" viewBox=\"0 0 \(window.width) \(window.height)\" role=\"img\" aria-label=\"\(label)\">\n"
        for path in background.paths { svg += "<path class=\"\(path.style)\" d=\"\(path.data)\"/>\n" }
        var labels = MapLabels(window)
        let scale = MapScale(window)
        labels.avoid(left: 0, top: window.height - 80, right: scale.length + 110, bottom: window.height)
        labels.avoid(left: window.width - 90, top: 0, right: window.width, bottom: 140)
        var marks: [Mark] = []
        var visible: [Seen] = []
        for layer in layers {
            let drawn = draw(layer, &marks)
            if let seen = drawn.seen { visible.append(seen) }
            svg += drawn.svg
        }
        if marks.count <= Self.mostAvoided {
            for mark in marks where !mark.isArea { labels.avoid(mark: mark.point, radius: 7) }
        }
        let mayLead = marks.count { $0.shape.number != nil } <= Self.mostLed
        for mark in marks { write(mark, mayLead: mayLead, &labels) }
        let unplaced = labels.unplaced
        for name in background.names { labels.placeIfFree(name.text, style: "place", at: name.point) }
        svg += labels.svg + "\n" + scale.svg + northArrow + frame + "</svg>\n"
        return svg + legend(visible, unplaced: unplaced) + "</figure>\n"
    }

    private static let mostAvoided = 300
    /// Among more numbers than that lines to them are a tangle.
    private static let mostLed = 100
    /// Numbers beyond are a blur.
    private static let mostNumbers = 600

    /// A thing that is drawn as a mark or wants a number.
    private struct Mark {
        let point: PaperPoint
        let shape: MapLayer.Shape
        /// Whether the thing is drawn as an area that can hold its number.
        let isArea: Bool
    }

    // MARK: Layers

    private func draw(_ layer: MapLayer, _ marks: inout [Mark]) -> (svg: String, seen: Seen?) {
        var areas = MapPath(window, tolerance: 1)
        var lines = MapPath(window)
        var points = ""
        var seen: Set<PaperPoint> = []
        let isDense = layer.shapes.count > Self.mostAvoided
        for shape in layer.shapes {
            if layer.isCrowd {
                guard let point = shape.position.map(window.cell), window.holds(point) else { continue }
                if seen.insert(PaperPoint(x: point.x / Self.grain, y: point.y / Self.grain)).inserted {
                    points += MapStyle.dot(at: point)
                }
                continue
            }
            guard let geometry = try? Geometry(wkb: shape.wkb), let middle = geometry.representativePoint else {
                continue
            }
            let point = window.cell(middle)
            let box = geometry.box
            let size = max(
                abs(window.cell(LonLat(box.east, box.south)).x - window.cell(LonLat(box.west, box.south)).x),
                abs(window.cell(LonLat(box.west, box.south)).y - window.cell(LonLat(box.west, box.north)).y))
            var isArea = false
            switch geometry {
            case .lineString, .multiLineString: lines.add(geometry)
            case .polygon where layer.style.isAreal || size >= Self.leastSize,
                .multiPolygon where layer.style.isAreal || size >= Self.leastSize:
                areas.add(geometry)
                isArea = true
            default:
                // Marks on top of each other are one.
                let cell = PaperPoint(x: point.x / Self.grain, y: point.y / Self.grain)
                if window.holds(point), seen.insert(cell).inserted {
                    points += layer.style.mark(at: point, isSmall: isDense)
                }
            }
            let isNamed = shape.number != nil || shape.label != nil
            if window.holds(point), isNamed || !isArea {
                marks.append(Mark(point: point, shape: shape, isArea: isArea))
            } else if isArea, isNamed, let inside = insideWindow(shape.wkb) {
                marks.append(Mark(point: inside, shape: shape, isArea: true))
            }
        }
        var svg = ""
        if !areas.isEmpty { svg += "<path class=\"\(layer.style.name) shape\" d=\"\(areas.text)\"/>\n" }
        if !lines.isEmpty { svg += "<path class=\"\(layer.style.name) line\" d=\"\(lines.text)\"/>\n" }
        let dots = layer.isCrowd ? " dots" : ""
        if !points.isEmpty { svg += "<path class=\"\(layer.style.name)\(dots)\" d=\"\(points)\"/>\n" }
        return (svg, svg.isEmpty ? nil : Seen(layer: layer, areas: !areas.isEmpty, marks: !points.isEmpty))
    }

    /// A layer of which something is seen.
    private struct Seen {
        let layer: MapLayer
        /// Whether some of it is drawn as areas.
        let areas: Bool
        /// Whether some of it is drawn as marks.
        let marks: Bool
    }

    /// A point of an area that reaches into the window with its middle outside.
    private func insideWindow(_ wkb: [UInt8]) -> PaperPoint? {
        var inside: [PaperPoint] = []
        for row in 1..<8 {
            for column in 1..<12 {
                let point = PaperPoint(x: window.width * column / 12, y: window.height * row / 8)
                let containment = wkb.withUnsafeBytes { try? window.position(point).containment(inWKB: $0) }
                if containment == .inside { inside.append(point) }
            }
        }
        guard !inside.isEmpty else { return nil }
        let x = inside.reduce(0) { $0 + $1.x } / inside.count
        let y = inside.reduce(0) { $0 + $1.y } / inside.count
        return inside.min { abs($0.x - x) + abs($0.y - y) < abs($1.x - x) + abs($1.y - y) }
    }

    /// An outline smaller than that is drawn as a mark, in tenths of a millimetre.
    private static let leastSize = 16
    private static let grain = 4

    private func write(_ mark: Mark, mayLead: Bool, _ labels: inout MapLabels) {
        if let number = mark.shape.number {
            guard number <= Self.mostNumbers else { return }
            if mark.isArea {
                labels.place("\(number)", style: "no", on: mark.point, mayLead: mayLead)
            } else {
                labels.place("\(number)", style: "no", beside: mark.point, mayLead: mayLead)
            }
        }
        if let label = mark.shape.label { labels.place(name: label, beside: mark.point) }
    }

    // MARK: Frame

    private var frame: String {
        "<path class=\"frame\" d=\"M1 1h\(window.width - 2)v\(window.height - 2)h-\(window.width - 2)z\"/>"
    }

    private var northArrow: String {
        let (x, y) = (window.width - 45, 20)
        return "<path class=\"ink\" d=\"M\(x) \(y)l22 66-22-16z\"/><path class=\"bar\" d=\"M\(x) \(y)l-22 66 22-16z\"/>"
            + "<text class=\"no\" x=\"\(x)\" y=\"\(y + 98)\">\(HTMLText.escaped(Text.north.spoken))</text>"
    }

    private func legend(_ layers: [Seen], unplaced: Int) -> String {
        var html = "<figcaption>"
        for seen in layers {
            guard let title = seen.layer.title else { continue }
            html += "<span>\(sample(seen))\(HTMLText.escaped(title.spoken))</span>"
        }
        for entry in background.legend {
            let shape = ["water", "house"].contains(entry.style) ? "M4 6h57v24h-57z" : "M2 18h61"
            html += "<span><svg viewBox=\"0 0 65 36\"><path class=\"\(entry.style)\" d=\"\(shape)\"/></svg>"
            html += "\(HTMLText.escaped(entry.title.spoken))</span>"
        }
        if layers.contains(where: \.layer.isCrowd) {
            html += "<span>\(HTMLText.escaped(Text.crowdOfDots.spoken))</span>"
        }
        if unplaced > 0 { html += "<span>\(HTMLText.escaped(Text.unplacedNumbers(unplaced).spoken))</span>" }
        return html + "</figcaption>\n"
    }

    /// How it is drawn: as lines, areas, marks, or some as areas and some as marks.
    private func sample(_ seen: Seen) -> String {
        let style = seen.layer.style
        func path(_ name: String, _ data: String) -> String { "<path class=\"\(name)\" d=\"\(data)\"/>" }
        var drawn = ""
        if style == .link || !seen.areas && !seen.marks { drawn = path("\(style.name) line", "M2 18h61") }
        if seen.areas { drawn += path("\(style.name) shape", seen.marks ? "M3 5h32v26h-32z" : "M8 5h49v26h-49z") }
        if seen.marks {
            drawn += path(style.name, style.mark(at: PaperPoint(x: seen.areas ? 50 : 32, y: 18), isSmall: false))
        }
        return "<svg viewBox=\"0 0 65 36\">\(drawn)</svg>"
    }
}

/// A scale bar of round metres.
struct MapScale {
    /// The length in tenths of a millimetre.
    let length: Int
    private let meters: Double
    private let bottom: Int

    init(_ window: MapWindow) {
        let longest = Double(window.width) / 4 * window.metersPerUnit
        let power = pow(10, floor(log10(longest)))
        let step = [5.0, 2, 1].first { $0 * power <= longest } ?? 1
        meters = step * power
        length = Int((meters / window.metersPerUnit).rounded())
        bottom = window.height
    }

    /// The bar in the lower left corner.
    var svg: String {
        let (x, y) = (30, bottom - 32)
        let text =
            meters >= 1000
            ? Text.kilometers(JSONValue.digits(meters / 1000, decimals: 0))
            : Text.meters(JSONValue.digits(meters, decimals: 0))
        let half = length / 2
        return "<path class=\"plate\" d=\"M\(x - 22) \(y - 42)h\(length + 90)v64h-\(length + 90)z\"/>"
            + "<path class=\"bar\" d=\"M\(x) \(y)h\(length)v10h-\(length)z\"/>"
            + "<path class=\"ink\" d=\"M\(x) \(y)h\(half)v10h-\(half)z\"/>"
            + "<text class=\"no\" x=\"\(x)\" y=\"\(y - 10)\">0</text>"
            + "<text class=\"no\" x=\"\(x + length)\" y=\"\(y - 10)\">\(HTMLText.escaped(text.spoken))</text>\n"
    }
}
