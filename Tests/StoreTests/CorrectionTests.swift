import Foundation
import GRDB
import Messages
import Spatial
import Store
import TestSupport
import Testing

/// What a source that comes again does to rows that people have corrected.
@Suite struct CorrectionTests {
    /// One value as it should stand, by the rule: what nobody corrected
    /// follows its source; a correction stands, and is told where the source
    /// brings something else than what was corrected.
    private struct Expected {
        var value: String?
        var corrected: String??

        mutating func correct(to new: String?) {
            guard new != value else { return }
            if corrected == nil { corrected = .some(value) }
            value = new
        }

        /// - Returns: whether there is a conflict.
        mutating func bring(_ new: String?) -> Bool {
            guard new != value else { return false }
            if let before = corrected, before != value { return before != new }
            (value, corrected) = (new, nil)
            return false
        }
    }

    private static let cells = ["name", "grade", "tenant", "负责人"]
    private static let words: [String?] = ["甲", "乙", "丙", nil]

    /// Rows as a source has them; `tenant` and 负责人 are members of `attributes`.
    private func bring(_ path: String, _ rows: [[String?]]) throws -> Int {
        try AtlasFile.change(path: path) { change in
            change.describe(as: .import)
            let source = try change.beginSource(
                layer: .building, file: "x.csv", identity: "x", refsHoldEverywhere: false, keepsCorrections: true)
            let writer = try change.writer(for: .building)
            var batch = RowBatch(columns: writer.columns)
            for (index, row) in rows.enumerated() {
                let named = zip(Self.cells, row).compactMap { name, text in
                    text.map { (key: name, value: Attribute.text($0)) }
                }
                var values = named.filter { Self.cells.prefix(2).contains($0.key) }
                let members = named.filter { !Self.cells.prefix(2).contains($0.key) }
                if !members.isEmpty {
                    let text = JSONText.object(members.map { (name: $0.key, value: $0.value) })
                    values.append(("attributes", .text(String(decoding: text, as: UTF8.self))))
                }
                batch.add("r\(index)", .square(106, 29), values)
            }
            _ = try writer.write(batch.batch)
            let counts = writer.counts
            let isNews = counts.added + counts.changed > 0
            if isNews {
                try change.endSource(source, layer: .building, sha256: nil, crs: "wgs84", counts: counts)
            } else {
                try change.forgetSource(source)
            }
            return (writer.takeConflicts().count, isNews ? .commit : .rollBack)
        }
    }

    private func correct(_ path: String, row: Int, _ name: String, to text: String?) throws {
        try AtlasFile.change(path: path) { change in
            change.describe(as: .set)
            let row = try #require(try change.row(.building, fid: Int64(row + 1)))
            let value = (name: name, value: text.map { Attribute.text($0) } ?? .null)
            let isColumn = ["name", "grade"].contains(name)
            _ = try change.set(isColumn ? [value] : [], attributes: isColumn ? [] : [value], of: row)
            return ((), .commit)
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func whatNobodyCorrectedFollowsTheSource(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        var source = (0..<4).map { _ in Self.cells.map { _ in Self.words.randomElement(using: &random) ?? nil } }
        var expected = source.map { $0.map { Expected(value: $0) } }
        _ = try bring(path, source)
        for step in 0..<24 {
            let (row, cell) = (Int.random(in: 0..<4, using: &random), Int.random(in: 0..<4, using: &random))
            let word = Self.words.randomElement(using: &random) ?? nil
            if Bool.random(using: &random) {
                expected[row][cell].correct(to: word)
                try correct(path, row: row, Self.cells[cell], to: word)
            } else {
                if Bool.random(using: &random) { source[row][cell] = word }
                var conflicts = 0
                for row in source.indices {
                    for cell in source[row].indices where expected[row][cell].bring(source[row][cell]) {
                        conflicts += 1
                    }
                }
                #expect(try bring(path, source) == conflicts, "seed \(seed), step \(step)")
            }
            let file = try AtlasFile(path: path, for: .reading)
            let found = try file.features(FeatureQuery(.building)).map { row in Self.cells.map { row.text($0) } }
            try file.close()
            #expect(found == expected.map { $0.map(\.value) }, "seed \(seed), step \(step)")
        }
    }

    @Test func attributesThatAreNoObjectAreNotOverwritten() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        for text in ["[1,2]", "7", "{broken"] {
            try AtlasFile.write(path) { $0.add("1", .square(106, 29), [("attributes", .text(text))]) }
            #expect(throws: Failure.self) { try correct(path, row: 0, "tenant", to: "x") }
            try correct(path, row: 0, "grade", to: text)
            let file = try AtlasFile(path: path, for: .reading)
            #expect(try file.features(FeatureQuery(.building)).first?.text("grade") == text)
            try file.close()
        }
    }

    @Test(arguments: ["r+0123456789abcde", "r0123456789abcd", "r0123456789abcdeg", "0123456789abcdef0", ""])
    func onlyWholeRowVersionsAreRead(_ text: String) {
        #expect(RowVersion(text) == nil && RowVersion("r0123456789abcdef")?.text == "r0123456789abcdef")
    }

    @Test func whatAChangeDoesAndUndoesIsNotTold() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("x.gpkg")
        try AtlasFile.write(path) { $0.add("1", .square(106, 29), [("name", .text("甲"))]) }
        for grade in [nil, "A"] as [String?] {
            try AtlasFile.change(path: path) { change in
                for name in ["乙", "甲"] {
                    let row = try #require(try change.row(.building, fid: 1))
                    _ = try change.set([("name", .text(name))], attributes: [], of: row)
                }
                let row = try #require(try change.row(.building, fid: 1))
                if let grade { _ = try change.set([("grade", .text(grade))], attributes: [], of: row) }
                return ((), .commit)
            }
        }
        let file = try AtlasFile(path: path, for: .reading)
        let events = try file.history(of: .building, fid: 1)
        try file.close()
        #expect(events.map(\.kind) == [.changed, .added])
        #expect(events.first?.cells.map(\.name) == ["grade"])
    }

    @Test func refsAreAskedForByAnIndexAlsoInANewAtlas() throws {
        let folder = try TemporaryFolder()
        let seconds = try [2000, 8000].map { count in
            let start = ContinuousClock.now
            try AtlasFile.change(path: folder.file("\(count).gpkg")) { change in
                let writer = try change.writer(for: .building)
                for _ in 0..<count {
                    var batch = RowBatch(columns: writer.columns)
                    batch.add(try change.freeRef(in: .building), .square(106, 29))
                    #expect(try writer.write(batch.batch).isEmpty)
                }
                return ((), .commit)
            }
            return ContinuousClock.now - start
        }
        // Reading all rows for each would take sixteen times as long.
        #expect(seconds[1] < seconds[0] * 10)
    }
}
