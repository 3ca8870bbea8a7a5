import Messages

/// What the command line asks for.
enum Request: Equatable {
    case help
    case make(Order)

    /// A city to make.
    struct Order: Equatable {
        var buildings = 3000
        var seed: UInt64 = 7
        var folder = ""
        var mayOverwrite = false
        /// Whether the workbooks of an office are made too.
        var hasLedgers = false
    }

    /// The numbers of buildings that can be asked for.
    static let sizes = 1000...10_000_000

    /// Reads the arguments behind the program's name.
    ///
    /// - Throws: `Failure` with `.usage`.
    init(_ arguments: [String]) throws(Failure) {
        var order = Order()
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            func value() throws(Failure) -> String {
                guard let value = parts.count == 2 ? parts[1] : rest.popFirst(), !value.isEmpty else {
                    throw Failure(.usage, .optionNeedsValue(parts[0]), hint: .seeCityHelp)
                }
                return value
            }
            switch parts[0] {
            case "--help", "-h":
                self = .help
                return
            case "--buildings": order.buildings = try Self.size(try value())
            case "--seed": order.seed = try Self.seed(try value())
            case "--out": order.folder = try value()
            case "--ledgers": order.hasLedgers = true
            case "--overwrite": order.mayOverwrite = true
            case "--lang":
                let name = try value()
                guard Language(rawValue: name) != nil else {
                    throw Failure(.usage, .badOptionValue("--lang", name), hint: .seeCityHelp)
                }
            default: throw Failure(.usage, .unknownOption(argument), hint: .seeCityHelp)
            }
        }
        guard !order.folder.isEmpty else { throw Failure(.usage, .optionMissing("--out"), hint: .seeCityHelp) }
        self = .make(order)
    }

    private static func size(_ text: String) throws(Failure) -> Int {
        guard let number = Int(text), sizes.contains(number) else {
            throw Failure(
                .usage, .badOptionValue("--buildings", text),
                hint: .wholeNumberBetween(sizes.lowerBound, sizes.upperBound))
        }
        return number
    }

    private static func seed(_ text: String) throws(Failure) -> UInt64 {
        guard let number = UInt64(text) else {
            throw Failure(.usage, .badOptionValue("--seed", text), hint: .wholeNumber)
        }
        return number
    }

    /// The language for people: `--lang`, else what the environment says.
    static func language(_ arguments: [String], environment: [String: String]) -> Language {
        for (index, argument) in arguments.enumerated() {
            if argument.hasPrefix("--lang="), let named = Language(rawValue: String(argument.dropFirst(7))) {
                return named
            }
            if argument == "--lang", index + 1 < arguments.count, let named = Language(rawValue: arguments[index + 1]) {
                return named
            }
        }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale?.hasPrefix("zh") == true ? .zh : .en
    }
}
