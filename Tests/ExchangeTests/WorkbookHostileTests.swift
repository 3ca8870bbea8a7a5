import Exchange
import Foundation
import Messages
import TestSupport
import Testing

/// Workbooks that mean no good are read or refused, by the cell or the part,
/// within 64 MB and twenty times their size.
@Suite struct WorkbookHostileTests {
    /// What a workbook is refused with, in English; `nil` where it is read.
    private func refusal(_ bytes: [UInt8], _ ending: String = ".xlsx") throws -> String? {
        let file = try TemporaryFile(bytes, ending: ending)
        do { _ = try WorkbookReader(path: file.path).rest() } catch let failure as Failure {
            #expect(failure.code == .unusableInput && failure.hint != nil)
            return failure.line(in: .en)
        }
        return nil
    }

    private func refusal(rows: String, _ change: (inout WorkbookBuilder) -> Void = { _ in }) throws -> String? {
        var book = WorkbookBuilder()
        book.rows = rows
        change(&book)
        return try refusal(book.bytes)
    }

    @Test(arguments: [
        ("<row r=\"1\"><c r=\"B1\" t=\"s\"><v>5</v></c></row>", "cell B1 has text number 5, of which there are 1"),
        ("<row r=\"1\"><c r=\"B1\" t=\"s\"><v>-1</v></c></row>", "cell B1"),
        ("<row r=\"1\"><c r=\"B1\" t=\"s\"><v>99999999999999999999</v></c></row>", "cell B1"),
        ("<row r=\"3\"><c r=\"C3\"><v>12abc</v></c></row>", "cell C3"),
        ("<row r=\"3\"><c r=\"C3\"><v>nan</v></c></row>", "cell C3"),
        ("<row r=\"3\"><c r=\"C3\"><v>1e999</v></c></row>", "cell C3"),
        ("<row r=\"3\"><c r=\"C3\" s=\"77\"><v>1</v></c></row>", "cell C3 has a style"),
        ("<row r=\"3\"><c r=\"C3\" t=\"b\"><v>x</v></c></row>", "cell C3"),
        ("<row r=\"3\"><c r=\"C3\" t=\"huh\"><v>x</v></c></row>", "cell C3 has a type"),
        ("<row r=\"3\"><c r=\"C4\"><v>1</v></c></row>", "cell C3 has another row"),
        ("<row r=\"3\"><c r=\"C3\"><v>1</v></c><c r=\"C3\"><v>2</v></c></row>", "cell C3 is there twice"),
        ("<row r=\"3\"><c r=\"XFE3\"><v>1</v></c></row>", "“XFE3” is no place"),
        ("<row r=\"3\"><c r=\"XFD3\"/><c/></row>", "cell XFE3 is beyond"),
        ("<row r=\"0\"/>", "“0” is no place"), ("<row r=\"1048577\"/>", "“1048577” is no place"),
        ("<row r=\"1048576\"/><row/>", "no place"), ("<row r=\"1\"><c r=\"A1\"><v>1</v></row>", "broken at line 2"),
        ("<row r=\"1\"><c r=\"A1\"><v>&nbsp;</v></c></row>", "broken"),
        ("<row r=\"1\"><c r=\"A1\"><v>\u{1}</v></c></row>", "broken"),
    ])
    func damagedCellsAreNamed(rows: String, words: String) throws {
        let said = try #require(try refusal(rows: rows) { $0.strings = "<si><t>a</t></si>" })
        #expect(said.contains(words), "\(said)")
        #expect(said.contains(WorkbookBuilder.sheetPart))
    }

