public import Foundation
public import Messages
public import Spatial

/// Writes features as ESRI Shapefiles: `.shp`, `.shx`, `.dbf`, `.cpg`, where
/// the CRS is known `.prj`, and `.fields.csv`, which tells what the columns,
/// named by ten bytes at most, are.
///
/// A Shapefile holds points, lines or areas: where the features are of
/// several kinds the most frequent gets the name asked for, each other one a
/// file beside it (`x_point.shp`, `x_line.shp`, `x_polygon.shp`). Features
/// without geometry go into the first as null shapes; of a collection every
/// kind gets its part. All files appear together or none does.
///
/// Source: ESRI Shapefile Technical Description, July 1998.
///
/// - Complexity: about 100 bytes of memory a feature.
public final class ShapefileWriter: FeatureWriter {
    /// How texts are written.
    public enum Encoding: String, Sendable, CaseIterable {
        /// UTF-8.
        case utf8
        /// GBK, code page 936.
        case gbk

        fileprivate var pageName: String { self == .utf8 ? "UTF-8" : "GBK" }
    }

    /// What one has to know of the files, in the order it is told: complete after `finish`.
    public private(set) var notes: [Text] = []

    private let stem: String
    private let overwrite: Bool
    private let encoding: Encoding
    private let projection: String?
    private let titles: [String: Text]
    private let madeAt: Date
    private let replacesOwn: Bool
    private let spool: FeatureSpool
    private let text: TableText

    /// The most bytes of a file: what all programs read.
    static let mostBytes = 1 << 31 - 1

    /// Begins Shapefiles; all of them are written by `finish`.
    ///
    /// - Parameters:
    ///   - path: of the `.shp` file; the ending is added where it is missing.
    ///   - overwrite: whether files there are replaced.
    ///   - encoding: of names and texts.
    ///   - projection: the CRS as WKT 1 of ESRI; `nil` for no `.prj`.
    ///   - titles: what people call the fields.
    ///   - madeAt: the day that the tables note.
    ///   - isBrokenOff: asked now and then by `finish`, whether to give up.
    /// - Throws: `Failure`: `.cannotCreate`, `.inputOutput`, `.usage` for what is no place for files.
    public init(
        path: String, overwrite: Bool = false, encoding: Encoding = .utf8, projection: String? = nil,
        titles: [String: Text] = [:], madeAt: Date = .now, isBrokenOff: @escaping () -> Bool = { false }
    ) throws(Failure) {
        guard path != "-" else { throw Failure(.usage, .shapefileNeedsFile, hint: .giveShapefile) }
        stem = path.lowercased().hasSuffix(".shp") ? String(path.dropLast(4)) : path
        (self.overwrite, self.encoding, self.projection, self.titles) = (overwrite, encoding, projection, titles)
        self.madeAt = madeAt
        let list = "\(stem).fields.csv"
        replacesOwn = access(list, F_OK) == 0
        try FileSet.check(list, overwrite: overwrite)
        for place in Self.places(stem) {
            for ending in Self.endings { try FileSet.check("\(place).\(ending)", overwrite: overwrite) }
        }
        text = try TableText(encoding)
        spool = try FeatureSpool(measuresValues: true, isBrokenOff: isBrokenOff)
    }

    private static let endings = ["shp", "shx", "dbf", "cpg", "prj"]
    /// Endings of indexes and the like that other programs make of a Shapefile.
    private static let foreignEndings = ["qix", "sbn", "sbx", "idm", "ind", "qpj", "shp.xml"]

    /// Where the files of each kind of shapes may stand, without their endings.
    private static func places(_ stem: String) -> [String] { [stem] + ShapeFamily.allCases.map { stem + $0.suffix } }

    /// Sets features aside.
    ///
    /// - Throws: `Failure` with `.inputOutput`.
    public func write(_ batch: FeatureBatch) throws { try spool.append(batch) }

