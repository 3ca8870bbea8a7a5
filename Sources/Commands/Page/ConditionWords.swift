import Atlas
import Messages
import Spatial

/// A condition as people say it: titles for columns, words for operators.
struct ConditionWords {
    private let language: Language
    private let title: (String) -> Text?

    /// The condition in both languages.
    ///
    /// - Parameters:
    ///   - expression: CQL2 text; what cannot be read is told as it is.
    ///   - title: what people call a column; `nil` for what has no title.
    /// - Returns: the condition as people say it.
    static func text(_ expression: String, title: @escaping (String) -> Text?) -> Text {
        guard let tree = try? CQL2Expression(parsing: expression) else { return Text(zh: expression, en: expression) }
        return Text(
            zh: ConditionWords(language: .zh, title: title).words(tree),
            en: ConditionWords(language: .en, title: title).words(tree))
    }

    private func say(_ zh: String, _ en: String) -> String { language == .zh ? zh : en }

    private func words(_ expression: CQL2Expression) -> String {
        switch expression {
        case .boolean(let value): value ? say("恒真", "always") : say("恒假", "never")
        case .and(let parts): parts.map(grouped).joined(separator: say("，且 ", " and "))
        case .or(let parts): parts.map(grouped).joined(separator: say("，或 ", " or "))
        case .not(let part): say("不满足（", "not (") + words(part) + say("）", ")")
        case .comparison(let left, let comparison, let right):
            "\(words(left)) \(sign(comparison)) \(words(right))"
        case .like(let value, let pattern, let isNegated):
            words(value) + (isNegated ? say(" 不形如 ", " not like ") : say(" 形如 ", " like ")) + words(pattern)
        case .isIn(let value, let list, let isNegated):
            words(value) + (isNegated ? say(" 不是 ", " none of ") : say(" 为 ", " one of "))
                + list.map(words).joined(separator: say("、", ", "))
        case .between(let value, let low, let high, let isNegated):
            words(value) + (isNegated ? say(" 不在 ", " not from ") : say(" 在 ", " from ")) + words(low)
                + say(" 至 ", " to ") + words(high) + (language == .zh ? " 之间" : "")
        case .isNull(let value, let isNegated):
            words(value) + (isNegated ? say(" 已填写", " is given") : say(" 为空", " is not given"))
        case .spatial(let predicate, _, let argument):
            (predicate == .within ? say("位于 ", "lies within ") : say("涉及 ", "meets "))
                + argument.description
        }
    }

    private func grouped(_ expression: CQL2Expression) -> String {
        switch expression {
        case .and, .or: say("（", "(") + words(expression) + say("）", ")")
        default: words(expression)
        }
    }

    private func sign(_ comparison: CQL2Expression.Comparison) -> String {
        switch comparison {
        case .equal: "="
        case .notEqual: "≠"
        case .less: "<"
        case .lessOrEqual: "≤"
        case .greater: ">"
        case .greaterOrEqual: "≥"
        }
    }

    private func words(_ value: CQL2Value) -> String {
        switch value {
        case .property(let name): title(name)?[language] ?? name
        case .string(let text), .date(let text), .timestamp(let text): say("“\(text)”", "\"\(text)\"")
        case .integer(let number): PageNumber.text(Double(number), decimals: 0)
        case .real(let number): PageNumber.asked(number)
        case .boolean(let value): value ? say("是", "yes") : say("否", "no")
        case .caseInsensitive(let inner): words(inner)
        case .arithmetic(let left, let operation, let right):
            "(\(words(left)) \(operation == .times ? "×" : operation == .dividedBy ? "÷" : operation.rawValue) \(words(right)))"
        case .negated(let inner): "−" + words(inner)
        }
    }
}

extension Page {
    /// Tells one thing that was asked for.
    mutating func tell(_ term: Text.Term) { terms.append((term.name, term.value)) }

    /// Tells a condition over the columns of a layer.
    mutating func tell(condition: String?, of layer: Layer) {
        guard let condition else { return }
        terms.append((.conditionTerm, ConditionWords.text(condition) { layer.column($0)?.title }))
    }

    /// Tells how people walk.
    mutating func tell(walking: WalkingOptions, _ means: Means = .walk) {
        let pace = PageNumber.text(walking.paceMetersPerMinute, decimals: 1)
        terms.append(
            (.walkingTerm, .walkingWords(pace, countsStoreys: walking.countsStoreys, isRadius: means == .radius)))
    }

    /// Tells the areas that rows lie in.
    mutating func tell(areas: [String]) {
        guard !areas.isEmpty else { return }
        terms.append(
            (
                .areaTerm,
                Text(
                    zh: areas.joined(separator: Text.listSeparator.zh),
                    en: areas.joined(separator: Text.listSeparator.en))
            ))
    }
}
