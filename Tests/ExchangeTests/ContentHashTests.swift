import Exchange
import Foundation
import TestSupport
import Testing

@Suite struct ContentHashTests {
    /// The examples that FIPS 180-2 gives.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func knownAnswers(text: String, digest: String) throws {
        let hash = try ContentHash()
        Array(text.utf8).withUnsafeBytes { hash.update($0) }
        #expect(try hash.hex() == digest)
        #expect(try hash.hex() == digest)
    }

    @Test func oneMillionLettersInPieces() throws {
        let hash = try ContentHash()
        let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 625)
        for _ in 0..<1600 { piece.withUnsafeBytes { hash.update($0) } }
        #expect(try hash.hex() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func aFileIsHashedAsItStandsOnDisk() throws {
        let file = try TemporaryFile("abc")
        let input = try ByteInput(path: file.path, hashing: true)
        #expect(try input.peek(2) == Array("ab".utf8))
        #expect(
            try input.contentHash() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(try ByteInput(path: file.path).contentHash() == nil)
    }
}
