import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The program as users run it: a process with arguments, two outputs and an exit status.
enum Louyu {
    /// The built program: `LOUYU_PROGRAM`, else the one beside the test
    /// bundle, else one below `.build`; `nil` where none is built.
    static let path: String? = {
        if let named = ProcessInfo.processInfo.environment["LOUYU_PROGRAM"] { return named }
        var folders: [URL] = []
        if let executable = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            folders.append(URL(filePath: executable).deletingLastPathComponent())
        }
        var bundle = Bundle.main.bundleURL
        for _ in 0..<4 {
            folders.append(bundle)
            bundle.deleteLastPathComponent()
        }
        let build = Repository.root.appending(path: ".build")
        folders += [build.appending(path: "debug"), build.appending(path: "release")]
        return folders.lazy.map { $0.appending(path: "louyu").path }.first { access($0, X_OK) == 0 && !isFolder($0) }
    }()

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}

/// The checkout that the tests stand in.
enum Repository {
    /// Its top folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The folder of blessed answers.
    static let snapshots = root.appending(path: "Tests/Snapshots")

    /// The folder of the small invented city.
    static let city = root.appending(path: "geodata")
}

/// How a run ended.
struct Answer {
    /// What stood on standard output.
    let bytes: Data
    /// What stood on standard error.
    let errorBytes: Data
    /// The exit status; minus the signal's number where one ended the process.
    let status: Int32
    /// The largest resident size seen, in bytes.
    let peakBytes: Int
    /// Whether the time was up before the process ended.
    let timedOut: Bool

    var output: String { String(decoding: bytes, as: UTF8.self) }
    var errors: String { String(decoding: errorBytes, as: UTF8.self) }
    /// The output as JSON; `.null` where it is none.
    var json: JSON { JSON(bytes) ?? .null }
    /// Standard error as JSON; `.null` where it is none.
    var errorJSON: JSON { JSON(errorBytes) ?? .null }
}

/// What can be said to a process while it runs.
struct Interrupt {
    /// The signal.
    let signal: Int32
    /// Is asked every millisecond whether the moment has come.
    let when: () -> Bool
}

extension Louyu {
    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - arguments: the words after its name.
    ///   - folder: the working folder.
    ///   - input: standard input; empty by default.
    ///   - environment: added to an environment that has only PATH, HOME and an English locale.
    ///   - timeout: seconds after which the process is killed.
    ///   - interrupt: a signal to send on the way.
    /// - Returns: what it answered.
    /// - Throws: where the program is missing or cannot be started.
    static func run(
        _ arguments: [String], in folder: URL, input: Data = Data(), environment: [String: String] = [:],
        timeout: Double = 120, interrupt: Interrupt? = nil
    ) throws -> Answer {
        guard let path else { throw MissingProgram() }
        let scratch = try ScratchFolder()
        let names = ["in", "out", "err"].map { scratch.url.appending(path: $0).path }
        try input.write(to: URL(filePath: names[0]))
        let process = try spawn(path, arguments, in: folder, streams: names, environment: environment)
        let end = try wait(for: process, timeout: timeout, interrupt: interrupt)
        return Answer(
            bytes: try Data(contentsOf: URL(filePath: names[1])),
            errorBytes: try Data(contentsOf: URL(filePath: names[2])),
            status: end.status, peakBytes: end.peakBytes, timedOut: end.timedOut)
    }

    private static func spawn(
        _ path: String, _ arguments: [String], in folder: URL, streams: [String], environment: [String: String]
    ) throws -> pid_t {
        let own = ProcessInfo.processInfo.environment
        var variables = ["PATH": own["PATH"] ?? "/usr/bin:/bin", "HOME": own["HOME"] ?? "/", "LANG": "en_US.UTF-8"]
        variables["TMPDIR"] = own["TMPDIR"]
        variables.merge(environment) { $1 }
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
        #else
            var actions: posix_spawn_file_actions_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, streams[0], O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, streams[1], O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, streams[2], O_WRONLY | O_CREAT, 0o600)
        // The C library's own change of folder is hidden from Swift; a shell does it.
        let script = "cd \"$0\" && exec \"$@\""
        let words = (["/bin/sh", "-c", script, folder.path, path] + arguments).map { strdup($0) } + [nil]
        let pairs = variables.map { strdup("\($0)=\($1)") } + [nil]
        defer { (words + pairs).forEach { free($0) } }
        // Threads of the tests may block signals; a program that is started by a shell has none blocked.
        #if canImport(Glibc)
            var attributes = posix_spawnattr_t()
        #else
            var attributes: posix_spawnattr_t?
        #endif
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var process: pid_t = 0
        let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, words, pairs)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .ENOENT) }
        return process
    }

    private static func wait(
        for process: pid_t, timeout: Double, interrupt: Interrupt?
    ) throws -> (status: Int32, peakBytes: Int, timedOut: Bool) {
        let deadline = Date.now.addingTimeInterval(timeout)
        var peak = ResidentSize()
        var interrupt = interrupt
        var timedOut = false
        var status: Int32 = 0
        var usage = rusage()
        while true {
            peak.sample(process)
            let ended = wait4(process, &status, timedOut ? 0 : WNOHANG, &usage)
            if ended == process { break }
            guard ended == 0 || errno == EINTR else { throw POSIXError(.ECHILD) }
            if let next = interrupt, next.when() {
                kill(process, next.signal)
                interrupt = nil
            }
            if Date.now > deadline && !timedOut {
                timedOut = true
                kill(process, SIGKILL)
            }
            usleep(1000)
        }
        let exit = status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
        return (exit, peak.bytes(usage), timedOut)
    }

    /// The program was not built.
    struct MissingProgram: Error, CustomStringConvertible {
        let description = "there is no louyu beside the tests; build it, or name it with LOUYU_PROGRAM"
    }
}

/// The peak of a process's resident size.
///
/// Linux counts the memory of the process that started it into `ru_maxrss`,
/// so there the kernel's own high-water mark is read while it runs.
private struct ResidentSize {
    private var kilobytes = 0

    mutating func sample(_ process: pid_t) {
        #if os(Linux)
            guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
                let mark = text.range(of: "VmHWM:")
            else { return }
            let number = text[mark.upperBound...].drop { $0 == "\t" || $0 == " " }.prefix { $0.isNumber }
            kilobytes = max(kilobytes, Int(number) ?? 0)
        #endif
    }

    func bytes(_ usage: rusage) -> Int {
        #if os(Linux)
            return kilobytes * 1024
        #else
            return usage.ru_maxrss
        #endif
    }
}
