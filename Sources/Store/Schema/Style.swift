import Spatial

/// How QGIS draws a layer when the file is opened: QGIS's own style format.
enum Style {
    /// A single-symbol style without anything but fill, outline or line.
    static func qml(_ layer: Layer) -> String {
        let symbol =
            switch layer.name {
            case "building": fill(color: "190,178,163,255", outline: "120,108,95,255", width: 0.1)
            case "boundary": fill(color: "0,0,0,0", outline: "166,54,3,255", width: 0.5)
            case "zone": fill(color: "65,130,60,40", outline: "65,130,60,255", width: 0.4)
            case "water": fill(color: "170,205,225,255", outline: "120,165,195,255", width: 0.1)
            case "street": line(color: "140,140,140,255", width: 0.3)
            default: marker(color: "200,30,30,255")
            }
        return document(symbol)
    }

    /// The style of an answer that was kept: it stands out from the layers.
    static func qml(_ shapes: ShapeFamily) -> String {
        switch shapes {
        case .points: document(marker(color: "214,39,40,255"))
        case .lines: document(line(color: "31,119,180,255", width: 0.5))
        case .areas: document(fill(color: "31,119,180,70", outline: "31,119,180,255", width: 0.4))
        }
    }

    private static func document(_ symbol: String) -> String {
        "<!DOCTYPE qgis PUBLIC \"http://mrcc.com/qgis.dtd\" \"SYSTEM\"><qgis version=\"3.22\" "
            + "styleCategories=\"Symbology\"><renderer-v2 type=\"singleSymbol\" forceraster=\"0\"><symbols>"
            + "\(symbol)</symbols></renderer-v2></qgis>"
    }

    private static func fill(color: String, outline: String, width: Double) -> String {
        symbol(
            type: "fill", layer: "SimpleFill",
            options: [("color", color), ("outline_color", outline), ("outline_width", "\(width)"), ("style", "solid")])
    }

    private static func line(color: String, width: Double) -> String {
        symbol(type: "line", layer: "SimpleLine", options: [("line_color", color), ("line_width", "\(width)")])
    }

    private static func marker(color: String) -> String {
        symbol(
            type: "marker", layer: "SimpleMarker", options: [("color", color), ("name", "circle"), ("size", "2.4")])
    }

    private static func symbol(type: String, layer: String, options: [(String, String)]) -> String {
        let map = options.map { "<Option name=\"\($0.0)\" type=\"QString\" value=\"\($0.1)\"/>" }.joined()
        return "<symbol name=\"0\" type=\"\(type)\" alpha=\"1\"><layer class=\"\(layer)\" enabled=\"1\">"
            + "<Option type=\"Map\">\(map)</Option></layer></symbol>"
    }
}
