import Exchange
import Foundation
import Messages
import Spatial
import TestSupport
import Testing

@Suite struct CSVEncodingTests {
    private let text = "名称,经度,纬度\r\n环球金融中心,106.5759,29.5567\r\n解放碑𠮷,106.577,29.559\r\n"

    private func check(_ bytes: [UInt8], _ options: CSVOptions = CSVOptions(), is encoding: TextEncoding) throws {
        let file = try TemporaryFile(bytes)
        let reader = try CSVReader(ByteInput(path: file.path), options: options)
        let (features, rejections) = try reader.readAll()
        #expect(rejections.isEmpty)
        #expect(features.map { $0["名称"] } == [.text("环球金融中心"), .text("解放碑𠮷")])
        #expect(
            features.map(\.geometry) == [
                .point(Point(LonLat(106.5759, 29.5567))), .point(Point(LonLat(106.577, 29.559))),
            ])
        #expect(reader.encoding == encoding)
    }

    @Test func utf8WithAndWithoutMark() throws {
        try check(Array(text.utf8), is: .utf8)
        try check([0xEF, 0xBB, 0xBF] + Array(text.utf8), is: .utf8)
    }

    @Test func utf16WithMark() throws {
        let units = Array(text.utf16)
        try check([0xFF, 0xFE] + units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, is: .utf16LittleEndian)
        try check([0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }, is: .utf16BigEndian)
    }

    @Test func gb18030IsDetectedOrNamed() throws {
        let bytes = try Iconv.encode(text, as: "GB18030")
        try check(bytes, is: .gb18030)
        try check(bytes, CSVOptions(encoding: TextEncoding(named: "gbk")), is: .gb18030)
    }

    @Test func gb18030IsDetectedAfterMegabytesOfASCII() throws {
        let ascii = "name,n\n" + String(repeating: "plain text,1\n", count: 200_000)
        let file = try TemporaryFile(Array(ascii.utf8) + Iconv.encode("渝中区,2\n", as: "GB18030"))
        let reader = try CSVReader(ByteInput(path: file.path))
        let (features, rejections) = try reader.readAll()
        #expect(features.count == 200_001)
        #expect(features.last?["name"] == .text("渝中区"))
        #expect(rejections.isEmpty)
        #expect(reader.encoding == .gb18030)
    }

    @Test func everySplitOfTheBytesReadsTheSame() throws {
        let name = String(repeating: "渝中区环球金融中心", count: 8)
        for shift in 0..<4 {
            let filler = "name,n\n" + String(repeating: "x", count: shift) + ",0\n"
            let text = filler + String(repeating: "\(name),1\n", count: 9_000)
            for bytes in [Array(text.utf8), try Iconv.encode(text, as: "GB18030")] {
                let file = try TemporaryFile(bytes)
                let (features, rejections) = try CSVReader(ByteInput(path: file.path)).readAll()
                #expect(rejections.isEmpty)
                #expect(features.count == 9_001)
                #expect(features.dropFirst().allSatisfy { $0["name"] == .text(name) })
            }
        }
    }

    @Test func aDamagedCharacterRejectsItsRowOnly() throws {
        let good = String(repeating: "渝中区,1\n", count: 20)
        let bytes = Array("名称,n\n\(good)".utf8) + [0xE6, 0xB8, 0x41] + Array(",2\n\(good)".utf8)
        let file = try TemporaryFile(bytes)
        let (features, rejections) = try CSVReader(ByteInput(path: file.path)).readAll()
        #expect(features.count == 40)
        #expect(rejections.map(\.position) == [.line(22)])
    }

    @Test func namesOfEncodings() {
        #expect(TextEncoding(named: "UTF-8") == .utf8)
        #expect(TextEncoding(named: " 65001\n") == .utf8)
        #expect(TextEncoding(named: "CP936") == .gb18030)
        #expect(TextEncoding(named: "gb2312") == .gb18030)
        #expect(TextEncoding(named: "1252") == .other("CP1252"))
        #expect(TextEncoding(named: "ISO 88591") == .other("ISO88591"))
        #expect(TextEncoding(named: "88591") == .other("ISO-8859-1"))
        #expect(TextEncoding(named: "") == nil)
    }

    @Test func anUnknownEncodingIsAFailure() throws {
        let file = try TemporaryFile(text)
        #expect(throws: Failure.self) {
            try CSVReader(ByteInput(path: file.path), options: CSVOptions(encoding: .other("NO-SUCH")))
        }
    }
}