    /// Writes the files and gives them their names.
    ///
    /// - Throws: `Failure`: `.inputOutput`, `.interrupted`, `.cannotCreate` where something
    ///   came meanwhile or a file would be larger than 2 GB, `.software` for a
    ///   geometry that is no WKB.
    public func finish() throws {
        let kinds = try ShapeKinds(spool)
        let layout = DBFLayout(spool.columns, widths: try textWidths(), text: text)
        let files = FileSet(overwrite: overwrite)
        var rows = DBFRows(layout, text)
        let replacedInNames = text.replaced
        var written: [(path: String, count: Int)] = []
        for (ordinal, family) in kinds.families.enumerated() {
            let place = ordinal == 0 ? stem : stem + family.suffix
            let count = try write(family, kinds, isFirst: ordinal == 0, to: place, files, layout, &rows)
            written.append(("\(place).shp", count))
        }
        try files.add("\(stem).fields.csv").write(Array(fieldList(layout).utf8))
        try files.publish()
        removeStale(beside: written.map { String($0.path.dropLast(4)) })
        tell(layout, written, rows, replaced: text.replaced - replacedInNames)
    }

    /// The bytes that the texts of every field take at most.
    private func textWidths() throws -> [Int] {
        var widths = spool.columns.map(\.mostBytes)
        guard encoding == .gbk else { return widths }
        widths = widths.map { _ in 0 }
        let measure = try TableText(encoding)
        var batch = FeatureBatch()
        for index in spool.entries.indices {
            try spool.read(index, into: &batch)
            for field in batch.fields {
                widths[field.key] = max(widths[field.key], measure.bytes(of: field.value.textBytes(in: batch)).count)
            }
        }
        return widths
    }

    private func write(
        _ family: ShapeFamily, _ kinds: ShapeKinds, isFirst: Bool, to place: String, _ files: FileSet,
        _ layout: DBFLayout, _ rows: inout DBFRows
    ) throws -> Int {
        let table = try files.add("\(place).dbf")
        let index = try files.add("\(place).shx")
        try files.add("\(place).cpg").write(encoding.pageName.utf8)
        if let projection { try files.add("\(place).prj").write(projection.utf8) }
        // The last to appear is the one that readers look for.
        let shapes = try files.add("\(place).shp")
        let type = ShapeType(
            family: family, isMulti: family == .points && kinds.hasSeveralPoints, hasHeights: spool.hasHeights)
        var extent = ShapeExtent()
        var count = 0
        let blank = [UInt8](repeating: 0, count: 100)
        try shapes.write(blank)
        try index.write(blank)
        try table.write(layout.head(rows: 0, encoding: encoding, madeAt: madeAt))
        var batch = FeatureBatch()
        var (content, row): ([UInt8], [UInt8]) = ([], [])
        for entry in spool.entries.indices where kinds.holds(entry, family, isFirst: isFirst) {
            try spool.read(entry, into: &batch)
            guard let record = batch.records.first else { continue }
            content.removeAll(keepingCapacity: true)
            try ShapeContent(Self.geometry(record, batch)).append(type, family, to: &content, extent: &extent)
            row.removeAll(keepingCapacity: true)
            rows.append(record, of: batch, to: &row)
            try Self.checkRoom(in: shapes, for: content.count + 8, place, "shp")
            try Self.checkRoom(in: table, for: row.count + 1, place, "dbf")
            count += 1
            let length = UInt32(clamping: content.count / 2)
            try index.write(Self.words([UInt32(clamping: shapes.size / 2), length]))
            try shapes.write(Self.words([UInt32(clamping: count), length]))
            try shapes.write(content)
            try table.write(row)
        }
        try table.write([0x1A])
        try table.overwriteHead(layout.head(rows: count, encoding: encoding, madeAt: madeAt))
        for file in [shapes, index] { try file.overwriteHead(Self.head(type, extent, size: file.size)) }
        return count
    }

