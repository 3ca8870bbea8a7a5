import Exchange
import Foundation
import Messages
import Spatial
import Store

/// The import of one ledger: its rows find their records, what they say is
/// brought in, and what is unsure goes to a person.
///
/// All rows are read and joined before the first is written, so that no row's
/// fate hangs on another's place in the sheet.
final class LedgerImport {
    let path: String
    let atlas: String
    let layer: Layer
    let options: ImportOptions
    let change: AtlasChange
    let identity: String

    // What the sheet says.
    private(set) var fields: LedgerFields
    private(set) var readings: [LedgerReading] = []
    private(set) var isReview = false
    private let source: LedgerSource
    private let reader: LedgerReader
    private let layout: ReviewTable.Layout?
    private let interpreter: LedgerInterpreter
    private var blanks: [Int: Int] = [:]
    private var units: [Int: Set<String>] = [:]
    private var formulas = (count: 0, first: "")
    /// What the rows take until the answer is written.
    private var room: LedgerRoom

    // What becomes of it.
    var report = LedgerReport()
    var counts = ImportCounts()
    var links: [String: [LedgerLink]] = [:]
    private var knownLinks: [String: [String: LedgerLink]] = [:]
    var seenRefs: Set<String> = []
    var rejections: [Rejection] = []
    var conflicts: [CorrectionConflict] = []
    private(set) var unsure: [ReviewTable.Entry] = []
    private(set) var hasCleared = false
    var undecided: [Undecided] = []

    /// A row of which nobody knows which record it is about.
    struct Undecided {
        let reading: LedgerReading
        /// Records that it may be about above all.
        let refs: Set<String>
    }

    init(path: String, atlas: String, options: ImportOptions, change: AtlasChange) throws {
        (self.path, self.atlas, self.options, self.change) = (path, atlas, options, change)
        guard let layer = options.layer ?? LayerGuess.layer(path: path, options: options) else {
            throw Failure(.usage, .layerUnknown(path), hint: .nameLayer)
        }
        guard layer == .building || layer == .station else { throw Failure(.usage, .ledgerLayer(layer.title)) }
        self.layer = layer
        var mapping = LedgerMapping()
        if let file = options.ledger.mapping { mapping = try Self.mapping(file) }
        source = try LedgerSource(path: path, options: options.ledger)
        identity = source.identity(atlas: atlas)
        room = LedgerRoom(path: path)
        let vocabulary = LedgerFields.vocabulary(layer, mapping: mapping, options: options)
        reader = try LedgerReader(source.sheet, path: path, headerRows: options.ledger.headerRows) { key in
            vocabulary.contains(key) || vocabulary.contains(String(key.prefix { $0 != "(" }))
        }
        let all = reader.columns
        let layout = ReviewTable.layout(of: all)
        self.layout = layout
        let columns = layout.map { $0.own.map { ReviewTable.restored(all[$0]) } } ?? all
        fields = try LedgerFields(columns, layer: layer, mapping: mapping, options: options)
        isReview = layout != nil
        let transform = try options.crs.map { declaration throws(Failure) in try CoordinateTransform(declaration) }
        interpreter = LedgerInterpreter(fields: fields, transform: transform.flatMap { $0.isIdentity ? nil : $0 })
    }

    private static func mapping(_ path: String) throws -> LedgerMapping {
        let input = try ByteInput(path: path)
        var bytes: [UInt8] = []
        while bytes.count < 1 << 21, try input.read(appendingTo: &bytes, atMost: 1 << 16) > 0 {}
        return try LedgerMapping(String(decoding: bytes, as: UTF8.self), path: path)
    }

    /// Reads, joins and writes the ledger.
    ///
    /// - Returns: whether there is anything to keep.
    func run(_ whole: inout ImportReport, progress: (String, Int, Int) -> Bool) throws -> Bool {
        try readRows(progress)
        var joining = try LedgerJoining(self)
        let joined = try joining.run()
        // A layer's writer, once made, hides its index: all questions come before.
        let source = try change.beginSource(layer: layer, file: path, identity: identity)
        if options.ledger.rowsAre == .enterprise {
            try LedgerTotals(self).write(joined)
        } else {
            var writing = try LedgerWriting(self)
            try writing.write(joined)
        }
        if options.sync { try LedgerEnding(self, joining.joiner).run() }
        counts.read = readings.count
        if options.onInvalid == .abort, let first = rejections.first {
            throw Failure(
                .unusableInput, .abortedAtInvalid(path, first.position.words, first.reason), hint: .useRepair)
        }
        let isNews = try keep(source)
        finish(&whole)
        if !unsure.isEmpty, !options.isDryRun { try writeReview(&whole) }
        whole.add(counts, of: layer)
        whole.add(rejections, [], of: layer)
        whole.add((conflicts, conflicts.count), of: layer)
        whole.ledgers.append(report)
        return isNews
    }

