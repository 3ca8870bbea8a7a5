/// A language that Louyu speaks.
public enum Language: String, Sendable, CaseIterable {
    /// Simplified Chinese.
    case zh
    /// English.
    case en
}

/// One thing said to a person, in both languages.
///
/// A text cannot be made without either language. All of them stand in this
/// module, as static members in one file a room (`Text+Exchange.swift` …).
public struct Text: Hashable, Sendable {
    /// The Chinese wording.
    public let zh: String
    /// The English wording.
    public let en: String

    /// Makes a text from its two wordings.
    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// The wording in one language.
    public subscript(language: Language) -> String {
        switch language {
        case .zh: zh
        case .en: en
        }
    }
}

extension Text: CustomStringConvertible {
    /// The English wording, for logs and for programmers.
    public var description: String { en }
}
