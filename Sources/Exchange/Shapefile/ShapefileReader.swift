import Foundation
public import Messages
public import Spatial

/// Reads an ESRI Shapefile: `.shp` with `.shx`, `.dbf`, `.prj` and `.cpg`
/// beside it, of which only `.shp` must be there.
///
/// Points, lines, polygons and multipoints with and without Z come as
/// geometries (M is dropped), null shapes as records without one. Open rings
/// are closed; parts too short to be a line or a ring are left out unless
/// nothing else remains. Rows marked as deleted are skipped and counted. A
/// record whose shape is damaged, whose text cannot be decoded, or to which
/// only a shape or only a row exists, becomes a `Rejection`.
public final class ShapefileReader: FeatureReader {
    /// The CRS of the `.prj` file; `nil` where there is none or it is unknown.
    public var declaredCRS: CoordinateReferenceSystem? { projection?.crs }

    /// What the `.prj` file says; `nil` where there is none.
    public let projection: ProjectionText?

    /// The encoding of the attributes; `nil` without a `.dbf`.
    public var encoding: TextEncoding? { table?.encoding }

    /// How many records were marked as deleted so far.
    public private(set) var deletedRecords = 0

    /// Bytes of the `.shp` consumed so far.
    public var bytesRead: Int { shapes.bytesTaken }

    private let shapes: ShapeIndex
    private let table: DBFTable?
    private var ordinal = 0
    private var shapesEnded = false

    private static let batchRecords = 4096
    private static let batchFields = 1 << 17
    private static let batchBytes = 4 << 20

    /// Opens a Shapefile.
    ///
    /// - Parameters:
    ///   - path: the `.shp` file.
    ///   - encoding: the encoding of the attributes; `nil` for that of the
    ///     `.cpg` file, else of the table's header, else UTF-8 or GB 18030 by
    ///     what the texts are.
    /// - Throws: `Failure` with `.notFound`, `.inputOutput`, `.unusableInput`,
    ///   or `.usage` for an encoding the system does not know.
    public init(path: String, encoding: TextEncoding? = nil) throws(Failure) {
        let index = try Self.sibling(of: path, "shx").map { path throws(Failure) in try FileWindow(path: path) }
        shapes = try ShapeIndex(shapes: FileWindow(path: path), index: index)
        let page = Self.text(of: Self.sibling(of: path, "cpg")).flatMap(TextEncoding.init(named:))
        table = try Self.sibling(of: path, "dbf").map { path throws(Failure) in
            try DBFTable(FileWindow(path: path), encoding: encoding ?? page)
        }
        projection = Self.text(of: Self.sibling(of: path, "prj")).map(ProjectionText.init)
    }

    private static func sibling(of path: String, _ ending: String) -> String? {
        let stem = (path as NSString).deletingPathExtension
        return [ending, ending.uppercased(), ending.capitalized].lazy.map { "\(stem).\($0)" }
            .first { access($0, R_OK) == 0 }
    }

    /// The first line's worth of a small text file.
    private static func text(of path: String?) -> String? {
        guard let path, let input = try? ByteInput(path: path), let bytes = try? input.peek(65536) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The next records as features; positions are record numbers.
    public func next() throws -> FeatureBatch? {
        var batch = FeatureBatch()
        batch.keys = table?.columns.map(\.name) ?? []
        let mostRecords = min(Self.batchRecords, max(1, Self.batchFields / max(1, batch.keys.count)))
        while batch.records.count + batch.rejections.count < mostRecords, batch.bytes.count < Self.batchBytes {
            guard try take(into: &batch) else { break }
        }
        return batch.records.isEmpty && batch.rejections.isEmpty ? nil : batch
    }

    /// Takes one record; false at the end.
    private func take(into batch: inout FeatureBatch) throws(Failure) -> Bool {
        let shape = shapesEnded ? nil : try shapes.next()
        shapesEnded = shape == nil
        let row = try table?.row(ordinal)
        guard shape != nil || row != nil else { return false }
        ordinal += 1
        if case .deleted = row {
            deletedRecords += 1
            return true
        }
        let start = batch.bytes.count
        var box = BoundingBox.empty
        var fault: Text?
        switch shape {
        case .content(let content):
            switch ShapeGeometry.append(content, to: &batch.bytes) {
            case .geometry(let extent): box = extent
            case .none: break
            case .fault(let reason): fault = reason
            }
        case .damaged: fault = .damagedShape
        case nil: fault = .shapeMissing
        }
        if table != nil && row == nil { fault = fault ?? .rowMissing }
        let geometry = start..<batch.bytes.count
        let first = batch.fields.count
        if case .values(let bytes) = row, let table, !append(bytes, of: table, to: &batch) {
            fault = fault ?? .undecodableText
        }
        if let fault {
            reject(fault, first, &batch)
            batch.fields.removeLast(batch.fields.count - first)
            batch.bytes.removeLast(batch.bytes.count - start)
        } else {
            batch.records.append(
                FeatureBatch.Record(
                    position: .record(ordinal), geometry: geometry, box: box, fields: first..<batch.fields.count))
        }
        return true
    }

    /// Appends the values of a row; false where a text could not be decoded.
    private func append(_ row: UnsafeRawBufferPointer, of table: DBFTable, to batch: inout FeatureBatch) -> Bool {
        var isSound = true
        for (key, column) in table.columns.enumerated() {
            let (value, isValueSound) = table.value(column, of: row, storing: &batch.bytes)
            batch.fields.append(FeatureBatch.Field(key: key, value: value))
            isSound = isSound && isValueSound
        }
        return isSound
    }

    private func reject(_ reason: Text, _ first: Int, _ batch: inout FeatureBatch) {
        let values = batch.fields[first...].map { field in
            let value =
                switch batch.attribute(field.value) {
                case .null: ""
                case .boolean(let value): "\(value)"
                case .integer(let value): "\(value)"
                case .real(let value): "\(value)"
                case .text(let value), .json(let value): value
                }
            return "\(batch.keys[field.key])=\(value)"
        }
        batch.rejections.append(
            Rejection(position: .record(ordinal), reason: reason, record: values.joined(separator: "; ")))
    }
}
