import Exchange
import Messages
public import Spatial
import Store

/// Edits as a table in a file has them: one record a row.
public struct EditFile: Sendable {
    /// The edits, in the order of the rows.
    public private(set) var edits: [RecordEdit] = []
    /// Rows that could not be read.
    public private(set) var rejections: [Rejection] = []

    /// What the rows are.
    public enum Purpose: Sendable {
        /// Records to add: a column with names, and positions.
        case add
        /// Corrections, or records to end: `id` or `ref` tells the record,
        /// `row_version` what it held when the table was written.
        case change
    }

    private static let names = ["name", "名称", "楼宇名称", "站点名称"]
    private static let refs = ["ref", "编号"]
    private static let version = "row_version"

    /// Reads a CSV.
    ///
    /// - Parameters:
    ///   - path: the file; `-` is standard input.
    ///   - purpose: what the rows are.
    /// - Throws: `Failure`, with `.unusableInput` where no column tells the records.
    public init(path: String, purpose: Purpose) throws {
        var csv = CSVOptions()
        csv.allowsMissingPositions = purpose == .change
        let reader = try CSVReader(try ByteInput(path: path), options: csv)
        let names = reader.columnNames
        func column(_ among: [String]) -> String? { among.lazy.compactMap { name in names.first { $0 == name } }.first }
        let (nameColumn, idColumn, refColumn) = (column(Self.names), column(["id"]), column(Self.refs))
        guard purpose == .add ? nameColumn != nil : idColumn != nil || refColumn != nil else {
            throw Failure(
                .unusableInput, purpose == .add ? .noNameColumn(path) : .noRecordColumn(path), hint: .listForEditing)
        }
        let own: Set<String> =
            purpose == .add
            ? Set([nameColumn, "layer", "id", "ref", Self.version].compactMap(\.self))
            : Set([idColumn, refColumn, "layer", Self.version].compactMap(\.self))
        while let batch = try reader.next() {
            rejections += batch.rejections
            for record in batch.records {
                var cells: [String: String] = [:]
                for field in batch.fields[record.fields] {
                    cells[batch.keys[field.key]] = CellText.text(batch.attribute(field.value))
                }
                let key = purpose == .add ? nameColumn : idColumn ?? refColumn
                var edit = RecordEdit(record: key.flatMap { cells[$0] } ?? "")
                if purpose == .change {
                    edit.isRow = true
                    edit.ref = refColumn.flatMap { cells[$0] }.flatMap { $0.isEmpty ? nil : $0 }
                    let version = cells[Self.version] ?? ""
                    edit.version = RowVersion(version)
                    guard edit.version != nil || version.isEmpty else {
                        rejections.append(
                            Rejection(
                                position: record.position, reason: .badRowVersion(version), record: edit.record))
                        continue
                    }
                }
                edit.position = record.position
                edit.geometry = record.geometry.isEmpty ? nil : try? Geometry(wkb: batch.bytes[record.geometry])
                edit.values = names.filter { !own.contains($0) }.map { ($0, cells[$0] ?? "") }
                edits.append(edit)
            }
        }
    }
}
