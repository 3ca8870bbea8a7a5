import Messages

/// Which of the styles of a workbook show numbers as dates.
struct CellStyles {
    private var areDates: [Bool] = []

    private static let most = 65_536

    /// No styles: all numbers are numbers.
    init() {}

    /// Whether a style shows a date; `nil` where there is no such style.
    func isDate(_ style: Int) -> Bool? {
        if areDates.isEmpty && style == 0 { return false }
        return areDates.indices.contains(style) ? areDates[style] : nil
    }

    /// Reads the part.
    ///
    /// - Throws: `Failure` with `.unusableInput`.
    init(_ xml: XMLStream) throws(Failure) {
        var own: [Int: Bool] = [:]
        var formats: [Int] = []
        var isInCellFormats = false
        while let event = try xml.next() {
            switch (event.kind, event.tag) {
            case (.start, .numberFormat):
                guard own.count < Self.most else { throw xml.failure(.tooManyEntries) }
                if let id = xml.text(of: "numFmtId", in: event).flatMap({ Int($0) }),
                    let code = xml.text(of: "formatCode", in: event)
                {
                    own[id] = NumberFormat.isDate(code: code)
                }
            case (.start, .cellFormats): isInCellFormats = true
            case (.end, .cellFormats): isInCellFormats = false
            case (.start, .cellFormat):
                guard isInCellFormats else { continue }
                guard formats.count < Self.most else { throw xml.failure(.tooManyEntries) }
                formats.append(xml.text(of: "numFmtId", in: event).flatMap { Int($0) } ?? 0)
            default: break
            }
        }
        areDates = formats.map { own[$0] ?? NumberFormat.isDate(id: $0) }
    }
}
