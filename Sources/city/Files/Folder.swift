import Exchange
import Foundation
import Messages

/// The folder that a city is written into.
struct Folder {
    private let root: String
    /// Whether files that are there already may be replaced.
    let mayOverwrite: Bool

    /// Makes the folder where it is missing.
    ///
    /// - Throws: `Failure` with `.cannotCreate`.
    init(_ root: String, mayOverwrite: Bool) throws(Failure) {
        self.root = root
        self.mayOverwrite = mayOverwrite
        do {
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        } catch {
            throw Failure(.cannotCreate, .cannotMakeFolder(root), hint: .freeSpace)
        }
    }

    /// The path of a file in it.
    func path(_ name: String) -> String { root.hasSuffix("/") ? root + name : root + "/" + name }

    /// Writes a whole file.
    func write(_ name: String, _ bytes: some Collection<UInt8>) throws(Failure) {
        let output = try ByteOutput(path: path(name), overwrite: mayOverwrite)
        try output.write(bytes)
        try output.commit()
    }

    /// The size in bytes and the SHA-256 of a file that was written.
    func measure(_ name: String) throws(Failure) -> (bytes: Int, sha256: String) {
        let input = try ByteInput(path: path(name))
        let hash = try ContentHash()
        var size = 0
        var bytes: [UInt8] = []
        while try input.read(appendingTo: &bytes, atMost: 1 << 18) > 0 {
            bytes.withUnsafeBytes { hash.update($0) }
            size += bytes.count
            bytes.removeAll(keepingCapacity: true)
        }
        return (size, try hash.hex())
    }
}
