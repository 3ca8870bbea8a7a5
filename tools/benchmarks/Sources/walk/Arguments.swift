/// A verb, and options that each have a value.
struct Arguments {
    let verb: String
    private var values: [String: String] = [:]

    /// - Throws: `Refusal` where there is no verb, or an option without a value.
    init(_ words: [String], usage: String) throws(Refusal) {
        guard let verb = words.first else { throw Refusal(usage) }
        self.verb = verb
        var rest = words.dropFirst()
        while let name = rest.popFirst() {
            guard name.hasPrefix("--"), let value = rest.popFirst() else { throw Refusal(usage) }
            values[String(name.dropFirst(2))] = value
        }
    }

    /// The value of an option.
    func text(_ name: String) throws(Refusal) -> String {
        guard let value = values[name] else { throw Refusal("--\(name) is missing") }
        return value
    }

    /// The value of an option as a number above 0.
    func count(_ name: String) throws(Refusal) -> Int {
        guard let value = Int(try text(name)), value > 0 else { throw Refusal("--\(name) is no number above 0") }
        return value
    }
}

/// Why nothing was measured.
struct Refusal: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
