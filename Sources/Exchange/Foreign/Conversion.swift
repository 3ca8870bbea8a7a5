import Foundation
import Messages

/// GDAL's `ogr2ogr` at work on a file, its answer as a stream of GeoJSON.
///
/// The program is started with a list of arguments, never by a shell.
final class Conversion {
    /// One feature a line, in WGS 84.
    let output: ByteInput

    private let path: String
    private let process = Process()
    private let complaints: FileHandle

    /// Starts the program.
    ///
    /// - Throws: `Failure` with `.unusableInput` where it is not installed,
    ///   `.notFound` for an absent file, `.inputOutput` where it cannot start.
    init(path: String) throws(Failure) {
        guard access(path, R_OK) == 0 else { throw Failure(.notFound, .noSuchFile(path), hint: .checkPath) }
        guard let program = Self.program else {
            throw Failure(.unusableInput, .unknownFormat(path), hint: .installGDAL)
        }
        self.path = path
        complaints = try Self.namelessFile()
        let pipe = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = [
            "-f", "GeoJSONSeq", "-lco", "COORDINATE_PRECISION=9", "/vsistdout/",
            path.hasPrefix("-") ? "./\(path)" : path,
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = complaints
        do { try process.run() } catch {
            throw Failure(.inputOutput, .cannotOpen(program, error.localizedDescription), hint: .installGDAL)
        }
        output = try ByteInput(descriptor: dup(pipe.fileHandleForReading.fileDescriptor), path: path)
    }

    deinit {
        if process.isRunning { process.terminate() }
    }

    /// Waits for the end and judges it.
    ///
    /// - Throws: `Failure` with `.unusableInput` and the program's own words.
    func finish() throws(Failure) {
        process.waitUntilExit()
        guard process.terminationStatus != 0 || process.terminationReason != .exit else { return }
        let words = words
        if words.contains("Unable to open datasource") {
            throw Failure(.unusableInput, .nobodyKnowsFormat(path), hint: .knownInputs)
        }
        throw Failure(.unusableInput, .conversionFailed(path, words), hint: .checkPath)
    }

    /// The first lines of what the program complained of, warnings and lists aside.
    private var words: String {
        try? complaints.seek(toOffset: 0)
        let bytes = (try? complaints.read(upToCount: 65536)) ?? Data()
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter {
            !$0.hasPrefix("Warning") && !$0.hasPrefix(" ") && !$0.isEmpty
        }
        return lines.prefix(3).joined(separator: " ")
    }

    /// A file that goes with its handle.
    private static func namelessFile() throws(Failure) -> FileHandle {
        let folder = FileManager.default.temporaryDirectory.path
        var name = Array("\(folder)/louyu-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else {
            throw Failure(.inputOutput, .cannotOpen(folder, String(cString: strerror(errno))), hint: .freeSpace)
        }
        unlink(name)
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Where `ogr2ogr` is, of the folders in PATH.
    private static var program: String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.lazy.map { "\($0)/ogr2ogr" }.first { access($0, X_OK) == 0 }
    }
}