    @Test func aMillionEmptyColumnsAreRefused() throws {
        let said = try refusal(rows: "<row r=\"7\">" + String(repeating: "<c/>", count: 1_000_000) + "</row>")
        #expect(said?.contains("cell XFE7") == true)
        let wide = (1...4000).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\"><v>1</v></c></row>" }.joined()
        #expect(try refusal(rows: wide)?.contains("empty columns before it") == true)
        var styled = WorkbookBuilder()
        styled.rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\" s=\"0\"/></row>"
        #expect(try styled.read().map(\.cells) == [[.number(1)]])
    }

    @Test func entitiesAreRefused() throws {
        let laughs = (1...9).map { "<!ENTITY l\($0) \"\(String(repeating: "&l\($0 - 1);", count: 10))\">" }.joined()
        let bodies = [
            "<!DOCTYPE w [<!ENTITY l0 \"lol\">\(laughs)]>", "<!DOCTYPE w [<!ENTITY l9 SYSTEM \"file:///etc/passwd\">]>",
            "<!DOCTYPE w SYSTEM \"http://127.0.0.1:1/x.dtd\">",
        ]
        for body in bodies {
            let sheet =
                body
                + WorkbookBuilder.worksheet("<row><c t=\"str\"><v>&l9;</v></c></row>")
                .replacing(#/<\?xml.*?\?>\n/#, with: "")
            #expect(try refusal(rows: "") { $0.sheet = sheet }?.contains("DTD") == true)
            for part in ["xl/workbook.xml", "xl/styles.xml", "_rels/.rels"] {
                #expect(try refusal(rows: "") { $0.parts[part] = Array(sheet.utf8) }?.contains(part) == true)
            }
        }
    }

    @Test func partsAreNamed() throws {
        func said(_ change: (inout WorkbookBuilder) -> Void) throws -> String? { try refusal(rows: "", change) }
        let part = WorkbookBuilder.sheetPart
        #expect(try said { $0.missing = [part] }?.contains("\(part): it is missing") == true)
        #expect(try said { $0.missing = ["xl/workbook.xml"] }?.contains("no .xlsx workbook") == true)
        #expect(try said { $0.missing = ["xl/styles.xml", "_rels/.rels"] } == nil)
        #expect(try said { $0.extra = [ZipBuilder.Member("XL\\Worksheets/Sheet1.xml", [])] }?.contains("twice") == true)
        let outside = "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"%\"/></Relationships>"
        for target in ["../../../etc/passwd", "/etc/passwd", "..\\..\\..\\x", "worksheets/../../../x"] {
            let relations = Array(outside.replacing("%", with: target).utf8)
            let words = try said { $0.parts["xl/_rels/workbook.xml.rels"] = relations }
            #expect(words?.contains("missing") == true || words?.contains("not in this file") == true, "\(target)")
        }
        let external = Array(outside.replacing("%\"", with: "a.xml\" TargetMode=\"External\"").utf8)
        #expect(try said { $0.parts["xl/_rels/workbook.xml.rels"] = external }?.contains("not in this file") == true)
        let nested = String(repeating: "<a>", count: 100_000)
        #expect(try said { $0.sheet = nested }?.contains("deeper than 128") == true)
        let noisy = (0..<60_000).map { "<n\($0)/>" }.joined()
        #expect(try said { $0.sheet = "<worksheet>\(noisy)</worksheet>" }?.contains("different names") == true)
        let long = "<worksheet a=\"\(String(repeating: "x", count: 3 << 20))\"/>"
        #expect(try said { $0.sheet = long }?.contains("too long") == true)
        var damaged = ZipBuilder.Member(part, Array(WorkbookBuilder.worksheet("").utf8))
        damaged.checksum ^= 1
        let member = damaged
        #expect(try said { ($0.missing, $0.extra) = ([part], [member]) }?.contains("damaged") == true)
        damaged.flags = 1
        let locked = damaged
        #expect(try said { ($0.missing, $0.extra) = ([part], [locked]) }?.contains("encrypted") == true)
    }

    @Test func otherFilesAreToldWhatToDo() throws {
        let old = CompoundBytes.mark + [UInt8](repeating: 0, count: 4096)
        #expect(try refusal(old, ".xls")?.contains("save it as .xlsx") == true)
        let locked = old + "EncryptedPackage".utf8.flatMap { [$0, UInt8(0)] }
        #expect(try refusal(locked)?.contains("password") == true)
        let far = [UInt8](repeating: 69, count: 262_100) + locked.dropFirst(8)
        #expect(try refusal(CompoundBytes.mark + far)?.contains("password") == true)
        #expect(try refusal(Array("a,b\n1,2\n".utf8))?.contains("no .xlsx workbook") == true)
        #expect(try refusal([])?.contains("empty") == true)
        let document = ZipBuilder([
            ZipBuilder.Member("[Content_Types].xml", []), ZipBuilder.Member("word/document.xml", []),
        ])
        #expect(try refusal(document.bytes)?.contains("no .xlsx workbook") == true)
        #expect(try refusal(Array(WorkbookBuilder().bytes.dropLast(30)))?.contains("zip") == true)
    }

    @Test func formulasWithoutValuesAreTold() throws {
        var book = WorkbookBuilder()
        book.rows = (1...2000).map { "<row r=\"\($0)\"><c r=\"B\($0)\"><f>A\($0)*2</f></c></row>" }.joined()
        let rows = try book.read()
        #expect(rows.count == 2000 && rows.allSatisfy { $0.cells == [.empty, .formulaWithoutValue] })
    }
}

private enum CompoundBytes {
    static let mark: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
}

/// No beginning and no damaged copy of a workbook may crash, hang or eat
/// memory, nor one that unpacks to far more than it is.
@Suite(.serialized) struct WorkbookMutationTests {
    private static let seed: UInt64 = 20_261_121

