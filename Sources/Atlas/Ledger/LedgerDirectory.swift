import Exchange
import Messages
import Spatial
import Store

/// What a layer's records are called and where they say they are, so that
/// rows of a ledger find them.
///
/// Candidates come out of inverted indexes: of refs, codes, forms of names,
/// addresses, and pairs of neighbouring characters; no row is compared with
/// every record.
struct LedgerDirectory {
    /// A record under its names.
    struct Entry {
        let fid: Int64
        let ref: String
        let name: String?
        let address: String?
        let codes: [String]
        let names: [NameForms]
        let addresses: [AddressForm]
        let isEnded: Bool
    }

    /// The records that have a name, an address or a code, and all refs.
    private(set) var entries: [Entry] = []
    private(set) var byFid: [Int64: Int] = [:]
    private var byRef: [String: [Int]] = [:]
    private var byCode: [String: [Int]] = [:]
    private var byStrict: [String: [Int]] = [:]
    private var bySame: [String: [Int]] = [:]
    private var byCore: [String: [Int]] = [:]
    private var byAddress: [String: [Int]] = [:]
    private var byPair: [UInt64: [Int]] = [:]

    /// Members of `attributes` that hold a record's code.
    static let codeNames = ["code", "楼宇编码", "楼宇代码", "楼宇编号", "楼栋编码", "统一编码", "编码", "代码", "编号", "台账编号", "站点编码"]
    /// The member that holds other addresses.
    static let otherAddress = "别名地址"
    private static let block = 4096

    /// Takes in all records of a layer, those that have ended too.
    ///
    /// - Complexity: O(bytes of names and addresses).
    init(_ layer: Layer, of change: AtlasChange) throws {
        var last = Int64.min
        while true {
            var query = FeatureQuery(layer, condition: .fid(in: last...Int64.max))
            query.includesEnded = true
            query.limit = Self.block
            let features = try change.features(query)
            for feature in features { add(feature) }
            guard features.count == Self.block, let highest = features.last?.fid, highest < .max else { return }
            last = highest + 1
        }
    }

    private mutating func add(_ feature: StoredFeature) {
        let others = StoredFeature.aliasMembers.compactMap { feature.text($0) }.flatMap(Self.parts)
        let addresses =
            [feature.text("address")].compactMap { $0 } + (feature.text(Self.otherAddress).map(Self.parts) ?? [])
        let entry = Entry(
            fid: feature.fid, ref: feature.ref, name: feature.name, address: feature.text("address"),
            codes: Self.codeNames.compactMap { feature.text($0) }.map(LedgerText.key),
            names: ([feature.name, feature.text("name_en")].compactMap { $0 } + others).map { NameForms($0) }
                .filter { !$0.isEmpty },
            addresses: addresses.map { AddressForm($0) }.filter { !$0.isEmpty }, isEnded: feature["ended_at"] != nil)
        byFid[feature.fid] = entries.count
        index(entry, at: entries.count)
        entries.append(entry)
    }

    /// The names in a text that holds several.
    static func parts(_ text: String) -> [String] {
        text.split(whereSeparator: { ";；|".contains($0) }).map { String($0) }
    }

    private mutating func index(_ entry: Entry, at place: Int) {
        byRef[LedgerText.key(entry.ref), default: []].append(place)
        for code in Set(entry.codes) { byCode[code, default: []].append(place) }
        for form in Set(entry.names.map(\.strict)) { byStrict[form, default: []].append(place) }
        for form in Set(entry.names.flatMap(\.same.all)) { bySame[form, default: []].append(place) }
        for form in Set(entry.names.flatMap(\.cores.all)) { byCore[form, default: []].append(place) }
        for address in Set(entry.addresses.map(\.key)) { byAddress[address, default: []].append(place) }
        for pair in Self.pairs(of: entry) { byPair[pair, default: []].append(place) }
    }

    private static func pairs(of entry: Entry) -> Set<UInt64> {
        Set(
            entry.names.flatMap { TextLikeness.keys($0.strict) }
                + entry.addresses.flatMap { TextLikeness.pairs($0.key) })
    }

    // MARK: Questions

    /// The records with that ref; those that have it but for case and width
    /// where none has the very same.
    func withRef(_ ref: String) -> [Int] {
        let places = byRef[LedgerText.key(ref)] ?? []
        let exact = places.filter { entries[$0].ref == ref }
        return exact.isEmpty ? places : exact
    }

    /// The records with that code, or with it as their ref.
    func withCode(_ code: String) -> [Int] {
        let key = LedgerText.key(code)
        return Self.union(byCode[key] ?? [], withRef(code))
    }

    /// The records with that very name.
    func withName(strictly name: NameForms) -> [Int] { byStrict[name.strict] ?? [] }

    /// The records with a form of the name that says the same.
    func withName(_ name: NameForms) -> [Int] { records(bySame, name, \.same) }

    /// The records whose name differs by a word for a building only.
    func withCore(_ name: NameForms) -> [Int] { records(byCore, name, \.cores) }

    private func records(
        _ table: [String: [Int]], _ name: NameForms, _ level: KeyPath<NameForms, NameForms.Level>
    ) -> [Int] {
        let forms = name[keyPath: level]
        let places: [Int] = forms.all.reduce([]) { Self.union($0, table[$1] ?? []) }
        return places.filter { entries[$0].names.contains { $0[keyPath: level].meets(forms) } }
    }

    /// The records on that plot.
    func withAddress(_ address: AddressForm) -> [Int] {
        (byAddress[address.key] ?? []).filter { entries[$0].addresses.contains { $0.isSamePlot(as: address) } }
    }

    /// The records that share most characters with a name or an address.
    ///
    /// - Returns: at most so many, the likeliest first.
    func like(_ name: NameForms?, _ address: AddressForm?, limit: Int) -> [Int] {
        let keys =
            (name.map { TextLikeness.keys($0.strict) } ?? []) + (address.map { TextLikeness.pairs($0.key) } ?? [])
        let hits = hits(Set(keys))
        let most = hits.values.max() ?? 0
        // Sorting all that share a 大 or a 厦 would take longer than all the rest.
        let best = hits.filter { $0.value * 2 >= most }
        return best.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }.prefix(limit).map(\.key)
    }

    private func hits(_ keys: Set<UInt64>) -> [Int: Int] {
        var hits: [Int: Int] = [:]
        for key in keys { for place in byPair[key] ?? [] { hits[place, default: 0] += 1 } }
        return hits
    }

    /// The records whose name stands in a text, the longest name first, and
    /// only those with it.
    func named(in text: String) -> [Int] {
        let letters = NameForms.letters(LedgerText.key(text))
        var best: (length: Int, places: [Int]) = (2, [])
        for (place, count) in hits(Set(TextLikeness.pairs(letters))) where count > 1 {
            for name in entries[place].names where name.strict.count >= max(3, best.length) {
                guard letters.contains(name.strict) else { continue }
                if name.strict.count > best.length {
                    best = (name.strict.count, [place])
                } else if !best.places.contains(place) {
                    best.places.append(place)
                }
            }
        }
        return best.places.sorted()
    }

    private static func union(_ a: [Int], _ b: [Int]) -> [Int] { a + b.filter { !a.contains($0) } }
}
