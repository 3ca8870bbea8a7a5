import Foundation
import Messages

/// Files in Microsoft's older container: workbooks of before 2007, and newer
/// ones under a password. They are told apart to be refused with what to do.
enum CompoundFile {
    /// The bytes that such a file begins with.
    static let mark: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    private static let blockSize = 1 << 18
    private static let furthest = 64 << 20

    /// Why such a file is not read.
    static func refusal(_ file: RandomAccessFile) throws(Failure) -> Failure {
        let name: [UInt8] = "EncryptedPackage".utf8.flatMap { [$0, UInt8(0)] }
        var offset = 0
        while offset < min(file.size, furthest) {
            let block = try file.bytes(at: offset, atMost: blockSize + name.count)
            if contains(block, name) {
                return Failure(.unusableInput, .workbookHasPassword(file.path), hint: .removePassword)
            }
            offset += blockSize
        }
        return Failure(.unusableInput, .workbookIsOld(file.path), hint: .saveAsXLSX)
    }

    private static func contains(_ block: [UInt8], _ name: [UInt8]) -> Bool {
        block.withUnsafeBytes { block in
            guard let start = block.baseAddress else { return false }
            var place = 0
            while place + name.count <= block.count,
                let found = memchr(start + place, Int32(name[0]), block.count - name.count + 1 - place)
            {
                if memcmp(found, name, name.count) == 0 { return true }
                place = UnsafeRawPointer(found) - start + 1
            }
            return false
        }
    }
}
