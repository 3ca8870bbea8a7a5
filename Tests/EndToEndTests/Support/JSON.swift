import Foundation

/// JSON as tests read it: a missing member is `.null`.
enum JSON: Equatable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case array([JSON])
    case object([String: JSON])

    init?(_ bytes: Data) {
        guard let value = try? JSONSerialization.jsonObject(with: bytes, options: .fragmentsAllowed) else { return nil }
        self.init(value)
    }

    private init(_ value: Any) {
        switch value {
        case let members as [String: Any]: self = .object(members.mapValues { JSON($0) })
        case let values as [Any]: self = .array(values.map { JSON($0) })
        case let text as String: self = .text(text)
        case let number as NSNumber:
            let isBoolean = ["c", "B"].contains(String(cString: number.objCType))
            self = isBoolean ? .boolean(number.boolValue) : .number(number.doubleValue)
        default: self = .null
        }
    }

    subscript(_ key: String) -> JSON {
        if case .object(let members) = self { members[key] ?? .null } else { .null }
    }

    subscript(_ index: Int) -> JSON {
        if case .array(let values) = self, values.indices.contains(index) { values[index] } else { .null }
    }

    var text: String? { if case .text(let value) = self { value } else { nil } }
    var number: Double? { if case .number(let value) = self { value } else { nil } }
    var integer: Int? { number.flatMap { Int(exactly: $0) } }
    var array: [JSON] { if case .array(let values) = self { values } else { [] } }
    var keys: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }
    var isArray: Bool { if case .array = self { true } else { false } }
    var members: [String: JSON] { if case .object(let members) = self { members } else { [:] } }

    /// The texts of one member of every element.
    func texts(_ key: String) -> [String] { array.compactMap { $0[key].text } }

    /// The first element whose member has a text.
    func first(_ key: String, _ text: String) -> JSON { array.first { $0[key].text == text } ?? .null }
}
