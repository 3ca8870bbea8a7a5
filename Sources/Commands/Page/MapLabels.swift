import Messages

/// Where numbers and names stand on a map, so that none covers another.
struct MapLabels {
    /// Text as SVG, and the lines that lead to it.
    private(set) var svg = ""
    /// How many numbers found no place.
    private(set) var unplaced = 0

    private let window: MapWindow
    /// Taken rectangles, by the cells of a coarse grid that they touch.
    private var taken: [PaperPoint: [Rectangle]] = [:]

    private struct Rectangle {
        let left: Int
        let top: Int
        let right: Int
        let bottom: Int

        func meets(_ other: Rectangle) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    init(_ window: MapWindow) { self.window = window }

    private static let cell = 100
    private static let textHeight = 26

    /// Keeps labels away from a place.
    mutating func avoid(left: Int, top: Int, right: Int, bottom: Int) {
        take(Rectangle(left: left, top: top, right: right, bottom: bottom))
    }

    /// Keeps labels away from a mark.
    mutating func avoid(mark point: PaperPoint, radius: Int) {
        avoid(left: point.x - radius, top: point.y - radius, right: point.x + radius, bottom: point.y + radius)
    }

    /// Writes a number on the middle of an area, or else beside it.
    mutating func place(_ text: String, style: String, on point: PaperPoint, mayLead: Bool) {
        let half = Self.width(text) / 2
        if write(text, style, PaperPoint(x: point.x, y: point.y), half) { return }
        place(text, style: style, beside: point, mayLead: mayLead)
    }

    /// Writes a text beside a mark, where there is room: near it, else a
    /// little farther with a line to it.
    mutating func place(_ text: String, style: String, beside point: PaperPoint, mayLead: Bool) {
        if !isPlaced(text, style: style, beside: point, mayLead: mayLead) { unplaced += 1 }
    }

    /// Writes what a place is called beside its mark, where there is room;
    /// names that are long are cut.
    mutating func place(name: String, beside point: PaperPoint) {
        let isLong = TextTable.width(name) > Self.longestName
        let text = isLong ? Self.beginning(of: name) + "…" : name
        _ = isPlaced(text, style: "say", beside: point, mayLead: false)
    }

    private static let longestName = 32

    private static func beginning(of name: String) -> String {
        var text = ""
        for character in name {
            guard TextTable.width(text + String(character)) < longestName else { break }
            text.append(character)
        }
        return text
    }

    private mutating func isPlaced(_ text: String, style: String, beside point: PaperPoint, mayLead: Bool) -> Bool {
        let half = Self.width(text) / 2
        for (distance, isLed) in [(9, false), (26, true), (48, true)] where mayLead || !isLed {
            for (x, y) in Self.directions {
                let center = PaperPoint(
                    x: point.x + x * (distance + half),
                    y: point.y + y * (distance + Self.textHeight / 2 - (x == 0 ? 0 : 4)))
                guard write(text, style, center, half) else { continue }
                if isLed {
                    let end = PaperPoint(x: center.x - x * half, y: center.y - y * Self.textHeight / 2)
                    svg += "<path class=\"leader\" d=\"M\(point.x) \(point.y)L\(end.x) \(end.y)\"/>"
                }
                return true
            }
        }
        return false
    }

    /// Writes a text at a place if that is free.
    mutating func placeIfFree(_ text: String, style: String, at point: PaperPoint) {
        _ = write(text, style, point, Self.width(text) / 2 + 4)
    }

    private static let directions = [(1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1)]

    /// The width of a text in its size.
    private static func width(_ text: String) -> Int { TextTable.width(text) * 14 + 2 }

    private mutating func write(_ text: String, _ style: String, _ center: PaperPoint, _ half: Int) -> Bool {
        let box = Rectangle(
            left: center.x - half, top: center.y - Self.textHeight / 2, right: center.x + half,
            bottom: center.y + Self.textHeight / 2)
        guard box.left > 4, box.top > 4, box.right < window.width - 4, box.bottom < window.height - 4,
            isFree(box)
        else { return false }
        take(box)
        svg += "<text class=\"\(style)\" x=\"\(center.x)\" y=\"\(center.y + 9)\">\(HTMLText.escaped(text))</text>"
        return true
    }

    private func isFree(_ box: Rectangle) -> Bool {
        for cell in cells(box) { for other in taken[cell] ?? [] where other.meets(box) { return false } }
        return true
    }

    private mutating func take(_ box: Rectangle) {
        for cell in cells(box) { taken[cell, default: []].append(box) }
    }

    private func cells(_ box: Rectangle) -> [PaperPoint] {
        let columns = max(box.left, 0) / Self.cell...max(box.left, box.right, 0) / Self.cell
        let rows = max(box.top, 0) / Self.cell...max(box.top, box.bottom, 0) / Self.cell
        return columns.flatMap { x in rows.map { PaperPoint(x: x, y: $0) } }
    }
}
