import ArgumentParser
import Atlas
import Messages

/// How people walk.
struct WalkingOptionGroup: ParsableArguments {
    @Option(help: .says(.helpMeans))
    var by: MeansArgument = .walk

    @Option(help: .says(.helpPace))
    var pace: PaceArgument = .standard

    @Flag(help: .says(.helpVertical))
    var vertical = false

    func validate() throws {
        if by == .radius && vertical { throw ValidationError(Text.onlyOnFoot("--vertical").spoken) }
    }

    /// The options that the words stand for.
    func options(_ direction: WalkingDirection = .toward) -> WalkingOptions {
        WalkingOptions(
            paceMetersPerMinute: pace.metersPerMinute, direction: direction, countsStoreys: vertical)
    }
}

/// A pace as users write it: a word, or metres a minute.
struct PaceArgument: ExpressibleByArgument {
    let metersPerMinute: Double

    static let standard = PaceArgument(metersPerMinute: WalkingModel.standard.paceMetersPerMinute)

    init?(argument: String) {
        switch argument.trimmed.lowercased() {
        case "standard": self = .standard
        case "adult": metersPerMinute = WalkingModel.adult.paceMetersPerMinute
        case "elderly": metersPerMinute = WalkingModel.elderly.paceMetersPerMinute
        default:
            guard let number = PlainNumber.value(argument), number >= 1, number <= 500 else { return nil }
            metersPerMinute = number
        }
    }

    private init(metersPerMinute: Double) { self.metersPerMinute = metersPerMinute }

    var defaultValueDescription: String { "standard" }
}

/// How far something reaches, as users write it.
enum MeansArgument: String, ExpressibleByArgument, CaseIterable {
    case walk, radius

    /// The same for the atlas.
    var means: Means { self == .walk ? .walk : .radius }
}

/// Numbers as users write them: digits and a point, nothing that programmers write.
enum PlainNumber {
    /// The number; `nil` where the text is none.
    static func value(_ text: some StringProtocol) -> Double? {
        let text = text.trimmed
        return text.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") } ? Double(text) : nil
    }
}

/// Minutes as users write them.
enum MinutesArgument {
    /// One or several, separated by commas: each once, ascending.
    static func parse(_ text: String) throws -> [Double] {
        let parts = text.replacing("，", with: ",").split(separator: ",", omittingEmptySubsequences: false)
        let minutes = parts.compactMap(PlainNumber.value).filter { $0 > 0 && $0 <= 600 }
        guard minutes.count == parts.count else { throw ValidationError(Text.badMinutes(text).spoken) }
        return Set(minutes).sorted()
    }

    /// Exactly one.
    static func parseOne(_ text: String) throws -> Double {
        guard let minutes = try? parse(text), minutes.count == 1 else {
            throw ValidationError(Text.notOneNumberOfMinutes(text).spoken)
        }
        return minutes[0]
    }
}

extension OutputOptions {
    /// Prepares the walking network where that is still to be done, and says
    /// so, for it takes a while.
    func prepareWalking(_ atlas: Atlas) throws {
        let isNews = showsProgress && (try? atlas.isWalkingPrepared()) == false
        if isNews { StandardError.write("\r\u{1B}[K\(Text.preparingWalking.spoken)") }
        defer { if isNews { StandardError.write("\r\u{1B}[K") } }
        try atlas.prepareWalking()
    }
}
