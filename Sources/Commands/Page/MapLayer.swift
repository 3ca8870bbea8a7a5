import Atlas
import Messages
import Spatial

/// Things of one sort on a map, drawn in one way.
struct MapLayer {
    /// How they are drawn.
    let style: MapStyle
    /// What the legend calls them; `nil` for what the legend leaves out.
    let title: Text?
    /// The things, the first on top of none.
    var shapes: [Shape]
    /// Whether the map must show all of it; else what the others leave room for.
    var isFramed = true

    /// One thing.
    struct Shape {
        /// Where it is, as WKB in WGS 84.
        let wkb: [UInt8]
        /// The number of its row.
        var number: Int?
        /// What is written beside it.
        var label: String?

        /// A point that stands for it; `nil` where it has none.
        var position: LonLat? { wkb.withUnsafeBytes { (try? Geometry.representativePoint(wkb: $0)) ?? nil } }
    }

    init(_ style: MapStyle, _ title: Text?, _ shapes: [Shape]) {
        (self.style, self.title, self.shapes) = (style, title, shapes)
    }

    /// Rows of a table under their numbers.
    init(_ style: MapStyle, _ title: Text?, numbered rows: [AnswerRow]) {
        self.init(
            style, title, rows.enumerated().map { Shape(wkb: $1.wkb, number: $0 < PageTable.mostRows ? $0 + 1 : nil) })
    }

    /// Records under the numbers of their rows.
    init(_ style: MapStyle, _ title: Text?, numbered records: [StoredFeature]) {
        self.init(
            style, title,
            records.enumerated().map { Shape(wkb: $1.wkb, number: $0 < PageTable.mostRows ? $0 + 1 : nil) })
    }

    /// Records without numbers, with their names where that is wished.
    init(_ style: MapStyle, _ title: Text?, _ records: [StoredFeature], labelled: Bool = false) {
        self.init(style, title, records.map { Shape(wkb: $0.wkb, label: labelled ? $0.label : nil) })
    }

    /// Whether there are so many things that each can only be a dot.
    var isCrowd: Bool { shapes.count > Self.mostOutlines && !style.isAreal && style != .link }
    private static let mostOutlines = 2000

    /// The same layer, shown as far as it reaches into the map.
    var unframed: MapLayer {
        var layer = self
        layer.isFramed = false
        return layer
    }

    /// A place that a question starts from.
    init(_ style: MapStyle, _ title: Text?, _ place: Place, labelled: Bool = false) {
        let label = labelled ? place.label : nil
        switch place {
        case .feature(let feature): self.init(style, title, [Shape(wkb: feature.wkb, label: label)])
        case .position(let position):
            self.init(style, title, [Shape(wkb: Geometry.point(.init(position)).wkb, label: label)])
        }
    }
}

/// A way to draw things; each is told apart without colour too.
enum MapStyle: Equatable {
    /// The rows of the answer.
    case found
    /// The place that was asked about.
    case subject
    /// An area that was asked about.
    case area
    /// A neighbouring area.
    case neighbour
    /// A station.
    case station
    /// A station of a plan.
    case chosen
    /// What is there no more.
    case gone
    /// Who serves whom.
    case link
    /// The `Int`-th service area of several, the smallest first.
    case ring(Int)
    /// A share in the `Int`-th class of five.
    case share(Int)

    /// The name in the style sheet.
    var name: String {
        switch self {
        case .found: "found"
        case .subject: "subject"
        case .area: "area"
        case .neighbour: "neighbour"
        case .station: "station"
        case .chosen: "chosen"
        case .gone: "gone"
        case .link: "link"
        case .ring(let index): "ring\(min(index, 3))"
        case .share(let index): "share\(index)"
        }
    }

    /// Whether areas are drawn as areas even where they are tiny.
    var isAreal: Bool {
        switch self {
        case .area, .neighbour, .ring, .share: true
        default: false
        }
    }

    /// The mark of a point, as path data around it in tenths of a millimetre.
    func mark(at point: PaperPoint, isSmall: Bool) -> String {
        switch self {
        case .station: return "M\(point.x - 8) \(point.y - 8)h16v16h-16z"
        case .chosen: return "M\(point.x) \(point.y - 15)l13 23h-26z"
        case .gone: return "M\(point.x - 9) \(point.y - 9)l18 18m0-18l-18 18"
        case .subject: return "M\(point.x) \(point.y - 17)l5 12h13l-10 8 4 13-12-8-12 8 4-13-10-8h13z"
        default:
            let radius = isSmall ? 4 : 7
            return "M\(point.x - radius) \(point.y)a\(radius) \(radius) 0 1 0 \(2 * radius) 0"
                + "a\(radius) \(radius) 0 1 0 -\(2 * radius) 0z"
        }
    }

