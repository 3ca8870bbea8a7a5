public import Foundation
public import Messages
public import Spatial

/// Writes features as a sheet of a workbook, a row each.
public final class WorkbookFeatureWriter: FeatureWriter {
    /// Whether where a feature stands is told.
    public enum Positions: Sendable {
        /// In two more columns: the point itself, or of any other geometry a point on it.
        case told(longitude: String, latitude: String)
        /// No: columns of their own tell it.
        case none
    }

    private let workbook: WorkbookWriter
    private let columns: [String]
    private let positions: Positions
    private var columnOfKey: [Int?] = []

    /// Begins a workbook of one sheet.
    ///
    /// - Parameters:
    ///   - path: where it will stand.
    ///   - sheet: the name of the sheet.
    ///   - columns: the names of the attributes, in order, with their headings.
    ///   - positions: whether positions are told.
    ///   - overwrite: whether a file there is replaced.
    ///   - madeAt: the time that the workbook notes.
    /// - Throws: `Failure` as `WorkbookWriter` does.
    public init(
        path: String, sheet: String, columns: [(name: String, heading: String)], positions: Positions,
        overwrite: Bool = false, madeAt: Date = .now
    ) throws(Failure) {
        guard columns.count <= SheetBounds.columns - 2 else {
            throw Failure(.cannotCreate, .tooManyColumnsForSheet(columns.count), hint: .writeCSVInstead)
        }
        var headings = columns.map { WorkbookWriter.Column($0.heading) }
        if case .told(let longitude, let latitude) = positions {
            headings += [.init(longitude), .init(latitude)]
        }
        workbook = try WorkbookWriter(path: path, overwrite: overwrite, madeAt: madeAt)
        self.columns = columns.map(\.name)
        self.positions = positions
        try workbook.beginSheet(sheet, columns: headings.isEmpty ? [.init("")] : headings)
    }

    /// Writes a row a feature.
    ///
    /// - Throws: `Failure` as `WorkbookWriter` does; `.software` for a geometry that is no WKB.
    public func write(_ batch: FeatureBatch) throws {
        while columnOfKey.count < batch.keys.count {
            columnOfKey.append(columns.firstIndex(of: batch.keys[columnOfKey.count]))
        }
        for record in batch.records {
            var cells = [SheetCell.Value](repeating: .empty, count: columns.count)
            for field in batch.fields[record.fields] {
                if let column = columnOfKey[field.key] { cells[column] = Self.cell(field.value, batch) }
            }
            if case .told = positions {
                let position = try Self.position(record, batch)
                cells += [Self.cell(position?.longitude), Self.cell(position?.latitude)]
            }
            try workbook.append(cells)
        }
    }

    /// Writes the workbook to its place.
    ///
    /// - Throws: `Failure` as `WorkbookWriter` does.
    public func finish() throws { try workbook.finish() }

    private static func position(_ record: FeatureBatch.Record, _ batch: FeatureBatch) throws(Failure) -> LonLat? {
        guard !record.geometry.isEmpty else { return nil }
        do { return try Geometry(wkb: batch.bytes[record.geometry]).representativePoint } catch {
            throw Failure(.software, .damagedGeometry)
        }
    }

    private static func cell(_ degrees: Double?) -> SheetCell.Value {
        degrees.map { .number(($0 * 1e7).rounded() / 1e7) } ?? .empty
    }

    /// Spreadsheets show fifteen digits of a number, and no more.
    private static let firstInexact: UInt64 = 1_000_000_000_000_000

    private static func cell(_ value: FieldValue, _ batch: FeatureBatch) -> SheetCell.Value {
        switch value {
        case .null: .empty
        case .boolean(let value): .bool(value)
        case .integer(let value): value.magnitude < firstInexact ? .number(Double(value)) : .text(String(value))
        case .real(let value): .number(value)
        case .text(let range), .json(let range): .text(batch.string(range))
        }
    }
}