    private func readRows(_ progress: (String, Int, Int) -> Bool) throws {
        while let row = try reader.next() {
            try room.take(row, of: source.size)
            var reading: LedgerReading
            if let layout {
                let own = LedgerRow(
                    number: ReviewTable.originalRow(row, layout) ?? row.number, cells: layout.own.map { row.cells[$0] })
                reading = interpreter.read(own, at: row.number)
                reading.decision = ReviewTable.decision(row, layout)
                let origin = ReviewTable.origin(row, layout)
                if let origin { try check(origin) }
                reading.ledger = origin?.ledger ?? identity
            } else {
                reading = interpreter.read(row, at: row.number)
                reading.ledger = identity
            }
            note(reading)
            reading.keepKey()
            reading.forgetValues()
            readings.append(reading)
            if readings.count.isMultiple(of: 1000), !progress(path, 0, readings.count) {
                throw Failure(.interrupted, .interrupted)
            }
        }
    }

    /// Whether a review table is read as its ledger was.
    private func check(_ origin: ReviewTable.Origin) throws(Failure) {
        guard origin.options != options.rowMeaning else { return }
        let words = origin.options.joined(separator: " ")
        throw Failure(.usage, .reviewOptions(path, words), hint: .reviewSameOptions(words))
    }

    /// Takes room for what a person is asked about a row.
    func takeRoom(_ candidates: [LedgerCandidate], _ reading: LedgerReading) throws(Failure) {
        try room.take(candidates, row: reading.row.number, of: source.size)
    }

    /// A row with its values, which are not kept while rows are joined.
    func whole(_ reading: LedgerReading) -> LedgerReading {
        var whole = interpreter.read(reading.row, at: reading.fileRow)
        (whole.decision, whole.ledger) = (reading.decision, reading.ledger)
        whole.keepKey(of: reading)
        return whole
    }

    /// Counts what is told of whole columns.
    private func note(_ reading: LedgerReading) {
        for column in reading.blanks { blanks[column, default: 0] += 1 }
        for (column, unit) in reading.conversions { units[column, default: []].insert(unit.name) }
        for (index, cell) in reading.row.cells.enumerated() where cell == .formulaWithoutValue {
            if formulas.count == 0 {
                formulas.first = SheetCell.reference(row: reading.row.number, column: fields.columns[index].index)
            }
            formulas.count += 1
        }
    }

    // MARK: Landings

    /// Notes what became of a row.
    func land(_ landing: LedgerLanding, _ reading: LedgerReading) {
        var landing = landing
        landing.notes += reading.notes
        switch landing.kind {
        case .added: counts.added += 1
        case .changed: counts.changed += 1
        case .unchanged: counts.unchanged += 1
        case .unsure:
            counts.unsure += 1
            unsure.append(
                ReviewTable.Entry(
                    row: reading.row.number, reason: landing.reason ?? .ledgerNothingFits, cells: reading.row.cells,
                    candidates: landing.candidates))
        case .rejected:
            counts.rejected += 1
            if let reason = landing.reason {
                rejections.append(
                    Rejection(
                        position: .row(reading.fileRow), reason: reason,
                        record: isRegister ? "{}" : json(reading.row)))
            }
        case .ended, .held: break
        }
        if landing.kind != .unchanged || !landing.notes.isEmpty || landing.reason != nil {
            report.landings.append(landing)
        }
    }

    /// Tells of a record that lost its totals; it belongs to no row.
    func noteCleared(_ landing: LedgerLanding) {
        hasCleared = true
        report.landings.append(landing)
    }

    /// Remembers which record a row is about.
    func remember(_ reading: LedgerReading, ref: String?, isDecided: Bool) {
        if let ref { seenRefs.insert(ref) }
        if let link = LedgerMemory.link(reading, ref: ref, isDecided: isDecided, isRegister: isRegister) {
            links[reading.ledger, default: []].append(link)
        }
    }

    /// What is remembered of a row.
    func knownLink(of reading: LedgerReading) throws -> LedgerLink? {
        if knownLinks[reading.ledger] == nil {
            let links = try change.ledgerLinks(layer: layer, ledger: reading.ledger)
            knownLinks[reading.ledger] = Dictionary(links.map { ($0.key, $0) }) { $1 }
        }
        return knownLinks[reading.ledger]?[LedgerMemory.key(of: reading, isRegister: isRegister)]
    }

