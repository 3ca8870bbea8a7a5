import Exchange
import Foundation
import Messages
import Testing

@Suite struct ByteOutputTests {
    private func temporaryPath() -> String {
        FileManager.default.temporaryDirectory.appending(path: "louyu-\(UUID().uuidString)").path
    }

    @Test func nothingIsLeftWithoutCommit() throws {
        let path = temporaryPath()
        do {
            let output = try ByteOutput(path: path)
            try output.write("half a file")
        }
        let folder = URL(filePath: path).deletingLastPathComponent()
        let name = URL(filePath: path).lastPathComponent
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.hasPrefix(name) })
    }

    @Test func anExistingFileIsKeptUnlessToldOtherwise() throws {
        let path = temporaryPath()
        defer { unlink(path) }
        let first = try ByteOutput(path: path)
        try first.write("first")
        try first.commit()
        #expect(throws: Failure.self) { try ByteOutput(path: path) }
        let second = try ByteOutput(path: path, overwrite: true)
        try second.write("second")
        try second.commit()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "second")
    }

    @Test func aFileThatCameMeanwhileIsKeptUnlessToldOtherwise() throws {
        let path = temporaryPath()
        defer { unlink(path) }
        let outputs = try [false, true].map { try ByteOutput(path: path, overwrite: $0) }
        try Data("theirs".utf8).write(to: URL(filePath: path))
        for output in outputs { try output.write("mine") }
        let failure = #expect(throws: Failure.self) { try outputs[0].commit() }
        #expect(failure?.code == .cannotCreate)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "theirs")
        try outputs[1].commit()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
    }

    @Test func bytesComeBackAsTheyWere() throws {
        let path = temporaryPath()
        defer { unlink(path) }
        let bytes = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let output = try ByteOutput(path: path)
        try output.write(bytes)
        try output.commit()
        let input = try ByteInput(path: path)
        #expect(try input.peek(10) == Array(bytes[..<10]))
        var read: [UInt8] = []
        while try input.read(appendingTo: &read, atMost: 10_000) > 0 {}
        #expect(read == bytes)
    }
}
