import Messages

/// A line that cannot be used.
struct LineDefect: Sendable {
    /// Where the line begins in the file.
    let offset: Int
    let reason: Reason

    enum Reason: Sendable {
        case emptyCell(CostColumns.Role)
        case notANumber(String)
        case negative(String)
        case tooLarge(String)
        case tooFewValues(Int, columns: Int)
        case tooManyValues(columns: Int)
        case unclosedQuote
        case textAfterQuote
        case tooLong
        case unlistedDemand(String, listedIn: String)
        case demandTwice(String)
        case fileChanged
    }

    /// The defect as what the user is told.
    func failure(in file: RandomAccessFile) -> Failure {
        do {
            if case .fileChanged = reason {
                return Failure(.inputOutput, .costFileChanged(file.path), hint: .readAgain)
            }
            return failure(inLine: try file.lineNumber(at: offset), of: file.path)
        } catch {
            return error
        }
    }

    /// The same where the line is known.
    func failure(inLine line: Int, of path: String) -> Failure {
        Failure(.unusableInput, .inLine(path, line, what), hint: hint)
    }

    private var what: Text {
        switch reason {
        case .emptyCell(let role): .emptyCostCell(role.title)
        case .notANumber(let text): .notACost(text)
        case .negative(let text): .negativeCost(text)
        case .tooLarge(let text): .tooLargeCost(text)
        case .tooFewValues(let count, let columns): .tooFewCostValues(count, columns: columns)
        case .tooManyValues(let columns): .tooManyCostValues(columns: columns)
        case .unclosedQuote: .unclosedCostQuote
        case .textAfterQuote: .textAfterQuote
        case .tooLong: .costLineTooLong
        case .unlistedDemand(let name, let list): .unlistedDemand(name, list)
        case .demandTwice(let name): .demandTwice(name)
        case .fileChanged: .readAgain
        }
    }

    private var hint: Text {
        switch reason {
        case .unlistedDemand: .listDemand
        case .demandTwice: .keepOneLine
        case .tooLong: .costsAreText
        default: .correctLine
        }
    }
}
