import Exchange
import Foundation
import Messages
import TestSupport
import Testing

@Suite struct CSVSheetReaderTests {
    private func read(_ bytes: [UInt8], delimiter: UInt8? = nil) throws -> [SheetRow] {
        let file = try TemporaryFile(bytes, ending: ".csv")
        return try withExtendedLifetime(file) {
            try CSVSheetReader(ByteInput(path: file.path), delimiter: delimiter).rest()
        }
    }

    private func read(_ text: String) throws -> [SheetRow] { try read(Array(text.utf8)) }

    @Test func everyRowComesWithItsNumber() throws {
        let rows = try read("楼宇台账,,\r\n\r\n名称,地址,\"多行\n文字\"\r\n甲,,001\r\n,,\r\n合计,\" \",\"a\"\"b\"")
        #expect(rows.map(\.number) == [1, 3, 4, 6])
        #expect(rows[0].cells == [.text("楼宇台账")])
        #expect(rows[1].cells == [.text("名称"), .text("地址"), .text("多行\n文字")])
        #expect(rows[2].cells == [.text("甲"), .empty, .text("001")])
        #expect(rows[3].cells == [.text("合计"), .text(" "), .text("a\"b")])
    }

    @Test func encodingsAndDelimitersAreFoundOut() throws {
        let gb18030 = try Iconv.encode("名称\t地址\n甲\t㐀路\n", as: "GB18030")
        #expect(try read(gb18030).map(\.cells) == [[.text("名称"), .text("地址")], [.text("甲"), .text("㐀路")]])
        #expect(try read("sep=;\r\na;b,c\r\n").map(\.cells) == [[.text("a"), .text("b,c")]])
        #expect(try read("sep=;\na;b\n")[0].number == 1)
        #expect(try read("\u{FEFF}a,b\n1,2\n")[0].cells == [.text("a"), .text("b")])
        #expect(try read("") == [] && read("\n\n") == [])
    }

    @Test func manyRowsCrossTheWindow() throws {
        let rows = try read((1...60_000).map { "\($0),名称\($0),\"a,\($0)\"\n" }.joined())
        #expect(rows.count == 60_000)
        #expect(rows.enumerated().allSatisfy { $0.element.cells[1] == .text("名称\($0.offset + 1)") })
        #expect(rows.enumerated().allSatisfy { $0.element.number == $0.offset + 1 })
    }

    @Test func whatIsNoTableIsRefusedByItsRow() throws {
        let failure = #expect(throws: Failure.self) { try read("a,b\n\"open,1\n") }
        #expect(failure?.code == .unusableInput && failure?.what.en.contains("row 2") == true)
        let wide = #expect(throws: Failure.self) { try read("a,b\n" + String(repeating: ",", count: 20_000) + "\n") }
        #expect(wide?.what.en.contains("row 2") == true && wide?.what.zh.contains("第 2 行") == true)
        let long = [UInt8](repeating: 97, count: 17 << 20)
        #expect(throws: Failure.self) { try read(Array("a,b\n".utf8) + long, delimiter: 44) }
    }
}
