import ArgumentParser
import Atlas
import Messages
import Spatial

/// `louyu list LAYER`
struct ListCommand: ParsableCommand, AnsweringCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: Text.helpList.spoken, discussion: Text.helpListDiscussion.spoken)
    }

    @Argument(help: .says(.helpLayer))
    var layer: String

    @OptionGroup var filter: FilterOptions

    @Option(parsing: .unconditional, help: .says(.helpSort))
    var sort: String?

    @Flag(help: .says(.helpDescending))
    var descending = false

    @Option(parsing: .upToNextOption, help: .says(.helpColumns))
    var columns: [String] = []

    @Flag(help: .says(.helpEditable))
    var editable = false

    @Option(help: .says(.helpPer))
    var per: String?

    @Option(parsing: .upToNextOption, help: .says(.helpSum))
    var sum: [String] = []

    @Option(help: .says(.helpTop))
    var top: Int?

    @OptionGroup var atlas: AtlasOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let top, top < 1 { throw ValidationError(Text.topBelowOne.spoken) }
        if !sum.isEmpty && per == nil { throw ValidationError(Text.sumNeedsPer.spoken) }
    }

    func run() throws {
        // A version is a digest of the whole row, of what is not public as well.
        if editable, output.isPublic { throw Failure(.usage, .editableStaysInside, hint: .leaveOut("--editable")) }
        let atlas = try atlas.open(answeringTo: output)
        let layer = try LayerArgument.parse(layer)
        let level = try per.map { try LayerArgument.parseLevel($0, option: "--per") }
        // Asked at once; what is got writes the answer.
        let write: () throws -> Void = try atlas.snapshot {
            let filter = try filter.filter(atlas, layer, output)
            if let level { return try totals(atlas, layer, filter, per: level) }
            return try rows(atlas, layer, filter)
        }
        try write()
    }

    private func rows(_ atlas: Atlas, _ layer: Layer, _ filter: RecordFilter) throws -> () throws -> Void {
        let wanted = try split(columns).map { try atlas.property($0, of: layer).name }
        let descends = descending || sort?.hasPrefix("-") == true
        let records = try atlas.list(
            layer, filter: filter, sortColumn: sort.map { $0.hasPrefix("-") ? String($0.dropFirst()) : $0 },
            isDescending: descends, limit: top)
        func isTold(_ column: String) -> Bool { atlas.isPublic(column, in: layer) }
        if output.chosenFormat == .html {
            let table = PageTable(records) { AnswerRow(listing: $0, columns: wanted, isTold: isTold) }
            let page = try page(table, records, layer, filter, sort: sort, descends: descends, limit: top, atlas)
            return { try output.write(page) }
        }
        var rows = records.map {
            AnswerRow(
                listing: $0, columns: wanted, withAttributes: output.chosenFormat != .table, isTold: isTold)
        }
        if editable {
            let versions = try atlas.file.rowVersions(of: layer, fids: records.map(\.fid))
            rows = zip(rows, versions).map { row, version in
                row.adding(.init("row_version", .rowVersion, .optional(version?.text)))
            }
        }
        return { try output.write(rows, empty: .nothingHere) }
    }

    private func totals(
        _ atlas: Atlas, _ layer: Layer, _ filter: RecordFilter, per: BoundaryLevel
    ) throws -> () throws -> Void {
        let columns = split(sum)
        let names = try columns.map { try atlas.property($0, of: layer).name }
        let totals = try atlas.totals(layer, per: per, summing: columns, filter: filter)
        for (index, name) in columns.enumerated() {
            let unreadable = totals.map { $0.unreadable[index] }.reduce(0, +)
            if unreadable > 0 { output.note(.unreadableNumbers(name, unreadable)) }
        }
        func withheld(_ counts: [Int]) -> [Bool] {
            atlas.suppression(of: counts)?.isWithheld ?? counts.map { _ in false }
        }
        let isWithheld = withheld(totals.map(\.count))
        // Of many records few may have a value.
        let isSumWithheld = names.indices.map { index in withheld(totals.map { $0.numbers[index] }) }
        let hasWithheld = totals.indices.map { row in isWithheld[row] || isSumWithheld.contains { $0[row] } }
        Publication.tell(withheldGroups: hasWithheld.count { $0 })
        let rows = totals.enumerated().map { row, total in
            let sums = names.indices.map { index in
                let isTold = !isWithheld[row] && !isSumWithheld[index][row]
                return (names[index], isTold ? JSONValue.number(total.sums[index], decimals: 3) : .null)
            }
            return TotalRow(boundary: total.boundary, count: isWithheld[row] ? nil : total.count, sums: sums)
        }
        if output.chosenFormat == .html {
            let page = try page(
                rows.map { $0.answer(layer) }, layer, filter, per: per,
                summed: hasWithheld.contains(true) ? nil : Set(names), atlas)
            return { try output.write(page) }
        }
        return {
            try output.write(
                object: .array(rows.map(\.json)), table: rows.map { $0.answer(layer) }.table(in: Speech.language),
                rows: rows.map { $0.answer(layer) })
        }
    }

    private func split(_ words: [String]) -> [String] { words.flatMap { $0.split(separator: ",").map(String.init) } }
}