    private static func book(isStored: Bool) -> WorkbookBuilder {
        var book = WorkbookBuilder()
        book.isStored = isStored
        book.strings = "<si><t>甲_x000D_</t></si><si><r><t>乙</t></r><rPh><t>x</t></rPh></si>"
        book.formats = ["yyyy\\-mm"]
        book.rows = """
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46082.5</v></c><c t="b"><v>1</v></c></row>\
            <row r="2"><c r="A2" t="inlineStr"><is><t>丙</t></is></c><c r="D2"><f>1+1</f><v>2</v></c></row>
            """
        book.afterRows = "<mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>"
        return book
    }

    private static func reading() -> HostileReading {
        HostileReading(fileExtension: "xlsx", isAgreed: { $0 is Failure }) { path in
            let reader = try WorkbookReader(path: path)
            var last = 0
            while let row = try reader.next() {
                #expect(row.number > last && row.cells.count <= 16_384 && row.cells.last?.isEmpty == false)
                last = row.number
            }
        }
    }

    @Test func beginningsAndMutationsAreReadOrRefused() async {
        await #expect(processExitsWith: .success) {
            let reading = Self.reading()
            try reading.tryPrefixes(of: Self.book(isStored: false).bytes)
            try reading.tryMutations(of: Self.book(isStored: false).bytes, count: 1500, seed: Self.seed)
            try reading.tryMutations(of: Self.book(isStored: true).bytes, count: 500, seed: Self.seed)
            #expect(reading.violations == [])
        }
    }

    @Test func damagedXMLIsReadOrRefused() async {
        await #expect(processExitsWith: .success) {
            let reading = Self.reading()
            let sound = Self.book(isStored: true)
            let parts = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"]
            try reading.warmUp(sound.bytes)
            let sheet = Array(WorkbookBuilder.worksheet(sound.rows, sound.afterRows).utf8)
            for number in 0..<1500 {
                var book = sound
                book.parts[WorkbookBuilder.sheetPart] = Mutation.bytes(of: sheet, number: number, seed: Self.seed)
                try reading.tryFile(book.bytes, "sheet, seed \(Self.seed) mutation \(number)")
            }
            let texts = Array("<sst><si><t>a_x000D_</t></si><si><r><t>b</t></r><rPh><t>x</t></rPh></si></sst>".utf8)
            for number in 0..<300 {
                var book = sound
                book.parts["xl/sharedStrings.xml"] = Mutation.bytes(of: texts, number: number, seed: Self.seed)
                book.parts[parts[number % 3]] = Mutation.bytes(of: sheet, number: number, seed: Self.seed)
                try reading.tryFile(book.bytes, "texts, seed \(Self.seed) mutation \(number)")
            }
            #expect(reading.violations == [])
        }
    }

    /// A file of a changed book; what it unpacks to is gone when it is read.
    private static func bomb(_ change: (inout WorkbookBuilder) -> Void) -> [UInt8] {
        var book = book(isStored: false)
        change(&book)
        return book.bytes
    }

    @Test func bombsAreReadOrRefused() async {
        await #expect(processExitsWith: .success) {
            let reading = Self.reading()
            try reading.warmUp(Self.book(isStored: false).bytes)
            func attempt(_ name: String, _ change: (inout WorkbookBuilder) -> Void) throws {
                try reading.tryFile(Self.bomb(change), name)
            }
            try attempt("1.5 million shared texts") {
                $0.strings = String(repeating: "<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>", count: 1_500_000)
            }
            try attempt("6 million empty texts") { $0.strings = String(repeating: "<si/>", count: 6_000_000) }
            try attempt("40 MB in one cell") {
                let text = String(repeating: "a", count: 40 << 20)
                $0.rows = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\(text)</v></c></row>"
            }
            try attempt("4 million empty rows") { $0.rows = String(repeating: "<row/>", count: 4_000_000) }
            try attempt("rows the wrong way round") {
                let rows = (1...40_000).map {
                    "<row r=\"\(40_001 - $0)\"><c><v>1</v></c><c r=\"XFD\(40_001 - $0)\"/></row>"
                }
                $0.rows = rows.joined()
            }
            try attempt("rows the wrong way round, the first a wide one") {
                let rows = (1...40_000).map {
                    "<row r=\"\(40_001 - $0)\"><c r=\"\($0 == 1 ? "XFD" : "A")\(40_001 - $0)\"><v>1</v></c></row>"
                }
                $0.rows = rows.joined()
            }
            try attempt("a million merged ranges") {
                $0.afterRows = String(repeating: "<mergeCell ref=\"A1:B2\"/>", count: 1_000_000)
            }
            #expect(reading.violations == [])
        }
    }
}
