import Store

/// What is remembered of a ledger's rows by their words.
enum LedgerMemory {
    /// What is remembered of a row; `nil` where nothing is.
    ///
    /// Of a register only the buildings are kept, and a hash of the words of
    /// rows that a person decided: no name, no address.
    static func link(_ reading: LedgerReading, ref: String?, isDecided: Bool, isRegister: Bool) -> LedgerLink? {
        if isDecided || !isRegister {
            return LedgerLink(key: key(of: reading, isRegister: isRegister), ref: ref, isDecided: isDecided)
        }
        return ref.map { LedgerLink(key: "building:" + $0, ref: $0, isDecided: false) }
    }

    /// By what a row is remembered.
    static func key(of reading: LedgerReading, isRegister: Bool) -> String {
        guard isRegister else { return reading.key }
        var hash = ContentHash64()
        hash.combine(reading.key)
        return "row:" + String(hash.value, radix: 16)
    }

    /// The links of one import with each key once: rows of the same words that
    /// went to different records are told apart by their order only, so that
    /// none of them decides what becomes of the next.
    static func unambiguous(_ links: [LedgerLink]) -> [LedgerLink] {
        var order: [String] = []
        var groups: [String: [LedgerLink]] = [:]
        for link in links {
            if groups[link.key] == nil { order.append(link.key) }
            groups[link.key, default: []].append(link)
        }
        return order.flatMap { key in unambiguous(groups[key] ?? [], key) }
    }

    private static func unambiguous(_ links: [LedgerLink], _ key: String) -> [LedgerLink] {
        let settled = links.filter(\.isSettled)
        let refs = Set(settled.map(\.ref))
        guard refs.count > 1 else {
            return [LedgerLink(key: key, ref: settled.first?.ref, isDecided: settled.contains(where: \.isDecided))]
        }
        return refs.compactMap(\.self).sorted().enumerated().map { number, ref in
            LedgerLink(key: number == 0 ? key : "\(key)\u{1F}#\(number + 1)", ref: ref, isDecided: false)
        }
    }

    /// The decisions about all ledgers' rows, by their words: a ledger's own
    /// count before others', and others' only where they agree.
    static func decisions(own: [LedgerLink], all: [LedgerLink]) -> [String: LedgerLink] {
        var decided: [String: LedgerLink] = [:]
        var contradicted: Set<String> = []
        for link in all {
            if let other = decided[link.key], other.ref != link.ref { contradicted.insert(link.key) }
            decided[link.key] = link
        }
        for key in contradicted { decided[key] = nil }
        for link in own where link.isDecided { decided[link.key] = link }
        return decided
    }
}