extension AnswerRow {
    /// A row of a layer with the columns asked for, or all of them.
    init(
        listing place: StoredFeature, columns: [String] = [], withAttributes: Bool = false,
        isTold: (String) -> Bool = { _ in true }
    ) {
        let layer = place.layer
        var names = columns
        if names.isEmpty {
            names = layer.columns.map(\.name).filter { $0 != "ref" && $0 != "name" && isTold($0) }
            if withAttributes { names += place.attributes.map(\.key).filter { layer.column($0) == nil } }
        }
        let fields = names.map { name in
            Field(
                name, layer.column(name)?.title ?? Text(zh: name, en: name), JSONValue(place[name]),
                shown: name == "level" ? place.level?.title.spoken : nil)
        }
        self.init(place, fields)
    }
}

/// A boundary with its totals.
private struct TotalRow {
    let boundary: StoredFeature?
    /// `nil` where it is withheld, and the sums with it.
    let count: Int?
    /// Null where they are withheld.
    let sums: [(String, JSONValue)]

    var json: JSONValue {
        .object([
            ("boundary", boundary.map { AnswerRow($0).json } ?? .null), ("count", told.value),
            ("sum", .object(sums)),
        ])
    }

    private var told: AnswerRow.Field {
        guard let count else { return .withheld("count", .count) }
        return .init("count", .count, .integer(Int64(count)))
    }

    func answer(_ layer: Layer) -> AnswerRow {
        let name = boundary.map(\.label) ?? Text.inNoBoundary.spoken
        let head: [AnswerRow.Field] = (boundary == nil ? [.init("name", .name, .text(name))] : []) + [told]
        let fields =
            head
            + sums.map { name, value -> AnswerRow.Field in
                let title = layer.column(name)?.title ?? Text(zh: name, en: name)
                guard case .null = value else { return AnswerRow.Field(name, title, value) }
                return .withheld(name, title)
            }
        guard boundary == nil else { return AnswerRow(boundary, fields) }
        let empty: [AnswerRow.Field] = [
            .init("lon", .longitude, .null), .init("lat", .latitude, .null), .init("id", .id, .null),
        ]
        return AnswerRow(nil, fields + empty)
    }
}

extension JSONValue {
    /// An attribute's value.
    init(_ attribute: Attribute?) {
        switch attribute {
        case nil, .null?: self = .null
        case .boolean(let value)?: self = .boolean(value)
        case .integer(let value)?: self = .integer(value)
        case .real(let value)?: self = .raw(value.isFinite ? Self.shortest(value) : "null")
        case .text(let value)?: self = .text(value)
        case .json(let value)?: self = .raw(value)
        }
    }

    private static func shortest(_ value: Double) -> String {
        let text = String(value)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
