import Exchange
import Foundation
public import Messages
import Spatial

/// Something the user should know of one cell.
public struct LedgerCellNote: Hashable, Sendable {
    /// The cell: `D5`.
    public let cell: String
    /// What.
    public let text: Text
}

/// What one row of a ledger says.
struct LedgerReading {
    /// The row and its cells.
    let row: LedgerRow
    /// The number of the row in the file that is read: of a review table, not of its ledger.
    let fileRow: Int
    /// Which record it is about.
    var identity = LedgerIdentity()
    /// The cells that say so; for a row that says nothing, where its name should stand.
    var cells: [LedgerIdentity.Part: String] = [:]
    /// Values of columns and attributes, each with its column in the sheet.
    var values: [(column: Int, role: LedgerFields.Role, value: Attribute)] = []
    /// Columns whose empty cells empty what the atlas holds.
    var erased: [(column: Int, role: LedgerFields.Role)] = []
    /// What is to be told of single cells.
    var notes: [LedgerCellNote] = []
    /// Where the position stands.
    var positionColumn: Int?
    /// What the ledger that the row stands in is known by.
    var ledger = ""
    /// What a person decided, where the row comes from a review table.
    var decision: ReviewDecision?
    /// Units that were converted, by the column's place.
    var conversions: [(column: Int, unit: LedgerUnit)] = []
    /// Cells that say there is nothing, by the column's place.
    var blanks: [Int] = []
    /// All that a row without an identity says; empty for others.
    var words = ""

    /// The words by which the row is remembered, once they are kept.
    private(set) var key = ""

    /// Keeps the words by which the row is remembered: to make them takes as
    /// long as all the rest of the reading.
    mutating func keepKey() { key = identity.isEmpty ? "\u{1E}" + words : identity.key }

    /// Keeps them as another reading of the row has them.
    mutating func keepKey(of other: LedgerReading) { key = other.key }

    /// The cell that most speaks of a part of the identity.
    func cell(about part: LedgerIdentity.Part) -> String? {
        cells[part] ?? LedgerIdentity.Part.allCases.lazy.compactMap { cells[$0] }.first
    }

    /// Keeps what the row is about, and no more than that of what it says.
    mutating func forgetValues() { (values, erased, conversions, blanks) = ([], [], [], []) }
}

/// Reads rows by their columns' roles.
struct LedgerInterpreter {
    let fields: LedgerFields
    /// What coordinates are transformed by; `nil` for WGS 84.
    let transform: CoordinateTransform?

    /// What a row says.
    ///
    /// - Parameters:
    ///   - row: the row, by its number in the ledger.
    ///   - fileRow: its number in the file.
    /// - Returns: what it says.
    func read(_ row: LedgerRow, at fileRow: Int) -> LedgerReading {
        var reading = LedgerReading(row: row, fileRow: fileRow)
        var x: Double?
        var y: Double?
        var tower: String?
        for (index, role) in fields.roles.enumerated() {
            let column = fields.columns[index]
            let cell = row.cells[index]
            let kind: LedgerKind
            switch role {
            case .ignored: continue
            case .ref, .code, .tower, .position: kind = .text
            case .longitude, .latitude: kind = .number(.count)
            case .column(_, let own), .attribute(_, let own): kind = own
            }
            let place = SheetCell.reference(row: fileRow, column: column.index)
            if let part = role.part, !cell.isEmpty { reading.cells[part] = reading.cells[part] ?? place }
            let meaning = LedgerValue.read(cell, as: kind, unit: fields.units[index])
            if let unit = meaning.converted { reading.conversions.append((index, unit)) }
            if meaning.isRefused, let text = meaning.note {
                reading.notes.append(LedgerCellNote(cell: place, text: text))
            }
            if meaning.value == .null {
                if !cell.isEmpty, !meaning.isRefused { reading.blanks.append(index) }
                if fields.erases.contains(index), !meaning.isRefused { reading.erased.append((index, role)) }
                continue
            }
            switch role {
            case .ref: reading.identity.ref = text(meaning.value)
            case .tower: tower = text(meaning.value)
            case .longitude: (x, reading.positionColumn) = (number(meaning.value), reading.positionColumn ?? index)
            case .latitude: y = number(meaning.value)
            case .position:
                reading.positionColumn = index
                let both = text(meaning.value).flatMap(LedgerPosition.init)
                (x, y) = (both?.x, both?.y)
                if both == nil { reading.notes.append(LedgerCellNote(cell: place, text: .cellIsNotThat(cell.shown))) }
            case .code:
                reading.identity.code = text(meaning.value)
                reading.values.append((index, role, meaning.value))
            case .column("name", _): reading.identity.name = text(meaning.value)
            case .column("address", _):
                reading.identity.address = text(meaning.value)
                reading.values.append((index, role, meaning.value))
            default: reading.values.append((index, role, meaning.value))
            }
        }
        settle(&reading, x, y, tower)
        if reading.identity.isEmpty { settleUnidentified(&reading) }
        return reading
    }

    /// Keeps what a row says that does not say which record it is about, and
    /// the cell where it should.
    private func settleUnidentified(_ reading: inout LedgerReading) {
        reading.words = zip(fields.roles, reading.row.cells).filter { $0.0 != .ignored }.map { $0.1.shown }
            .joined(separator: "\u{1F}")
        let column = fields.roles.firstIndex { $0.part == .name } ?? fields.roles.firstIndex { $0.part != nil }
        guard reading.cells.isEmpty, let column else { return }
        reading.cells[.name] = SheetCell.reference(row: reading.fileRow, column: fields.columns[column].index)
    }

    /// Puts name and tower together, and the position into WGS 84.
    private func settle(_ reading: inout LedgerReading, _ x: Double?, _ y: Double?, _ tower: String?) {
        if let tower {
            let name = reading.identity.name ?? ""
            if !LedgerText.key(name).hasSuffix(LedgerText.key(tower)) { reading.identity.name = name + tower }
        }
        if let name = reading.identity.name,
            let index = fields.roles.firstIndex(where: { if case .column("name", _) = $0 { true } else { false } })
        {
            reading.values.append((index, fields.roles[index], .text(name)))
        }
        guard let column = reading.positionColumn, x != nil || y != nil else { return }
        let cell = SheetCell.reference(row: reading.fileRow, column: fields.columns[column].index)
        guard let x, let y else {
            return reading.notes.append(LedgerCellNote(cell: cell, text: .missingCoordinates))
        }
        let position = transform?.toWGS84(LonLat(x, y)) ?? LonLat(x, y)
        guard abs(position.longitude) <= 180, abs(position.latitude) <= 90 else {
            return reading.notes.append(LedgerCellNote(cell: cell, text: .outsideTheWorld(x, y)))
        }
        reading.identity.position = position
    }

    private func text(_ value: Attribute) -> String? {
        if case .text(let text) = value { return text }
        return nil
    }

    private func number(_ value: Attribute) -> Double? {
        if case .real(let number) = value { return number }
        return nil
    }
}

/// Two numbers in one cell: `106.55，29.56`.
struct LedgerPosition {
    let x: Double
    let y: Double

    init?(_ text: String) {
        let plain = text.precomposedStringWithCompatibilityMapping.map { "()[]".contains($0) ? " " : $0 }
        let parts = plain.split { ",;、/".contains($0) || $0.isWhitespace }
        guard text.utf8.count <= 80, parts.count == 2, let x = Double(String(parts[0])),
            let y = Double(String(parts[1])),
            x.isFinite, y.isFinite
        else { return nil }
        (self.x, self.y) = (x, y)
    }
}
