import Foundation
import Testing

/// A folder with an atlas in it, in which the program is run.
final class Workplace: Sendable {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    var url: URL { folder.url }

    /// Runs the program here; answers in the atlas `louyu.gpkg` unless told otherwise.
    @discardableResult
    func louyu(
        _ arguments: [String], input: String = "", environment: [String: String] = [:], timeout: Double = 120
    ) throws -> Answer {
        try Louyu.run(arguments, in: url, input: Data(input.utf8), environment: environment, timeout: timeout)
    }

    /// Runs the program with words that hold no spaces, and reads its JSON answer.
    func json(_ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation) throws -> JSON {
        let answer = try louyu(arguments + ["--format", "json"])
        #expect(answer.status == 0, "\(arguments): \(answer.errors)", sourceLocation: sourceLocation)
        return try #require(JSON(answer.bytes), "\(arguments): \(answer.errors)", sourceLocation: sourceLocation)
    }

    /// Runs an import that must succeed; gives the counts by layer.
    @discardableResult
    func imported(_ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation) throws -> JSON {
        try json(["import"] + arguments, sourceLocation: sourceLocation)["layers"]
    }

    /// Writes a file here; gives its name.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: url.appending(path: name))
        return name
    }

    /// The bytes of a file here; `nil` where there is none.
    func bytes(_ name: String) -> Data? { try? Data(contentsOf: url.appending(path: name)) }

    func text(_ name: String) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: url.appending(path: name).path) }

    func remove(_ name: String) throws { try FileManager.default.removeItem(at: url.appending(path: name)) }

    /// The names of everything here, sorted.
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }

    /// Makes a file or folder reachable here under a name.
    func link(_ name: String, to target: URL) throws {
        try FileManager.default.createSymbolicLink(at: url.appending(path: name), withDestinationURL: target)
    }

    /// Everything the atlas says of itself and all it holds: equal before and after where nothing changed.
    func state(_ atlas: String = "louyu.gpkg") throws -> [String] {
        let layers = ["building", "boundary", "zone", "station", "street", "water"]
        return try ([["info", "--format", "json"]] + layers.map { ["export", $0] }).map { words in
            let answer = try louyu(words + ["--atlas", atlas])
            #expect(answer.status == 0, "\(words): \(answer.errors)")
            return answer.output
        }
    }

    /// The bytes that an export of a layer writes.
    func exported(_ layer: String) throws -> Data {
        let answer = try louyu(["export", layer])
        #expect(answer.status == 0, "export \(layer): \(answer.errors)")
        return answer.bytes
    }
}

/// The committed city, imported once for all tests that only ask.
enum City {
    /// The files, in the order of their import.
    static let files = [
        "boundaries.geojson", "zones.geojson", "water.geojson", "streets.geojsonl", "stations.json",
        "buildings.geojsonl",
    ]

    /// A folder `city` and the atlas made of it.
    static func workplace() throws -> Workplace { try shared.get() }

    private static let shared = Result<Workplace, any Error> {
        let place = try Workplace()
        place.folder.removeAtExit()
        try place.link("city", to: Repository.city)
        try place.imported(files.map { "city/\($0)" })
        return place
    }
}