    /// The mark of one of very many points.
    static func dot(at point: PaperPoint) -> String { "M\(point.x - 1) \(point.y - 1)h3v3h-3z" }

    /// The style sheet of maps.
    static let sheet = """
        .map text { font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", SimHei, sans-serif;
          paint-order: stroke; stroke: #fff; stroke-width: 5; stroke-linejoin: round; fill: #000; }
        .map .no { font-size: 25px; font-weight: 700; text-anchor: middle; }
        .map .say { font-size: 26px; font-weight: 700; text-anchor: middle; }
        .map .place { font-size: 25px; text-anchor: middle; fill: #444; letter-spacing: 1px; }
        .map path, figcaption path { fill: none; stroke-linejoin: round; }
        path.water { fill: #d5e3ec; stroke: #9db6c6; stroke-width: 1; }
        path.stream { stroke: #9db6c6; stroke-width: 4; }
        path.house { fill: #e4e1db; stroke: #c3beb4; stroke-width: 1; }
        path.lane { stroke: #d2d2d2; stroke-width: 2; }
        path.street { stroke: #c4c4c4; stroke-width: 4; }
        path.road { stroke: #b0b0b0; stroke-width: 8; }
        path.community { stroke: #8a8a8a; stroke-width: 2; stroke-dasharray: 3 7; }
        path.subdistrict { stroke: #666; stroke-width: 3; stroke-dasharray: 22 9; }
        path.district { stroke: #333; stroke-width: 6; stroke-dasharray: 34 10 4 10; }
        path.found { fill: #a3161a; stroke: #fff; stroke-width: 1.5; }
        path.found.shape { fill: #eebfb8; stroke: #8f1015; stroke-width: 2.5; }
        path.station.shape { fill: #c5d6e6; stroke: #1f4e79; stroke-width: 2.5; }
        path.chosen.shape { fill: #bbb; stroke: #000; stroke-width: 4; }
        path.found.line { fill: none; stroke: #a3161a; stroke-width: 6; }
        path.subject { fill: #f2c230; stroke: #000; stroke-width: 3; }
        path.subject.line { fill: none; stroke: #000; stroke-width: 6; }
        path.area { fill: #000; fill-opacity: .05; stroke: #000; stroke-width: 8; }
        path.neighbour { fill: #1f4e79; fill-opacity: .12; stroke: #1f4e79; stroke-width: 5; }
        path.station { fill: #1f4e79; stroke: #fff; stroke-width: 2; }
        path.chosen { fill: #000; stroke: #fff; stroke-width: 2; }
        path.gone { stroke: #000; stroke-width: 4; }
        path.gone.shape { fill: #fff; fill-opacity: .6; stroke-width: 3; stroke-dasharray: 10 7; }
        path.dots { stroke: none; }
        path.link { stroke: #9a9a9a; stroke-width: .7; }
        path.ring0 { fill: #1f4e79; fill-opacity: .55; stroke: #1f4e79; stroke-width: 3; }
        path.ring1 { fill: #1f4e79; fill-opacity: .32; stroke: #1f4e79; stroke-width: 3; }
        path.ring2 { fill: #1f4e79; fill-opacity: .18; stroke: #1f4e79; stroke-width: 3; }
        path.ring3 { fill: #1f4e79; fill-opacity: .09; stroke: #1f4e79; stroke-width: 3; }
        path.share0 { fill: #f6f9fc; fill-opacity: .75; stroke: #333; stroke-width: 3; }
        path.share1 { fill: #d6e4f0; fill-opacity: .75; stroke: #333; stroke-width: 3; }
        path.share2 { fill: #aecae2; fill-opacity: .75; stroke: #333; stroke-width: 3; }
        path.share3 { fill: #84aed1; fill-opacity: .75; stroke: #333; stroke-width: 3; }
        path.share4 { fill: #5c8fbd; fill-opacity: .75; stroke: #333; stroke-width: 3; }
        path.leader { stroke: #000; stroke-width: 1.5; }
        path.plate { fill: #fff; fill-opacity: .85; }
        path.ink { fill: #000; }
        path.frame { stroke: #000; stroke-width: 3; }
        path.bar { fill: #fff; stroke: #000; stroke-width: 2; }

        """
}