    /// Whether the rows are enterprises, of which nothing but totals is kept.
    var isRegister: Bool { options.ledger.rowsAre == .enterprise }

    private func json(_ row: LedgerRow) -> String {
        var json: [UInt8] = [UInt8(ascii: "{")]
        for (column, cell) in zip(fields.columns, row.cells) where !cell.isEmpty {
            if json.count > 1 { json.append(UInt8(ascii: ",")) }
            JSONText.append(column.title, to: &json)
            json.append(UInt8(ascii: ":"))
            JSONText.append(cell.shown, to: &json)
        }
        json.append(UInt8(ascii: "}"))
        return String(decoding: json, as: UTF8.self)
    }

    // MARK: Ending

    /// Keeps what is to be remembered, and the record of the source where
    /// there is news.
    private func keep(_ source: Int64) throws -> Bool {
        var isNews = counts.added + counts.changed + counts.ended > 0 || hasCleared
        for (ledger, links) in links.mapValues(LedgerMemory.unambiguous).sorted(by: { $0.key < $1.key }) {
            let known = Dictionary(try change.ledgerLinks(layer: layer, ledger: ledger).map { ($0.key, $0) }) { $1 }
            let settled = links.filter(\.isSettled)
            let new = settled.filter { link in
                guard let old = known[link.key] else { return true }
                return old.ref != link.ref || (link.isDecided && !old.isDecided)
            }
            let keys = Set(settled.map(\.key))
            let open = links.filter { !$0.isSettled && !keys.contains($0.key) && known[$0.key] == nil }
            try change.keep(new + open, layer: layer, ledger: ledger)
            isNews = isNews || !new.isEmpty
        }
        let sha256 = try self.source.contentHash()
        let isKnown = try change.holdsSource(sha256: sha256)
        isNews = isNews || (!rejections.isEmpty && !isKnown)
        guard isNews else {
            try change.forgetSource(source)
            return false
        }
        try change.keep(rejections, repairs: [], of: layer, source: source)
        try change.endSource(
            source, layer: layer, sha256: sha256, crs: (options.crs ?? CoordinateDeclaration(.wgs84)).description,
            counts: counts)
        return true
    }

    private func finish(_ whole: inout ImportReport) {
        report.sheet = self.source.sheet.sheetName
        report.remarks = reader.remarks.map { LedgerAside(row: $0.row, kind: $0.kind.rawValue, text: $0.text) }
        report.columns = fields.columns.indices.map { index in
            LedgerColumnUse(
                heading: fields.columns[index].title, field: fields.roles[index].name,
                unit: units[index].map { $0.sorted().joined(separator: "、") }, blanks: blanks[index] ?? 0)
        }
        let others = self.source.sheet.sheetNames.filter { $0 != report.sheet }
        if !others.isEmpty, options.ledger.sheet == nil { whole.notes.append(.ledgerOtherSheets(report.sheet, others)) }
        if formulas.count > 0 { whole.notes.append(.ledgerFormulas(path, formulas.count, first: formulas.first)) }
        if reader.cellsOutside > 0 { whole.notes.append(.ledgerCellsOutside(path, reader.cellsOutside)) }
        for use in report.columns {
            if let unit = use.unit { whole.notes.append(.ledgerConverted(use.heading, unit)) }
            if use.blanks > 0 { whole.notes.append(.ledgerBlanks(use.heading, use.blanks)) }
        }
        if fields.hasPosition, options.crs == nil { whole.notes.append(.crsAssumed(path)) }
        let held = report.landings.count { $0.kind == .held }
        if held > 0 { whole.notes.append(.ledgerHolds(held)) }
    }

    private func writeReview(_ whole: inout ImportReport) throws {
        if isReview, options.ledger.review == nil { return whole.notes.append(.reviewStill(unsure.count)) }
        let file = try ReviewFile(options.ledger.review, beside: path)
        let origin = ReviewTable.Origin(ledger: readings.first?.ledger ?? identity, options: options.rowMeaning)
        let written = try file.write(
            ReviewTable.lines(unsure, columns: fields.columns, origin: origin, language: options.ledger.language))
        report.review = written
        whole.notes.append(.reviewWritten(written, unsure.count))
    }
}

extension LedgerFields.Role {
    /// The column, attribute or role as it is told; `nil` for what is left out.
    var name: String? {
        switch self {
        case .ref: "ref"
        case .code(let name), .column(let name, _), .attribute(let name, _): name
        case .longitude: "lon"
        case .latitude: "lat"
        case .position: "lon, lat"
        case .tower: "name"
        case .ignored: nil
        }
    }
}