    private static func geometry(_ record: FeatureBatch.Record, _ batch: FeatureBatch) throws(Failure) -> Geometry {
        guard !record.geometry.isEmpty else { return .collection([]) }
        do { return try Geometry(wkb: batch.bytes[record.geometry]) } catch {
            throw Failure(.software, .damagedGeometry)
        }
    }

    private static func checkRoom(
        in file: FileSet.Member, for bytes: Int, _ place: String, _ ending: String
    ) throws(Failure) {
        guard file.size + bytes <= mostBytes else {
            throw Failure(.cannotCreate, .shapefileTooLarge("\(place).\(ending)"), hint: .splitOrGeoPackage)
        }
    }

    private static func words(_ numbers: [UInt32]) -> [UInt8] {
        numbers.flatMap { number in withUnsafeBytes(of: number.bigEndian) { Array($0) } }
    }

    private static func head(_ type: ShapeType, _ extent: ShapeExtent, size: Int) -> [UInt8] {
        var bytes = words([9994, 0, 0, 0, 0, 0, UInt32(clamping: size / 2)])
        bytes.append(littleEndian: Int32(1000))
        bytes.append(littleEndian: type.code)
        for edge in extent.box + extent.heights + [0, 0] { bytes.append(double: edge) }
        return bytes
    }

    /// Removes what was true of the replaced files only: indexes that other
    /// programs made of them, and files of kinds that there are no more, where
    /// a list of fields tells that they came with the others.
    private func removeStale(beside places: [String]) {
        guard overwrite else { return }
        for place in places {
            for ending in Self.foreignEndings { unlink("\(place).\(ending)") }
            if projection == nil { unlink("\(place).prj") }
        }
        guard replacesOwn else { return }
        for place in Self.places(stem) where !places.contains(place) {
            for ending in Self.endings + Self.foreignEndings { unlink("\(place).\(ending)") }
        }
    }

    // MARK: - What is told

    private func columnName(_ column: DBFLayout.Column) -> String {
        let bytes = column.name
        guard encoding == .gbk, let transcoder = try? Transcoder(from: .gb18030) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        return bytes.withUnsafeBytes { transcoder.decode($0) }
    }

    /// The fields with their columns and titles, as CSV.
    private func fieldList(_ layout: DBFLayout) -> String {
        func cell(_ text: String) -> String {
            let isPlain = !text.contains { "\",\r\n".contains($0) }
            return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
        }
        var lines = ["\u{FEFF}field,column,title_zh,title_en"]
        for (index, field) in spool.columns.enumerated() where field.kind != nil {
            let column = layout.places[index].map { columnName(layout.columns[$0]) } ?? ""
            let title = titles[field.name]
            lines.append([field.name, column, title?.zh ?? "", title?.en ?? ""].map(cell).joined(separator: ","))
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    private func tell(_ layout: DBFLayout, _ written: [(path: String, count: Int)], _ rows: DBFRows, replaced: Int) {
        if written.count > 1 {
            notes.append(.shapefileKinds(written.map { "\($0.path) \($0.count)" }.joined(separator: ", ")))
        }
        let renamed = layout.columns.filter { columnName($0) != $0.field && !$0.field.isEmpty }
        if !renamed.isEmpty {
            let list = renamed.map { "\($0.field) → \(columnName($0))" }.joined(separator: ", ")
            notes.append(.shapefileFields(list, "\(stem).fields.csv"))
        }
        let leftOut = zip(layout.places, spool.columns).count { $0 == nil && $1.kind != nil }
        if leftOut > 0 { notes.append(.shapefileColumnsLeftOut(leftOut, most: DBFLayout.mostColumns)) }
        if rows.cutTexts > 0 { notes.append(.shapefileTextsCut(rows.cutTexts, bytes: DBFLayout.widestText)) }
        if replaced > 0 { notes.append(.shapefileCharactersReplaced(replaced)) }
        if rows.roundedNumbers > 0 { notes.append(.shapefileNumbersRounded(rows.roundedNumbers)) }
    }
}
