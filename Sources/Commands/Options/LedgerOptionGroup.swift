import ArgumentParser
import Atlas
import Foundation
import Messages

/// How a workbook, or a table without coordinates, is read.
struct LedgerOptionGroup: ParsableArguments {
    @Option(name: .long, help: .says(.helpSheet))
    var sheet: String?

    @Option(name: .long, help: .says(.helpHeaderRows))
    var headerRows: Int?

    @Option(name: .long, help: .says(.helpJoin))
    var join: String?

    @Option(name: .long, help: .says(.helpMapping))
    var mapping: String?

    @Option(name: .long, help: .says(.helpReview))
    var review: String?

    @Option(name: .long, help: .says(.helpRowsAs))
    var `as`: String?

    @Option(name: .long, parsing: .upToNextOption, help: .says(.helpSumColumns))
    var sum: [String] = []

    func validate() throws {
        if let headerRows, !(1...10).contains(headerRows) {
            throw ValidationError(Text.unknownChoice("--header-rows", String(headerRows), "1-10").spoken)
        }
    }

    /// The options; files that follow column names are taken for files.
    func options(
        _ paths: inout [String], columns: ([String], inout [String]) -> [String]
    ) throws -> LedgerOptions {
        var options = LedgerOptions()
        options.sheet = sheet
        options.headerRows = headerRows
        options.mapping = mapping
        options.review = review
        options.language = Speech.language
        options.sums = columns(sum, &paths)
        if let join {
            guard let known = LedgerOptions.Join(rawValue: join) else {
                let choices = LedgerOptions.Join.allCases.map(\.rawValue).joined(separator: "|")
                throw ValidationError(Text.unknownChoice("--join", join, choices).spoken)
            }
            options.join = known
        }
        if let name = self.as {
            switch name {
            case "enterprise", "企业": options.rowsAre = .enterprise
            case "building", "station", "楼宇", "服务站点": options.rowsAre = .record
            default: throw ValidationError(Text.unknownChoice("--as", name, "enterprise|building|station").spoken)
            }
        }
        guard options.sums.isEmpty || options.rowsAre == .enterprise else {
            throw ValidationError(Text.sumsNeedEnterprises.spoken)
        }
        return options
    }
}
