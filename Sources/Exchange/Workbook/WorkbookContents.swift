import Messages

/// What the main part of a workbook tells: its sheets, where its texts and
/// styles are, and how it counts days.
struct WorkbookContents {
    /// A sheet of cells.
    struct Sheet {
        let name: String
        /// The name of its part; `nil` where it is outside of the file.
        let part: String?
        let isHidden: Bool
    }

    /// The sheets of cells, in order.
    let sheets: [Sheet]
    /// Whether days are counted from 1904.
    let countsFrom1904: Bool
    /// The part with the shared texts.
    let sharedStrings: String?
    /// The part with the styles.
    let styles: String?

    private static let mostSheets = 4096

    /// Reads the main part.
    ///
    /// - Throws: `Failure` with `.unusableInput`.
    init(_ package: WorkbookPackage) throws(Failure) {
        let main = try package.relationships(of: "").first { $0.type == "officeDocument" }?.target ?? "xl/workbook.xml"
        guard !main.lowercased().hasSuffix(".bin") else {
            throw Failure(.unusableInput, .workbookIsBinary(package.path), hint: .saveAsXLSX)
        }
        guard let member = try package.part(main), main.lowercased().contains("workbook") else {
            throw Failure(.unusableInput, .noWorkbook(package.path), hint: .saveAsXLSX)
        }
        let relationships = try package.relationships(of: main)
        guard !relationships.isEmpty else { throw package.failure(WorkbookPackage.relations(of: main), .partMissing) }
        var targets: [String: WorkbookPackage.Relationship] = [:]
        for relationship in relationships { targets[relationship.id] = relationship }
        let xml = try XMLStream(
            package.archive, member, interest: [.workbookProperties, .sheets, .sheet], wantsText: false)
        var sheets: [Sheet] = []
        var countsFrom1904 = false
        while let event = try xml.next() {
            guard event.kind == .start else { continue }
            if event.tag == .workbookProperties {
                countsFrom1904 = ["1", "true", "on"].contains(xml.text(of: "date1904", in: event) ?? "")
            } else if event.tag == .sheet, event.depth == 3, let name = xml.text(of: "name", in: event),
                let target = xml.text(of: "id", in: event).flatMap({ targets[$0] }), target.type == "worksheet"
            {
                guard sheets.count < Self.mostSheets else { throw xml.failure(.tooManyEntries) }
                let isHidden = xml.text(of: "state", in: event).map { $0 != "visible" } ?? false
                sheets.append(Sheet(name: name, part: target.target, isHidden: isHidden))
            }
        }
        guard !sheets.isEmpty else { throw package.failure(main, .partWithoutSheets) }
        self.sheets = sheets
        self.countsFrom1904 = countsFrom1904
        sharedStrings = relationships.first { $0.type == "sharedStrings" }?.target
        styles = relationships.first { $0.type == "styles" }?.target
    }

    /// The sheet that somebody asks for: by its name, else by its number from
    /// 1; without a wish the first that is not hidden.
    ///
    /// - Throws: `Failure` with `.usage` where there is none.
    func sheet(_ wish: String?, path: String) throws(Failure) -> Sheet {
        guard let wish else { return sheets.first { !$0.isHidden } ?? sheets[0] }
        if let named = sheets.first(where: { $0.name == wish }) { return named }
        let trimmed = wish.trimmed
        if let named = sheets.first(where: { $0.name.trimmed.lowercased() == trimmed.lowercased() }) { return named }
        if let number = Int(trimmed), sheets.indices.contains(number - 1) { return sheets[number - 1] }
        throw Failure(.usage, .noSuchSheet(path, wish), hint: .sheetsAre(sheets.map(\.name)))
    }
}
